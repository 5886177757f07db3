"""A directory that runs, and a feed of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from farthing.service.directory.feeds import add_feed, read_feed
from farthing.service.directory.feeds.fetching import checked
from farthing.service.directory.models import Enterprise, Feed, FeedReading, State
from tests.service.cases import AT
from tests.service.directory_feeds.stand_in import Directory, RunningDirectory, services


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here reads into the database."""


@pytest.fixture
def elsewhere() -> Iterator[Directory]:
    with RunningDirectory() as directory:
        directory.services = services()
        yield directory


def feed_of(elsewhere: Directory) -> Feed:
    """A feed of a directory, not read yet."""
    assert checked(elsewhere.address)
    return add_feed("Elsewhere", elsewhere.address, licence="Open", every_hours=24, by="ines@council.example", at=AT)


@pytest.fixture
def feed(elsewhere: Directory) -> Feed:
    return feed_of(elsewhere)


class Reader:
    """Reads the feed, a day later each time, and says what is listed from it."""

    def __init__(self, feed: Feed, last: datetime = AT):
        self.feed, self.at, self.told = feed, last, list[str]()

    def __call__(self) -> FeedReading:
        self.at += timedelta(days=1)
        return read_feed(self.feed, at=self.at, tell=self.told.append)

    def listed(self) -> set[str]:
        here = Enterprise.objects.filter(feed=self.feed, listing__isnull=False)
        return set(here.values_list("listing__name", flat=True))

    def gone(self) -> int:
        return Enterprise.objects.filter(feed=self.feed, state=State.GONE).count()


@pytest.fixture
def read(feed: Feed) -> Reader:
    return Reader(feed)
