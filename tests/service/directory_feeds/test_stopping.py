"""An editor stops a feed, and nothing of it is shown; started again, all of it is."""

from datetime import timedelta

import pytest

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.audit.models import Event
from farthing.service.directory.due import read_feeds
from farthing.service.directory.feeds import due_feeds, read_feed, start_feed, stop_feed
from farthing.service.directory.models import Enterprise, FeedStep, State
from farthing.service.directory.services import editing
from tests.service.cases import staff
from tests.service.directory.invented import editor
from tests.service.directory_feeds.stand_in import service
from tests.service.directory_feeds.test_what_is_kept import EVERYTHING

WHY = "Its council asked us to"


@pytest.fixture
def clerk():
    return editor()


def test_what_came_from_a_feed_that_is_stopped_is_shown_no_more_and_it_is_not_read(read, feed, clerk):
    read()
    assert stop_feed(feed, reason=f" {WHY} ", by=clerk, at=read.at) == 3
    assert read.listed() == set() and read.gone() == 3 and not feed.is_read
    read_feeds(lambda: read.at + timedelta(days=90))
    assert feed.readings.count() == 1 and due_feeds(read.at + timedelta(days=90)) == []
    with pytest.raises(Refusal, match="not read any more"):
        read()


def test_who_stopped_it_and_why_is_written_down_with_each_entry_and_never_changed(read, feed, clerk):
    read()
    stop_feed(feed, reason=WHY, by=clerk, at=read.at)
    step = FeedStep.objects.get()
    assert (step.is_read, step.reason, step.by) == (False, WHY, clerk)
    assert Event.objects.get(action="directory feed stopped").details == {"gone": 3}
    last = Enterprise.objects.filter(feed=feed).first().steps.order_by("-pk").first()
    assert (last.did, last.reason, last.by) == ("feed stopped", WHY, clerk.actor)


def test_started_again_all_of_it_is_read_though_nothing_has_changed(read, feed, elsewhere, clerk):
    elsewhere.knows_etags = True
    read()
    stop_feed(feed, reason=WHY, by=clerk, at=read.at)
    start_feed(feed, reason="They changed their mind", by=clerk, at=read.at)
    assert due_feeds(read.at) == [feed] and read.listed() == set()
    assert read().changed == 3 and read.listed() == EVERYTHING
    assert Event.objects.filter(action="directory feed started").count() == 1


def test_what_an_editor_suspended_stays_so_when_a_feed_is_stopped_and_started(read, feed, clerk):
    read()
    one = Enterprise.objects.get(listing__name="Invented Chat")
    editing.suspend(one, reason="A complaint", by=clerk, at=read.at)
    stop_feed(feed, reason=WHY, by=clerk, at=read.at)
    start_feed(feed, reason=WHY, by=clerk, at=read.at)
    read()
    one.refresh_from_db()
    assert one.state == State.SUSPENDED and read.listed() == EVERYTHING - {"Invented Chat"}


def test_what_is_being_read_while_it_is_stopped_does_not_come_back(read, feed, elsewhere, clerk):
    read()
    elsewhere.services.append(service("Invented Late"))

    def stopped_meanwhile(*arguments, **named):
        from farthing.service.directory.feeds.fetching import fetch

        answer = fetch(*arguments, **named)
        stop_feed(feed, reason=WHY, by=clerk, at=read.at)
        feed.is_read = True  # as whoever is reading it saw it
        return answer

    reading = read_feed(feed, at=read.at + timedelta(days=1), fetch=stopped_meanwhile)
    assert reading.problem == "was stopped while it was read" and read.listed() == set()
    feed.refresh_from_db()
    assert not feed.is_read


@pytest.mark.parametrize("act", [stop_feed, start_feed])
def test_it_takes_an_editor_a_reason_and_a_feed_that_stands_otherwise(feed, read, clerk, act):
    read()
    if act is start_feed:
        stop_feed(feed, reason=WHY, by=clerk, at=read.at)
    for by, reason in ((staff(Role.MANAGER), WHY), (clerk, "  ")):
        with pytest.raises(Refusal):
            act(feed, reason=reason, by=by, at=read.at)
    act(feed, reason=WHY, by=clerk, at=read.at)
    with pytest.raises(Refusal, match="already"):
        act(feed, reason=WHY, by=clerk, at=read.at)
