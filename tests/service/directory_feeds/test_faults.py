"""A feed may be slow, huge, wrong or hostile: it is survived, its problem is written down, and nothing that was there is lost."""

import json

import pytest

from farthing.base.refusal import Refusal
from farthing.service.directory.feeds import fetching, pages
from farthing.service.directory.feeds.entries import LeftOut, entry_from
from farthing.service.directory.models import Enterprise, Feed
from tests.service.directory_feeds.conftest import Reader, feed_of
from tests.service.directory_feeds.stand_in import (
    Directory,
    RunningDirectory,
    answering,
    as_read,
    cut_short,
    drop_by_drop,
    sending_to,
    service,
    services,
    silent,
    without_end,
)

EVERYTHING = {"Invented Company", "Invented Chat", "Invented Walks"}

FAULTS = {
    "not there": (answering("", 404), "status 404"),
    "broken": (answering("", 500), "status 500"),
    "not JSON": (answering("<html>"), "not JSON"),
    "nothing": (answering(""), "not JSON"),
    "no number": (answering('{"contents": [NaN]}'), "not JSON"),
    "a list": (answering("[]"), "no page of services"),
    "null": (answering("null"), "no page of services"),
    "contents of text": (answering('{"contents": "none"}'), "no page of services"),
    "services of text": (answering('{"contents": ["one"]}'), "something else than services"),
    "deep": (answering("[" * 100_000), "not JSON"),
    "a number without end": (answering('{"contents": [], "total_items": ' + "9" * 10_000 + "}"), "not JSON"),
    "cut short": (cut_short, "broke off"),
    "packed": (answering(b"x", Content_Encoding="gzip"), "packed"),
    "unchanged though not asked": (answering(b"", 304), "not asked"),
    "empty": (answering('{"contents": [], "total_items": 0}'), "is empty"),
    "to a file": (sending_to("file:///etc/passwd"), "no address"),
    "to a private network": (sending_to("http://10.0.0.1/services"), "inside a network"),
    "to this machine": (sending_to("http://127.0.0.1/services"), "inside a network"),
    "to this machine by its name": (sending_to("http://localhost/services"), "inside a network"),
    "to this machine in six": (sending_to("http://[::ffff:127.0.0.1]/services"), "inside a network"),
    "to where clouds keep secrets": (sending_to("http://169.254.169.254/latest"), "inside a network"),
    "to nowhere": (answering(b"", 302), "inside a network"),
}  # fmt: skip


@pytest.fixture(scope="module")
def read_before(standing):
    """A directory and a feed of it that was read well before every test, and the last time: the next is of the whole."""
    with RunningDirectory() as directory:
        directory.services = services()
        reader = Reader(feed_of(directory))
        for _ in range(7):
            reader()
        yield directory, reader.feed, reader.at


@pytest.fixture
def elsewhere(read_before):
    directory, _, _ = read_before
    vars(directory).update(vars(Directory(directory.address, services())))
    return directory


@pytest.fixture
def feed(read_before):
    _, feed, _ = read_before
    return Feed.objects.get(pk=feed.pk)


@pytest.fixture
def read_once(read_before, feed):
    _, _, last = read_before
    return Reader(feed, last)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_OF_SILENCE", 1)


def survived(read, problem):
    before = list(Enterprise.objects.order_by("pk").values_list("pk", "state", "version"))
    reading = read()
    assert problem in reading.problem, reading.problem
    assert (reading.new, reading.changed, reading.gone) == (0, 0, 0)
    assert list(Enterprise.objects.order_by("pk").values_list("pk", "state", "version")) == before
    assert read.listed() == EVERYTHING
    read.feed.refresh_from_db()
    assert read.feed.next_at > read.at


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_survived_and_written_down(read_once, elsewhere, name):
    elsewhere.fault, problem = FAULTS[name]
    survived(read_once, problem)
    elsewhere.fault = None
    assert read_once().problem == ""


def test_a_silent_server_is_not_waited_for(read_once, elsewhere):
    elsewhere.fault = silent
    survived(read_once, "in time")


def test_a_server_that_sends_drop_by_drop_is_left(read_once, elsewhere, monkeypatch):
    elsewhere.fault = drop_by_drop
    monkeypatch.setattr(pages, "SECONDS_AN_ANSWER", 0.5)
    survived(read_once, "too long")


