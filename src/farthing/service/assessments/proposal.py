"""What would be decided today: the law read with what stands, with departures, against the decision now in force."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from farthing.base.days import in_words
from farthing.base.refusal import Problem
from farthing.case.assessment import Assessment, assess
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.engine.asking import Unknown
from farthing.engine.kinds import Kinds
from farthing.law import law
from farthing.service.assessments.backdating import Backdating, backdating
from farthing.service.assessments.facts import Known, KnownItem, Standing, declared
from farthing.service.assessments.models import Decision, Departure, DepartureKind
from farthing.service.assessments.selectors.departures import in_force, settled_by, still_meant, waived_by
from farthing.service.clock import day_of

FULL_COST_WITHOUT_DETAILS = "full_cost_without_details"
OUTCOMES = {
    "pays_nothing": "Pays nothing",
    "contributes": "Pays a contribution",
    "full_cost": "Pays the full cost",
    FULL_COST_WITHOUT_DETAILS: "Pays the full cost: no details were given",
}
"""What a decision can come to, in words."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a decision from a day on would say. ``problems`` hold it up; amounts are pence a week.

    ``left_aside`` are the departures still meant that do not count in it: they start later, have ended, or wait for approval.
    """

    assessment: Assessment
    effective_from: date
    departures: tuple[Departure, ...]
    left_aside: tuple[Departure, ...]
    case: dict[str, object]
    problems: tuple[Problem, ...]
    waived: int
    backdating: Backdating | None

    @property
    def fingerprint(self) -> str:
        """What tells this proposal from another: a page that shows one carries it, and only what was seen is sealed."""
        said = [self.case, self.waived, [each.pk for each in self.departures], self.weekly_charge]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def charge_before_waiver(self) -> int | None:
        """The charge that the law gives; None while it is not certain."""
        charge = self.assessment.values["weekly_charge"]
        return None if isinstance(charge, Unknown) else int(charge)

    @property
    def weekly_charge(self) -> int | None:
        """What would be charged, less what is waived."""
        charge = self.charge_before_waiver
        return None if charge is None else max(charge - self.waived, 0)

    @property
    def outcome(self) -> str:
        """Which of ``OUTCOMES`` it would be."""
        if self.assessment.values["pays_full_cost"] is True:
            tells = self.assessment.told.get("tells_finances")
            return FULL_COST_WITHOUT_DETAILS if tells is False else "full_cost"
        return "contributes" if self.weekly_charge else "pays_nothing"


def propose_decision(
    standing: Standing,
    departures: Iterable[Departure],
    *,
    council: str,
    effective_from: date,
    today: date,
    decisions: Iterable[Decision],
    with_proposed: bool = False,
) -> Proposal:
    """What would be decided. ``decisions`` are the sealed ones, in any order; ``with_proposed`` counts departures that
    nobody has approved yet, to see what they would do. Raises ``Refusal`` where what stands cannot be read by the law.
    """
    every = list(departures)
    holding = in_force(every, effective_from, with_proposed=with_proposed)
    left_aside = tuple(each for each in still_meant(every) if each not in holding)
    case = standing.case(council=council, on=effective_from, settled=settled_by(holding))
    assessment = assess(read_case(tree_of(case, name="what stands on file")))
    waived = waived_by(holding)
    charge = assessment.values["weekly_charge"]
    back = None
    if not isinstance(charge, Unknown):
        earlier = [(each.effective_from, each.weekly_charge) for each in _still_meant(decisions)]
        back = backdating(effective_from, today, max(int(charge) - waived, 0), earlier)
    problems = (
        *_open_questions(assessment),
        *_undecided_gifts(standing, holding),
        *_not_verified(standing, assessment),
    )
    return Proposal(assessment, effective_from, tuple(holding), left_aside, case, problems, waived, back)


def _still_meant(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that count for the past: one from a day on puts aside those sealed before it from that day or later."""
    kept: list[Decision] = []
    for each in sorted(decisions, key=lambda decision: decision.sealed_at):
        kept = [before for before in kept if before.effective_from < each.effective_from]
        kept.append(each)
    return kept


def _open_questions(assessment: Assessment) -> Iterator[Problem]:
    for question in assessment.still_to_ask:
        yield Problem(
            question.field,
            "is not known yet",
            "Find it out and verify it",
            question.law,
            called=f"“{question.question}”",
        )


def _undecided_gifts(standing: Standing, holding: Iterable[Departure]) -> Iterator[Problem]:
    found = {key.split("/")[1] for each in holding if each.kind == DepartureKind.DEPRIVATION for key in each.settles}
    for item in standing.lists.get("capital", ()):
        if item.kind == "given_away" and item.key not in found:
            yield Problem(
                f"capital.{item.key}",
                "was given away, and nobody has found yet whether that was to avoid a charge",
                "Record both tests with reasons, and have them approved",
                "SI 2014/2672 reg 22",
                called="something",
            )


def _not_verified(standing: Standing, assessment: Assessment) -> Iterator[Problem]:
    items = {
        (name, item.key): (item, place) for name, held in standing.lists.items() for place, item in enumerate(held)
    }
    for known in standing.unverified():
        item, place = items.get((known.section, known.item), (None, 0))
        key = f"{known.section}.{known.fact}[{place}]" if item else known.fact
        if key in assessment.turned_on and known.told is not None:
            yield Problem(
                f"{known.section}.{known.fact}",
                f"was answered on {in_words(day_of(known.told.said_at).toordinal())} and is not verified",
                "Verify it against the evidence, or accept it as told",
                called=_asked(known, item),
            )


def _asked(known: Known, item: KnownItem | None) -> str:
    """The question that a fact answers, with what it is asked about."""
    fact = declared(known.section, known.fact)
    table = law().lists[known.section].facts["kind"].unit if item else None
    about = f"{table.says(item.kind)}: " if item and isinstance(table, Kinds) and item.kind in table else ""
    return f"{about}“{fact.question if fact else known.fact}”"
