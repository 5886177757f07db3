"""The commands that add a feed and read it."""

import pytest
from click.testing import CliRunner

from farthing.cli import main
from farthing.service.access.models import Role
from farthing.service.directory.models import Feed
from tests.service.cases import staff
from tests.service.directory_feeds.stand_in import answering


def ran(*arguments):
    return CliRunner().invoke(main, ["service", *arguments])


@pytest.fixture
def clerk():
    return staff(Role.DIRECTORY_EDITOR).email


def test_a_feed_is_added_and_read(elsewhere, clerk):
    del elsewhere.services[0]["attributes"], elsewhere.services[0]["cost_options"]
    added = ran("add-feed", "Elsewhere", elsewhere.address, "--licence", "Open", "--every-hours", "6", "--by", clerk)
    assert added.exit_code == 0 and Feed.objects.get().every_hours == 6
    read = ran("read-feed", "Elsewhere")
    assert read.exit_code == 0
    assert "1 left out: no kind of help that is known here." in read.output
    assert "3 found: 2 new, 0 changed, 0 here already, 1 left out. 0 are gone." in read.output


def test_a_feed_that_cannot_be_read_is_said_with_exit_status_1(elsewhere, feed):
    elsewhere.fault = answering("", 500)
    read = ran("read-feed", "Elsewhere")
    assert read.exit_code == 1 and "status 500" in read.output and "What was there is kept" in read.output


def test_a_name_that_is_of_no_feed_is_refused_with_those_there_are(feed):
    read = ran("read-feed", "Nowhere")
    assert read.exit_code == 1 and "Elsewhere" in read.output


def test_a_feed_is_added_once(elsewhere, feed, clerk):
    again = ran("add-feed", "Elsewhere", "https://a.example", "--licence", "Open", "--by", clerk)
    assert again.exit_code == 1 and Feed.objects.count() == 1
