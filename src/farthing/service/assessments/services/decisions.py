"""Deciding: a draft, a check by a second officer where the council asks for one, and the seal."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from farthing.base.refusal import Problem, Refusal
from farthing.engine.asking import complete
from farthing.engine.one import read
from farthing.law import edition
from farthing.service.access.models import Account, Role
from farthing.service.assessments.facts import Standing
from farthing.service.assessments.letter_fields import write_decision_letter
from farthing.service.assessments.models import AssessmentRequest, Decision, DecisionDraft, Departure, DraftState, State
from farthing.service.assessments.proposal import Proposal, propose_decision
from farthing.service.assessments.sealed import content, digest
from farthing.service.assessments.selectors.departures import departures_of
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services.requests import move
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.people.models import Person
from farthing.service.people.services import Overtaken


def proposal_for(
    person: Person, effective_from: date, *, today: date, with_proposed: bool = False
) -> tuple[Proposal, Standing]:
    """What would be decided for a person from a day on, and what it rests on. Raises ``Refusal``."""
    standing = known_of(person)
    departures = departures_of(person)
    return proposal_from(
        person, standing, departures, effective_from, today=today, with_proposed=with_proposed
    ), standing


def proposal_from(
    person: Person,
    standing: Standing,
    departures: Iterable[Departure],
    effective_from: date,
    *,
    today: date,
    with_proposed: bool = False,
) -> Proposal:
    """What would be decided from what stands, where that has been read already. Raises ``Refusal``."""
    return propose_decision(
        standing,
        departures,
        council=settings.FARTHING_COUNCIL,
        effective_from=effective_from,
        today=today,
        decisions=person.decisions.defer("sealed"),
        with_proposed=with_proposed,
    )


def draft(
    request: AssessmentRequest,
    *,
    effective_from: date,
    explanation: str,
    by: Account,
    at: datetime,
    version: int | None,
) -> DecisionDraft:
    """Begin or change the draft of a request. ``version`` is that of the draft seen, None for a new one.

    Raises ``Overtaken`` where another officer changed it first.
    """
    with transaction.atomic():
        if version is None:
            made, new = DecisionDraft.objects.get_or_create(
                request=request,
                defaults={
                    "effective_from": effective_from,
                    "explanation": explanation,
                    "drafted_by": by,
                    "drafted_at": at,
                },
            )
            if not new:
                raise Overtaken
            if request.state == State.RECEIVED:
                move(request, State.ASSESSING, by=by, at=at)
        else:
            changed = DecisionDraft.objects.filter(
                request=request, version=version, state__in=(DraftState.DRAFT, DraftState.RETURNED)
            ).update(
                effective_from=effective_from,
                explanation=explanation,
                drafted_by=by,
                drafted_at=at,
                state=DraftState.DRAFT,
                backdating_approved_by=None,
                version=F("version") + 1,
            )
            if not changed:
                raise Overtaken
            made = DecisionDraft.objects.get(request=request)
        record(
            action="decision drafted", actor=by.actor, about=request.person.reference, at=at, request=request.reference
        )
    return made


def needs_check(proposal: Proposal) -> bool:
    """Whether a second officer checks it: it charges as much a week as the council's limit, or departs from the figures."""
    return (proposal.weekly_charge or 0) >= settings.CHECK_ABOVE_PENCE or bool(proposal.departures)


def stops_for_backdating(proposal: Proposal) -> bool:
    """Whether it reaches further back than the guard lets pass without approval."""
    return proposal.backdating is not None and proposal.backdating.days > settings.BACKDATING_STOPS_AT_DAYS


def may_do(made: DecisionDraft, account: Account, proposal: Proposal | None) -> frozenset[str]:
    """What an account may do with a draft: "change", "send", "seal", "send back", "approve backdating"."""
    checks = bool(account.roles & {Role.CHECKER, Role.MANAGER}) and account.pk != made.drafted_by_id
    waits_for_manager = (
        proposal is not None and stops_for_backdating(proposal) and made.backdating_approved_by_id is None
    )
    found = set()
    if made.state == DraftState.CHECKING:
        found |= {"send back"} if checks else set()
        found |= {"seal"} if checks and not waits_for_manager else set()
    elif proposal is None or proposal.problems:
        found.add("change")
    else:
        found |= {"change", "send"}
        found |= set() if needs_check(proposal) or waits_for_manager else {"seal"}
    if waits_for_manager and Role.MANAGER in account.roles and account.pk != made.drafted_by_id:
        found.add("approve backdating")
    return frozenset(found)


def approve_backdating(made: DecisionDraft, *, reason: str, by: Account, at: datetime, version: int) -> None:
    """Let a decision reach further back than the guard. Only a manager may, and not their own draft."""
    if Role.MANAGER not in by.roles or by.pk == made.drafted_by_id:
        raise Refusal(
            Problem("", "is for a manager who did not draft it", "Ask a manager to approve it", called="this decision")
        )
    if not reason.strip():
        raise Refusal(Problem("reason", "is not given", "Say why it is right to go back so far"))
    with transaction.atomic():
        _change(made, version, backdating_approved_by=by, backdating_reason=reason.strip())
        record(action="backdating approved", actor=by.actor, about=made.request.person.reference, at=at,
               request=made.request.reference)  # fmt: skip


