"""What a table on a page or in a file is made of."""

from datetime import date

Cell = str | int | date | None
"""Text, a whole number (of money in pence), a day, or nothing."""
