"""What an editor of the directory does: record what was checked, publish, refuse, suspend, restore. Each says why."""

from datetime import date, datetime

from django.db import transaction

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.directory import listing
from farthing.service.directory.checks import holds_until, meets, needed_checks, newest
from farthing.service.directory.council import directory_here
from farthing.service.directory.entry import Entry
from farthing.service.directory.models import Check, CheckKind, Did, Enterprise, EntryVersion, Proof, State
from farthing.service.directory.steps import editor_only, in_state, locked, reason_given, take_step
from farthing.service.uploads.scanner import NOT_HANDED_OUT


def record_check(
    enterprise: Enterprise,
    kind: CheckKind,
    *,
    seen_on: date,
    runs_out_on: date | None,
    number: str = "",
    says: str = "",
    proof: Proof | None = None,
    by: Account,
    at: datetime,
) -> Check:
    """Record that something was seen proved. It counts from now on instead of an earlier one of its kind.

    ``runs_out_on`` is the last day it holds. ``says`` is shown to everybody, ``number`` to editors. Raises ``Refusal``.
    """
    if wrong := _wrong_with_check(enterprise, kind, seen_on, runs_out_on, proof, day_of(at)):
        raise Refusal(*wrong)
    with transaction.atomic():
        standing = locked(enterprise)
        editor_only(standing, by)
        check = Check.objects.create(
            enterprise=standing,
            kind=kind,
            seen_on=seen_on,
            runs_out_on=runs_out_on,
            number=number.strip(),
            says=says.strip(),
            proof=proof,
            by=by,
            at=at,
        )
        Enterprise.objects.filter(pk=standing.pk).update(changed_at=at)
        listing.refresh([standing], today=day_of(at))
        record(action="directory check recorded", actor=by.actor, about=standing.reference, at=at, kind=str(kind),
               check=check.pk)  # fmt: skip
    enterprise.refresh_from_db()
    return check


def publish(enterprise: Enterprise, entry: EntryVersion, *, by: Account, at: datetime) -> None:
    """Publish an entry, the first or a changed one. Raises ``Refusal``, with every needed check that does not hold."""
    directory_here()
    with transaction.atomic():
        standing = locked(enterprise)
        editor_only(standing, by)
        in_state(standing, State.WAITING, State.PUBLISHED)
        if entry.enterprise_id != standing.pk:
            raise Refusal(Problem("entry", "is another enterprise's", "Open the entry again"))
        if standing.published is not None and entry.number <= standing.published.number:
            raise Refusal(Problem("entry", "is no newer than what is published", "Load the page again"))
        _refuse_where_unchecked(standing, Entry.of(entry.content), day_of(at))
        take_step(standing, Did.PUBLISHED, entry=entry, published=entry, state=State.PUBLISHED, by=by.actor, at=at)
        record(action="directory entry published", actor=by.actor, about=standing.reference, at=at, entry=entry.number)
    enterprise.refresh_from_db()


def refuse(enterprise: Enterprise, *, reason: str, by: Account, at: datetime) -> None:
    """Not accept what was handed in. What is published already stays so, without the change. Raises ``Refusal``."""
    said = reason_given(reason)
    with transaction.atomic():
        standing = locked(enterprise)
        editor_only(standing, by)
        in_state(standing, State.WAITING, State.PUBLISHED)
        entry = standing.entries.order_by("-number").first()
        if entry is None or entry.pk == standing.published_id:
            raise Refusal(
                Problem(
                    "", "has no change that waits", "Load the page again to see how it stands", called="this enterprise"
                )
            )
        state = State.PUBLISHED if standing.state == State.PUBLISHED else State.REFUSED
        take_step(standing, Did.REFUSED, entry=entry, reason=said, state=state, by=by.actor, at=at)
        record(action="directory entry refused", actor=by.actor, about=standing.reference, at=at, entry=entry.number)
    enterprise.refresh_from_db()


def suspend(enterprise: Enterprise, *, reason: str, by: Account, at: datetime) -> None:
    """Hide a published enterprise at once. Raises ``Refusal``."""
    said = reason_given(reason)
    with transaction.atomic():
        standing = locked(enterprise)
        editor_only(standing, by)
        in_state(standing, State.PUBLISHED)
        take_step(standing, Did.SUSPENDED, reason=said, state=State.SUSPENDED, by=by.actor, at=at)
        record(action="directory enterprise suspended", actor=by.actor, about=standing.reference, at=at)
    enterprise.refresh_from_db()


def restore(enterprise: Enterprise, *, reason: str, by: Account, at: datetime) -> None:
    """Show a suspended enterprise again. Raises ``Refusal``, with every needed check that does not hold."""
    said = reason_given(reason)
    with transaction.atomic():
        standing = locked(enterprise)
        editor_only(standing, by)
        in_state(standing, State.SUSPENDED)
        if not standing.feed_id:
            _refuse_where_unchecked(standing, listing.entry_of(standing), day_of(at))
        take_step(standing, Did.RESTORED, reason=said, state=State.PUBLISHED, by=by.actor, at=at)
        record(action="directory enterprise restored", actor=by.actor, about=standing.reference, at=at)
    enterprise.refresh_from_db()


def _refuse_where_unchecked(enterprise: Enterprise, entry: Entry, today: date) -> None:
    counting = newest(enterprise.checks.all())
    wrong = []
    for kind in needed_checks(entry):
        until = holds_until(counting.get(kind))
        if kind not in counting:
            wrong.append(Problem(str(kind), "was not checked", "Record the check first", called=kind.label))
        elif until < today:
            ran_out = f"ran out on {in_words(until.toordinal())}"
            wrong.append(Problem(str(kind), ran_out, "Record a newer one first", called=kind.label))
    if wrong:
        raise Refusal(*wrong)


def _wrong_with_check(
    enterprise: Enterprise, kind: CheckKind, seen_on: date, runs_out_on: date | None, proof: Proof | None, today: date
) -> list[Problem]:
    wrong = []
    if seen_on > today:
        wrong.append(Problem("seen_on", "is in the future", "Give the day it was seen"))
    if runs_out_on is not None and runs_out_on < seen_on:
        wrong.append(Problem("runs_out_on", "is before it was seen", "Ask for one that holds"))
    if runs_out_on is None and kind == CheckKind.INSURANCE:
        wrong.append(Problem("runs_out_on", "is missing", "Give the last day the insurance holds"))
    if proof is not None and (proof.enterprise_id != enterprise.pk or meets(proof.kind) != meets(kind)):
        wrong.append(Problem("proof", "proves something else", "Choose a file sent for this check"))
    elif proof is not None and proof.virus_check in NOT_HANDED_OUT:
        wrong.append(Problem("proof", "could not be opened by anybody", "Wait until it is checked for viruses"))
    return wrong
