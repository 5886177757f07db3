"""What an editor does: checks recorded, entries published and refused, enterprises suspended and restored."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.clock import day_of
from farthing.service.directory.models import CheckKind, Listing, State
from farthing.service.directory.selectors.editing import found, gaps, history, queue, running_out
from farthing.service.directory.selectors.owned import Standing, checks_of
from farthing.service.directory.selectors.shown import everything, shown, shown_many
from farthing.service.directory.services import editing, entries
from tests.service.cases import AT, TODAY, person_account, staff
from tests.service.directory.invented import (
    A_YEAR_ON,
    checked,
    editor,
    entry,
    latest,
    published,
    regulated,
    rewritten,
    waiting,
)

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


def test_an_entry_is_published_once_every_check_is_recorded():
    enterprise, by = waiting(), editor()
    with pytest.raises(Refusal) as refused:
        editing.publish(enterprise, latest(enterprise), by=by, at=AT)
    assert [each.field for each in refused.value.problems] == ["identity", "dbs", "insurance", "training", "references"]
    checked(enterprise, by=by)
    editing.publish(enterprise, latest(enterprise), by=by, at=AT)
    listed = Listing.objects.get(pk=enterprise.pk)
    assert (listed.name, listed.hourly, listed.shown_until) == ("Bramble Invented Care", 2_000, A_YEAR_ON)
    assert set(listed.terms.values_list("term", flat=True)) == {
        "companionship", "domestic_help", "older_people", "language:en",
    }  # fmt: skip
    assert list(listed.hours.values_list("day", "opens", "closes")) == [(0, 540, 1020)]


@pytest.mark.parametrize("kind", [CheckKind.CQC, CheckKind.NO_CQC])
def test_regulated_help_needs_a_registration_or_the_reason_why_not(kind: CheckKind):
    enterprise, by = waiting(regulated()), editor()
    for each in (CheckKind.IDENTITY, CheckKind.DBS, CheckKind.INSURANCE, CheckKind.TRAINING, CheckKind.REFERENCES):
        editing.record_check(enterprise, each, seen_on=TODAY, runs_out_on=A_YEAR_ON, by=by, at=AT)
    with pytest.raises(Refusal) as refused:
        editing.publish(enterprise, latest(enterprise), by=by, at=AT)
    assert [each.field for each in refused.value.problems] == ["cqc"]
    editing.record_check(enterprise, kind, seen_on=TODAY, runs_out_on=None, says="Seen", by=by, at=AT)
    editing.publish(enterprise, latest(enterprise), by=by, at=AT)
    seen = shown(enterprise.key, today=TODAY)
    assert seen is not None and seen.checks[-1].kind == kind


def test_a_change_that_makes_help_regulated_is_not_published_without_that_check():
    enterprise = published()
    version = rewritten(enterprise, offers=regulated().offers)
    with pytest.raises(Refusal, match="cqc was not checked"):
        editing.publish(enterprise, version, by=editor(), at=AT)
    assert shown(enterprise.key, today=TODAY) is not None


def test_only_editors_edit_and_none_their_own():
    own = editor()
    enterprise = waiting(owner=own)
    does: tuple[Any, ...] = (
        lambda by: editing.publish(enterprise, latest(enterprise), by=by, at=AT),
        lambda by: editing.refuse(enterprise, reason="No", by=by, at=AT),
        lambda by: editing.suspend(enterprise, reason="No", by=by, at=AT),
        lambda by: editing.restore(enterprise, reason="Yes", by=by, at=AT),
        lambda by: editing.record_check(enterprise, CheckKind.DBS, seen_on=TODAY, runs_out_on=None, by=by, at=AT),
    )
    for each in does:
        with pytest.raises(Refusal, match="your own enterprise"):
            each(own)
        for by in (staff(Role.MANAGER), staff(Role.AUDITOR), person_account()):
            with pytest.raises(Refusal, match="for an editor"):
                each(by)
    assert enterprise.checks.count() == 0 and enterprise.steps.count() == 2


def test_what_is_older_than_what_is_published_or_somebody_elses_is_not_published():
    enterprise, by = published(), editor()
    first = latest(enterprise)
    rewritten(enterprise, travels=1_000)
    with pytest.raises(Refusal, match="no newer"):
        editing.publish(enterprise, first, by=by, at=AT)
    with pytest.raises(Refusal, match="another enterprise"):
        editing.publish(enterprise, latest(waiting()), by=by, at=AT)


def test_one_refused_is_told_why_and_may_hand_in_again():
    enterprise = waiting()
    with pytest.raises(Refusal, match="reason is missing"):
        editing.refuse(enterprise, reason="", by=editor(), at=AT)
    editing.refuse(enterprise, reason="Say more of yourself.", by=editor(), at=AT)
    assert enterprise.state == State.REFUSED and queue() == []
    rewritten(enterprise, about="More of myself")
    entries.hand_in(enterprise, by=enterprise.owner, at=LATER)
    assert queue() == [enterprise]


def test_a_change_refused_leaves_what_is_published_and_waits_no_more():
    enterprise = published()
    rewritten(enterprise, about="We are the best in the world")
    assert queue() == [enterprise]
    editing.refuse(enterprise, reason="Nobody can know that.", by=editor(), at=AT)
    assert enterprise.state == State.PUBLISHED and queue() == []
    assert shown(enterprise.key, today=TODAY) is not None
    rewritten(enterprise, about="We try hard")
    assert queue() == [enterprise]


def test_the_queue_has_the_longest_waiting_first():
    second, first = waiting(at=LATER), waiting(at=AT)
    assert queue() == [first, second]


def test_one_suspended_is_hidden_at_once_and_comes_back_when_restored():
    enterprise, by = published(), editor()
    editing.suspend(enterprise, reason="A concern is looked into.", by=by, at=LATER)
    assert shown(enterprise.key, today=TODAY) is None and list(everything(today=TODAY)) == []
    editing.restore(enterprise, reason="There was nothing in it.", by=by, at=LATER)
    assert shown(enterprise.key, today=TODAY) is not None


def test_one_suspended_is_not_restored_once_a_check_has_run_out():
    enterprise, by = published(until=TODAY), editor()
    editing.suspend(enterprise, reason="A concern is looked into.", by=by, at=AT)
    tomorrow = AT + timedelta(days=1)
    with pytest.raises(Refusal, match="ran out on 25 November 2026"):
        editing.restore(enterprise, reason="There was nothing in it.", by=by, at=tomorrow)
    checked(enterprise, by=by, at=tomorrow)
    editing.restore(enterprise, reason="There was nothing in it.", by=by, at=tomorrow)
    assert shown(enterprise.key, today=day_of(tomorrow)) is not None


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        (CheckKind.DBS, {"seen_on": TODAY + timedelta(1), "runs_out_on": None}, "seen_on"),
        (CheckKind.DBS, {"seen_on": TODAY, "runs_out_on": TODAY - timedelta(1)}, "runs_out_on"),
        (CheckKind.INSURANCE, {"seen_on": TODAY, "runs_out_on": None}, "runs_out_on"),
    ],
)
def test_a_check_that_cannot_be_is_refused(kind: CheckKind, said: dict[str, Any], field: str):
    enterprise = waiting()
    with pytest.raises(Refusal) as refused:
        editing.record_check(enterprise, kind, **said, by=editor(), at=AT)
    assert [each.field for each in refused.value.problems] == [field] and not enterprise.checks.exists()


def test_of_two_checks_of_a_kind_the_later_counts_even_where_it_runs_out_sooner():
    enterprise, by = published(), editor()
    soon = TODAY + timedelta(days=30)
    editing.record_check(enterprise, CheckKind.DBS, seen_on=TODAY, runs_out_on=soon, by=by, at=LATER)
    assert Listing.objects.get(pk=enterprise.pk).shown_until == soon
    standings = {each.kind: each.standing for each in checks_of(enterprise, today=TODAY)}
    assert standings[CheckKind.DBS] == Standing.RUNS_OUT_SOON and standings[CheckKind.TRAINING] == Standing.IN_DATE
    later = {each.kind: each.standing for each in checks_of(enterprise, today=soon + timedelta(1))}
    assert later[CheckKind.DBS] == Standing.RUN_OUT
    assert [(each.kind, each.has_run_out) for each in running_out(today=TODAY)] == [(CheckKind.DBS, False)]


def test_before_anything_is_checked_every_check_is_missing():
    standings = checks_of(waiting(regulated()), today=TODAY)
    assert [each.standing for each in standings] == [Standing.MISSING] * 6 and standings[-1].kind == CheckKind.CQC


def test_the_history_tells_everything_in_order_with_what_each_entry_changed():
    enterprise = waiting()
    by = editor()
    editing.record_check(enterprise, CheckKind.DBS, seen_on=TODAY, runs_out_on=None, says="Seen", by=by, at=AT)
    editing.refuse(enterprise, reason="Say more.", by=by, at=LATER)
    rewritten(enterprise, at=LATER + timedelta(1), about="More", travels=1_609)
    told = history(enterprise)
    assert [each.what for each in told] == [
        "wrote the entry", "began the entry", "handed the entry in", "checked: Enhanced DBS check",
        "did not accept the entry", "changed the entry",
    ]  # fmt: skip
    assert [each.by for each in told[-3:]] == [by.email, by.email, enterprise.owner.actor]
    assert told[-2].reason == "Say more."
    assert {each.label: (each.before, each.after) for each in told[-1].changes} == {
        "About": ((entry().about,), ("More",)),
        "How far it goes": (("Up to 5 miles",), ("Up to 1 miles",)),
    }


@pytest.mark.parametrize("of", ["entries", "steps", "checks"])
def test_what_the_history_tells_cannot_be_changed_or_deleted(of: str):
    enterprise = published()
    rows = getattr(enterprise, of)
    for change in (lambda: rows.update(at=LATER), lambda: rows.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="is sealed"), transaction.atomic():
            change()


def test_an_enterprise_is_found_by_words_of_its_name_by_reference_and_by_state():
    bramble, thistle = published(), waiting(entry(name="Thistle Invented Days Out"))
    assert found("thistle days", None) == [thistle]
    assert found(bramble.reference.lower(), None) == [bramble]
    assert found("", State.PUBLISHED) == [bramble] and found("thistle", State.PUBLISHED) == []
    assert found("' OR 1=1 --\x00", None) == []


def test_the_gaps_are_kinds_of_help_that_nobody_or_few_give():
    published()
    told = gaps(today=TODAY)
    area = next(each for each in told.areas if told.count(each, "companionship"))
    few, none = [(each, term.key) for each, term in told.with_few], [(each, term.key) for each, term in told.with_none]
    assert (area, "companionship") in few and (area, "overnight") in none
    assert len(few) + len(none) == len(told.areas) * len(told.kinds)


def test_many_are_shown_in_the_order_asked_in_few_queries(django_assert_max_num_queries: Any):
    made = [published(entry(name=f"Bramble {number}")) for number in range(3)]
    keys = [made[2].key, made[0].key, waiting().key, made[1].key, made[2].key]
    with django_assert_max_num_queries(3):
        assert [each.entry.name for each in shown_many(keys, today=TODAY)] == ["Bramble 2", "Bramble 0", "Bramble 1"]


def test_everything_changed_since_a_moment_is_told_ordered_by_key():
    old, new = published(at=AT), [published(at=LATER), published(at=LATER)]
    keys = [each.enterprise.key for each in everything(today=TODAY, modified_after=AT)]
    assert keys == sorted(each.key for each in new)
    assert old.key in {each.enterprise.key for each in everything(today=TODAY)}


def test_a_listing_is_placed_to_the_kilometre_so_that_no_number_of_searches_finds_a_home():
    places = {published(entry(postcode=each)).listing for each in ("CB1 2AB", "CB7 4EP", "PE27 5RF")}
    assert len({(each.easting, each.northing) for each in places}) == 3
    assert {metres % 1_000 for each in places for metres in (each.easting, each.northing)} == {0}
