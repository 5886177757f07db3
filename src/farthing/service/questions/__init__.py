"""Questions for pages: which comes next, and the form for it, derived from the declarations of the facts."""
