"""Whole applications, page by page, as a browser without scripts goes through them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Evidence, Kind, State
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.audit.models import Event
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Authority, Person
from tests.service.access.signed_in import browser_of
from tests.service.public.test_estimate_journeys import AT_HOME
from tests.service.public.walking import day
from tests.service.uploads import files_to_send as files

pytestmark = pytest.mark.django_db

PERSON = {"given_name": "Ada", "family_name": "Invented", **day("born", "1941-03-27"), "nhs_number": "943 476 5870"}
CONTACT = {
    "address": "1 Nowhere Road\nExampleton", "postcode": "zz99 1aa", "telephone": "01632 960 001",
    "letters_by": "post", "letters_as": "large_print",
}  # fmt: skip
MOTHER = {
    "given_name": "Olive", "family_name": "Invented", "authority": "power_of_attorney", "relationship": "Daughter",
    "your_name": "Ada Invented",
}  # fmt: skip


@pytest.fixture
def account():
    return Account.objects.create_person("ada@home.example")


@pytest.fixture
def ada(account):
    return browser_of(account)


def begun(ada, **more: str) -> AssessmentRequest:
    """A draft for oneself, or with ``more`` for another."""
    where = "/apply/for-another/" if more else "/apply/for-me/"
    ada.post(where, more or {"given_name": "Ada", "family_name": "Invented"})
    return AssessmentRequest.objects.latest("id")


def at(draft: AssessmentRequest, page: str = "") -> str:
    return f"/apply/{draft.reference}/{page}"


def answer_money(ada, draft: AssessmentRequest, answers: dict[str, dict] = AT_HOME, asked: list[str] | None = None):
    """Answer every question that comes, and give the pages that asked."""
    pages = asked if asked is not None else []
    page = ada.get(at(draft, "money/next"), follow=True)
    for _ in range(60):
        address = page.redirect_chain[-1][0].removeprefix(at(draft, "money/"))
        if address == "check":
            return pages
        pages.append(address)
        kind, name, *key = address.split("/")
        if kind == "question":
            sent = answers.get(name, {"pass": "yes"})
        elif key:
            draft.refresh_from_db()
            sent = answers[name][draft.answers["lists"][name][key[0]][0]]
        else:
            sent = {"kinds": list(answers[name]) or ["none_of_these"]}
        page = ada.post(at(draft, f"money/{address}"), sent, follow=True)
        assert page.status_code == 200, address
    raise AssertionError("the questions did not end")


def filled_in(ada, **more: str) -> AssessmentRequest:
    """A draft that is ready to be sent."""
    draft = begun(ada, **more)
    ada.post(at(draft, "person/"), {**PERSON, "given_name": draft.person.given_name})
    ada.post(at(draft, "contact/"), CONTACT)
    answer_money(ada, draft)
    draft.refresh_from_db()
    return draft


@pytest.mark.on_both
def test_somebody_applies_for_themselves_from_the_first_page_to_the_letter(ada, account):
    page = ada.get("/apply/")
    assert "Who is the application for?" in page.text
    page = ada.post("/apply/", {"who": "me"}, follow=True)
    assert "What is your name?" in page.text
    page = ada.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"}, follow=True)
    draft = AssessmentRequest.objects.get()
    assert page.redirect_chain[-1][0] == at(draft)
    page = ada.post(at(draft, "person/"), PERSON, follow=True)
    assert page.redirect_chain[-1][0] == at(draft, "contact/")
    page = ada.post(at(draft, "contact/"), CONTACT, follow=True)
    assert "Check everything and send" not in page.text
    asked = answer_money(ada, draft)
    assert "question/born" not in asked
    page = ada.get(at(draft))
    assert "Check everything and send" in page.text
    page = ada.get(at(draft, "send/"))
    assert "1 Nowhere Road" in page.text and "27 March 1941" in page.text and "943 476 5870" in page.text
    page = ada.post(at(draft, "send/"), {"declared": "on"}, follow=True)
    assert page.redirect_chain[-1][0] == at(draft, "sent/")
    assert draft.reference in page.text and "23 December 2026" in page.text
    draft.refresh_from_db()
    assert (draft.state, draft.kind, draft.decide_by) == (State.RECEIVED, Kind.APPLICATION, date(2026, 12, 23))
    person = Person.objects.get()
    assert (person.born, person.nhs_number, person.postcode) == (date(1941, 3, 27), "9434765870", "ZZ99 1AA")
    assert known_of(person).own["born"].told.value == "1941-03-27"
    letter = Letter.objects.get()
    assert (letter.name, letter.form) == ("application_received", "large_print")
    assert letter.fields["received"] == "25 November 2026"
    assert letter.deliveries.count() == 1
    assert {each.actor for each in Event.objects.filter(about=person.reference)} <= {account.actor, "the service"}


def test_a_daughter_applies_with_power_of_attorney(ada):
    draft = filled_in(ada, **MOTHER)
    assert draft.acting_as.authority == Authority.POWER_OF_ATTORNEY
    assert draft.answers["about"] == "them"
    page = ada.get(at(draft, "send/"))
    assert "I, Ada Invented, act for Olive Invented under a power of attorney. I declare that" in page.text
    ada.post(at(draft, "send/"), {"declared": "on"})
    wanted = Letter.objects.get().fields["wanted"]
    assert any("power of attorney" in each for each in wanted)
    assert "Daughter acting for the person" in draft.person.facts.first().as_whom


def test_nothing_is_sent_without_the_declaration(ada):
    draft = filled_in(ada)
    page = ada.post(at(draft, "send/"), {})
    assert "Tick the box to declare" in page.text
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_nothing_is_sent_while_something_is_missing(ada):
    draft = begun(ada)
    page = ada.post(at(draft, "send/"), {"declared": "on"}, follow=True)
    assert page.redirect_chain[-1][0] == at(draft)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_pressing_send_twice_sends_once(ada):
    draft = filled_in(ada)
    for _ in range(2):
        page = ada.post(at(draft, "send/"), {"declared": "on"}, follow=True)
        assert page.redirect_chain[-1][0] == at(draft, "sent/")
    assert Letter.objects.count() == 1
    assert Event.objects.filter(action="request received").count() == 1


def test_going_back_after_sending_leads_to_where_it_is_followed_and_changes_nothing(ada):
    draft = filled_in(ada)
    ada.post(at(draft, "send/"), {"declared": "on"})
    facts = draft.person.facts.count()
    for page in ("", "person/", "contact/", "send/", "no-details/", "money/next", "money/question/partner"):
        assert ada.get(at(draft, page)).url == f"/account/requests/{draft.reference}/"
    ada.post(at(draft, "person/"), {**PERSON, "given_name": "Another"})
    ada.post(at(draft, "money/question/partner"), {"partner": "lives_together"})
    ada.post(at(draft, "delete/"))
    draft.refresh_from_db()
    assert draft.person.given_name == "Ada"
    assert draft.person.facts.count() == facts


def test_starting_twice_starts_one_application(ada):
    for _ in range(2):
        ada.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"})
    assert AssessmentRequest.objects.count() == Person.objects.count() == 1


def test_an_estimate_comes_along_and_its_answers_are_not_asked_again(ada):
    ada.post("/estimate/", {"about": "you"})
    ada.post("/estimate/question/setting", {"setting": "own_home"})
    ada.post("/estimate/question/tells_finances", {"tells_finances": "yes"})
    ada.post("/estimate/question/born", day("born", "1941-03-27"))
    page = ada.get("/apply/")
    assert "You do not type it again" in page.text
    draft = begun(ada)
    assert draft.person.born == date(1941, 3, 27)
    assert "1941" in ada.get(at(draft, "person/")).text
    asked = answer_money(ada, draft)
    assert not {"question/setting", "question/born", "question/tells_finances"} & set(asked)


def test_a_date_of_birth_put_right_on_one_page_is_right_on_the_other(ada):
    draft = begun(ada)
    ada.post(at(draft, "person/"), PERSON)
    draft.refresh_from_db()
    assert draft.answers["said"]["born"] == "1941-03-27"
    ada.post(at(draft, "money/question/born"), day("born", "1940-01-02"))
    draft.refresh_from_db()
    assert draft.person.born == date(1940, 1, 2)


def test_somebody_too_young_for_these_rules_is_told_so_at_the_date(ada):
    draft = begun(ada)
    page = ada.post(at(draft, "person/"), {**PERSON, **day("born", "2020-01-02")})
    assert "aged 18 or over" in page.text and 'value="2020"' in page.text
    draft.person.refresh_from_db()
    assert draft.person.born is None


def test_two_tabs_lose_nothing(ada):
    draft = begun(ada)
    ada.get(at(draft, "money/question/setting"))
    ada.get(at(draft, "money/question/partner"))
    ada.post(at(draft, "money/question/setting"), {"setting": "own_home"})
    ada.post(at(draft, "money/question/partner"), {"partner": "none"})
    ada.post(at(draft, "money/question/setting"), {"setting": "supported_living"})
    draft.refresh_from_db()
    assert draft.answers["said"] == {"setting": "supported_living", "partner": "none"}


def test_choosing_not_to_give_details_says_what_follows_and_wants_a_tick(ada):
    draft = begun(ada)
    ada.post(at(draft, "person/"), PERSON)
    ada.post(at(draft, "contact/"), CONTACT)
    ada.post(at(draft, "money/question/setting"), {"setting": "own_home"})
    page = ada.post(at(draft, "money/question/tells_finances"), {"tells_finances": "no"}, follow=True)
    assert "charge the full cost" in page.text
    draft.refresh_from_db()
    assert draft.tells_finances and "tells_finances" not in draft.answers["said"]
    assert "Tick the box" in ada.post(at(draft, "no-details/"), {}).text
    ada.post(at(draft, "no-details/"), {"understood": "on"})
    draft.refresh_from_db()
    assert not draft.tells_finances
    ada.post(at(draft, "no-details/"), {"give_details": "yes"})
    draft.refresh_from_db()
    assert draft.tells_finances and draft.answers["said"] == {"born": "1941-03-27", "setting": "own_home"}
    ada.post(at(draft, "no-details/"), {"understood": "on"})
    page = ada.get(at(draft, "send/"))
    assert "The full cost of care will be charged" in page.text
    ada.post(at(draft, "send/"), {"declared": "on"})
    assert known_of(draft.person).own["tells_finances"].told.value == "false"
    assert [each["answer"] for each in Letter.objects.get().fields["told"]][-1] == "No. The full cost is to be paid"


def test_a_deleted_draft_leaves_nothing_of_the_person(ada, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.EVIDENCE = tmp_path / "evidence"
    draft = filled_in(ada)
    ada.post(f"/papers/{draft.reference}/", {"proves": "Something else", "papers": _file("a.jpg", files.jpeg())})
    assert Evidence.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(at(draft, "delete/"))
    assert not AssessmentRequest.objects.exists() and not Person.objects.exists() and not Evidence.objects.exists()
    assert not [each for each in (tmp_path / "evidence").rglob("*") if each.is_file()]


def test_a_draft_is_found_again_in_the_account(ada):
    draft = begun(ada)
    page = ada.get("/account/")
    assert "Not sent yet" in page.text and at(draft) in page.text


def test_a_script_in_a_name_is_shown_as_text(ada):
    begun(ada)
    draft = AssessmentRequest.objects.get()
    name = "<script>alert(1)</script>"
    ada.post(at(draft, "person/"), {**PERSON, "family_name": name})
    for address in ("/account/", at(draft, "contact/"), at(draft, "person/")):
        page = ada.get(address).text
        assert name not in page
    assert "&lt;script&gt;" in ada.get("/account/").text


def test_an_nhs_number_of_somebody_else_is_not_given_away(ada, account):
    from tests.service import cases

    other = cases.person(by=account, nhs_number="9434765870")
    draft = begun(ada)
    page = ada.post(at(draft, "person/"), PERSON, follow=True)
    assert page.status_code == 200 and "already" not in page.text and other.reference not in page.text
    draft.person.refresh_from_db()
    assert (draft.person.nhs_number, draft.person.born) == ("", date(1941, 3, 27))
    assert other.reference in draft.person.tasks.get().says


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"address": ""}, "Enter the address"),
        ({"address": "\n".join("123456")}, "1 to 5 lines"),
        ({"address": "(above) the shop\n=1 Road"}, "must start with a letter or a number"),
        ({"address": "x" * 80}, "60 characters or less"),
        ({"postcode": "nowhere"}, "Enter a full UK postcode"),
        ({"letters_by": "email", "email": ""}, "Enter an email address for letters"),
        ({"letters_as": "sung"}, "Select one of the answers shown"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_and_what_was_typed_stays(ada, sent, says):
    draft = begun(ada)
    page = ada.post(at(draft, "contact/"), {**CONTACT, **sent})
    assert page.text.count(says) >= 2 and "Error: " in page.text
    assert "01632 960 001" in page.text


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
