"""The enterprise's own desk: applying part by part, proofs, space, answering questions, leaving; and whose it is."""

import re
from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from farthing.service.access.models import Account, Role
from farthing.service.audit.models import Event
from farthing.service.directory.entry import Entry, Form, Hours, Per
from farthing.service.directory.models import CheckKind, Enterprise, EntryVersion, Proof, Space, State
from farthing.service.directory.selectors.owned import newest_entry
from farthing.service.directory.services import editing, enquiries
from farthing.service.public.enterprise.sections import SECTIONS
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, press, send
from tests.service.public import listed as invented
from tests.service.uploads import files_to_send as files

pytestmark = pytest.mark.django_db

BEGINS = {
    "name": "Invented Helping Hands",
    "form": "sole_trader",
    "postcode": "cb24 9lq",
    "offers": ["companionship", "personal_care"],
    "about": "I help people in the villages.",
}
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _places_and_a_folder_of_its_own(settings, tmp_path, db):
    settings.PROOFS = tmp_path / "proofs"
    invented.on_the_map()


@pytest.fixture
def owner():
    return Account.objects.create_person("bramble@business.example")


@pytest.fixture
def desk(owner):
    return browser_of(owner)


@pytest.fixture
def begun(desk):
    answer = desk.post(reverse("public:business_begin"), BEGINS)
    assert answer.status_code == 302, shown_problems(answer)
    return Enterprise.objects.get()


@pytest.fixture
def published(owner):
    return invented.listed(invented.an_entry(), owner=owner)


def shown_problems(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.text.partition("There is a problem")[2][:1500])


def page(name, enterprise, *more):
    return reverse(f"public:business{'_' if name else ''}{name}", args=[enterprise.reference, *more])


def entry_of(enterprise):
    return Entry.of(newest_entry(enterprise).content)


def test_an_entry_begins_with_a_few_answers_and_grows_part_by_part(desk, begun):
    assert begun.state == State.DRAFT and entry_of(begun).email == "bramble@business.example"
    assert entry_of(begun).postcode == "CB24 9LQ"
    send(desk, page("section", begun, "about"), workers="2")
    send(desk, page("section", begun, "where"), travels="12", drives="yes")
    prices = {"personal_care_pence": "24", "personal_care_pence_to": "£28.50", "companionship_pence": "18"}
    send(desk, page("section", begun, "prices"), **prices, companionship_per="visit")
    send(desk, page("section", begun, "when"), day_0="9am to 1pm, 5pm to 9.30pm", day_6="all day")
    send(desk, page("section", begun, "who"), helps=["dementia"], minimum_age="18", languages=["en", "pl"])
    answer = send(
        desk, page("section", begun, "reach"), phone="01632 960 001", shows_phone="yes",
        website="hands.example.org", takes_direct_payments="yes", welcomes_self_funders="yes",
    )  # fmt: skip
    assert answer.status_code == 302, shown_problems(answer)
    told = entry_of(begun)
    assert told.form == Form.SOLE_TRADER and told.workers == 2 and told.travels == 12 * 1609 and told.drives
    offers = {each.kind: (each.pence, each.pence_to, each.per) for each in told.offers}
    assert offers == {"companionship": (1800, None, Per.VISIT), "personal_care": (2400, 2850, Per.HOUR)}
    assert told.hours == (Hours(0, 540, 780), Hours(0, 1020, 1290), Hours(6, 0, 1440))
    assert told.helps == ("dementia",) and told.languages == ("en", "pl") and told.minimum_age == 18
    assert told.website == "https://hands.example.org" and told.takes_direct_payments
    assert "Not told yet" not in desk.get(page("", begun)).text


def test_every_part_sent_back_as_it_stands_changes_nothing(desk, published):
    before, written = entry_of(published), EntryVersion.objects.count()
    for name in SECTIONS:
        assert send(desk, page("section", published, name)).status_code == 302, name
        assert entry_of(published) == before, name
    assert EntryVersion.objects.count() == written


