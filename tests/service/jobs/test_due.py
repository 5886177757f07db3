"""What comes due is found by its place, done by one worker a time, and stops nothing else when it fails."""

import logging
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from farthing.service.assessments.models import SavedEstimate
from farthing.service.audit.services import record
from farthing.service.jobs import due as dues
from farthing.service.jobs.due import Due, due, everything_due, run_due
from farthing.service.jobs.models import Turn

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

SAID = "Olive Invented"


@pytest.fixture
def done(monkeypatch):
    """Two things that come due, the first of which always fails; and what was done of the other."""
    monkeypatch.setattr(dues, "_declared", {})
    monkeypatch.setattr(dues, "autodiscover_modules", lambda name: None)
    moments = []

    @due(every=timedelta(minutes=5))
    def a_failing(now):
        raise RuntimeError(SAID)

    @due(every=timedelta(minutes=5))
    def b_working(now):
        moments.append(now())

    return moments


def test_each_app_says_itself_what_comes_due():
    names = {each.name.removeprefix("farthing.service.") for each in everything_due()}
    assert names >= {
        "correspondence.due.send_letters",
        "correspondence.due.ask_after_letters",
        "jobs.due.recover_lost_jobs",
        "jobs.due.note_latest_event",
        "assessments.due.delete_expired_estimates",
    }


def test_what_is_due_is_done_when_its_time_comes_and_not_before(done):
    for minutes in (0, 1, 4, 5, 6, 11):
        run_due(lambda at=AT + timedelta(minutes=minutes): at)
    assert [(moment - AT) / timedelta(minutes=1) for moment in done] == [0, 5, 11]


def test_what_fails_stops_nothing_else_and_is_logged_without_what_it_said(done, caplog):
    with caplog.at_level(logging.INFO):
        assert [name.rpartition(".")[2] for name in run_due(lambda: AT)] == ["b_working"]
    assert "a_failing was due and stopped: RuntimeError" in caplog.text
    assert SAID not in caplog.text


def test_two_workers_do_not_do_the_same_at_once(done):
    each = next(each for each in everything_due() if each.name.endswith("b_working"))
    assert dues._take_turn(each, AT)
    assert not dues._take_turn(each, AT)
    assert Turn.objects.get(name=each.name).next_at == AT + timedelta(minutes=5)


def test_all_of_it_can_be_done_before_its_time(done):
    run_due(lambda: AT)
    run_due(lambda: AT, all_of_it=True)
    assert len(done) == 2


def test_the_command_does_what_is_due_and_says_what():
    said = StringIO()
    call_command("run_due", stdout=said)
    assert "farthing.service.correspondence.due.send_letters" in said.getvalue()
    again = StringIO()
    call_command("run_due", stdout=again)
    assert "send_letters" not in again.getvalue()


def test_saved_estimates_are_deleted_when_their_time_is_over():
    for digest, days in (("old", -1), ("new", 1)):
        expires_at = AT + timedelta(days=days)
        SavedEstimate.objects.create(digest=digest, answers={}, saved_at=AT, expires_at=expires_at)
    run_due(lambda: AT)
    assert list(SavedEstimate.objects.values_list("digest", flat=True)) == ["new"]


def test_the_audits_latest_digest_is_noted_in_the_log(caplog):
    event = record(action="case seen", actor="sam@example.gov.uk", at=AT)
    with caplog.at_level(logging.INFO):
        run_due(lambda: AT)
    assert f"event {event.pk} has the digest {event.digest}" in caplog.text


def test_the_name_of_what_is_due_is_where_it_is():
    assert all(isinstance(each, Due) and each.every > timedelta(0) for each in everything_due())
