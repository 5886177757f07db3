"""Forms of the council's staff, a file a subject."""
