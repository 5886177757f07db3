"""The editor's desk of the directory: what waits, one enterprise, checks, gaps, concerns, and other councils' directories."""
