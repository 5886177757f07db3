"""Pages that explain paying for care, with every figure as the law and the council have it today."""
