"""Departures are proposed with a reason by one officer and approved by another; only then do they count."""

import pytest
from django.urls import reverse

from farthing.service.access.models import Role
from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.assessments.services.decisions import proposal_for
from farthing.service.questions.answers import Item
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import press, send

REASON = "The heating has to be on all day because of the illness."


@pytest.fixture
def ready(officer):
    given = Item("given_away", {"value": "30000.00"}, is_done=True)
    answers = cases.at_home().with_item("capital", "i2", given)
    return cases.verified(cases.application(answers=answers, by=officer), by=officer)


def page(request, name, *parts):
    return reverse(f"officer:{name}", args=[request.person.reference, *parts])


FILLED = {
    DepartureKind.LIGHT_TOUCH: {"light_touch": "not_over_limit", "light_touch_contribution": "12.50"},
    DepartureKind.DISREGARD: {"item": "i3"},
    DepartureKind.HIGHER_PROTECTED_INCOME: {"agreed_extra_allowance": "10"},
    DepartureKind.COST_REFUSED: {"item": "i1"},
    DepartureKind.WAIVER: {"waived": "£5"},
}


@pytest.mark.parametrize("kind", FILLED)
def test_each_kind_is_proposed_and_shown_with_its_reason(desk, officer, kind):
    land = Item("land", {"value": "1000.00"}, is_done=True)
    request = cases.application(answers=cases.at_home().with_item("capital", "i3", land), by=officer)
    answer = send(desk, page(request, "departure_propose", kind), reason=REASON, **FILLED[kind])
    assert answer.status_code == 302
    made = Departure.objects.get(person=request.person)
    assert (made.kind, made.reason, made.approved_at) == (kind, REASON, None)
    text = desk.get(page(request, "departures")).content.decode()
    assert REASON in text and "Waiting for approval" in text
    assert desk.get(page(request, "departure", made.pk)).status_code == 200


def test_deprivation_asks_each_test_with_a_finding_and_a_reason(desk, ready):
    address = page(ready, "departure_propose", DepartureKind.DEPRIVATION)
    half = send(desk, address, item="i2", avoiding_charge_was_motive="yes", avoiding_charge_was_motive_reason=REASON)
    assert "There is a problem" in half.content.decode() and REASON in half.content.decode()
    whole = send(
        desk,
        address,
        item="i2",
        avoiding_charge_was_motive="yes",
        avoiding_charge_was_motive_reason=REASON,
        care_was_foreseeable="no",
        care_was_foreseeable_reason="Nobody could know of the fall to come.",
    )
    assert whole.status_code == 302
    made = Departure.objects.get()
    assert made.settles == {
        "capital/i2/avoiding_charge_was_motive": "true",
        "capital/i2/care_was_foreseeable": "false",
    }
    assert "We found that avoiding a charge" in made.reason and "We did not find that a need for care" in made.reason


def test_a_gift_nobody_has_judged_holds_a_decision_up(desk, ready):
    assert "nobody has found yet" in desk.get(page(ready, "person")).content.decode()


@pytest.mark.parametrize("reason", ["", "too short"])
def test_a_reason_that_explains_nothing_is_refused(desk, ready, reason):
    address = page(ready, "departure_propose", DepartureKind.WAIVER)
    answer = send(desk, address, waived="5", reason=reason)
    assert "There is a problem" in answer.content.decode() and not Departure.objects.exists()


def test_an_end_before_the_beginning_is_refused(desk, ready):
    address = page(ready, "departure_propose", DepartureKind.WAIVER)
    answer = send(desk, address, waived="5", reason=REASON, starts_on="2 2 2026", ends_on="1 2 2026")
    assert "is before it starts" in answer.content.decode() and not Departure.objects.exists()


def test_nothing_on_file_to_treat_so_is_said_and_no_form_shown(desk, officer):
    request = cases.application(by=officer)
    text = desk.get(page(request, "departure_propose", DepartureKind.DEPRIVATION)).content.decode()
    assert "Nothing on file can be treated in this way" in text and "Propose it" not in text


def test_a_proposed_departure_counts_only_once_another_approves_it(desk, officer, checker):
    request = cases.verified(cases.application(by=officer), by=officer)
    before = proposal_for(request.person, cases.TODAY, today=cases.TODAY)[0].weekly_charge
    send(desk, page(request, "departure_propose", DepartureKind.HIGHER_PROTECTED_INCOME), reason=REASON,
         agreed_extra_allowance="10")  # fmt: skip
    number = Departure.objects.get().pk
    assert proposal_for(request.person, cases.TODAY, today=cases.TODAY)[0].weekly_charge == before
    assert "£10.00 less" in desk.get(page(request, "departures")).content.decode()
    approve = page(request, "departure_approve", number)
    assert desk.post(approve).status_code == 403
    assert press(browser_of(checker), page(request, "departure", number), approve).status_code == 302
    assert proposal_for(request.person, cases.TODAY, today=cases.TODAY)[0].weekly_charge == before - 1000
    assert f"Approved by {checker}" in desk.get(page(request, "departures")).content.decode()


def test_nobody_approves_what_they_proposed(ready):
    both = cases.staff(Role.OFFICER, Role.CHECKER)
    browser = browser_of(both)
    send(browser, page(ready, "departure_propose", DepartureKind.WAIVER), reason=REASON, waived="5")
    number = Departure.objects.get().pk
    answer = browser.post(page(ready, "departure_approve", number), follow=True)
    assert "was proposed by you" in answer.content.decode()
    assert Departure.objects.get().approved_at is None


def test_a_departure_is_declined_with_the_reason_and_answered_only_once(desk, ready, checker):
    send(desk, page(ready, "departure_propose", DepartureKind.WAIVER), reason=REASON, waived="5")
    number = Departure.objects.get().pk
    browser = browser_of(checker)
    why = "There is no hardship: the savings are above the limit."
    assert send(browser, page(ready, "departure", number), because=why).status_code == 302
    assert why.replace("'", "&#39;") in desk.get(page(ready, "departures")).content.decode()
    again = browser.post(page(ready, "departure_approve", number), follow=True)
    assert "has been answered already" in again.content.decode()


def test_a_departure_is_taken_back_and_no_longer_counts(desk, ready, checker):
    send(desk, page(ready, "departure_propose", DepartureKind.WAIVER), reason=REASON, waived="5")
    number = Departure.objects.get().pk
    press(browser_of(checker), page(ready, "departure", number), page(ready, "departure_approve", number))
    assert press(desk, page(ready, "departure", number), page(ready, "departure_withdraw", number)).status_code == 302
    assert Departure.objects.get().withdrawn_at is not None
    assert "Taken back" in desk.get(page(ready, "departures")).content.decode()
