"""What each thing an officer did changes: the same law read again with that one thing undone, or not yet done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from farthing.base.refusal import Refusal
from farthing.case.assessment import policy_of
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.councils import council as find_council
from farthing.engine.asking import Unknown, ask
from farthing.law import ANSWERS, plan
from farthing.service.assessments.facts import Known, KnownItem, Standing
from farthing.service.assessments.models import Departure
from farthing.service.assessments.selectors.departures import in_force, settled_by, waived_by

MOST_COMPARED = 20
"""Facts verified otherwise than told of which each one's difference is worked out."""


About = TypeVar("About", Known, Departure)


@dataclass(frozen=True, slots=True)
class Difference(Generic[About]):
    """What one thing changes: the charge with it and without it, in pence a week; None where it is not certain."""

    about: About
    charge_with: int | None
    charge_without: int | None

    @property
    def pence(self) -> int | None:
        """What it adds to the charge; below nought what it takes off."""
        if self.charge_with is None or self.charge_without is None:
            return None
        return self.charge_with - self.charge_without


@dataclass(frozen=True, slots=True)
class Compared:
    """The charge a week as things stand, as everything was told, and with departures nobody has approved yet."""

    now: int | None
    as_told: int | None
    with_proposed: int | None
    departures: tuple[Difference[Departure], ...]
    verified: tuple[Difference[Known], ...]


def compare(standing: Standing, departures: Iterable[Departure], *, council: str, on: date) -> Compared:
    """The charge of a day, and what each departure and each verified fact that differs from what was told does to it."""
    every = list(departures)
    holding, proposed = in_force(every, on), in_force(every, on, with_proposed=True)

    def charge(facts: Standing, those: Iterable[Departure]) -> int | None:
        return _charge(facts, list(those), council, on)

    now, with_proposed = charge(standing, holding), charge(standing, proposed)
    of_departures = [
        Difference(each, now, charge(standing, [one for one in holding if one is not each]))
        if each in holding
        else Difference(each, charge(standing, [*holding, each]), now)
        for each in proposed
    ]
    differing = [known for known in standing.all_known() if known.differs and known.is_verified][:MOST_COMPARED]
    return Compared(
        now=now,
        as_told=charge(_as_told(standing), ()),
        with_proposed=with_proposed,
        departures=tuple(of_departures),
        verified=tuple(Difference(each, now, charge(_undone(standing, each), holding)) for each in differing),
    )


def _charge(standing: Standing, departures: list[Departure], council: str, on: date) -> int | None:
    case = standing.case(council=council, on=on, settled=settled_by(departures))
    try:
        told = read_case(tree_of(case, name="what stands on file")).told
    except Refusal:
        return None
    values, _ = ask(policy_of(find_council(council), on.toordinal(), plan(ANSWERS)), told)
    charge = values["weekly_charge"]
    return None if isinstance(charge, Unknown) else max(int(charge) - waived_by(departures), 0)


def _as_told(standing: Standing) -> Standing:
    own = {name: _told(known) for name, known in standing.own.items() if known.told is not None}
    lists = {
        name: tuple(
            KnownItem(item.key, {fact: _told(known) for fact, known in item.facts.items() if known.told is not None})
            for item in items
            if item.facts["kind"].told is not None
        )
        for name, items in standing.lists.items()
    }
    return Standing(own, lists)


def _undone(standing: Standing, known: Known) -> Standing:
    """What stands, but with one fact as it was told."""
    if not known.item:
        return replace(standing, own={**standing.own, known.fact: _told(known)})
    items = tuple(
        replace(item, facts=_with(item.facts, known)) if item.key == known.item else item
        for item in standing.lists[known.section]
    )
    return replace(standing, lists={**standing.lists, known.section: items})


def _with(facts: Mapping[str, Known], known: Known) -> dict[str, Known]:
    return {**facts, known.fact: _told(known)}


def _told(known: Known) -> Known:
    return replace(known, verified=None)
