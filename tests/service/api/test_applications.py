"""A program hands in applications and reads what became of them, as far as its token reaches."""

from datetime import timedelta
from typing import Any

import pytest

from farthing.base.money import pounds
from farthing.service import clock
from farthing.service.access.models import Account, Role, Scope
from farthing.service.access.services import end_token, make_token
from farthing.service.api import examples, taking_in
from farthing.service.assessments.models import AssessmentRequest, How, State
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.audit.models import Event
from farthing.service.people.models import Person
from tests.service.api.conftest import Call, refused
from tests.service.cases import AT, application, at_home, decided, person, staff, verified


def sent(call: Call, token: str, data: Any = examples.APPLICATION, key: str = "key-1"):
    return call("post", "/applications", data, token=token, **{"Idempotency-Key": key})


def test_an_application_is_taken_in_as_received_with_what_was_told(call: Call, token: str):
    response = sent(call, token)
    assert response.status_code == 201, response.content
    taken = AssessmentRequest.objects.get(reference=response.json()["reference"])
    assert (taken.state, taken.how, taken.says) == (State.RECEIVED, How.ONLINE, examples.APPLICATION["says"])
    assert taken.person.full_name == "Ada Invented" and taken.person.address_lines[-1] == "ZZ99 1AA"
    told = known_of(taken.person).case(council="cambridgeshire", on=AT.date())
    assert told["capital"] == [{"kind": "bank_account", "value": "6400.00"}]
    assert told["person"]["born"] == "1941-03-02" and told["person"]["gets_carer_premium"] == "false"
    assert not any(known.is_verified for known in known_of(taken.person).all_known())


def test_what_is_sent_again_under_its_key_is_taken_in_once(call: Call, token: str):
    first, again = sent(call, token), sent(call, token)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() and Person.objects.count() == 1


def test_another_application_under_a_used_key_is_refused(call: Call, token: str):
    sent(call, token)
    other = {**examples.APPLICATION, "says": "Something else"}
    (problem,) = refused(sent(call, token, other), 409)
    assert problem["field"] == "Idempotency-Key" and Person.objects.count() == 1


def test_two_programs_may_use_the_same_key(call: Call, token: str, administrator: Account):
    other = make_token("Another", [Scope.SEND_APPLICATIONS], by=administrator, at=AT)[1]
    sent(call, token)
    assert sent(call, other).status_code == 201 and Person.objects.count() == 2


def test_a_failure_half_way_keeps_nothing_and_the_key_can_be_used_again(
    call: Call, token: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "submit", lambda *args, **named: 1 / 0)
        refused(sent(call, token), 500)
    assert not Person.objects.exists() and not AssessmentRequest.objects.exists()
    assert sent(call, token).status_code == 201


