"""Pages for people and their families."""