def send_for_check(made: DecisionDraft, *, by: Account, at: datetime, version: int, seen: str | None = None) -> None:
    """Hand a draft to a second officer. ``seen`` is the fingerprint of the proposal on the page it is sent from.

    Raises ``Refusal`` with everything that holds it up, and ``Overtaken`` where the draft or what it rests on has changed.
    """
    with transaction.atomic():
        proposal, _ = proposal_for(made.request.person, made.effective_from, today=day_of(at))
        _refuse_unseen(proposal, seen)
        _refuse_unfinished(proposal)
        _change(made, version, state=DraftState.CHECKING)
        move(made.request, State.CHECKING, by=by, at=at)
        record(action="decision sent to check", actor=by.actor, about=made.request.person.reference, at=at,
               request=made.request.reference)  # fmt: skip


def send_back(made: DecisionDraft, *, because: str, by: Account, at: datetime, version: int) -> None:
    """Send a draft back to whoever drafted it, with the reason."""
    if not because.strip():
        raise Refusal(Problem("because", "is not given", "Say what is to be put right"))
    with transaction.atomic():
        _change(made, version, state=DraftState.RETURNED, returned_because=because.strip())
        move(made.request, State.ASSESSING, by=by, at=at)
        record(action="decision sent back", actor=by.actor, about=made.request.person.reference, at=at,
               request=made.request.reference)  # fmt: skip


def seal(made: DecisionDraft, *, by: Account, at: datetime, version: int, seen: str | None = None) -> Decision:
    """Seal a decision and write its letter, both or neither. Sealing twice gives the first.

    ``by`` is the checker where a check is needed, else whoever drafted it. Raises ``Refusal`` with everything that holds
    it up, and ``Overtaken`` where the draft, or what it rests on, is not as ``seen`` (the proposal's fingerprint).
    """
    request = made.request
    with transaction.atomic():
        AssessmentRequest.objects.select_for_update().get(
            pk=request.pk
        )  # who seals it twice at once waits for the first
        if sealed_before := Decision.objects.filter(request=request).first():
            return sealed_before
        proposal, standing = proposal_for(request.person, made.effective_from, today=day_of(at))
        _refuse_unseen(proposal, seen)
        _refuse_unfinished(proposal)
        _refuse_unchecked(made, proposal, by)
        checked_by = by if made.state == DraftState.CHECKING else None
        _change(made, version)
        before = Decision.objects.filter(person=request.person, superseded_by=None).order_by("sealed_at").last()
        sealed = content(
            proposal,
            standing,
            explanation=made.explanation,
            decided_by=str(made.drafted_by),
            checked_by=str(checked_by) if checked_by else None,
            at=at,
        )
        asked, allowed = _disability_costs(proposal)
        contribution = proposal.assessment.value("maximum_weekly_contribution")
        decision = Decision.objects.create(
            person=request.person,
            request=request,
            supersedes=before,
            council=settings.FARTHING_COUNCIL,
            effective_from=made.effective_from,
            weekly_charge=proposal.weekly_charge or 0,
            maximum_weekly_contribution=contribution,
            pays_full_cost=proposal.assessment.values["pays_full_cost"] is True,
            waived=proposal.waived,
            outcome=proposal.outcome,
            disability_costs_asked=asked,
            disability_costs_allowed=allowed,
            law_edition=edition(),
            sealed=sealed,
            digest=digest(sealed),
            decided_by=made.drafted_by,
            checked_by=checked_by,
            sealed_at=at,
        )
        move(request, State.DECIDED, by=by, at=at)
        record(action="decision sealed", actor=by.actor, about=request.person.reference, at=at,
               decision=decision.reference, digest=decision.digest)  # fmt: skip
        write_decision_letter(decision, by=by, at=at)
    return decision


def _refuse_unseen(proposal: Proposal, seen: str | None) -> None:
    if seen is not None and seen != proposal.fingerprint:
        raise Overtaken


def _refuse_unfinished(proposal: Proposal) -> None:
    if proposal.problems:
        raise Refusal(*proposal.problems)


def _refuse_unchecked(made: DecisionDraft, proposal: Proposal, by: Account) -> None:
    problems = []
    if stops_for_backdating(proposal) and made.backdating_approved_by_id is None:
        weeks = settings.BACKDATING_STOPS_AT_DAYS // 7
        problems.append(
            Problem("effective_from", f"is more than {weeks} weeks back", "Ask a manager to approve it first")
        )
    if needs_check(proposal) and made.state != DraftState.CHECKING:
        problems.append(
            Problem("", "is to be checked by a second officer", "Send it to be checked", called="this decision")
        )
    if made.state == DraftState.CHECKING:
        if by.pk == made.drafted_by_id:
            problems.append(
                Problem("", "was drafted by you", "Another officer has to check and seal it", called="this decision")
            )
        elif not by.roles & {Role.CHECKER, Role.MANAGER}:
            problems.append(Problem("", "is not yours to check", "Ask a checker or a manager", called="this decision"))
    if problems:
        raise Refusal(*problems)


def _change(made: DecisionDraft, version: int, **changed: object) -> None:
    if not DecisionDraft.objects.filter(pk=made.pk, version=version).update(version=F("version") + 1, **changed):
        raise Overtaken
    made.refresh_from_db()


def _disability_costs(proposal: Proposal) -> tuple[int, int]:
    """What was asked for as disability costs a week, and what was allowed, in pence."""
    assessment = proposal.assessment
    agreed = assessment.told.get("disability_related_expenditure.agreed")
    if not agreed:
        return 0, 0
    as_asked = {**assessment.told, "disability_related_expenditure.agreed": tuple(True for _ in agreed)}
    asked = read(assessment.policy, complete(assessment.policy, as_asked))["weekly_disability_cost"]
    allowed = assessment.values["disability_expenditure_allowed"]
    return sum(each for each in asked if isinstance(each, int)), allowed if isinstance(allowed, int) else 0
