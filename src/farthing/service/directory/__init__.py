"""Care micro-enterprises: what they say of themselves, what was checked, who may be found where, and what they are asked."""
