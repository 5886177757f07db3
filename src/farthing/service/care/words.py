"""Care in words: what a unit is called, what is planned in a week, and how much was delivered."""

from collections.abc import Sequence

from farthing.ledger.care import MINUTES_IN_AN_HOUR, Unit

A_UNIT = {Unit.WEEK: "a week", Unit.DAY: "a day", Unit.NIGHT: "a night", Unit.HOUR: "an hour", Unit.VISIT: "a visit"}
"""What follows a rate."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def amount_in_words(unit: str, amount: int) -> str:
    """What was delivered, or is planned, in minutes or units: "1 hour 30 minutes", "2 visits"."""
    if unit != Unit.HOUR:
        return _counted(amount, unit)
    hours, minutes = divmod(amount, MINUTES_IN_AN_HOUR)
    parts = [_counted(count, what) for count, what in ((hours, "hour"), (minutes, "minute")) if count]
    return " ".join(parts) or "none"


def planned_in_words(unit: str, planned: Sequence[int]) -> str:
    """What is planned in a week: "every day 30 minutes", "Mon, Wed 1 visit"."""
    if unit == Unit.WEEK:
        return "all week" if all(planned) else ", ".join(_days(planned, 1))
    amounts = sorted({each for each in planned if each})
    said = [f"{', '.join(_days(planned, amount))} {amount_in_words(unit, amount)}" for amount in amounts]
    return "; ".join(said) or "nothing planned"


def _days(planned: Sequence[int], amount: int) -> list[str]:
    if all(each == amount for each in planned):
        return ["every day"]
    return [name for name, each in zip(DAYS, planned, strict=True) if each == amount]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else "none"
