"""Personal budgets: what a person's planned care costs a week and who pays which part, worked out each time it is asked for."""
