"""What an account shows of those it acts for, and that it shows nothing of anybody else."""

from datetime import timedelta

import pytest

from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import AssessmentRequest, Kind, Message, State
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import casework, requests
from farthing.service.audit.models import Event
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Authority
from farthing.service.people.services import change_details, mark_proof_seen
from tests.service import cases
from tests.service.access.signed_in import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return Account.objects.create_person("ada@home.example")


@pytest.fixture
def ada(account):
    return browser_of(account)


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def olive(account):
    return cases.person(by=account, given_name="Olive")


@pytest.fixture
def acting(olive, account):
    return cases.acting_for(olive, account)


@pytest.fixture
def asked(olive, account, acting):
    """An application that Ada sent for Olive, with power of attorney of which nobody has seen proof."""
    begun = requests.begin(
        olive, Kind.APPLICATION, by=account, at=cases.AT, acting_as=acting, answers=cases.at_home(born="1941-03-02")
    )
    return requests.submit(begun, by=account, at=cases.AT)


@pytest.fixture
def decision(asked, officer, acting):
    cases.verified(asked, by=officer)
    made = cases.decided(asked, by=officer)
    mark_proof_seen(acting, by=officer, at=cases.AT)
    return made


def page(address: str, reference: str, tail: str = "") -> str:
    return f"/account/{address}/{reference}/{tail}"


def test_the_account_shows_how_far_each_request_is_and_by_when_it_is_decided(ada, asked):
    text = ada.get("/account/").text
    assert "Olive" in text and asked.reference in text and "We aim to decide by 23 December 2026" in text
    assert "We have not seen proof yet" in text


def test_the_progress_of_a_request_is_told_step_by_step_with_its_days(ada, asked, officer):
    requests.assign(asked, officer, by=officer, at=cases.AT + timedelta(days=2), version=asked.version)
    text = ada.get(page("requests", asked.reference)).text
    assert "Received" in text and "25 November 2026" in text
    assert "27 November 2026" in text and 'aria-current="step"' in text
    assert "Waiting for papers" not in text
    requests.move(asked, State.EVIDENCE_WANTED, by=officer, at=cases.AT + timedelta(days=3))
    assert "Waiting for papers" in ada.get(page("requests", asked.reference)).text


def test_messages_go_both_ways_and_new_ones_are_marked_until_they_are_read(ada, asked, officer):
    casework.send_message(asked, "Please ring us.\nThank you.", by=officer, at=cases.AT)
    assert "New message" in ada.get("/account/").text
    assert ">New<" in ada.get(page("requests", asked.reference)).text.replace("\n", "").replace(" ", "")
    assert "New message" not in ada.get("/account/").text
    for _ in range(2):
        ada.post(page("requests", asked.reference), {"text": "I rang <b>today</b>."})
    mine = Message.objects.get(from_council=False)
    assert mine.text == "I rang <b>today</b>."
    assert "&lt;b&gt;today&lt;/b&gt;" in ada.get(page("requests", asked.reference)).text
    assert Message.objects.get(from_council=True).read_at is not None


def test_an_empty_message_is_asked_for_again(ada, asked):
    assert "Enter your message" in ada.post(page("requests", asked.reference), {"text": "  "}).text
    assert not Message.objects.exists()


def test_no_decision_and_no_letter_is_shown_before_the_authority_is_proved(ada, asked, officer, acting):
    cases.verified(asked, by=officer)
    decision = cases.decided(asked, by=officer)
    letter = Letter.objects.latest("id")
    refused = (
        page("decisions", decision.reference), page("decisions", decision.reference, "review/"),
        page("letters", letter.reference), page("people", asked.person.reference, "details/"),
    )  # fmt: skip
    for address in refused:
        assert ada.get(address).status_code == 404, address
    text = ada.get(page("people", asked.person.reference)).text
    assert "once we have seen proof" in text and decision.reference not in text
    assert decision.reference not in ada.get(page("requests", asked.reference)).text
    mark_proof_seen(acting, by=officer, at=cases.AT)
    for address in refused:
        assert ada.get(address).status_code == 200, address


