"""Invented enterprises, built as the pages build them: through services only.

enterprise = published()                     # written, handed in, checked in full, published
enterprise = published(entry(name="..."), until=TODAY)
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from farthing.service.access.models import Account, Role
from farthing.service.clock import day_of
from farthing.service.directory.checks import needed_checks
from farthing.service.directory.entry import Entry, Form, Hours, Offer
from farthing.service.directory.models import CheckKind, Enterprise, EntryVersion
from farthing.service.directory.selectors.owned import newest_entry
from farthing.service.directory.services import editing, entries
from tests.service.cases import AT, TODAY, person_account, staff

A_YEAR_ON = TODAY + timedelta(days=365)


def entry(**said: Any) -> Entry:
    """An entry with nothing wrong in it. ``said`` changes what it says."""
    usual = Entry(
        name="Bramble Invented Care",
        form=Form.SOLE_TRADER,
        about="I keep people company and help around the house.",
        email="hello@bramble.example",
        postcode="CB1 2AB",
        offers=(Offer("companionship", 2_200), Offer("domestic_help", 2_000, 2_400)),
        hours=(Hours(0, 9 * 60, 17 * 60),),
        helps=("older_people",),
        workers=1,
        travels=8_000,
        minimum_age=18,
        languages=("en",),
        drives=False,
        takes_direct_payments=False,
        welcomes_self_funders=True,
    )
    return replace(usual, **said)


def regulated(**said: Any) -> Entry:
    """An entry with help that may have to be registered for."""
    return entry(offers=(Offer("personal_care", 2_600),), **said)


def editor() -> Account:
    """A member of staff who edits the directory."""
    return staff(Role.DIRECTORY_EDITOR)


def written(what: Entry | None = None, *, owner: Account | None = None, at: datetime = AT) -> Enterprise:
    """An enterprise that has written its entry and not handed it in."""
    owner = owner or person_account()
    enterprise = entries.begin(owner, at=at)
    entries.write(enterprise, what or entry(), by=owner, at=at, version=enterprise.version)
    return enterprise


def waiting(what: Entry | None = None, *, owner: Account | None = None, at: datetime = AT) -> Enterprise:
    """An enterprise whose entry waits for the editor, with nothing checked."""
    enterprise = written(what, owner=owner, at=at)
    entries.hand_in(enterprise, by=enterprise.owner, at=at)
    return enterprise


def checked(enterprise: Enterprise, *, by: Account, at: datetime = AT, until: date | None = A_YEAR_ON) -> None:
    """Record every check the newest entry needs, each holding until a day; the identity does not run out."""
    for kind in needed_checks(Entry.of(latest(enterprise).content)):
        runs_out_on = None if kind == CheckKind.IDENTITY else until
        editing.record_check(enterprise, kind, seen_on=day_of(at), runs_out_on=runs_out_on, by=by, at=at)


def published(
    what: Entry | None = None,
    *,
    owner: Account | None = None,
    by: Account | None = None,
    at: datetime = AT,
    until: date | None = A_YEAR_ON,
) -> Enterprise:
    """An enterprise that is in the directory."""
    by = by or editor()
    enterprise = waiting(what, owner=owner, at=at)
    checked(enterprise, by=by, at=at, until=until)
    editing.publish(enterprise, latest(enterprise), by=by, at=at)
    return enterprise


def latest(enterprise: Enterprise) -> EntryVersion:
    """The entry an enterprise wrote last."""
    found = newest_entry(enterprise)
    assert found is not None
    return found


def rewritten(enterprise: Enterprise, at: datetime = AT, **changed: Any) -> EntryVersion:
    """What its owner writes next: the newest entry with some of it changed."""
    what = replace(Entry.of(latest(enterprise).content), **changed)
    enterprise.refresh_from_db()
    return entries.write(enterprise, what, by=enterprise.owner, at=at, version=enterprise.version)
