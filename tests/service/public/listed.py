"""Invented care micro-enterprises as the directory's public pages show them, listed through services only.

hands = listed(an_entry(name="Invented Helping Hands"))
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from farthing.service.access.models import Account, Role
from farthing.service.clock import day_of
from farthing.service.directory.entry import Entry, Form, Hours, Offer, Per
from farthing.service.directory.models import CheckKind, Enterprise, Postcode, Space
from farthing.service.directory.services import editing, entries
from tests.service import cases

HOME = "CB24 9LQ"
"""A postcode that the tests put on the map themselves, north of Cambridge, and a second ten miles and more to the west."""
FAR = "PE28 9UD"
PLACES = {HOME: (544_120, 263_480), FAR: (525_300, 270_900)}

_numbers = count(1)


def on_the_map() -> None:
    """Put the postcodes of the tests where the tests say they are."""
    for code, (easting, northing) in PLACES.items():
        Postcode.objects.update_or_create(
            code=code.replace(" ", ""),
            defaults={"authority": "E07000012", "easting": easting, "northing": northing, "is_ended": False},
        )


def an_entry(**changed: Any) -> Entry:
    """What an enterprise says of itself; ``changed`` is said otherwise."""
    usual = Entry(
        name=f"Invented Helpers {next(_numbers)}",
        form=Form.SOLE_TRADER,
        about="I help people in the villages.\nI have a small dog.",
        email="hands@business.example",
        postcode=HOME,
        offers=(
            Offer("companionship", 1800),
            Offer("domestic_help", 2000, 2450, says="Ironing too"),
            Offer("overnight", 9000, per=Per.NIGHT),
        ),
        workers=1,
        travels=16_000,
        hours=(Hours(0, 540, 1020), Hours(2, 540, 720)),
        helps=("older_people", "dementia"),
        minimum_age=18,
        languages=("en", "pl"),
        drives=False,
        takes_direct_payments=True,
        welcomes_self_funders=True,
    )
    return replace(usual, **changed)


def listed(
    entry: Entry, *, space: Space = Space.SPACE, owner: Account | None = None, at: datetime = cases.AT
) -> Enterprise:
    """An enterprise that was checked and published at a moment; its insurance holds 200 days from then."""
    on_the_map()
    owner, today = owner or cases.person_account(), day_of(at)
    editor = cases.staff(Role.DIRECTORY_EDITOR)
    enterprise = entries.begin(owner, at=at)
    written = entries.write(enterprise, entry, by=owner, at=at, version=enterprise.version)
    enterprise.refresh_from_db()
    entries.hand_in(enterprise, by=owner, at=at)
    kinds = [CheckKind.IDENTITY, CheckKind.DBS, CheckKind.INSURANCE, CheckKind.TRAINING, CheckKind.REFERENCES]
    for kind in [*kinds, *([CheckKind.CQC] if entry.is_regulated else [])]:
        runs_out_on = today + timedelta(days=200) if kind == CheckKind.INSURANCE else None
        editing.record_check(enterprise, kind, seen_on=today, runs_out_on=runs_out_on, by=editor, at=at)
    enterprise.refresh_from_db()
    editing.publish(enterprise, written, by=editor, at=at)
    entries.tell_space(enterprise, space, by=owner, at=at)
    enterprise.refresh_from_db()
    return enterprise
