"""What becomes of what another directory gives: new, changed, gone, here already, or left out with its reason."""

from datetime import timedelta

import pytest

from farthing.base.refusal import Refusal
from farthing.service.audit.models import Event
from farthing.service.directory.due import read_feeds
from farthing.service.directory.entry import Hours, Offer, Per
from farthing.service.directory.feeds import add_feed, due_feeds
from farthing.service.directory.listing import entry_of
from farthing.service.directory.models import Enterprise, Feed, State
from farthing.service.directory.selectors.shown import shown
from farthing.service.directory.services import editing
from tests.service.cases import AT
from tests.service.directory.invented import editor, entry, published
from tests.service.directory_feeds.stand_in import as_read, service

EVERYTHING = {"Invented Company", "Invented Chat", "Invented Walks"}


def test_what_a_feed_gives_is_listed_and_says_where_it_is_from(read, feed, elsewhere):
    reading = read()
    assert (reading.found, reading.new, reading.problem) == (3, 3, "")
    assert read.listed() == EVERYTHING
    enterprise = Enterprise.objects.get(elsewhere_id=elsewhere.services[0]["id"])
    told = shown(enterprise.key, today=read.at.date())
    assert told is not None and told.feed == feed and told.checks == () and told.place == "Cambridge"
    said = told.entry
    assert said.about == "Company & a chat." and said.languages == ("pl",) and said.takes_direct_payments
    assert said.offers == (Offer("companionship", 1850, per=Per.HOUR),)
    assert said.hours == (Hours(0, 540, 1020), Hours(2, 540, 1020))
    assert said.phone == "01223 000000" and said.shows_phone and said.email == ""


def test_reading_the_same_again_changes_nothing(read):
    read()
    before = list(Enterprise.objects.values_list("pk", "version", "changed_at"))
    again = read()
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert list(Enterprise.objects.values_list("pk", "version", "changed_at")) == before


def test_what_has_changed_there_is_a_newer_entry_here_and_the_older_stays_on_file(read, elsewhere):
    read()
    elsewhere.services[0] = service("Invented Company", description="Something else")
    assert read().changed == 1
    enterprise = Enterprise.objects.get(elsewhere_id=elsewhere.services[0]["id"])
    assert entry_of(enterprise).about == "Something else" and enterprise.entries.count() == 2
    assert [each.did for each in enterprise.steps.order_by("pk")] == ["published", "updated"]


def test_one_that_is_no_longer_active_is_gone_and_comes_back_when_it_is(read, elsewhere):
    read()
    elsewhere.services[0]["status"] = "temporarily closed"
    assert read().gone == 1 and read.listed() == EVERYTHING - {"Invented Company"}
    elsewhere.services[0]["status"] = "active"
    assert read().changed == 1 and read.listed() == EVERYTHING


def test_one_that_has_left_is_gone_once_the_whole_feed_is_read(read, elsewhere):
    read()
    del elsewhere.services[0]
    readings = [read() for _ in range(7)]
    assert [each.gone for each in readings] == [0, 0, 0, 0, 0, 0, 1]
    assert read.listed() == EVERYTHING - {"Invented Company"} and read.gone() == 1


def test_pages_are_followed_to_their_end_and_only_changes_are_asked_for_after_that(read, elsewhere):
    elsewhere.size = 2
    assert read().found == 3
    assert len(elsewhere.asked) == 2 and "modified_after" not in "".join(elsewhere.asked)
    read()
    assert all("modified_after" in each for each in elsewhere.asked[2:])


def test_a_feed_on_one_page_that_has_not_changed_is_not_sent_again(read, feed, elsewhere):
    elsewhere.knows_etags = True
    read()
    assert feed.etag == elsewhere.tag()
    again = read()
    assert (again.found, again.gone, again.problem) == (0, 0, "") and read.listed() == EVERYTHING
    del elsewhere.services[0]
    assert read().gone == 1


def test_where_a_page_gives_parts_alone_each_service_is_asked_for_whole(read, elsewhere):
    elsewhere.gives_parts_alone = True
    assert read().new == 3 and read.listed() == EVERYTHING


def test_one_whose_number_changed_is_known_by_its_name_and_place(read, elsewhere):
    read()
    before = Enterprise.objects.get(elsewhere_id=elsewhere.services[0]["id"])
    for _ in range(6):
        read()
    elsewhere.services[0] = service("Invented Company", id="another-number")
    reading = read()
    assert (reading.new, reading.changed, reading.gone) == (0, 1, 0)
    after = Enterprise.objects.get(elsewhere_id="another-number")
    assert after.key == before.key and after.state == State.PUBLISHED


