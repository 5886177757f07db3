"""What is recorded makes one chain that reads back, and a change to it is found."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from farthing.base.refusal import Refusal
from farthing.service.audit import actions, selectors
from farthing.service.audit.chain import FIRST, digest_of
from farthing.service.audit.models import Event
from farthing.service.audit.services import THE_SERVICE, Entry, record, record_many
from farthing.service.sealing import openings

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)


def several(how_many: int = 5) -> list[Event]:
    """Some events, each about a person of its own."""
    return [
        record(action="case seen", actor="sam@example.gov.uk", about=f"P-{n}", at=AT, step=n) for n in range(how_many)
    ]


def opened() -> None:
    """Take the seal off, as only somebody who owns the database could."""
    with connection.cursor() as cursor:
        for statement in openings(connection.vendor, "audit_event"):
            cursor.execute(statement)


def test_each_event_follows_the_one_before_it():
    events = several(3)
    assert [event.previous for event in events] == [FIRST, events[0].digest, events[1].digest]


def test_an_event_reads_back_with_the_digest_it_was_given():
    london = timezone(timedelta(hours=1))
    record(
        action="facts verified",
        actor="Zoë O'Brien",
        about="P-1",
        at=AT.astimezone(london),
        count=10**15,
        kinds=["état", 'a"b\\c\n', None, True],
    )
    (event,) = Event.objects.all()
    assert event.digest == digest_of(event)
    assert event.details == {"count": 10**15, "kinds": ["état", 'a"b\\c\n', None, True]}


def test_an_untouched_chain_is_whole():
    several(30)
    record_many(Entry("case seen", THE_SERVICE, AT, f"P-{n}") for n in range(2500))
    assert selectors.verify() is None


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody.else@example.gov.uk"},
        {"at": AT + timedelta(microseconds=1)},
        {"action": "case sealed"},
        {"about": "P-9"},
        {"details": {"step": 3}},
        {"previous": "f" * 64},
        {"digest": "f" * 64},
    ],
)
def test_a_changed_event_is_found(change):
    target = several()[2]
    opened()
    Event.objects.filter(pk=target.pk).update(**change)
    assert selectors.verify() == target


def test_a_missing_event_is_found_at_the_one_after_it():
    events = several()
    opened()
    Event.objects.filter(pk=events[2].pk).delete()
    assert selectors.verify() == events[3]


def test_verifying_from_an_event_takes_those_before_it_as_they_are():
    events = several()
    opened()
    Event.objects.filter(pk=events[1].pk).update(actor="x")
    assert selectors.verify(events[2].pk) is None
    assert selectors.verify(events[1].pk) == events[1]


def test_no_two_events_can_follow_the_same_one():
    first, second = several(2)
    fork = Event(at=AT, actor="x", action="case seen", previous=first.digest)
    fork.digest = digest_of(fork)
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save()
    assert selectors.latest() == second


def test_an_event_goes_with_the_transaction_it_belongs_to():
    several(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(action="decision sealed", actor="x", at=AT)
        raise ZeroDivisionError
    assert Event.objects.count() == 1
    record(action="case seen", actor="x", at=AT)
    assert selectors.verify() is None


def test_an_action_that_is_not_declared_is_refused_and_nothing_is_recorded():
    with pytest.raises(Refusal, match=r"not declared: 'case peeked at'.*actions\.py"):
        record_many([Entry("case seen", "x", AT), Entry("case peeked at", "x", AT)])
    assert not Event.objects.exists()


@pytest.mark.parametrize("value", [1.5, {"a": 1}, AT, b"x", [1.5], object()])
def test_a_detail_that_would_not_read_back_the_same_is_refused(value):
    with pytest.raises(Refusal, match="amount is a "):
        record(action="case seen", actor="x", at=AT, amount=value)


def test_a_moment_without_a_time_zone_and_an_empty_actor_are_refused_together():
    with pytest.raises(Refusal) as refused:
        record(action="case seen", actor="", at=AT.replace(tzinfo=None))
    assert [problem.field for problem in refused.value.problems] == ["actor", "at"]


def test_events_about_a_person_come_newest_first():
    for action in ("case seen", "facts verified"):
        record(action=action, actor="sam@example.gov.uk", about="P-1", at=AT)
    record(action="case seen", actor="sam@example.gov.uk", about="P-2", at=AT)
    assert [event.words for event in selectors.events_about("P-1")] == ["verified answers", "looked at the case"]


def test_pages_of_events_hold_every_event_once():
    several(7)
    pages, before = [], None
    while True:
        page = selectors.events(size=3, before=before)
        pages.append([event.about for event in page.events])
        if (before := page.older) is None:
            break
    assert pages == [["P-6", "P-5", "P-4"], ["P-3", "P-2", "P-1"], ["P-0"]]


def test_events_are_narrowed_by_each_thing_given():
    record(action="signed in", actor="a@example.gov.uk", at=AT)
    record(action="case seen", actor="a@example.gov.uk", about="P-1", at=AT + timedelta(days=1))
    record(action="case seen", actor="b@example.gov.uk", about="P-1", at=AT + timedelta(days=2))

    def found(**given):
        return [event.actor[0] + event.action[0] for event in selectors.events(**given).events]

    assert found(actor="a@example.gov.uk") == ["ac", "as"]
    assert found(action="case seen", about="P-1") == ["bc", "ac"]
    assert found(since=AT + timedelta(days=1), until=AT + timedelta(days=2)) == ["ac"]


def test_every_action_has_words_that_follow_a_name_and_fits_its_column():
    longest = Event._meta.get_field("action").max_length
    for action, words in actions.ACTIONS.items():
        assert len(action) <= longest
        assert words == words.strip() and words[0].islower() and not words.endswith("."), action
