"""A draft as it would be sealed now: its working against the decision in force, and what holds it up."""

from dataclasses import dataclass
from datetime import date, datetime

from farthing.base.refusal import Refusal
from farthing.service.assessments.backdating import Stretch
from farthing.service.assessments.models import Decision, DecisionDraft
from farthing.service.assessments.proposal import OUTCOMES, Proposal
from farthing.service.assessments.sealed import content
from farthing.service.assessments.services.decisions import needs_check, proposal_for, stops_for_backdating
from farthing.service.design.refused import in_a_sentence
from farthing.service.officer.carrying_out import HoldsUp, what_holds_up
from farthing.service.officer.working import Chapter, chapters
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would decide. ``proposal`` is None where the law cannot be read with what stands."""

    proposal: Proposal | None
    headline: tuple[str, ...]
    outcome: str
    working: tuple[Chapter, ...]
    problems: tuple[HoldsUp, ...]
    needs_check: bool
    stops_for_backdating: bool
    in_force: Decision | None
    rows: tuple["BackdatedRow", ...]

    @property
    def change(self) -> int | None:
        """What it adds to the weekly charge of the decision in force."""
        if self.in_force is None or self.proposal is None or self.proposal.weekly_charge is None:
            return None
        return self.proposal.weekly_charge - self.in_force.weekly_charge


@dataclass(frozen=True, slots=True)
class BackdatedRow:
    """Some days already past: what was charged for them, and what would be; pence."""

    first: date
    last: date
    days: int
    weekly_before: int
    weekly_after: int


def preview_of(person: Person, made: DecisionDraft, in_force: Decision | None, *, today: date, at: datetime) -> Preview:
    """What a draft would decide if it were sealed now."""
    try:
        proposal, standing = proposal_for(person, made.effective_from, today=today)
    except Refusal as refusal:
        why = tuple(HoldsUp(in_a_sentence(problem)) for problem in refusal.problems)
        return Preview(None, (), "", (), why, False, False, in_force, ())
    sealed = content(
        proposal, standing, explanation=made.explanation, decided_by=str(made.drafted_by), checked_by=None, at=at
    )
    return Preview(
        proposal=proposal,
        headline=tuple(sealed["headline"]),
        outcome=OUTCOMES[proposal.outcome] if proposal.weekly_charge is not None else "Not certain yet",
        working=tuple(chapters(sealed, in_force.sealed if in_force else None)),
        problems=what_holds_up(proposal),
        needs_check=needs_check(proposal),
        stops_for_backdating=stops_for_backdating(proposal),
        in_force=in_force,
        rows=tuple(_row(each, proposal) for each in proposal.backdating.all_stretches()) if proposal.backdating else (),
    )


def _row(stretch: Stretch, proposal: Proposal) -> BackdatedRow:
    days = (stretch.last - stretch.first).days + 1
    return BackdatedRow(stretch.first, stretch.last, days, stretch.weekly_charge, proposal.weekly_charge or 0)
