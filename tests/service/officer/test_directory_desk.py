"""The editor's desk of the directory: what waits, proofs, checks, publishing, stopping, gaps, concerns, other directories."""

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from farthing.service.access.models import Account, Role
from farthing.service.audit.models import Event
from farthing.service.directory.feeds import add_feed
from farthing.service.directory.models import Check, CheckKind, ConcernKind, Feed, FeedReading, State
from farthing.service.directory.services import concerns, entries, proofs
from tests.service import cases
from tests.service.access.signed_in import browser_of, browser_of_person
from tests.service.officer.forms import filled_in, send
from tests.service.public import listed as invented
from tests.service.uploads import files_to_send as files

MOST_QUERIES = 20
NEEDED = (CheckKind.IDENTITY, CheckKind.DBS, CheckKind.INSURANCE, CheckKind.TRAINING, CheckKind.REFERENCES)
READERS = {Role.DIRECTORY_EDITOR, Role.MANAGER, Role.AUDITOR}


@pytest.fixture(autouse=True)
def _proofs_in_a_folder_of_their_own(settings, tmp_path):
    settings.PROOFS = tmp_path / "proofs"


@pytest.fixture
def owner(db):
    return Account.objects.create_person("bramble@business.example")


@pytest.fixture
def editor(db):
    return cases.staff(Role.DIRECTORY_EDITOR)


@pytest.fixture
def desk(editor):
    return browser_of(editor)


@pytest.fixture
def waiting(owner):
    """An entry that was handed in, with a proof of insurance."""
    invented.on_the_map()
    begun = entries.begin(owner, at=cases.AT)
    entries.write(begun, invented.an_entry(name="Invented Helping Hands"), by=owner, at=cases.AT, version=begun.version)
    proofs.send(begun, CheckKind.INSURANCE, [files.jpeg()], called="policy.jpg", by=owner, at=cases.AT)
    entries.hand_in(begun, by=owner, at=cases.AT)
    return begun


@pytest.fixture
def published(owner):
    return invented.listed(invented.an_entry(name="Invented Helping Hands"), owner=owner)


def page(enterprise, name="enterprise", *more):
    return reverse(f"officer:directory_{name}", args=[enterprise.reference, *more])


def check(browser, enterprise, kind, runs_out_on="", **typed):
    answer = send(browser, page(enterprise, "check", kind), runs_out_on=runs_out_on, **typed)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.text.partition("There is a problem")[2][:900])


def publish(browser, enterprise, entry=None):
    typed = filled_in(browser, page(enterprise), action=page(enterprise, "publish"))
    return browser.post(page(enterprise, "publish"), typed if entry is None else {"entry": entry}, follow=True)


def changed(owner, enterprise, **said):
    enterprise.refresh_from_db()
    entry = replace(invented.Entry.of(enterprise.published.content), **said)
    return entries.write(enterprise, entry, by=owner, at=cases.AT, version=enterprise.version)


def test_a_new_entry_is_checked_and_published_and_each_check_names_who_saw_it(desk, editor, waiting):
    shown = desk.get(reverse("officer:directory")).text
    assert "Invented Helping Hands" in shown and "A new entry" in shown
    answer = publish(desk, waiting)
    assert "Enhanced DBS check was not checked. Record the check first" in answer.text
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING
    for kind in NEEDED:
        until = "31 12 2026" if kind == CheckKind.INSURANCE else ""
        check(desk, waiting, kind, until, number="P-1" if until else "")
    made = Check.objects.get(kind=CheckKind.INSURANCE)
    assert (made.by, made.number, made.runs_out_on, made.proof.name) == (
        editor,
        "P-1",
        date(2026, 12, 31),
        "policy.jpg",
    )
    assert f"by {editor}, holds until 31 December 2026, number P-1" in desk.get(page(waiting)).text
    assert "Published. Everybody sees it now." in publish(desk, waiting).text
    waiting.refresh_from_db()
    assert waiting.state == State.PUBLISHED and waiting.listing.name == "Invented Helping Hands"
    assert "Nothing waits." in desk.get(reverse("officer:directory")).text


