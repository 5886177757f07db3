"""Farthing works out what a person pays for adult social care in England, why, and by which rule."""

__version__ = "0.1.0"
