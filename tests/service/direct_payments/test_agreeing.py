"""Asking for direct payments, the conditions of the law, the account kept for them, and the agreement that is signed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from farthing.base.refusal import Refusal
from farthing.ledger.care import Unit
from farthing.service.care import services as care
from farthing.service.care.models import TakenAs
from farthing.service.correspondence.models import Delivery, Letter
from farthing.service.correspondence.services import pdf
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from farthing.service.direct_payments.models import Agreement, DedicatedAccount, RequestState
from farthing.service.direct_payments.selectors import of_person
from farthing.service.direct_payments.services import accounts, agreements, requests
from tests.service import cases
from tests.service.direct_payments.invented import (
    AGREED_AT,
    FIRST_DAY,
    account,
    agreed,
    decided_to_pay,
    granted,
    planned,
    somebody,
)

pytestmark = pytest.mark.django_db
NOMINEE = {
    "receiver": "Basil Madeup", "receiver_address": "3 Fiction Row\nZZ99 2BB", "receiver_agreed_on": date(2026, 2, 27),
}  # fmt: skip


def all_met(managed_by):
    return {each.key: True for each in CONDITIONS[managed_by]}


def offered(request, officer, **changed):
    person = request.person
    kept = changed.pop("account", None) or account(person, by=officer)
    given = {"starts_on": FIRST_DAY, "spent_on": ["A personal assistant."], "account": kept, "surplus_weeks": 8}
    return agreements.offer(request, **{**given, **changed}, by=officer, at=AGREED_AT)


@pytest.mark.parametrize("managed_by", list(ManagedBy))
def test_a_request_is_granted_when_every_condition_is_met_and_declined_with_the_reason_where_one_is_not(
    officer, managed_by
):
    asked = {} if managed_by is ManagedBy.PERSON else NOMINEE
    granted(somebody(by=officer), managed_by, by=officer, **asked)
    for condition in CONDITIONS[managed_by]:
        request = requests.ask(somebody(by=officer), managed_by=managed_by, by=officer, at=AGREED_AT, **asked)
        answers = {**all_met(managed_by), condition.key: False}
        assert not requests.decide(request, answers, says="We explained why.", by=officer, at=AGREED_AT)
        assert request.state == RequestState.DECLINED
        assert request.reasons == [f"{condition.otherwise} ({condition.law})", "We explained why."]


def test_every_condition_must_be_answered_before_a_request_is_decided(officer):
    request = requests.ask(somebody(by=officer), by=officer, at=AGREED_AT)
    with pytest.raises(Refusal) as refused:
        requests.decide(request, {"needs": True, "weather": True}, by=officer, at=AGREED_AT)
    assert {each.field for each in refused.value.problems} == {
        "capacity",
        "not_excluded",
        "capable",
        "appropriate",
        "weather",
    }


def test_nothing_is_granted_before_needs_are_recorded_as_eligible(officer):
    request = requests.ask(cases.person(by=officer), by=officer, at=AGREED_AT)
    with pytest.raises(Refusal, match="not recorded as eligible"):
        requests.decide(request, all_met(ManagedBy.PERSON), by=officer, at=AGREED_AT)


def test_a_nominee_is_named_and_has_agreed(officer):
    with pytest.raises(Refusal) as refused:
        requests.ask(somebody(by=officer), managed_by=ManagedBy.NOMINEE, by=officer, at=AGREED_AT)
    assert {each.field for each in refused.value.problems} == {"receiver", "receiver_address", "receiver_agreed_on"}


def test_one_request_waits_at_a_time_and_may_be_withdrawn(officer):
    ada = somebody(by=officer)
    first = requests.ask(ada, by=officer, at=AGREED_AT)
    with pytest.raises(Refusal, match="waits already"):
        requests.ask(ada, by=officer, at=AGREED_AT)
    requests.withdraw(first, by=officer, at=AGREED_AT)
    with pytest.raises(Refusal, match="withdrawn"):
        requests.decide(first, all_met(ManagedBy.PERSON), by=officer, at=AGREED_AT)
    requests.ask(ada, by=officer, at=AGREED_AT)


def test_an_account_is_checked_by_somebody_other_than_who_keyed_it(officer, clerk):
    keyed = account(somebody(by=officer), by=officer)
    assert keyed.modulus == accounts.NOT_MADE
    with pytest.raises(Refusal, match="keyed by you"):
        accounts.check_account(keyed, seen="E-1", by=officer, at=AGREED_AT)
    accounts.check_account(keyed, seen="E-1", by=clerk, at=AGREED_AT)
    with pytest.raises(Refusal, match="checked already"):
        accounts.check_account(keyed, seen="E-1", by=clerk, at=AGREED_AT)


def test_an_account_number_that_cannot_belong_to_its_sort_code_is_refused_where_there_are_tables(
    officer, settings, tmp_path
):
    (tmp_path / "valacdos.txt").write_text("089999 089999 MOD10 0 0 0 0 0 0 7 1 3 7 1 3 7 1\n", encoding="ascii")
    settings.MODULUS_TABLES = tmp_path
    ada = somebody(by=officer)
    assert account(ada, by=officer, number="66374958").modulus == "passes"
    with pytest.raises(Refusal, match="cannot belong to this sort code"):
        account(ada, by=officer, number="66374959")
    elsewhere = accounts.key_account(
        ada, sort_code="10-79-99", account_number="88837491", name="A Madeup", by=officer, at=AGREED_AT
    )
    assert elsewhere.modulus == "cannot be checked"


def test_an_account_shows_nothing_of_its_figures_by_accident(officer):
    keyed = account(somebody(by=officer), by=officer)
    for shown in (str(keyed), repr(keyed), repr(keyed.at_bank), f"{keyed}"):
        assert not any(secret in shown for secret in ("66374958", "089999", "MADEUP"))
    assert keyed.at_bank.shown == "ending 958"


def test_an_agreement_says_48_less_28_is_20_and_its_letter_is_sent_to_be_signed(officer):
    ada = somebody(by=officer)
    agreement = offered(granted(ada, by=officer), officer)
    assert (agreement.gross, agreement.contribution, agreement.net) == (4_800, 2_800, 2_000)
    letter = Letter.objects.get(name="direct_payment_agreement")
    assert letter.fields["headline"][0] == "The council pays £20.00 a week into the account from 30 March 2026."
    assert (letter.fields["budget"], letter.fields["net"]) == ("£48.00 a week", "£20.00 a week")
    assert letter.fields["account"]["ending"] == "958" and "66374958" not in str(letter.fields)
    assert Delivery.objects.filter(letter=letter).count() == 1 and pdf(letter).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("managed_by", "signs"),
    [(ManagedBy.NOMINEE, 3), (ManagedBy.AUTHORISED, 2)],
)
def test_the_letter_goes_to_whoever_receives_the_payments_who_signs(officer, managed_by, signs):
    ada = somebody(by=officer)
    agreement = offered(granted(ada, managed_by, by=officer, **NOMINEE), officer)
    fields = Letter.objects.get().fields
    assert (fields["to"]["name"], fields["about"], fields["to"]["address"][-1]) == (
        "Basil Madeup",
        ada.full_name,
        "ZZ99 2BB",
    )
    assert fields["paid_to"].startswith("Basil Madeup, ") and len(agreement.parties) == signs
    assert "Basil Madeup" in [each["name"] for each in agreement.parties]


def test_what_stands_in_the_way_of_an_agreement_is_all_said_at_once(officer):
    ada, ben = somebody(by=officer), somebody(by=officer)
    request = requests.ask(ada, by=officer, at=AGREED_AT)
    with pytest.raises(Refusal) as refused:
        offered(request, officer, account=account(ben, by=officer), spent_on=[" "], surplus_weeks=0)
    assert {each.field for each in refused.value.problems} == {"request", "account", "spent_on", "surplus_weeks"}


def test_there_is_no_agreement_without_care_taken_as_a_direct_payment_or_anything_left_to_pay(officer):
    arranged = somebody(by=officer, taken_as=TakenAs.ARRANGED)
    with pytest.raises(Refusal, match="without care taken as a direct payment"):
        offered(granted(arranged, by=officer), officer)
    for weekly in (4_800, None):
        with pytest.raises(Refusal, match="nothing to pay"):
            offered(granted(somebody(by=officer, weekly=weekly), by=officer), officer)


def test_there_is_no_agreement_before_it_is_decided_what_is_paid(officer):
    ada = cases.person(by=officer)
    care.record_needs(ada, is_eligible=True, decided_on=FIRST_DAY, review_by=date(2027, 1, 1), by=officer, at=AGREED_AT)
    planned(ada, by=officer)
    with pytest.raises(Refusal, match="nobody has decided"):
        offered(granted(ada, by=officer), officer)


def test_a_usual_week_is_as_planned_whatever_is_delivered_and_wherever_the_person_is(officer):
    ada = somebody(by=officer, unit=Unit.HOUR, planned=(60, 0, 60, 0, 60, 0, 0), pence=1_600, is_by_delivery=True)
    care.stop_care(ada, "hospital", first=FIRST_DAY, by=officer, at=AGREED_AT)
    assert offered(granted(ada, by=officer), officer).net == 2_000


def test_an_agreement_is_signed_once_with_the_paper_at_hand(officer):
    agreement = offered(granted(somebody(by=officer), by=officer), officer)
    for day, evidence in ((AGREED_AT.date(), " "), (AGREED_AT.date() + timedelta(1), "E-1"), (date(2026, 3, 1), "E-1")):
        with pytest.raises(Refusal):
            agreements.sign(agreement, signed_on=day, evidence=evidence, by=officer, at=AGREED_AT)
    agreements.sign(agreement, signed_on=AGREED_AT.date(), evidence="E-1", by=officer, at=AGREED_AT)
    with pytest.raises(Refusal, match="signed already"):
        agreements.sign(agreement, signed_on=AGREED_AT.date(), evidence="E-1", by=officer, at=AGREED_AT)


def test_an_agreement_that_was_overtaken_is_not_signed(officer):
    request = granted(somebody(by=officer), by=officer)
    first, second = offered(request, officer), offered(request, officer)
    agreements.sign(second, signed_on=AGREED_AT.date(), evidence="E-1", by=officer, at=AGREED_AT)
    with pytest.raises(Refusal, match="overtaken"):
        agreements.sign(first, signed_on=AGREED_AT.date(), evidence="E-1", by=officer, at=AGREED_AT)


def test_what_was_agreed_and_checked_is_never_changed(officer, clerk):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    for model, changed in ((Agreement, {"net": 1}), (DedicatedAccount, {"account_number": "11111111"})):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            model.objects.update(**changed)


def test_a_persons_page_reads_all_there_is(officer, clerk):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    found = of_person(ada, today=FIRST_DAY)
    assert (found.agreement, found.is_running, found.week.net, found.due) == (agreement, True, 2_000, 0)
    assert found.payments == found.returns == found.reviews == [] and found.review_by is None
    assert not of_person(ada, today=FIRST_DAY - timedelta(1)).is_running


def test_a_decision_to_come_is_not_in_a_week_before_it(officer):
    ada = somebody(by=officer)
    decided_to_pay(ada, 1_000, FIRST_DAY + timedelta(7), by=officer, at=AGREED_AT)
    assert offered(granted(ada, by=officer), officer).net == 2_000
