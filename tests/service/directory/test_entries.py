"""What an enterprise does with its entry: who may, from which state, and that nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from farthing.base.refusal import Refusal
from farthing.service.audit.models import Event
from farthing.service.directory.entry import Entry, Hours, Offer
from farthing.service.directory.models import Enterprise, EntryVersion, Listing, Space, State
from farthing.service.directory.selectors.shown import shown
from farthing.service.directory.services import editing, entries
from farthing.service.people.services import Overtaken
from tests.service.cases import AT, TODAY, person_account
from tests.service.directory.invented import editor, entry, latest, published, regulated, rewritten, waiting, written

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def test_an_entry_is_begun_written_and_handed_in():
    enterprise = entries.begin(person_account(), at=AT)
    assert enterprise.state == State.DRAFT
    entries.write(enterprise, entry(), by=enterprise.owner, at=AT, version=enterprise.version)
    entries.hand_in(enterprise, by=enterprise.owner, at=AT)
    assert enterprise.state == State.WAITING and shown(enterprise.key, today=TODAY) is None
    actions = list(Event.objects.filter(about=enterprise.reference).values_list("action", flat=True))
    assert actions == ["directory entry begun", "directory entry written", "directory entry handed in"]


def test_what_is_kept_is_what_was_written():
    what = regulated(hours=(Hours(0, 0, 1440), Hours(6, 60, 61)), languages=("en", "pl"), minimum_age=None)
    assert Entry.of(latest(written(what)).content) == what


def test_a_council_without_a_directory_begins_none(settings: Any):
    settings.FARTHING_COUNCIL = "england"
    with pytest.raises(Refusal, match="keeps no directory"):
        entries.begin(person_account(), at=AT)
    assert not Enterprise.objects.exists()


def test_in_production_a_directory_with_invented_addresses_is_refused(settings: Any):
    settings.IN_PRODUCTION = True
    with pytest.raises(Refusal, match="safeguarding is invented"):
        entries.begin(person_account(), at=AT)


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (entry(name=" "), "name"),
        (entry(offers=()), "offers"),
        (entry(offers=(Offer("juggling"),)), "offers"),
        (entry(workers=9), "workers"),
        (entry(postcode="Cambridge"), "postcode"),
        (entry(postcode="CB1"), "postcode"),
        (entry(postcode="CB1 1AA"), "postcode"),  # used no more
        (entry(postcode="ZZ99 1AA"), "postcode"),
        (entry(postcode=""), "postcode"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_at_its_field_and_nothing_is_written(what: Entry, field: str):
    enterprise = entries.begin(person_account(), at=AT)
    with pytest.raises(Refusal) as refused:
        entries.write(enterprise, what, by=enterprise.owner, at=AT, version=enterprise.version)
    assert [each.field for each in refused.value.problems] == [field]
    assert all(each.what_to_do for each in refused.value.problems) and not EntryVersion.objects.exists()


def test_everything_wrong_is_told_at_once():
    enterprise = entries.begin(person_account(), at=AT)
    with pytest.raises(Refusal) as refused:
        entries.write(enterprise, entry(name="", about="", postcode="?"), by=enterprise.owner, at=AT, version=1)
    assert {each.field for each in refused.value.problems} == {"name", "about", "postcode"}


def test_nobody_else_touches_an_entry():
    enterprise, somebody = published(), person_account()
    does = (
        lambda by: entries.write(enterprise, entry(name="Mine"), by=by, at=AT, version=enterprise.version),
        lambda by: entries.hand_in(enterprise, by=by, at=AT),
        lambda by: entries.tell_space(enterprise, Space.FULL, by=by, at=AT),
        lambda by: entries.withdraw(enterprise, reason="Why not", by=by, at=AT),
    )
    for each in does:
        for by in (somebody, editor()):
            with pytest.raises(Refusal, match="somebody else"):
                each(by)
    enterprise.refresh_from_db()
    assert enterprise.state == State.PUBLISHED and enterprise.entries.count() == 1


def test_of_two_who_write_at_once_the_second_is_told_and_loses_nothing_of_the_first():
    enterprise = written()
    seen = enterprise.version
    entries.write(enterprise, entry(about="First"), by=enterprise.owner, at=AT, version=seen)
    with pytest.raises(Overtaken):
        entries.write(enterprise, entry(about="Second"), by=enterprise.owner, at=AT, version=seen)
    assert latest(enterprise).content["about"] == "First"


def test_the_same_entry_is_not_written_twice():
    enterprise = written()
    again = entries.write(enterprise, entry(), by=enterprise.owner, at=LATER, version=enterprise.version)
    assert again.number == 1 and enterprise.entries.count() == 1


def test_an_entry_with_nothing_written_is_not_handed_in():
    enterprise = entries.begin(person_account(), at=AT)
    with pytest.raises(Refusal, match="nothing written"):
        entries.hand_in(enterprise, by=enterprise.owner, at=AT)
    assert enterprise.state == State.DRAFT


def test_handing_in_twice_is_handing_in_once():
    enterprise = waiting()
    entries.hand_in(enterprise, by=enterprise.owner, at=LATER)
    assert enterprise.steps.filter(did="handed in").count() == 1


AT_ONCE: dict[str, dict[str, Any]] = {
    "a price": {"offers": (Offer("domestic_help", 2_100), Offer("companionship", 2_300, 2_500))},
    "hours": {"hours": (Hours(5, 600, 720),)},
    "a telephone number": {"phone": "01632 960001", "shows_phone": True},
    "a website": {"website": "https://bramble.example/"},
    "languages": {"languages": ("en", "pl")},
    "how far it goes": {"travels": 20_000},
    "who pays": {"takes_direct_payments": True, "welcomes_self_funders": False},
}

FOR_THE_EDITOR: dict[str, dict[str, Any]] = {
    "a name": {"name": "Thistle Invented Care"},
    "the text": {"about": "Something else"},
    "a kind of help more": {"offers": (*entry().offers, Offer("meals", 2_000))},
    "a kind of help less": {"offers": entry().offers[:1]},
    "what is said of a kind of help": {"offers": (replace(entry().offers[0], says="Only cats"), entry().offers[1])},
    "whom it helps": {"helps": ("dementia",)},
    "ages": {"minimum_age": 16},
    "driving": {"drives": True},
    "a postcode": {"postcode": "CB2 1TN"},
    "an e-mail address": {"email": "other@bramble.example"},
    "a price with the text": {"offers": (Offer("companionship", 1), entry().offers[1]), "about": "Something else"},
}


@pytest.mark.parametrize("what", AT_ONCE)
def test_what_needs_no_editor_is_published_at_once(what: str):
    enterprise = published()
    version = rewritten(enterprise, at=LATER, **AT_ONCE[what])
    found = shown(enterprise.key, today=TODAY)
    assert found is not None and found.entry == Entry.of(version.content)
    assert found.listing.changed_at == LATER


@pytest.mark.parametrize("what", FOR_THE_EDITOR)
def test_everything_else_waits_for_the_editor_while_the_old_entry_is_shown(what: str):
    enterprise = published()
    version = rewritten(enterprise, at=LATER, **FOR_THE_EDITOR[what])
    found = shown(enterprise.key, today=TODAY)
    assert found is not None and found.entry == entry()
    editing.publish(enterprise, version, by=editor(), at=LATER)
    found = shown(enterprise.key, today=TODAY)
    assert found is not None and found.entry == Entry.of(version.content)


def test_a_new_price_after_a_text_that_waits_does_not_let_the_text_through():
    enterprise = published()
    rewritten(enterprise, about="Nobody has read this")
    rewritten(enterprise, offers=(Offer("companionship", 2_500), entry().offers[1]))
    found = shown(enterprise.key, today=TODAY)
    assert found is not None and found.entry == entry()


@pytest.mark.parametrize(("space", "has_space"), [(Space.SPACE, True), (Space.FULL, False), (Space.UNKNOWN, False)])
def test_space_is_shown_at_once(space: Space, has_space: bool):
    enterprise = published()
    entries.tell_space(enterprise, space, by=enterprise.owner, at=LATER)
    assert Listing.objects.get(pk=enterprise.pk).has_space is has_space
    assert (enterprise.space, enterprise.space_told_at) == (space, LATER)


def test_who_takes_their_entry_out_is_shown_no_longer_and_says_why():
    enterprise = published()
    with pytest.raises(Refusal, match="reason is missing"):
        entries.withdraw(enterprise, reason=" ", by=enterprise.owner, at=LATER)
    entries.withdraw(enterprise, reason="I retire", by=enterprise.owner, at=LATER)
    assert enterprise.state == State.WITHDRAWN and shown(enterprise.key, today=TODAY) is None
    with pytest.raises(Refusal, match="withdrawn"):
        rewritten(enterprise, about="Back again")
    with pytest.raises(Refusal, match="withdrawn"):
        entries.hand_in(enterprise, by=enterprise.owner, at=LATER)