def test_a_person_sees_their_own_decision_without_any_proof(account, ada, officer):
    somebody = cases.person(by=account)
    acting = cases.acting_for(somebody, account, Authority.SELF)
    begun = requests.begin(
        somebody, Kind.APPLICATION, by=account, at=cases.AT, acting_as=acting, answers=cases.at_home()
    )
    sent = requests.submit(begun, by=account, at=cases.AT)
    decision = cases.decided(cases.verified(sent, by=officer), by=officer)
    text = ada.get(page("decisions", decision.reference)).text
    assert "You pay" in text


def test_a_decision_shows_the_working_that_was_sealed_and_why(ada, decision):
    from farthing.base.money import pence, shown

    text = ada.get(page("decisions", decision.reference)).text
    assert shown(decision.weekly_charge) in text
    for chapter in decision.sealed["statement"]:
        for line in chapter["lines"]:
            assert shown(pence(line["amount"])) in text
    rules = {step["rule"].replace("[", ".").removesuffix("]") for step in decision.sealed["answer"]["steps"]}
    assert rules
    for rule in rules:
        told = ada.get(page("decisions", decision.reference, f"why/{rule}/"))
        assert told.status_code == 200 and "The law: " in told.text
    assert ada.get(page("decisions", decision.reference, "why/nothing/")).status_code == 404


def test_looking_at_a_decision_and_a_letter_is_recorded(ada, account, decision):
    ada.get(page("decisions", decision.reference))
    letter = Letter.objects.filter(name="decision").get()
    response = ada.get(page("letters", letter.reference))
    assert response.content[:5] == b"%PDF-" and letter.reference in response["Content-Disposition"]
    seen = Event.objects.filter(actor=account.actor, action__in=("decision seen", "letter seen"))
    assert seen.count() == 2


def test_what_was_sent_when_stands_with_each_letter(ada, decision):
    text = ada.get(page("people", decision.person.reference)).text
    assert "What you pay for care (PDF)" in text
    assert "By post: waiting to be sent, 25 November 2026" in text


def test_a_review_is_asked_for_with_a_reason_and_once(ada, decision):
    address = page("decisions", decision.reference, "review/")
    assert "Say in a sentence or two" in ada.post(address, {"says": "wrong"}).text
    for _ in range(2):
        ada.post(address, {"says": "One of the accounts you counted belongs to my son."})
    review = AssessmentRequest.objects.get(kind=Kind.REVIEW)
    assert review.about_decision == decision and review.state == State.RECEIVED
    assert "You have asked us to look at it again" in ada.get(page("decisions", decision.reference)).text
    assert Event.objects.filter(action="review asked").count() == 1
    assert "belongs to my son" in ada.get(page("requests", review.reference)).text


def test_a_change_starts_from_what_is_known_and_only_what_differs_is_told(ada, decision, account):
    person = decision.person
    before = person.facts.count()
    assert "You see what we know already" in ada.get(page("people", person.reference, "change/")).text
    for _ in range(2):
        ada.post(page("people", person.reference, "change/"))
    draft = AssessmentRequest.objects.get(kind=Kind.CHANGE)
    where = f"/apply/{draft.reference}/"
    assert "15,100" in ada.get(f"{where}money/check").text
    assert "Not started" in ada.get(where).text
    ada.post(f"{where}what-has-changed/", {"says": "The savings grew in November."})
    ada.post(f"{where}money/list/capital/i1", {"value": "16000"})
    text = ada.get(f"{where}send/").text
    assert "The savings grew" in text and "16,000" in text
    ada.post(f"{where}send/", {"declared": "on"})
    draft.refresh_from_db()
    assert draft.state == State.RECEIVED
    told = list(person.facts.order_by("pk"))[before:]
    assert [(row.item, row.fact, row.value) for row in told if row.fact] == [("i1", "value", "16000.00")]
    (known,) = [each for each in known_of(person).unverified() if each.fact]
    assert known.told.value == "16000.00" and known.verified.value == "15100.00"
    assert Event.objects.filter(action="change reported").count() == 1


def test_somebody_whose_authority_is_not_proved_starts_a_change_from_what_they_told_themselves(ada, asked, officer):
    cases.verified(asked, by=officer)
    cases.application(asked.person, cases.at_home(weekly_cost="999.00"), by=officer)
    ada.post(page("people", asked.person.reference, "change/"))
    draft = AssessmentRequest.objects.get(kind=Kind.CHANGE)
    assert draft.answers["said"]["weekly_cost"] == "180.00"


DETAILS = {
    "address": "2 Nowhere Road", "postcode": "ZZ99 2BB", "telephone": "", "letters_by": "post", "letters_as": "standard",
}  # fmt: skip


