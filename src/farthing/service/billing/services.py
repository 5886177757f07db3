"""Billing runs begun, released and given up; holds, retractions and approvals."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.billing.drafting import draft
from farthing.service.billing.models import (
    BillingRun,
    Hold,
    LineState,
    Paper,
    PaperKind,
    Retraction,
    RunLine,
)
from farthing.service.billing.releasing import release
from farthing.service.jobs import services as jobs
from farthing.service.jobs.models import Job
from farthing.service.jobs.work import work
from farthing.service.ledger import runs
from farthing.service.ledger.charges import policy
from farthing.service.ledger.runs import RunState
from farthing.service.people.models import Person

SHORTEST_REASON = 20
"""Letters. A reason is a sentence that can be read to the person."""

MOST_INSTALMENTS = 26


def begin_run(period: int, *, person: Person | None = None, by: Account, at: datetime) -> BillingRun:
    """Begin a run of everybody, or of one person alone, over the period of a number, and queue its drafting.

    Raises ``Refusal`` while another run is open, and for a period that has not ended.
    """
    with transaction.atomic():
        run = begin_run_here(period, person=person, by=by, at=at)
        jobs.queue(draft_run, by=by.actor, at=at, run=run.reference)
    return run


def begin_run_here(period: int, *, person: Person | None = None, by: Account, at: datetime) -> BillingRun:
    """Begin a run as ``begin_run`` does, for a caller that drafts it itself."""
    rules, today = policy(), clock.day_of(at)
    try:
        last = rules.calendar.period(period).last
    except ValueError as error:
        raise Refusal(Problem("period", str(error), "Choose a period of the calendar")) from error
    if last >= today.toordinal():
        say = f"Wait until {in_words(last + 1)}, so that all of its care is known"
        raise Refusal(Problem("period", f"ends on {in_words(last)}", say))
    with runs.alone(BillingRun):
        run = BillingRun.objects.create(period=period, person=person, issued_on=today, begun_by=by, begun_at=at)
        about = person.reference if person else run.reference
        record(action="billing run begun", actor=by.actor, about=about, at=at, run=run.reference, period=period)
    return run


def release_run(run: BillingRun, *, by: Account, at: datetime) -> None:
    """Say that a run was reviewed and is right, and queue its release. Raises ``Refusal`` where it is not in review."""
    with transaction.atomic():
        release_run_here(run, by=by, at=at)
        jobs.queue(release_reviewed_run, by=by.actor, at=at, run=run.reference)


def release_run_here(run: BillingRun, *, by: Account, at: datetime) -> None:
    """Let a run be released, as ``release_run`` does, for a caller that releases it itself."""
    _refuse_what_is_invented()
    with transaction.atomic():
        runs.let_go(run, by=by)
        record(action="billing run released", actor=by.actor, about=run.reference, at=at, period=run.period)


def abandon_run(run: BillingRun, *, by: Account, at: datetime) -> None:
    """Give a run up before anything of it is released. Raises ``Refusal`` where it was released, or begun to be."""
    with transaction.atomic():
        runs.give_up(run)
        record(action="billing run abandoned", actor=by.actor, about=run.reference, at=at, period=run.period)


def approve_line(line: RunLine, *, reason: str, instalments: int, by: Account, at: datetime) -> None:
    """Approve a bill that reaches back more than eight weeks, and offer to take it in instalments.

    Raises ``Refusal`` without a reason the person can be told, for instalments that cannot be, and for another line.
    """
    problems = _short(reason)
    if not 1 <= instalments <= MOST_INSTALMENTS:
        problems.append(Problem("instalments", f"is {instalments}", f"Give 1 to {MOST_INSTALMENTS}"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        waiting = RunLine.objects.filter(
            pk=line.pk, state=LineState.APPROVAL, approved_at=None, run__state=RunState.REVIEW
        )
        if not waiting.update(approved_by=by, approved_at=at, approved_because=reason.strip(), instalments=instalments):
            raise Refusal(Problem("line", "does not wait for approval", "Look at the run again"))
        about = line.person.reference
        record(action="backdated bill approved", actor=by.actor, about=about, at=at, run=line.run.reference)
    line.refresh_from_db()


def hold(person: Person, *, reason: str, by: Account, at: datetime) -> Hold:
    """Bill a person nothing until it is ended. Raises ``Refusal`` without a reason, and where they are on hold already."""
    if problems := _short(reason):
        raise Refusal(*problems)
    try:
        with transaction.atomic():
            found = Hold.objects.create(person=person, reason=reason.strip(), begun_by=by, begun_at=at)
            record(action="billing held", actor=by.actor, about=person.reference, at=at)
    except IntegrityError as error:
        raise Refusal(Problem("hold", "is there already", "End it before you begin another")) from error
    return found


def end_hold(held: Hold, *, by: Account, at: datetime) -> None:
    """Bill a person again, with all that was left out. Doing it twice keeps the first."""
    with transaction.atomic():
        if Hold.objects.filter(pk=held.pk, ended_at=None).update(ended_by=by, ended_at=at):
            record(action="billing goes on", actor=by.actor, about=held.person.reference, at=at)
    held.refresh_from_db()


def retract(paper: Paper, *, reason: str, by: Account, at: datetime) -> None:
    """Have an invoice taken back by the next run, whatever it says. Raises ``Refusal`` for a paper that cannot be."""
    problems = _short(reason)
    if paper.kind != PaperKind.INVOICE or Paper.objects.filter(mirrors=paper).exists():
        problems.append(Problem("paper", "is no invoice that stands", "Choose an invoice that was not taken back"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        _, is_new = Retraction.objects.get_or_create(
            paper=paper, defaults={"reason": reason.strip(), "asked_by": by, "asked_at": at}
        )
        if is_new:
            record(action="invoice retracted", actor=by.actor, about=paper.person.reference, at=at, paper=paper.name)


@work("Draft the bills of a run", most_tries=5)
def draft_run(job: Job, run: str) -> dict[str, int]:
    """Draft a run, by its reference, telling how far it is."""
    found = BillingRun.objects.get(reference=run)
    draft(found, now=clock.now, advance=jobs.telling(job, "people drafted"))
    return {"people": found.lines.count()}


@work("Release the bills of a run", most_tries=5)
def release_reviewed_run(job: Job, run: str) -> dict[str, int]:
    """Release a run, by its reference, telling how far it is."""
    found = BillingRun.objects.get(reference=run)
    release(found, now=clock.now, advance=jobs.telling(job, "people billed"))
    return {"papers": found.papers.count()}


def _refuse_what_is_invented() -> None:
    if settings.IN_PRODUCTION and (invented := policy().invented):
        raise Refusal(*(
            Problem(name, "is invented", f"Put the council's own in {policy().place}") for name in invented
        ))  # fmt: skip


def _short(reason: str) -> list[Problem]:
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    return [Problem("reason", "is too short to be understood later", "Say in a sentence why")]
