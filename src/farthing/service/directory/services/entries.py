"""What an enterprise does with its own entry: begin it, write it, hand it in, say whether there is space, take it back."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.directory.council import directory_here
from farthing.service.directory.entry import Entry, Offer, is_whole_postcode, missing, problems
from farthing.service.directory.models import Did, Enterprise, EntryVersion, Space, State, Step
from farthing.service.directory.places import NotPlaced, place_of
from farthing.service.directory.steps import in_state, locked, owner_only, reason_given, take_step
from farthing.service.people.services import Overtaken

MAY_BE_WRITTEN = (State.DRAFT, State.WAITING, State.PUBLISHED, State.REFUSED, State.SUSPENDED)

SAID = {Space.SPACE: Did.SAID_SPACE, Space.FULL: Did.SAID_FULL, Space.UNKNOWN: Did.SAID_ASK}


def begin(owner: Account, *, at: datetime) -> Enterprise:
    """Begin an entry. Raises ``Refusal`` where this council keeps no directory."""
    directory_here()
    with transaction.atomic():
        enterprise = Enterprise.objects.create(owner=owner, made_at=at, changed_at=at)
        Step.objects.create(enterprise=enterprise, did=Did.BEGAN, by=owner.actor, at=at)
        record(action="directory entry begun", actor=owner.actor, about=enterprise.reference, at=at)
    return enterprise


def write(enterprise: Enterprise, entry: Entry, *, by: Account, at: datetime, version: int) -> EntryVersion:
    """Write an entry down. Of one that is published, prices, hours and the like are shown at once; the rest waits.

    ``version`` is that of the enterprise which the writer saw. What is written already is not written again. Raises
    ``Refusal`` with everything that is wrong, and ``Overtaken`` where somebody changed the enterprise first.
    """
    refuse_what_cannot_be(entry)
    with transaction.atomic():
        standing = locked(enterprise)
        owner_only(standing, by)
        in_state(standing, *MAY_BE_WRITTEN)
        if standing.version != version:
            raise Overtaken
        before = standing.entries.order_by("-number").first()
        if before is not None and Entry.of(before.content) == entry:
            return before
        written = keep(standing, entry, by=by.actor, at=at)
        at_once = standing.state == State.PUBLISHED and _may_be_shown_at_once(standing, entry)
        if at_once:
            take_step(standing, Did.UPDATED, entry=written, published=written, by=by.actor, at=at)
        else:
            Enterprise.objects.filter(pk=standing.pk).update(changed_at=at, version=version + 1)
        record(action="directory entry written", actor=by.actor, about=standing.reference, at=at, entry=written.number,
               at_once=at_once)  # fmt: skip
    enterprise.refresh_from_db()
    return written


def refuse_what_cannot_be(entry: Entry) -> None:
    """Refuse an entry with everything that is wrong with it. A whole postcode is wanted, which is in the places known."""
    wrong = [*problems(entry), *missing(entry)]
    if not is_whole_postcode(entry.postcode):
        wrong.append(Problem("postcode", "is not a whole postcode", "Give it in full, such as CB1 2AB"))
    elif isinstance(found := place_of(entry.postcode), NotPlaced):
        wrong.append(found.of_field("postcode"))
    if wrong:
        raise Refusal(*wrong)


def keep(enterprise: Enterprise, entry: Entry, *, by: str, at: datetime) -> EntryVersion:
    """Keep an entry as the next one of an enterprise that is locked. It is shown to nobody until it is published."""
    number = enterprise.entries.count() + 1
    return EntryVersion.objects.create(enterprise=enterprise, number=number, content=entry.kept(), by=by, at=at)


def hand_in(enterprise: Enterprise, *, by: Account, at: datetime) -> None:
    """Hand the newest entry in to the editor. Twice is as good as once. Raises ``Refusal``."""
    with transaction.atomic():
        standing = locked(enterprise)
        owner_only(standing, by)
        if standing.state != State.WAITING:
            in_state(standing, State.DRAFT, State.REFUSED)
            entry = standing.entries.order_by("-number").first()
            if entry is None:
                raise Refusal(Problem("", "has nothing written in it", "Write the entry first", called="this entry"))
            take_step(standing, Did.HANDED_IN, entry=entry, state=State.WAITING, by=by.actor, at=at)
            record(action="directory entry handed in", actor=by.actor, about=standing.reference, at=at,
                   entry=entry.number)  # fmt: skip
    enterprise.refresh_from_db()


def tell_space(enterprise: Enterprise, space: Space, *, by: Account, at: datetime) -> None:
    """Say whether there is space for somebody now; it is shown at once. Raises ``Refusal``."""
    with transaction.atomic():
        standing = locked(enterprise)
        owner_only(standing, by)
        in_state(standing, *MAY_BE_WRITTEN)
        take_step(standing, SAID[Space(space)], space=space, space_told_at=at, by=by.actor, at=at)
        record(action="directory space told", actor=by.actor, about=standing.reference, at=at, space=str(space))
    enterprise.refresh_from_db()


def withdraw(enterprise: Enterprise, *, reason: str, by: Account, at: datetime) -> None:
    """Take an enterprise out of the directory, for good, at its own wish. Raises ``Refusal``."""
    with transaction.atomic():
        standing = locked(enterprise)
        owner_only(standing, by)
        in_state(standing, *MAY_BE_WRITTEN)
        take_step(standing, Did.WITHDREW, reason=reason_given(reason), state=State.WITHDRAWN, by=by.actor, at=at)
        record(action="directory entry withdrawn", actor=by.actor, about=standing.reference, at=at)
    enterprise.refresh_from_db()


def _may_be_shown_at_once(enterprise: Enterprise, entry: Entry) -> bool:
    """Whether nothing differs from the published entry that an editor has to read first."""
    assert enterprise.published is not None
    return _read_by_the_editor(Entry.of(enterprise.published.content)) == _read_by_the_editor(entry)


def _read_by_the_editor(entry: Entry) -> Entry:
    """The entry without prices, hours, how far it goes, languages, who pays, telephone and website."""
    offers = sorted((Offer(each.kind, says=each.says) for each in entry.offers), key=lambda each: each.kind)
    return replace(
        entry,
        offers=tuple(offers),
        hours=(),
        travels=None,
        languages=(),
        takes_direct_payments=None,
        welcomes_self_funders=None,
        phone="",
        shows_phone=False,
        website="",
    )
