"""Pages for the staff of the council."""
