"""Departures as they stand on a day."""

from collections.abc import Iterable
from datetime import date

from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.people.models import Person


def departures_of(person: Person) -> list[Departure]:
    """Every departure of a person, the newest first."""
    return list(person.departures.select_related("proposed_by", "approved_by").order_by("-id"))


def still_meant(departures: Iterable[Departure]) -> list[Departure]:
    """Those that nobody has declined or taken back."""
    return [each for each in departures if each.withdrawn_at is None and each.declined_at is None]


def in_force(departures: Iterable[Departure], on: date, *, with_proposed: bool = False) -> list[Departure]:
    """Those that hold on a day: approved, or with ``with_proposed`` still to be answered; not withdrawn or declined."""
    return [
        each
        for each in still_meant(departures)
        if (with_proposed or each.approved_at is not None)
        and each.starts_on <= on
        and (each.ends_on is None or on <= each.ends_on)
    ]


def settled_by(departures: Iterable[Departure]) -> dict[str, str]:
    """What departures settle for the calculation, by "section/item/fact"; the newest stands before an older one."""
    settled: dict[str, str] = {}
    for each in sorted(departures, key=lambda one: one.pk):
        settled |= each.settles
    return settled


def waived_by(departures: Iterable[Departure]) -> int:
    """The pence a week that are not charged."""
    return sum(each.waived or 0 for each in departures if each.kind == DepartureKind.WAIVER)