def test_a_proof_is_handed_out_to_be_saved_and_that_is_recorded(desk, editor, waiting):
    sent = waiting.proofs.get()
    answer = desk.get(page(waiting, "proof", sent.pk))
    assert answer["Content-Disposition"] == f'attachment; filename="{waiting.reference}-{sent.pk}.jpg"'
    assert answer["X-Content-Type-Options"] == "nosniff" and b"".join(answer.streaming_content)[:2] == b"\xff\xd8"
    assert Event.objects.get(action="directory proof seen").actor == editor.actor
    assert browser_of(cases.staff(Role.MANAGER)).get(page(waiting, "proof", sent.pk)).status_code == 403
    assert desk.get(page(waiting, "proof", sent.pk + 1)).status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("insurance", {"runs_out_on": ""}, "the last day the insurance holds"),
        ("insurance", {"runs_out_on": "1 1 2026"}, "before it was seen"),
        ("dbs", {"seen_on": "31 12 2026"}, "must be today or in the past"),
        ("dbs", {"seen_on": ""}, "Enter the day you saw it"),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_what_was_typed_is_kept(desk, waiting, kind, typed, says):
    answer = send(desk, page(waiting, "check", kind), number="AB-77", **typed)
    assert answer.status_code == 200 and says in answer.text and 'value="AB-77"' in answer.text
    assert not Check.objects.exists()


def test_a_change_is_shown_beside_what_is_published_and_only_what_was_read_is_published(desk, owner, published):
    changed(owner, published, about="I was a nurse.", drives=True)
    shown = desk.get(page(published)).text
    compared = shown.partition("What changed since it was published")[2].partition("</table>")[0]
    assert "I help people in the villages." in compared and "I was a nurse." in compared and "Drives" in compared
    assert "Languages" not in compared
    before = filled_in(desk, page(published), action=page(published, "publish"))
    later = changed(owner, published, about="I was a nurse, and a cook.")
    answer = desk.post(page(published, "publish"), before, follow=True)
    assert "was changed while you read it" in answer.text
    assert "Published." in publish(desk, published).text
    published.refresh_from_db()
    assert published.published_id == later.pk


def test_a_change_that_is_not_accepted_leaves_what_is_published_and_waits_no_more(desk, owner, published):
    changed(owner, published, about="Buy my pills.")
    send(desk, page(published, "step", "refuse"), reason="Only help is listed.")
    published.refresh_from_db()
    assert published.state == State.PUBLISHED and published.published.number == 1
    assert "Nothing waits." in desk.get(reverse("officer:directory")).text
    assert desk.get(page(published, "step", "refuse")).status_code == 404


def test_suspending_needs_a_reason_hides_at_once_and_is_taken_back_with_one(desk, published):
    assert "Enter the reason" in send(desk, page(published, "step", "suspend"), reason="").text
    send(desk, page(published, "step", "suspend"), reason="A family told us of thefts.")
    published.refresh_from_db()
    assert published.state == State.SUSPENDED and not hasattr(published, "listing")
    assert "A family told us of thefts." in desk.get(page(published)).text
    send(desk, page(published, "step", "restore"), reason="It was somebody else.")
    published.refresh_from_db()
    assert published.state == State.PUBLISHED and published.listing
    assert desk.get(page(published, "step", "nonsense")).status_code == 404


def test_the_history_has_every_entry_step_and_check_with_who_and_what_changed(desk, editor, owner, published):
    changed(owner, published, about="I was a nurse.")
    shown = desk.get(page(published, "history")).text
    for each in (
        "Wrote the entry",
        "Handed the entry in",
        "Published the entry",
        "Changed the entry",
        "Checked: Enhanced DBS",
    ):
        assert each in shown, each
    assert "I help people in the villages." in shown and "I was a nurse." in shown and "by whoever runs it" in shown


def test_nobody_publishes_their_own_entry(owner, waiting):
    both = cases.staff(Role.DIRECTORY_EDITOR)
    type(waiting).objects.filter(pk=waiting.pk).update(owner=both)
    browser = browser_of(both)
    assert "Another editor publishes it" in browser.get(page(waiting)).text
    answer = browser.post(page(waiting, "publish"), {"entry": 1}, follow=True)
    assert "own enterprise" in answer.text


def test_enterprises_are_found_by_name_reference_and_state_with_no_name_in_the_address(desk, waiting, published):
    address = reverse("officer:directory_enterprises")
    assert page(waiting) in desk.get(address).text and page(published) in desk.get(address).text
    answer = desk.post(address, {"words": waiting.reference.lower(), "state": ""})
    assert answer.url == address
    shown = desk.get(address).text
    assert page(waiting) in shown and page(published) not in shown
    desk.post(address, {"words": "helping HANDS", "state": "published"})
    shown = desk.get(address).text
    assert page(published) in shown and page(waiting) not in shown
    desk.post(address, {"words": "'; DROP TABLE % _", "state": ""})
    assert "None fits" in desk.get(address).text
    assert desk.post(address, {"words": "\x00", "state": "nonsense"}).status_code == 200


