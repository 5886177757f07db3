"""What the open endpoints answer, as it is declared to other programs."""

from ninja import Schema

Value = str | int | bool | None


class FigureOnADay(Schema):
    """A figure as it stands on a day. An amount is pounds and pence in text, any other number a number of its unit."""

    value: Value
    unit: str
    since: str
    source: str
    status: str
    law: str


class FiguresOfADay(Schema):
    """The figures known on a day, by name."""

    on: str
    figures: dict[str, FigureOnADay]