def test_an_application_without_a_key_is_refused(call: Call, token: str):
    (problem,) = refused(call("post", "/applications", examples.APPLICATION, token=token), 422)
    assert problem["field"] == "Idempotency-Key"


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_kept(call: Call, token: str):
    wrong = {
        "person": {"given_name": "", "family_name": "Invented", "born": "1941-13-02", "nhs": "1"},
        "case": {"on": "2026-05-04", "capital": [{"kind": "bank_account", "value": "£1"}]},
        "declared": True,
    }
    fields = {each["field"] for each in refused(sent(call, token, wrong), 422)}
    assert fields == {"person.given_name", "person.born", "person.nhs", "case.on", "case.capital[0].value"}
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"declared": False}, "declared"),
        ({"declared": "yes"}, "declared"),
        ({"person": {**examples.APPLICATION["person"], "nhs_number": "943 476 5871"}}, "person.nhs_number"),
        ({"person": {**examples.APPLICATION["person"], "email": "nobody"}}, "person.email"),
        ({"person": {**examples.APPLICATION["person"], "born": "1942-03-02"}}, "case.person.born"),
        ({"case": {"person": {"agreed_extra_allowance": "5.00"}}}, "case.person.agreed_extra_allowance"),
        ({"case": {"disability_related_expenditure": [
            {"kind": "community_alarm", "amount": "1.00", "every": "week", "agreed": True}]}},
         "case.disability_related_expenditure[0].agreed"),
        ({"case": {"person": {"born": "2015-03-02"}}}, "case.person.born"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(call: Call, token: str, changed: dict[str, Any], field: str):
    problems = refused(sent(call, token, {**examples.APPLICATION, **changed}), 422)
    assert field in {each["field"] for each in problems} and not Person.objects.exists()


def test_an_nhs_number_that_is_somebody_elses_is_refused(call: Call, token: str, administrator: Account):
    person(by=administrator, nhs_number="9434765870")
    whose = {**examples.APPLICATION, "person": {**examples.APPLICATION["person"], "nhs_number": "943 476 5870"}}
    (problem,) = refused(sent(call, token, whose), 422)
    assert problem["field"] == "nhs_number"


def test_applications_are_listed_page_by_page_and_narrowed_by_state_and_day(
    call: Call, token: str, administrator: Account
):
    made = [application(by=administrator, at=AT - timedelta(days=days)) for days in range(3)]
    first = call("get", "/applications?size=2", token=token).json()
    assert [each["reference"] for each in first["applications"]] == [each.reference for each in made[:2]]
    assert first["next"] == 2
    last = call("get", "/applications?size=2&page=2", token=token).json()
    assert [each["reference"] for each in last["applications"]] == [made[2].reference] and last["next"] is None
    since = call("get", f"/applications?since={AT.date()}&state=received", token=token).json()["applications"]
    assert [each["reference"] for each in since] == [made[0].reference]
    assert call("get", "/applications?state=decided", token=token).json()["applications"] == []


def test_an_application_and_its_decision_are_read_by_their_references(call: Call, token: str, administrator: Account):
    officer = staff(Role.OFFICER)
    decision = decided(verified(application(answers=at_home(), by=officer), by=officer), by=officer)
    typed = decision.request.reference.lower().replace("-", " ")
    read = call("get", f"/applications/{typed}", token=token).json()
    assert (read["state"], read["decision"]) == ("decided", decision.reference)
    said = call("get", f"/decisions/{decision.reference}", token=token).json()
    assert said["weekly_charge"] == pounds(decision.weekly_charge) and said["digest"] == decision.digest
    assert said["application"] == decision.request.reference and said["superseded_by"] is None


@pytest.mark.parametrize("address", ["/applications/FA-2222-2222", "/decisions/D-2222-2222", "/decisions/%00"])
def test_a_reference_of_nothing_is_not_found(call: Call, token: str, address: str):
    refused(call("get", address, token=token), 404)


def test_a_page_of_applications_takes_few_queries(
    call: Call, token: str, administrator: Account, django_assert_max_num_queries
):
    for _ in range(10):
        application(by=administrator)
    with django_assert_max_num_queries(20):
        call("get", "/applications", token=token)


# Tokens

PLACES = [
    ("get", "/applications", Scope.READ_APPLICATIONS),
    ("get", "/applications/FA-2222-2222", Scope.READ_APPLICATIONS),
    ("post", "/applications", Scope.SEND_APPLICATIONS),
    ("get", "/decisions/D-2222-2222", Scope.READ_DECISIONS),
]


@pytest.mark.parametrize(("method", "address", "scope"), PLACES)
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic abc", "Token x"])
def test_a_call_without_a_token_that_works_is_refused(call: Call, method: str, address: str, scope: Scope, header: str):
    response = call(method, address, **({"Authorization": header} if header else {}))
    refused(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "address", "scope"), PLACES)
def test_a_token_reaches_no_further_than_its_scope(
    call: Call, administrator: Account, method: str, address: str, scope: Scope
):
    other = make_token("Too short", set(Scope) - {scope}, by=administrator, at=AT)[1]
    refused(call(method, address, token=other), 403)
    enough = make_token("Enough", [scope], by=administrator, at=AT)[1]
    assert call(method, address, token=enough).status_code not in (401, 403)


def test_a_token_that_was_ended_or_has_run_out_works_no_more(call: Call, administrator: Account):
    ended, raw = make_token("Ended", list(Scope), by=administrator, at=AT)
    assert call("get", "/applications", token=raw).status_code == 200
    end_token(ended, by=administrator, at=AT)
    refused(call("get", "/applications", token=raw), 401)
    _, old = make_token("Old", list(Scope), by=administrator, at=AT, expires_at=clock.now() - timedelta(seconds=1))
    refused(call("get", "/applications", token=old), 401)


def test_every_call_with_a_token_is_audited_without_anything_personal(call: Call, token: str, administrator: Account):
    reference = sent(call, token).json()["reference"]
    call("get", f"/applications/{reference}", token=token)
    events = Event.objects.filter(action="program asked").order_by("id")
    assert [each.details["application"] for each in events] == [reference, reference]
    assert {each.about for each in events} == {Person.objects.get().reference}
    assert "Invented" not in str([each.details for each in Event.objects.all()])
