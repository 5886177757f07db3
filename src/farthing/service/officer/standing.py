"""How a case stands on a day: the charge now, as told and as proposed, what holds a decision up, and what is still to ask."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from farthing.base.refusal import Refusal
from farthing.service.assessments.differences import Compared, Difference, compare
from farthing.service.assessments.facts import Known, Standing
from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.assessments.proposal import OUTCOMES, Proposal
from farthing.service.assessments.selectors.departures import departures_of
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services.decisions import proposal_from
from farthing.service.design.refused import in_a_sentence
from farthing.service.officer.carrying_out import HoldsUp, what_holds_up
from farthing.service.officer.facts_shown import in_short, label_of
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class Effect:
    """What one thing changes, in words and in pence a week; ``waits`` for one nobody has approved yet."""

    words: str
    pence: int | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class HowItStands:
    """How a case stands. ``cannot_be_read`` says why the law cannot be read with it; the rest is then empty.

    ``problems`` hold a decision up, beside what is still to ask.
    """

    standing: Standing
    departures: tuple[Departure, ...]
    proposal: Proposal | None
    compared: Compared | None
    effects: tuple[Effect, ...]
    problems: tuple[HoldsUp, ...]
    cannot_be_read: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """The outcome in words; "" where it is not certain."""
        certain = self.proposal is not None and self.proposal.weekly_charge is not None
        return OUTCOMES[self.proposal.outcome] if certain and self.proposal else ""

    @property
    def range(self) -> tuple[int, int | None]:
        """The least and the most the charge can be."""
        return self.proposal.assessment.range_of("weekly_charge") if self.proposal else (0, None)


def how_it_stands(person: Person, *, today: date, on: date | None = None) -> HowItStands:
    """How a person's case stands today, or on another day."""
    standing, departures = known_of(person), departures_of(person)
    try:
        proposal = proposal_from(person, standing, departures, on or today, today=today)
    except Refusal as refusal:
        why = tuple(in_a_sentence(problem) for problem in refusal.problems)
        return HowItStands(standing, tuple(departures), None, None, (), (), why)
    compared = compare(standing, departures, council=settings.FARTHING_COUNCIL, on=on or today)
    return HowItStands(
        standing=standing,
        departures=tuple(departures),
        proposal=proposal,
        compared=compared,
        effects=(
            *(_of_departure(each) for each in compared.departures),
            *(Effect(_verified(each.about), each.pence) for each in compared.verified),
        ),
        problems=what_holds_up(proposal, besides=frozenset(each.field for each in proposal.assessment.still_to_ask)),
        cannot_be_read=(),
    )


def _of_departure(difference: Difference[Departure]) -> Effect:
    departure = difference.about
    return Effect(DepartureKind(departure.kind).label, difference.pence, waits=departure.approved_at is None)


def _verified(known: Known) -> str:
    told = in_short(known.section, known.fact, known.told.value if known.told else None)
    verified = in_short(known.section, known.fact, known.verified.value if known.verified else None)
    return f"{label_of(known)}: told {told}, verified {verified}"
