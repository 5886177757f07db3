"""Every one of the nine paths answers as Open Referral UK 3.0 says, and gives away no home."""

import json
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from farthing.service.directory.entry import Form, Hours, Offer, Per
from farthing.service.directory.models import Space
from farthing.service.directory.services import editing, entries
from tests.service.cases import AT, TODAY
from tests.service.directory.invented import editor, entry, published, regulated
from tests.service.open_referral.published import page_of, problems

LATER = AT + timedelta(hours=1)


def everything_said():
    """An entry that says all that can be said."""
    return entry(
        name="Invented Everything",
        form=Form.COMPANY,
        phone="01223 000000",
        shows_phone=True,
        website="https://everything.example",
        offers=(
            Offer("personal_care", 2_605, 3_000, says="Two carers at weekends"),
            Offer("overnight", 9_000, per=Per.NIGHT),
            Offer("transport", 45, per=Per.MILE),
            Offer("gardening"),
            Offer("companionship", 0),
        ),
        hours=(Hours(0, 540, 1020), Hours(2, 540, 1020), Hours(5, 0, 1440)),
        helps=("older_people", "dementia"),
        languages=("en", "pl"),
        maximum_age=99,
        drives=True,
        takes_direct_payments=True,
    )


def test_the_root_says_which_profile_it_speaks(feed, wrong):
    said = feed.said("/")
    assert wrong(said, "root") == []
    assert said["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize("what", [entry(), regulated(), everything_said()], ids=["plain", "regulated", "everything"])
def test_every_form_of_a_service_is_as_the_profile_says(feed, wrong, what):
    enterprise = published(what)
    listed, whole = feed.said("/services")["contents"], feed.said("/services", full="true")["contents"]
    assert [wrong(each, "service_list") for each in listed] == [[]]
    assert [wrong(each, "service") for each in whole] == [[]]
    assert feed.said(f"/services/{enterprise.key}") == whole[0]
    assert listed[0] == {name: value for name, value in whole[0].items() if not isinstance(value, list)}


def test_every_form_of_a_service_at_its_place_is_as_the_profile_says(feed, wrong):
    published(everything_said())
    (listed,) = feed.said("/service_at_locations")["contents"]
    (whole,) = feed.said("/service_at_locations", full="true")["contents"]
    assert wrong(listed, "service_at_location_list") == []
    assert wrong(whole, "service_at_location") == []
    assert feed.said(f"/service_at_locations/{listed['id']}") == whole
    assert feed.said(f"/services/{listed['service']['id']}")["service_at_locations"][0]["id"] == listed["id"]


def test_vocabularies_and_terms_are_as_the_profile_says(feed, wrong):
    vocabularies = feed.said("/taxonomies")["contents"]
    assert [each["name"] for each in vocabularies] == ["Kinds of help", "People helped", "Arrangements"]
    for each in vocabularies:
        assert wrong(each, "taxonomy_list") == []
        whole = feed.said(f"/taxonomies/{each['id']}")
        assert wrong(whole, "taxonomy") == []
        for term in whole["taxonomy_terms"]:
            assert feed.said(f"/taxonomy_terms/{term['id']}") == term
    terms = feed.said("/taxonomy_terms", per_page=100)["contents"]
    assert len({each["id"] for each in terms}) == len(terms) == 27
    assert [wrong(each, "taxonomy_term") for each in terms] == [[]] * 27


@pytest.mark.parametrize("path", ["/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms"])
def test_a_page_has_its_envelope(feed, path):
    published()
    assert problems(feed.said(path, per_page=1), page_of({})) == []


def test_the_check_finds_what_is_not_as_the_profile_says(feed, wrong):
    published()
    (said,) = feed.said("/services")["contents"]
    assert wrong({**said, "status": "open"}, "service_list") != []
    assert wrong({**said, "url": None}, "service_list") != []
    assert wrong({name: value for name, value in said.items() if name != "id"}, "service_list") != []


def test_all_that_is_said_is_told_to_the_penny(feed):
    enterprise = published(everything_said())
    said = feed.said(f"/services/{enterprise.key}")
    costs = {each["option"]: (each["amount"], each["amount_description"]) for each in said["cost_options"]}
    assert costs == {
        "Personal care": (26.05, "£26.05 to £30.00 an hour. Two carers at weekends"),
        "Overnight help": (90, "£90.00 a night"),
        "Transport": (0.45, "£0.45 a mile"),
        "Companionship": (0, "an hour"),
    }
    assert [(each["byday"], each["opens_at"], each["closes_at"]) for each in said["schedules"]] == [
        ("SA", "00:00:00", "23:59:00"),
        ("MO,WE", "09:00:00", "17:00:00"),
    ]
    assert [each["code"] for each in said["languages"]] == ["en", "pl"]
    assert said["phones"][0]["number"] == "01223 000000"
    assert (said["minimum_age"], said["maximum_age"], said["assured_date"]) == (18, 99, TODAY.isoformat())
    terms = {each["taxonomy_term"]["code"] for each in said["attributes"]}
    assert terms == {
        "personal_care", "overnight", "transport", "gardening", "companionship", "older_people", "dementia",
        "takes_direct_payments", "welcomes_self_funders", "drives",
    }  # fmt: skip


def test_an_amount_in_pence_is_the_same_amount_in_pounds():
    from farthing.service.api.open_referral.mapping import _as_a_number

    for pence in range(100_001):
        written = json.dumps(_as_a_number(pence))
        pounds, _, rest = written.partition(".")
        assert int(pounds) * 100 + int(rest.ljust(2, "0") or "0") == pence and len(rest) <= 2


def test_the_numbers_of_what_an_enterprise_has_are_those_of_version_five():
    from farthing.service.api.open_referral.mapping import number_of

    for number in range(1000):
        key = UUID(int=number << 100 | number)
        assert number_of(key, f"cost:{number} £") == str(uuid5(key, f"cost:{number} £"))


def test_no_home_can_be_told_from_any_answer(feed):
    from farthing.service.directory.grid import latitude_and_longitude, to_the_kilometre
    from farthing.service.directory.places import place_of

    enterprise = published(everything_said())
    home = place_of("CB1 2AB")
    near = latitude_and_longitude(*to_the_kilometre(home.easting, home.northing))
    told = feed.said(f"/services/{enterprise.key}")["service_at_locations"][0]["location"]
    assert (told["latitude"], told["longitude"]) == pytest.approx(near, abs=0.001)
    for path in (f"/services/{enterprise.key}", "/service_at_locations?full=true"):
        text = feed.get(path).content.decode()
        for private in ("CB1 2AB", "CB12AB", "hello@bramble.example", str(home.easting), str(home.northing)):
            assert private not in text


def test_a_telephone_number_is_told_only_where_it_is_to_be_shown(feed):
    enterprise = published(entry(phone="01223 999999"))
    assert b"999999" not in feed.get(f"/services/{enterprise.key}").content


def test_a_full_enterprise_stays_active_and_says_so(feed):
    enterprise = published()
    entries.tell_space(enterprise, Space.FULL, by=enterprise.owner, at=LATER)
    said = feed.said(f"/services/{enterprise.key}")
    assert said["status"] == "active" and "Cannot take anybody on" in said["alert"]


def test_what_is_not_published_is_not_there(feed):
    from tests.service.directory.invented import waiting

    enterprise = waiting()
    assert feed.said("/services")["empty"]
    assert feed.said("/services", modified_after="2020-01-01")["empty"]
    feed.refused(f"/services/{enterprise.key}", 404)


def test_one_that_is_no_longer_shown_is_inactive_for_those_who_keep_copies_and_nothing_is_said_of_why(feed, wrong):
    stays = published(entry(name="Invented Stays"))
    goes = published(entry(name="Invented Goes", about="Something of Gwen Invented"))
    editing.suspend(goes, reason="Something grave", by=editor(), at=LATER)
    assert feed.names() == {"Invented Stays"}
    copy = {each["id"]: each for each in feed.said("/services", modified_after=LATER.isoformat())["contents"]}
    assert list(copy) == [str(goes.key)]
    assert wrong(copy[str(goes.key)], "service_list") == []
    assert copy[str(goes.key)]["status"] == "inactive"
    both = feed.said("/services", modified_after="2020-01-01", full="true")["contents"]
    assert {each["id"]: each["status"] for each in both} == {str(stays.key): "active", str(goes.key): "inactive"}
    assert feed.said(f"/services/{goes.key}") == copy[str(goes.key)]
    text = json.dumps(both) + json.dumps(feed.lines("/service_at_locations", modified_after="2020-01-01"))
    for private in ("Goes", "Gwen", "grave", "suspend"):
        assert private not in text
    editing.restore(goes, reason="All is well", by=editor(), at=LATER + timedelta(hours=1))
    assert feed.names() == {"Invented Stays", "Invented Goes"}


def test_one_whose_check_runs_out_is_inactive_on_that_day_before_any_job_has_run(feed, monkeypatch):
    from farthing.service import clock

    enterprise = published(until=TODAY)
    assert feed.said(f"/services/{enterprise.key}")["status"] == "active"
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1))
    assert feed.said("/services")["empty"]
    after = (AT + timedelta(hours=20)).isoformat()
    assert [each["status"] for each in feed.said("/services", modified_after=after)["contents"]] == ["inactive"]


def test_numbers_stay_the_same(feed):
    enterprise = published()
    before = feed.said(f"/services/{enterprise.key}")
    entries.tell_space(enterprise, Space.SPACE, by=enterprise.owner, at=LATER)
    after = feed.said(f"/services/{enterprise.key}")
    assert UUID(before["id"]) == enterprise.key
    for part in ("organization", "id"):
        assert before[part] == after[part]
    assert [each["id"] for each in before["cost_options"]] == [each["id"] for each in after["cost_options"]]
    assert before["last_modified"] < after["last_modified"]
