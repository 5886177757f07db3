"""Payment runs begun, released and given up, and their files taken to the bank."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.exchange.working_days import WorkingDays
from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.direct_payments import files
from farthing.service.direct_payments.drafting import draft
from farthing.service.direct_payments.models import LineState, PaymentFile, PaymentRun
from farthing.service.direct_payments.reckoning import processed_on
from farthing.service.direct_payments.releasing import payment_of, release
from farthing.service.jobs import services as jobs
from farthing.service.jobs.models import Job
from farthing.service.jobs.work import work
from farthing.service.ledger import runs
from farthing.service.ledger.charges import policy


def begin_run(period: int, *, by: Account, at: datetime) -> PaymentRun:
    """Begin a run that pays the period of a number in advance, and queue its drafting.

    Raises ``Refusal`` while another run is open, and for any but the current and the coming period.
    """
    with transaction.atomic():
        run = begin_run_here(period, by=by, at=at)
        jobs.queue(draft_payments, by=by.actor, at=at, run=run.reference)
    return run


def begin_run_here(period: int, *, by: Account, at: datetime) -> PaymentRun:
    """Begin a run as ``begin_run`` does, for a caller that drafts it itself."""
    calendar, today = policy().calendar, clock.day_of(at).toordinal()
    current = calendar.number_of(today) if today >= calendar.first_day else 0
    if period not in (current, current + 1) or period < 1:
        coming = in_words(calendar.period(current + 1).first)
        raise Refusal(Problem("period", "is neither the current nor the coming one", f"Pay the one from {coming}"))
    with runs.alone(PaymentRun):
        number = (PaymentRun.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        run = PaymentRun.objects.create(number=number, period=period, begun_by=by, begun_at=at)
        record(action="payment run begun", actor=by.actor, about=run.reference, at=at, run=run.name, period=period)
    return run


def release_run(run: PaymentRun, *, by: Account, at: datetime) -> None:
    """Say that a run was reviewed and is right, and queue its release. Raises ``Refusal`` as ``release_run_here`` does."""
    with transaction.atomic():
        release_run_here(run, by=by, at=at)
        jobs.queue(release_payments, by=by.actor, at=at, run=run.reference)


def release_run_here(run: PaymentRun, *, by: Account, at: datetime) -> None:
    """Let a run be released, as ``release_run`` does, for a caller that releases it itself.

    The day it pays on and what its file says of the council are settled here. Raises ``Refusal`` where it is not in review,
    for whoever began it, and with what the bank would refuse of its file.
    """
    if by.pk == run.begun_by_id:
        raise Refusal(Problem("run", "was begun by you", "Let somebody else review and release it"))
    pays_from, today = files.pays_from(), clock.day_of(at)
    starts = policy().calendar.period(run.period).first
    pays_on = date.fromordinal(processed_on(starts, today.toordinal(), WorkingDays()))
    settled = {"made_on": today, "pays_on": pays_on, "form": pays_from["form"], "originator": dict(pays_from)}
    with transaction.atomic():
        runs.let_go(run, by=by, **settled)
        _try_file(run)
        record(action="payment run released", actor=by.actor, about=run.reference, at=at, run=run.name)


def abandon_run(run: PaymentRun, *, by: Account, at: datetime) -> None:
    """Give a run up before anything of it is released. Raises ``Refusal`` where it was released, or begun to be."""
    with transaction.atomic():
        runs.give_up(run)
        record(action="payment run abandoned", actor=by.actor, about=run.reference, at=at, run=run.name)


def take_file(run: PaymentRun, *, by: Account, at: datetime) -> bytes:
    """The file of a run, for whoever sends it to the bank. Raises ``Refusal`` where it has none."""
    kept = PaymentFile.objects.filter(run=run).first()
    if kept is None:
        raise Refusal(Problem("run", "has no file", "Release it first; a run that pays nobody has none"))
    record(action="payment file taken", actor=by.actor, about=run.reference, at=at, file=run.name, digest=kept.digest)
    return bytes(kept.content)


@work("Draft the direct payments of a run", most_tries=5)
def draft_payments(job: Job, run: str) -> dict[str, int]:
    """Draft a run, by its reference, telling how far it is."""
    found = PaymentRun.objects.get(reference=run)
    draft(found, now=clock.now, advance=jobs.telling(job, "people drafted"))
    return {"people": found.lines.count()}


@work("Release the direct payments of a run", most_tries=5)
def release_payments(job: Job, run: str) -> dict[str, int]:
    """Release a run, by its reference, telling how far it is."""
    found = PaymentRun.objects.get(reference=run)
    release(found, now=clock.now, advance=jobs.telling(job, "people paid"))
    return {"payments": found.payments.count()}


def _try_file(run: PaymentRun) -> None:
    """Raise ``Refusal`` with what a bank would refuse of the file, before anything is posted."""
    lines = run.lines.filter(state=LineState.READY, pays__gt=0).select_related("person", "account").order_by("person")
    if payments := [payment_of(run, line, position) for position, line in enumerate(lines, 1)]:
        files.written(run, payments)
