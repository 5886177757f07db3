"""Departures from what the figures alone would say: proposed with a reason, approved by somebody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.law import law
from farthing.service.access.models import Account, Role
from farthing.service.assessments.facts import declared
from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.audit.services import record
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class Settling:
    """What a kind of departure settles. ``of_item`` names the list whose item it is about; ``law`` allows it."""

    facts: tuple[str, ...]
    of_item: str = ""
    law: str = ""


SETTLES: Mapping[DepartureKind, Settling] = {
    DepartureKind.LIGHT_TOUCH: Settling(("light_touch", "light_touch_contribution"), law="SI 2014/2672 reg 10"),
    DepartureKind.DISREGARD: Settling(("disregard_agreed",), "capital", "SI 2014/2672 Sch 2 para 24"),
    DepartureKind.HIGHER_PROTECTED_INCOME: Settling(
        ("agreed_extra_allowance",), law="Care Act 2014 s14(7); CASSG 8.48"
    ),
    DepartureKind.DEPRIVATION: Settling(
        ("avoiding_charge_was_motive", "care_was_foreseeable"), "capital", "SI 2014/2672 reg 22; CASSG Annex E"
    ),
    DepartureKind.COST_REFUSED: Settling(("agreed",), "disability_related_expenditure", "CASSG Annex C 39 to 41"),
    DepartureKind.WAIVER: Settling((), law="Care Act 2014 s14(1)"),
}
"""Each kind, the facts it must settle, and the law that leaves it to the council."""

SHORTEST_REASON = 20
"""Letters. A reason is a sentence that can be read to the person."""


def propose(
    person: Person,
    kind: DepartureKind,
    *,
    reason: str,
    starts_on: date,
    by: Account,
    at: datetime,
    values: Mapping[str, str] | None = None,
    item: str = "",
    waived: int | None = None,
    ends_on: date | None = None,
) -> Departure:
    """Propose a departure. ``values`` gives each fact it settles, as a case file writes it; ``waived`` is pence a week.

    Raises ``Refusal`` where the reason is missing, a fact is missing or cannot be, or it ends before it starts.
    """
    settles, problems = _settled(kind, values or {}, item)
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem("reason", "is too short to be understood later", "Say in a sentence why"))
    if ends_on is not None and ends_on < starts_on:
        problems.append(Problem("ends_on", "is before it starts", "Give a later day, or none"))
    if (kind == DepartureKind.WAIVER) != bool(waived):
        problems.append(
            Problem("waived", "is needed for a waiver, and only there", "Give the amount a week not charged")
        )
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        departure = Departure.objects.create(
            person=person,
            kind=kind,
            settles=settles,
            waived=waived,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
            proposed_by=by,
            proposed_at=at,
        )
        record(action="departure proposed", actor=by.actor, about=person.reference, at=at, kind=str(kind))
    return departure


def approve(departure: Departure, *, by: Account, at: datetime) -> None:
    """Approve a departure. Raises ``Refusal`` for whoever proposed it, and for anybody who may not approve."""
    if by.pk == departure.proposed_by_id:
        raise Refusal(
            Problem("", "was proposed by you", "Ask a checker or a manager to approve it", called="this departure")
        )
    if not by.roles & {Role.CHECKER, Role.MANAGER}:
        raise Refusal(
            Problem("", "is not yours to approve", "Ask a checker or a manager to approve it", called="this departure")
        )
    _answer(departure, by, at, "departure approved", approved_by=by, approved_at=at)


def decline(departure: Departure, *, because: str, by: Account, at: datetime) -> None:
    """Decline a departure, with the reason."""
    if len(because.strip()) < SHORTEST_REASON:
        raise Refusal(Problem("because", "is too short to be understood later", "Say in a sentence why"))
    if not by.roles & {Role.CHECKER, Role.MANAGER}:
        raise Refusal(Problem("", "is not yours to decline", "Ask a checker or a manager", called="this departure"))
    _answer(departure, by, at, "departure declined", declined_at=at, declined_because=because.strip())


def withdraw(departure: Departure, *, by: Account, at: datetime) -> None:
    """Take a departure back before a decision rests on it; a sealed decision keeps what it rested on."""
    with transaction.atomic():
        Departure.objects.filter(pk=departure.pk, withdrawn_at=None).update(withdrawn_at=at)
        record(
            action="departure withdrawn", actor=by.actor, about=departure.person.reference, at=at, kind=departure.kind
        )


def _answer(departure: Departure, by: Account, at: datetime, action: str, **changed: object) -> None:
    with transaction.atomic():
        waiting = Departure.objects.filter(pk=departure.pk, approved_at=None, declined_at=None, withdrawn_at=None)
        if not waiting.update(**changed):
            raise Refusal(
                Problem("", "has been answered already", "Open the case again to see how", called="this departure")
            )
        departure.refresh_from_db()
        record(action=action, actor=by.actor, about=departure.person.reference, at=at, kind=departure.kind)


def _settled(kind: DepartureKind, values: Mapping[str, str], item: str) -> tuple[dict[str, str], list[Problem]]:
    settling = SETTLES[kind]
    problems: list[Problem] = []
    settled: dict[str, str] = {}
    if settling.of_item and not item:
        problems.append(Problem("item", "is not chosen", "Choose what it is about"))
    for name in settling.facts:
        section = settling.of_item or law().facts[name].section
        fact = declared(section, name)
        value = values.get(name)
        try:
            if fact is None or value is None:
                raise ValueError("is not given")
            fact.read(value)
        except ValueError as error:
            problems.append(Problem(name, str(error), "Choose one of the answers on the page"))
        else:
            settled[f"{section}/{item}/{name}"] = value
    return settled, problems