def test_one_of_ours_is_not_listed_twice(read, elsewhere):
    published(entry(name="invented  COMPANY", postcode="CB2 3QJ"))
    published(entry(name="Another Name", website="https://www.walks.example/"))
    elsewhere.services[2]["organization"]["website"] = "http://walks.example"
    reading = read()
    assert (reading.new, reading.already_here) == (1, 2) and read.listed() == {"Invented Chat"}


def test_one_that_a_feed_names_twice_is_listed_once(read, elsewhere):
    elsewhere.services.append(service("Invented Company", id="another-number"))
    reading = read()
    assert (reading.new, reading.already_here) == (3, 1) and read.listed() == EVERYTHING
    again = read()
    assert (again.new, again.changed, again.gone, again.already_here) == (0, 0, 0, 1)
    assert Enterprise.objects.filter(listing__name="Invented Company").count() == 1


def test_one_that_we_took_out_does_not_come_back_by_another_door(read):
    ours = published(entry(name="Invented Company", postcode="CB2 3QJ"))
    editing.suspend(ours, reason="Something grave", by=editor(), at=AT + timedelta(hours=1))
    assert read().already_here == 1 and "Invented Company" not in read.listed()


def test_one_that_is_listed_with_us_later_leaves_the_feed(read):
    read()
    published(entry(name="Invented Company", postcode="CB2 3QJ"), at=read.at)
    reading = read()
    assert (reading.already_here, reading.gone) == (1, 1) and "Invented Company" not in read.listed()


def test_one_that_our_editor_suspended_stays_so(read, elsewhere):
    read()
    enterprise = Enterprise.objects.get(elsewhere_id=elsewhere.services[0]["id"])
    editing.suspend(enterprise, reason="A complaint", by=editor(), at=read.at)
    elsewhere.services[0]["description"] = "Better than ever"
    read()
    assert read.listed() == EVERYTHING - {"Invented Company"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"attributes": [], "cost_options": []}, "no kind of help that is known here"),
        ({"service_at_locations": []}, "no place that is known here"),
        ({"id": None}, "no number of its own"),
        ({"id": "x" * 101}, "no number of its own"),
        ({"name": "", "organization": None}, "name is missing"),
    ],
)
def test_what_cannot_be_an_entry_is_left_out_with_its_reason(read, elsewhere, changed, reason):
    elsewhere.services[0] |= changed
    reading = read()
    assert (reading.new, reading.left_out) == (2, 1)
    assert read.told == [f"1 left out: {reason}"]
    assert Event.objects.get(action="directory feed read").details["left_out"] == [f"1: {reason}"]


def test_a_place_far_from_any_we_know_is_outside(read, elsewhere):
    elsewhere.services[0]["service_at_locations"][0]["location"] |= {"latitude": 55.0, "longitude": -1.6}
    assert read().left_out == 1


def test_feeds_are_read_when_their_time_has_come_and_no_sooner(feed, read, elsewhere):
    feed.refresh_from_db()
    assert due_feeds(AT) == [feed]
    read_feeds(lambda: AT)
    assert feed.readings.count() == 1 and due_feeds(AT + timedelta(hours=23)) == []
    read_feeds(lambda: AT + timedelta(hours=1))
    assert feed.readings.count() == 1
    read_feeds(lambda: AT + timedelta(hours=25))
    assert feed.readings.count() == 2
    Feed.objects.update(is_read=False)
    assert due_feeds(AT + timedelta(days=90)) == []


def test_what_stands_in_a_feeds_address_is_asked_each_time(elsewhere, read, feed):
    Feed.objects.update(url=f"{elsewhere.address}/services?taxonomy_term_id=42")
    feed.refresh_from_db()
    read()
    assert elsewhere.asked[0].startswith("/services?taxonomy_term_id=42&full=true")


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "https://", "file:///etc/passwd", "https://a:b@c.example", "x", "http://[", ""]
)
def test_an_address_that_cannot_be_asked_is_refused(url):
    with pytest.raises(Refusal):
        add_feed("Wrong", url, licence="", every_hours=24, by="ines@council.example", at=AT)


def test_what_we_give_others_can_be_read_back():
    from farthing.service.api.open_referral import mapping
    from farthing.service.directory.feeds.entries import entry_from
    from tests.service.open_referral.test_answers import everything_said

    enterprise = published(everything_said())
    told = mapping.service(shown(enterprise.key, today=AT.date()), full=True)
    back, ours = entry_from(as_read(told)), entry_of(enterprise)
    for part in ("name", "about", "hours", "helps", "languages", "minimum_age", "maximum_age", "website", "phone", "drives",
                 "takes_direct_payments"):  # fmt: skip
        assert getattr(back, part) == getattr(ours, part), part
    assert {(each.kind, each.pence, each.pence_to) for each in back.offers} == {
        (each.kind, each.pence, each.pence_to) for each in ours.offers
    }
