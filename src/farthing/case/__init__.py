"""One person's case: read it, assess it, ask what is missing."""
