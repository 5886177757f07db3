"""Direct payments at the desk: a person's, step by step from asking to ending, and the runs that pay everybody."""