def test_contact_details_are_changed_and_the_change_is_recorded(ada, account, decision):
    address = page("people", decision.person.reference, "details/")
    ada.get(address)
    decision.person.refresh_from_db()
    ada.post(address, {**DETAILS, "version": decision.person.version})
    decision.person.refresh_from_db()
    assert decision.person.address_lines == ["2 Nowhere Road", "ZZ99 2BB"]
    assert Event.objects.filter(action="person changed", actor=account.actor).count() == 1


def test_details_that_an_officer_changed_meanwhile_are_not_overwritten_unseen(ada, decision, officer):
    person = decision.person
    person.refresh_from_db()
    seen = person.version
    change_details(person, {"telephone": "01632 960 009"}, by=officer, at=cases.AT, version=seen)
    address = page("people", person.reference, "details/")
    shown = ada.post(address, {**DETAILS, "version": seen})
    assert "Somebody changed these details" in shown.text and "2 Nowhere Road" in shown.text
    person.refresh_from_db()
    assert person.address.startswith("1 Nowhere Road")
    ada.post(address, {**DETAILS, "version": person.version})
    person.refresh_from_db()
    assert person.address == "2 Nowhere Road"


def test_another_persons_reference_in_the_address_bar_is_not_there_and_the_try_is_recorded(decision, asked):
    stranger = cases.person_account()
    cases.acting_for(cases.person(by=stranger), stranger, Authority.SELF)
    browser = browser_of(stranger)
    letter = Letter.objects.latest("id")
    addresses = [
        page("people", asked.person.reference), page("people", asked.person.reference, "details/"),
        page("people", asked.person.reference, "change/"), page("requests", asked.reference),
        page("decisions", decision.reference), page("decisions", decision.reference, "why/weekly_charge/"),
        page("decisions", decision.reference, "review/"), page("letters", letter.reference),
        f"/apply/{asked.reference}/", f"/apply/{asked.reference}/person/", f"/apply/{asked.reference}/send/",
        f"/apply/{asked.reference}/sent/", f"/apply/{asked.reference}/money/next", f"/papers/{asked.reference}/",
    ]  # fmt: skip
    for number, address in enumerate(addresses, 1):
        assert browser.get(address).status_code == 404, address
        assert Event.objects.filter(action="page refused", actor=stranger.actor).count() == number, address
    tries = {each.about for each in Event.objects.filter(action="page refused")}
    assert tries == {asked.person.reference, asked.reference, decision.reference, letter.reference}


def test_a_reference_that_never_was_is_refused_like_somebody_elses(ada):
    for address in (
        "/account/people/P-2222-2222/",
        "/account/requests/<script>/",
        "/account/decisions/x/",
        "/apply/x/",
    ):
        assert ada.get(address).status_code == 404


def test_somebody_who_no_longer_acts_for_the_person_sees_nothing_more(ada, decision, acting):
    acting.ended_at = cases.AT
    acting.save()
    for address in (page("decisions", decision.reference), page("people", decision.person.reference)):
        assert ada.get(address).status_code == 404
    assert "Olive" not in ada.get("/account/").text


def test_a_draft_is_seen_by_whoever_fills_it_in_alone(olive, account, acting, officer):
    begun = requests.begin(olive, Kind.APPLICATION, by=account, at=cases.AT, acting_as=acting)
    son = cases.person_account()
    mark_proof_seen(cases.acting_for(olive, son), by=officer, at=cases.AT)
    assert browser_of(son).get(f"/apply/{begun.reference}/").status_code == 404
    assert browser_of(account).get(f"/apply/{begun.reference}/").status_code == 200


@pytest.mark.on_both
def test_no_page_of_the_account_asks_the_database_more_than_twenty_times(ada, account, decision, officer, olive,
                                                                         django_assert_max_num_queries):  # fmt: skip
    for number in range(5):
        somebody = cases.person(by=account)
        cases.acting_for(somebody, account, Authority.SELF if number == 0 else Authority.NOMINEE)
        cases.application(somebody, by=account)
    request = decision.request
    for address in ("/account/", page("people", olive.reference), page("requests", request.reference),
                    page("decisions", decision.reference), f"/papers/{request.reference}/", "/apply/"):  # fmt: skip
        with django_assert_max_num_queries(20):
            assert ada.get(address).status_code == 200
