"""What a table of the books is made of."""

from datetime import date

Cell = str | int | date | None
"""Text, a whole number (of money in pence), a day, or nothing."""