def test_a_kind_of_help_that_is_added_keeps_the_prices_of_the_others(desk, published):
    kinds = ["companionship", "domestic_help", "overnight", "meals"]
    answer = send(desk, page("section", published, "help"), offers=kinds)
    assert answer.url == page("section", published, "prices")
    offers = {each.kind: each.pence for each in entry_of(published).offers}
    assert offers == {"companionship": 1800, "domestic_help": 2000, "overnight": 9000, "meals": None}


@pytest.mark.parametrize(
    ("part", "typed", "says", "where"),
    [
        ("about", {"name": ""}, "Enter the name people will know you by", "name"),
        ("about", {"workers": "9"}, "must be 8 or less", "workers"),
        ("where", {"postcode": "nowhere"}, "Enter a full UK postcode", "postcode"),
        ("where", {"travels": "500"}, "How many miles you go must be", "travels"),
        ("prices", {"companionship_pence": "1,50"}, "like 216.50", "companionship_pence"),
        ("prices", {"companionship_pence_to": "1"}, "must be above its lowest", "companionship_pence_to"),
        ("prices", {"companionship_pence": "", "companionship_pence_to": "9"}, "Enter the lowest price", "companionship_pence"),
        ("when", {"day_1": "9 to 5"}, "Say am or pm", "day_1"),
        ("when", {"day_1": "5pm to 9am"}, "later than the beginning", "day_1"),
        ("when", {"day_1": "9am to 2pm, 1pm to 5pm"}, "do not overlap", "day_1"),
        ("who", {"minimum_age": "60", "maximum_age": "18"}, "The oldest age must be", "maximum_age"),
        ("who", {"languages": []}, "Select at least one language", "languages"),
        ("reach", {"phone": "", "shows_phone": "yes"}, "Enter the telephone number", "phone"),
        ("reach", {"website": "javascript:alert(1)"}, "Enter the address of a website", "website"),
        ("reach", {"website": "https://[bad"}, "Enter the address of a website", "website"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(desk, published, part, typed, says, where):
    before = entry_of(published)
    answer = send(desk, page("section", published, part), **typed)
    assert answer.status_code == 200 and "Error: " in answer.text
    assert says in answer.text and f'href="#{where}"' in answer.text
    assert all(value in answer.text for value in typed.values() if isinstance(value, str))
    assert entry_of(published) == before


def test_a_postcode_that_is_not_known_is_refused_and_what_was_typed_is_kept(desk):
    answer = desk.post(reverse("public:business_begin"), {**BEGINS, "postcode": "ZZ99 9ZZ"})
    assert (
        answer.status_code == 200
        and 'href="#postcode"' in answer.text
        and "I help people in the villages" in answer.text
    )
    assert desk.post(reverse("public:business_begin"), BEGINS).status_code == 302
    assert Enterprise.objects.count() == 1


def test_two_windows_at_once_lose_nothing(desk, published):
    late = filled_in(desk, page("section", published, "about"), about="I help people, and sing.")
    send(desk, page("section", published, "when"), day_4="9am to 5pm")
    answer = desk.post(page("section", published, "about"), late)
    assert "changed in another place" in answer.text and "I help people, and sing." in answer.text
    again = {**late, "version": re.search(r'name="version" value="(\d+)"', answer.text)[1]}
    assert desk.post(page("section", published, "about"), again).status_code == 302
    assert entry_of(published).about == "I help people, and sing." and Hours(4, 540, 1020) in entry_of(published).hours


def test_prices_are_shown_at_once_and_the_rest_waits(desk, published):
    answer = send(desk, page("section", published, "prices"), companionship_pence="19")
    assert "Everybody sees it now" in desk.get(answer.url).text
    answer = send(desk, page("section", published, "about"), about="Something new.")
    text = desk.get(answer.url).text
    assert "The council looks at it before it is shown" in text and "people see it as it was before" in text
    published.refresh_from_db()
    assert Entry.of(published.published.content).about != "Something new."


def test_it_is_handed_in_once_it_is_declared_with_proofs_still_to_come(desk, begun):
    shown = desk.get(page("hand_in", begun)).text
    assert "Proofs we still need" in shown and "Not shown to people" in shown
    assert "Tick the box" in desk.post(page("hand_in", begun), {}).text
    assert desk.post(page("hand_in", begun), {"declared": "on"}).status_code == 302
    begun.refresh_from_db()
    assert begun.state == State.WAITING and "The council looks at your entry" in desk.get(page("", begun)).text
    assert desk.get(page("hand_in", begun)).status_code == 302


def test_space_is_told_by_one_button(desk, published):
    answer = desk.post(page("space", published), {"space": "full"}, follow=True)
    published.refresh_from_db()
    assert published.space == Space.FULL and "you are full" in answer.text
    assert desk.post(page("space", published), {"space": "whatever"}).status_code == 404
    assert desk.get(page("space", published)).status_code == 405


def test_a_proof_is_sent_for_each_check_and_a_bad_file_keeps_no_good_one_out(desk, begun):
    assert "Registered with the Care Quality Commission" in desk.get(page("proofs", begun)).text
    address = page("proof", begun, CheckKind.INSURANCE)
    papers = [SimpleUploadedFile("good.jpg", files.jpeg()), SimpleUploadedFile("page.jpg", b"<html>")]
    answer = desk.post(address, {"papers": papers})
    assert "page.jpg is not a PDF or a picture" in answer.text and "good.jpg" in answer.text
    assert Proof.objects.get().kind == CheckKind.INSURANCE
    assert "Select a file" in desk.post(address, {}).text
    sent = desk.get(page("proof_file", begun, Proof.objects.get().pk))
    assert sent["Content-Disposition"].startswith("attachment") and "good" not in sent["Content-Disposition"]
    assert Event.objects.filter(action="directory proof seen").count() == 1


def test_why_it_need_not_be_registered_can_be_shown_instead(desk, begun):
    assert page("proof", begun, "no_cqc") in desk.get(page("proof", begun, "cqc")).text
    desk.post(page("proof", begun, "no_cqc"), {"papers": [SimpleUploadedFile("note.jpg", files.jpeg())]})
    assert Proof.objects.get().kind == CheckKind.NO_CQC
    assert "Sent" in desk.get(page("proofs", begun)).text


def test_a_check_that_is_not_asked_is_not_there(desk, published):
    for kind in ("cqc", "nonsense"):
        assert desk.get(page("proof", published, kind)).status_code == 404


def test_a_check_that_ran_out_is_said_and_that_nobody_sees_the_entry(desk, published):
    editor = cases.staff(Role.DIRECTORY_EDITOR)
    over = date(2026, 11, 20)
    editing.record_check(
        published, CheckKind.INSURANCE, seen_on=date(2025, 11, 20), runs_out_on=over, by=editor, at=cases.AT
    )
    shown = desk.get(page("", published)).text
    assert "Has run out" in shown and "holds until 20 November 2026" in shown and "Nobody sees your entry now" in shown


def test_help_that_needs_another_check_hides_nothing_while_it_waits(desk, published):
    send(desk, page("section", published, "help"), offers=["companionship", "personal_care"])
    shown = desk.get(page("", published)).text
    assert "Still needed" in shown and "Nobody sees your entry now" not in shown and "See it as everybody does" in shown


def test_what_the_editor_said_is_shown_and_the_entry_can_be_handed_in_again(desk, begun):
    desk.post(page("hand_in", begun), {"declared": "on"})
    begun.refresh_from_db()
    editing.refuse(begun, reason="Please say\nmore of you.", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT)
    shown = desk.get(page("", begun)).text
    assert "What the council said" in shown and "more of you." in shown
    send(desk, page("section", begun, "about"), workers="1", about="I was a nurse for twenty years.")
    assert desk.post(page("hand_in", begun), {"declared": "on"}).status_code == 302
    begun.refresh_from_db()
    assert begun.state == State.WAITING
    assert "What the council said" not in desk.get(page("", begun)).text


def test_a_suspended_enterprise_sees_why(desk, published):
    editing.suspend(published, reason="We are asked to.", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT)
    shown = desk.get(page("", published)).text
    assert "Nobody sees your entry now" in shown and "We are asked to." in shown


def ask(published):
    return enquiries.ask(
        published, name="Ada Invented", email="ada@home.example", says="Could you come on Mondays?\n<b>Thanks</b>",
        asked_from="here", at=cases.AT,
    )[0]  # fmt: skip


def test_a_question_is_answered_without_either_address(desk, published):
    asked = ask(published)
    assert "1 to answer" in desk.get(page("", published)).text
    address = page("enquiry", published, asked.reference)
    shown = desk.get(address).text
    assert "Could you come on Mondays?" in shown and "&lt;b&gt;Thanks" in shown and "ada@home.example" not in shown
    mail.outbox.clear()
    assert "Enter your answer" in desk.post(address, {"says": " "}).text
    assert "Yes, from next week." in desk.post(address, {"says": "Yes, from next week."}, follow=True).text
    assert [each.to for each in mail.outbox] == [["ada@home.example"]]
    assert "bramble@business.example" not in mail.outbox[0].body + str(mail.outbox[0].extra_headers)
    assert "ada@home.example" not in desk.get(page("enquiries", published)).text
    press(desk, address, page("enquiry_close", published, asked.reference))
    shown = desk.get(address).text
    assert "Closed" in shown and "Send the answer" not in shown


def test_leaving_is_confirmed_with_a_reason_and_hides_the_entry(desk, published):
    assert "Enter why you are leaving" in desk.post(page("withdraw", published), {"reason": ""}).text
    desk.post(page("withdraw", published), {"reason": "I am moving to Devon."})
    published.refresh_from_db()
    assert published.state == State.WITHDRAWN and not hasattr(published, "listing")
    shown = desk.get(page("", published)).text
    assert "You have left the directory" in shown and "Space for somebody new" not in shown
    assert desk.get(page("section", published, "about")).status_code == 404


def test_somebody_elses_enterprise_is_not_there_and_the_try_is_recorded(published):
    asked = ask(published)
    stranger = browser_of(cases.person_account())
    for address in (page("", published), page("entry", published), page("section", published, "about"),
                    page("proofs", published), page("proof", published, "dbs"), page("enquiries", published),
                    page("enquiry", published, asked.reference), page("withdraw", published)):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, {"reason": "x"}).status_code == 404, address
    assert stranger.post(page("space", published), {"space": "full"}).status_code == 404
    assert Event.objects.filter(action="page refused", about=published.reference).exists()
    published.refresh_from_db()
    assert published.state == State.PUBLISHED and published.space == Space.SPACE


def test_a_visitor_is_asked_to_sign_in_and_staff_have_no_enterprise(client):
    assert "/sign-in/" in client.get(reverse("public:businesses")).url
    assert browser_of(cases.staff(Role.DIRECTORY_EDITOR)).get(reverse("public:businesses")).status_code == 403


@pytest.mark.on_both
def test_every_page_asks_the_database_little(desk, published, django_assert_max_num_queries):
    asked = ask(published)
    addresses = [reverse("public:businesses"), reverse("public:business_begin"), page("", published),
                 page("entry", published), page("proofs", published), page("proof", published, "dbs"),
                 page("enquiries", published), page("enquiry", published, asked.reference), page("withdraw", published),
                 *(page("section", published, name) for name in SECTIONS)]  # fmt: skip
    for address in addresses:
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert desk.get(address).status_code == 200, address