def test_checks_that_run_out_soon_are_listed_the_soonest_first(desk, published):
    assert "None runs out soon." in desk.get(reverse("officer:directory_running_out")).text
    check(desk, published, CheckKind.INSURANCE, "5 12 2026")
    shown = desk.get(reverse("officer:directory_running_out")).text
    assert "Public liability insurance" in shown and "5 December 2026" in shown and page(published) in shown


def test_the_gaps_are_the_same_as_a_table_and_as_a_file(desk, published):
    shown = desk.get(reverse("officer:directory_gaps")).text
    assert "nobody" in shown and "1, few" in shown
    text = desk.get(reverse("officer:directory_gaps_csv")).getvalue().decode()
    rows = list(csv.DictReader(StringIO(text, newline="")))
    (told,) = (row for row in rows if row["Companionship"] == "1")
    assert told["Gardening and pets"] == "0" and all(row["Area"] in shown for row in rows)
    actions = Event.objects.filter(action__startswith="report").values_list("action", flat=True)
    assert list(actions) == ["report seen", "report downloaded"]


def told_of(enterprise, kind=ConcernKind.SAFEGUARDING):
    return concerns.tell(
        enterprise, kind, says="He shouts at <my> mother.", name="Ada Invented", email="ada@home.example",
        asked_from="here", at=cases.AT,
    )  # fmt: skip


def test_a_concern_says_which_team_has_it_and_is_closed_with_what_came_of_it(desk, editor, published):
    told_of(published, ConcernKind.WRONG)
    concern = told_of(published)
    assert "somebody may be being harmed" in desk.get(reverse("officer:directory")).text
    listed = desk.get(reverse("officer:directory_concerns")).text
    assert concern.sent_to in listed
    assert listed.index("Somebody may be being harmed") < listed.index("Something in the entry is wrong")
    address = reverse("officer:directory_concern", args=[concern.reference])
    shown = desk.get(address).text
    assert "He shouts at &lt;my&gt; mother." in shown and concern.sent_to in shown
    assert "Enter what came of it" in send(desk, address, outcome="").text
    send(desk, address, outcome="The team spoke to the family.")
    concern.refresh_from_db()
    assert concern.closed_by == editor and "The team spoke to the family." in desk.get(address).text
    assert concern.reference in desk.get(page(published)).text
    assert desk.get(reverse("officer:directory_concern", args=["CN-2222-2222"])).status_code == 404


def test_other_directories_are_listed_with_their_readings_and_one_is_added(desk):
    address = reverse("officer:directory_feed_new")
    typed = {"name": "Exampleshire", "url": "ftp://example.org", "licence": "OGL", "every_hours": "24"}
    answer = send(desk, address, **typed)
    assert answer.status_code == 200 and "https://" in answer.text and "Exampleshire" in answer.text
    assert send(desk, address, **{**typed, "url": "https://directory.example.org/api"}).status_code == 302
    feed = Feed.objects.get()
    listing = reverse("officer:directory_feeds")
    assert "Not read yet" in desk.get(listing).text
    reasons = [[2, "no place that is known here"], [1, "name is missing"]]
    FeedReading.objects.create(feed=feed, at=cases.AT, found=7, new=4, left_out=3, reasons=reasons)
    shown = desk.get(listing).text
    assert "Exampleshire" in shown and "7 found, 4 new" in shown
    assert "2: no place that is known here" in shown and "1: name is missing" in shown
    FeedReading.objects.create(feed=feed, at=cases.AT + timedelta(days=1), problem="broke off: TimeoutError")
    shown = desk.get(listing).text
    assert "Could not be read" in shown and "It broke off: TimeoutError." in shown and ">7<" in shown
    assert Event.objects.filter(action="directory feed added").count() == 1


