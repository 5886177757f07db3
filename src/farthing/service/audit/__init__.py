"""Who saw and did what: a chain of events that nobody can change."""