def test_a_server_that_sends_without_end_is_left(read_once, elsewhere, monkeypatch):
    elsewhere.fault = without_end
    monkeypatch.setattr(pages, "MOST_BYTES_AN_ANSWER", 1_000_000)
    survived(read_once, "more than is read")


def test_a_server_that_sends_in_a_circle_is_left(read_once, elsewhere, monkeypatch):
    monkeypatch.setattr(fetching, "_is_public", lambda address: True)
    elsewhere.fault = sending_to(f"{elsewhere.address}/services")
    survived(read_once, "from one address to the next")


def test_a_feed_that_nobody_answers_for_is_survived(read_once, elsewhere, feed):
    feed.url = "http://nowhere.invalid"
    feed.save()
    survived(read_once, "not to be found")


@pytest.mark.parametrize(
    ("envelope", "problem"),
    [
        ({"total_items": 4}, "says that it has 4"),
        ({"last_page": False, "total_pages": 99}, "the same again"),
        ({"last_page": False, "contents": [service("Invented Company")]}, "the same again"),
    ],
)
def test_a_feed_that_lies_about_its_pages_is_found_out(read_once, elsewhere, envelope, problem):
    if "contents" not in envelope and "last_page" in envelope:
        envelope = {**envelope, "contents": elsewhere.services}
    elsewhere.envelope = envelope
    survived(read_once, problem)


def test_a_feed_with_too_many_pages_is_left(read_once, elsewhere, monkeypatch):
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    elsewhere.size = 1
    survived(read_once, "more than 2 pages")


def test_a_feed_that_breaks_off_on_its_second_page_changes_nothing(read_once, elsewhere):
    elsewhere.size = 2
    elsewhere.services[0]["description"] = "Something else"
    broken = answering("", 500)
    elsewhere.fault = lambda handler, path: "page=2" in path and broken(handler, path)
    survived(read_once, "status 500")


WRONG = [
    None,
    0,
    -1,
    1.5,
    "",
    "x",
    [],
    [None],
    [[]],
    {},
    {"a": None},
    True,
    "\0\ud800<b>",
    ["a"],
    [{"location": 1}],
    10**30,
]
PARTS = ["name", "description", "url", "organization", "service_at_locations", "cost_options", "schedules", "languages",
         "phones", "attributes", "service_areas", "minimum_age", "maximum_age"]  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_no_type_is_so_wrong_that_reading_stops(part):
    for wrong in WRONG:
        given = {**service("Invented"), part: wrong}
        assert entry_from(as_read(given))
        for inner in ("cost_options", "schedules", "languages", "phones"):
            each = given[inner][0] if isinstance(given[inner], list) and given[inner] else None
            if isinstance(each, dict):
                assert entry_from(as_read({**given, inner: [dict.fromkeys(each, wrong)]}))


def test_marks_and_letters_that_nobody_sees_are_taken_out_of_texts():
    given = service(
        "<b>Invented</b>\0 Company\u202e", description='<img src=x onerror="alert(1)">Hi<br>there<style>p{}</style>'
    )
    found = entry_from(as_read(given))
    assert not isinstance(found, LeftOut)
    assert (found.name, found.about) == ("Invented Company", "Hi\nthere")
    assert "\0" not in json.dumps(found.kept())


def test_a_price_whose_measure_is_not_known_is_not_told():
    found = entry_from(as_read(service("Invented", cost_options=[{"option": "Befriending", "amount": 18}])))
    assert not isinstance(found, LeftOut) and found.offers[0].pence is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "//x", "data:text/html,x"])
def test_no_website_is_taken_that_is_none(url):
    given = service("Invented", url=url)
    given["organization"]["website"] = url
    found = entry_from(as_read(given))
    assert not isinstance(found, LeftOut) and found.website == ""


def test_what_is_fetched_is_limited_whatever_is_asked_for(elsewhere):
    elsewhere.fault = answering(b"x" * 1000)
    with pytest.raises(Refusal, match="more than is read"):
        fetching.fetch(elsewhere.address, most_bytes=999)
    assert fetching.fetch(elsewhere.address, most_bytes=1000).content == b"x" * 1000