def test_a_directory_is_stopped_and_started_with_the_reason_that_stands_on_the_page(desk, editor):
    feed = add_feed("Exampleshire", "https://d.example.org", licence="OGL", every_hours=24, by="x", at=cases.AT)
    listing, stop, start = (
        reverse(f"officer:{name}", args=arguments)
        for name, arguments in (
            ("directory_feeds", []),
            ("directory_feed_stop", [feed.pk]),
            ("directory_feed_start", [feed.pk]),
        )
    )
    assert stop in desk.get(listing).text and desk.get(start).status_code == 404
    assert "Enter the reason" in send(desk, stop, reason="").text
    assert send(desk, stop, reason="Its <council> asked.").status_code == 302
    shown = desk.get(listing).text
    assert "Its &lt;council&gt; asked." in shown and "Stopped" in shown and "it is not read any more" in shown
    assert start in shown and desk.get(stop).status_code == 404
    send(desk, start, reason="All is well.")
    assert "All is well." in desk.get(listing).text and stop in desk.get(listing).text
    assert browser_of(cases.staff(Role.MANAGER)).get(stop).status_code == 403


def addresses(enterprise, concern):
    lists = ("directory", "directory_enterprises", "directory_running_out", "directory_gaps", "directory_gaps_csv",
             "directory_concerns", "directory_feeds")  # fmt: skip
    yield from (reverse(f"officer:{each}") for each in lists)
    yield page(enterprise)
    yield page(enterprise, "history")
    yield reverse("officer:directory_concern", args=[concern.reference])


@pytest.mark.parametrize("role", Role)
def test_editors_managers_and_auditors_see_the_desk_and_only_editors_change_anything(role, published):
    concern, browser = told_of(published), browser_of(cases.staff(role))
    for address in addresses(published, concern):
        assert browser.get(address).status_code == (200 if role in READERS else 403), address
    forms = [page(published, "check", "dbs"), page(published, "step", "suspend"), reverse("officer:directory_feed_new")]
    for address in forms:
        assert browser.get(address).status_code == (200 if role == Role.DIRECTORY_EDITOR else 403), address
    if role != Role.DIRECTORY_EDITOR:
        browser.post(page(published, "publish"), {"entry": 1})
        browser.post(page(published, "step", "suspend"), {"reason": "Because."})
        browser.post(reverse("officer:directory_concern", args=[concern.reference]), {"outcome": "Nothing."})
        published.refresh_from_db()
        concern.refresh_from_db()
        assert published.state == State.PUBLISHED and concern.closed_at is None
    if role in READERS:
        shown = browser.get(page(published)).text
        assert ("Suspend it" in shown) == (role == Role.DIRECTORY_EDITOR)
        assert reverse("officer:directory") in browser.get(reverse("officer:directory_feeds")).text


def test_the_desk_says_that_it_is_the_directory_and_not_financial_assessments(desk, published):
    concern = told_of(published)
    for address in addresses(published, concern):
        if not address.endswith("/csv/"):
            shown = desk.get(address).text
            title = re.search(r"<title>(.*?)</title>", shown)[1]
            assert "- Directory of care micro-enterprises -" in title and "Financial assessments" not in shown, address


def test_people_see_nothing_of_the_desk(client, published):
    concern = told_of(published)
    for address in addresses(published, concern):
        assert client.get(address).status_code == 302 and "/council/sign-in/" in client.get(address).url
        assert browser_of_person(f"p{abs(hash(address))}@home.example").get(address).status_code in (302, 403)


def test_each_look_at_an_enterprise_is_recorded_once(desk, editor, published):
    concern = told_of(published)
    of_concern = reverse("officer:directory_concern", args=[concern.reference])
    for address in (page(published), page(published, "history"), page(published, "check", "dbs"),
                    page(published, "step", "suspend"), of_concern):  # fmt: skip
        before = Event.objects.filter(action="directory enterprise seen", about=published.reference).count()
        desk.get(address)
        seen = Event.objects.filter(action="directory enterprise seen", about=published.reference)
        assert seen.count() == before + 1 and seen.order_by("pk").last().actor == editor.actor, address


def test_what_is_not_there_is_not_found(desk, published):
    for address in (reverse("officer:directory_enterprise", args=["ME-2222-2222"]), page(published, "check", "nonsense"),
                    page(published, "step", "restore"), page(published, "proof", 99)):  # fmt: skip
        assert desk.get(address).status_code == 404, address


@pytest.mark.on_both
def test_every_page_of_the_desk_asks_the_database_little(desk, published, django_assert_max_num_queries):
    concern = told_of(published)
    for number in range(4):
        invented.listed(invented.an_entry(name=f"Invented Other {number}"))
    for address in [
        *addresses(published, concern),
        page(published, "check", "dbs"),
        page(published, "step", "suspend"),
    ]:
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert desk.get(address).status_code == 200, address
