"""Pages of the council's staff, a file a subject. Each says who may see it; none holds a query or a rule."""
