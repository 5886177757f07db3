"""From what somebody told to a sealed decision and its letter."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from farthing.base.money import shown
from farthing.base.refusal import Refusal
from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import Decision, DepartureKind, DraftState, How, Kind, Side, State
from farthing.service.assessments.sealed import digest
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import decisions, departures
from farthing.service.assessments.services.facts import Saying, accept_as_told, take_away, verify
from farthing.service.assessments.services.requests import Overtaken, assign, begin, submit
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import LetterForm, Person
from farthing.service.questions.answers import Answers, Item, Listed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 30, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()

AT_HOME = Answers(
    said={"setting": "own_home", "weekly_cost": "300.00", "tells_finances": "true", "born": "1941-03-02",
          "partner": "none", "responsible_for_children": "0", "gets_carer_premium": "false"},
    lists={
        "capital": Listed({"i1": Item("bank_account", {"value": "3000.00"}, True)}),
        "income": Listed({"i1": Item("state_pension", {"amount": "300.00", "every": "week"}, True)}),
        "housing_costs": Listed({}),
        "disability_related_expenditure": Listed({}),
    },
)  # fmt: skip


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_staff("officer@example.org", "Olga Officer", None, Role.OFFICER, granted_by="test")


@pytest.fixture
def checker() -> Account:
    return Account.objects.create_staff("checker@example.org", "Charles Checker", None, Role.CHECKER, granted_by="test")


@pytest.fixture
def manager() -> Account:
    return Account.objects.create_staff("manager@example.org", "Mary Manager", None, Role.MANAGER, granted_by="test")


@pytest.fixture
def person() -> Person:
    return Person.objects.create(given_name="Olive", family_name="Invented", address="1 Nowhere Road\nExampleton",
                                 postcode="ZZ99 9ZZ")  # fmt: skip


def received(person, by, answers=AT_HOME, kind=Kind.APPLICATION):
    request = begin(person, kind, by=by, at=NOW, how=How.TELEPHONE, answers=answers)
    return submit(request, by=by, at=NOW)


def verified(person, by):
    accept_as_told(person, known_of(person).unverified(), Saying(by, "Officer", NOW, Side.VERIFIED))


def drafted(request, by, effective_from=TODAY, explanation="You told us about your money."):
    return decisions.draft(request, effective_from=effective_from, explanation=explanation, by=by, at=NOW, version=None)


def sealed(person, officer, effective_from=TODAY, answers=AT_HOME, kind=Kind.APPLICATION, at=NOW):
    request = received(person, officer, answers, kind)
    verified(person, officer)
    made = drafted(request, officer, effective_from)
    return decisions.seal(made, by=officer, at=at, version=made.version)


def test_a_decision_charges_what_the_law_gives_and_its_letter_waits_to_be_sent(person, officer):
    decision = sealed(person, officer)
    assert decision.sealed["answer"]["weekly_charge"] == f"{decision.weekly_charge / 100:.2f}"
    letter = Letter.objects.get(cause=f"decision {decision.reference}")
    assert letter.name == "decision" and letter.deliveries.count() == 1
    assert decision.request.state == State.DECIDED


def test_sealing_twice_seals_once(person, officer):
    request = received(person, officer)
    verified(person, officer)
    made = drafted(request, officer)
    first = decisions.seal(made, by=officer, at=NOW, version=1)
    assert decisions.seal(made, by=officer, at=NOW, version=1).pk == first.pk
    assert Decision.objects.count() == 1 and Letter.objects.count() == 1


@pytest.mark.parametrize("how", ["save", "update", "delete"])
def test_a_sealed_decision_cannot_be_changed_by_any_way(person, officer, how):
    decision = sealed(person, officer)
    changes = {
        "save": decision.save,
        "update": lambda: Decision.objects.filter(pk=decision.pk).update(weekly_charge=1),
        "delete": lambda: Decision.objects.filter(pk=decision.pk)._raw_delete("default"),
    }
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        changes[how]()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite can replace a row as it inserts one")
@pytest.mark.parametrize("same", ["id", "reference"])
def test_a_sealed_decision_cannot_be_replaced_by_inserting_another_over_it(person, officer, same):
    decision = sealed(person, officer)
    columns = [field.column for field in Decision._meta.concrete_fields]
    changed = {"weekly_charge": "1", "id": "id" if same == "id" else "id + 1000"}
    values = ", ".join(changed.get(column, column) for column in columns)
    replace = (
        f"INSERT OR REPLACE INTO assessments_decision ({', '.join(columns)}) SELECT {values} FROM assessments_decision"
    )
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace)
    decision.refresh_from_db()
    assert decision.weekly_charge > 1


def test_a_sealed_decision_read_back_from_the_database_has_the_digest_it_was_sealed_with(person, officer):
    decision = Decision.objects.get(pk=sealed(person, officer).pk)
    assert digest(decision.sealed) == decision.digest
    changed = json.loads(json.dumps(decision.sealed))
    changed["weekly_charge"] = "0.01"
    assert digest(changed) != decision.digest


def test_a_decision_is_refused_while_something_told_is_not_verified(person, officer):
    request = received(person, officer)
    made = drafted(request, officer)
    with pytest.raises(Refusal, match="is not verified"):
        decisions.seal(made, by=officer, at=NOW, version=made.version)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("list_name", "told_of"), [("capital", "Bank or building society account"), ("income", "State Pension")]
)
def test_a_decision_is_refused_while_one_amount_of_money_is_not_verified(person, officer, list_name, told_of):
    request = received(person, officer)
    all_but_one = [known for known in known_of(person).unverified() if known.section != list_name]
    accept_as_told(person, all_but_one, Saying(officer, "Officer", NOW, Side.VERIFIED))
    made = drafted(request, officer)
    with pytest.raises(Refusal, match="is not verified") as refused:
        decisions.seal(made, by=officer, at=NOW, version=made.version)
    assert {problem.field.partition(".")[0] for problem in refused.value.problems} == {list_name}
    assert all(told_of in problem.called for problem in refused.value.problems)
    verified(person, officer)
    assert decisions.seal(made, by=officer, at=NOW, version=made.version).weekly_charge > 0


def test_what_an_answer_does_not_turn_on_need_not_be_verified(person, officer):
    lists = {**AT_HOME.lists, "capital": Listed({"i1": Item("bank_account", {"value": "40000.00"}, True)})}
    received(person, officer, Answers(said=AT_HOME.said, lists=lists))
    capital_alone = [known for known in known_of(person).unverified() if known.section != "income"]
    accept_as_told(person, capital_alone, Saying(officer, "Officer", NOW, Side.VERIFIED))
    proposal, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    assert (proposal.weekly_charge, proposal.problems) == (300_00, ())


def test_a_decision_is_refused_while_something_that_matters_is_not_known(person, officer):
    request = received(person, officer, Answers(said={"setting": "own_home", "tells_finances": "true"}))
    verified(person, officer)
    made = drafted(request, officer)
    with pytest.raises(Refusal, match="is not known yet"):
        decisions.seal(made, by=officer, at=NOW, version=made.version)


def test_what_the_council_verified_stands_before_what_was_told(person, officer):
    received(person, officer)
    verified(person, officer)
    saying = Saying(officer, "Officer", NOW, Side.VERIFIED, note="Statement of October")
    verify(person, {("capital", "i1", "value"): "15000.00"}, saying)
    known = known_of(person).lists["capital"][0].facts["value"]
    assert known.told.value == "3000.00" and known.standing.value == "15000.00" and known.differs
    assert known_of(person).case(council="england", on=TODAY)["capital"][0]["value"] == "15000.00"


def test_an_item_taken_away_no_longer_counts_and_stays_on_file(person, officer):
    received(person, officer)
    take_away(person, "income", "i1", Saying(officer, "Officer", NOW, Side.VERIFIED))
    assert known_of(person).case(council="england", on=TODAY)["income"] == []
    assert person.facts.filter(section="income", item="i1").count() == 4


def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(person, officer):
    with pytest.raises(Refusal, match="is not an amount"):
        verify(person, {("capital", "i1", "value"): "lots"}, Saying(officer, "Officer", NOW, Side.VERIFIED))
    assert person.facts.count() == 0


def test_a_charge_above_the_councils_limit_is_checked_by_a_second_officer(person, officer, checker, settings):
    settings.CHECK_ABOVE_PENCE = 100
    request = received(person, officer)
    verified(person, officer)
    made = drafted(request, officer)
    with pytest.raises(Refusal, match="second officer"):
        decisions.seal(made, by=officer, at=NOW, version=made.version)
    decisions.send_for_check(made, by=officer, at=NOW, version=made.version)
    with pytest.raises(Refusal, match="drafted by you"):
        decisions.seal(made, by=officer, at=NOW, version=made.version)
    decision = decisions.seal(made, by=checker, at=NOW, version=made.version)
    assert decision.checked_by == checker and decision.decided_by == officer


def test_a_draft_sent_back_says_why_and_may_be_drafted_again(person, officer, checker, settings):
    settings.CHECK_ABOVE_PENCE = 100
    request = received(person, officer)
    verified(person, officer)
    made = drafted(request, officer)
    decisions.send_for_check(made, by=officer, at=NOW, version=made.version)
    decisions.send_back(made, because="The pension is of last year.", by=checker, at=NOW, version=made.version)
    assert made.state == DraftState.RETURNED and made.request.state == State.ASSESSING
    again = decisions.draft(request, effective_from=TODAY, explanation="", by=officer, at=NOW, version=made.version)
    assert again.state == DraftState.DRAFT


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(person, officer, manager):
    request = received(person, officer)
    seen_by_both = request.version
    assign(request, officer, by=officer, at=NOW, version=seen_by_both)
    with pytest.raises(Overtaken):
        assign(request, manager, by=manager, at=NOW, version=seen_by_both)
    request.refresh_from_db()
    assert request.assigned_to == officer


def test_a_decision_more_than_eight_weeks_back_waits_for_a_manager(person, officer, manager):
    request = received(person, officer)
    verified(person, officer)
    made = drafted(request, officer, TODAY - timedelta(days=57))
    with pytest.raises(Refusal, match="weeks back"):
        decisions.seal(made, by=officer, at=NOW, version=made.version)
    with pytest.raises(Refusal, match="manager"):
        decisions.approve_backdating(made, reason="x", by=officer, at=NOW, version=made.version)
    decisions.approve_backdating(made, reason="Care began then.", by=manager, at=NOW, version=made.version)
    decision = decisions.seal(made, by=officer, at=NOW, version=made.version)
    assert decision.sealed["backdating"]["days"] == 57


def test_a_decision_exactly_eight_weeks_back_needs_no_manager(person, officer):
    assert sealed(person, officer, TODAY - timedelta(days=56)).sealed["backdating"]["days"] == 56


def test_another_decision_supersedes_the_first_and_says_what_changed(person, officer):
    first = sealed(person, officer)
    fell = AT_HOME.with_item("income", "i1", Item("state_pension", {"amount": "280.00", "every": "week"}, True))
    later = NOW + timedelta(days=3)
    second = sealed(person, officer, answers=fell, kind=Kind.CHANGE, at=later)
    assert second.supersedes == first
    assert second.weekly_charge == first.weekly_charge - 2000
    letter = Letter.objects.get(cause=f"decision {second.reference}")
    changes = {each["label"]: each["after"] for each in letter.fields["supersedes"]["changes"]}
    assert changes["To pay, a week"] == shown(second.weekly_charge) and "Income that counts, a week" in changes


def test_a_departure_counts_only_once_somebody_else_has_approved_it(person, officer, manager):
    received(person, officer)
    verified(person, officer)
    before, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    departure = departures.propose(
        person, DepartureKind.HIGHER_PROTECTED_INCOME, values={"agreed_extra_allowance": "10.00"},
        reason="Heating for a child who is ill.", starts_on=TODAY, by=officer, at=NOW,
    )  # fmt: skip
    assert decisions.proposal_for(person, TODAY, today=TODAY)[0].weekly_charge == before.weekly_charge
    if_approved, _ = decisions.proposal_for(person, TODAY, today=TODAY, with_proposed=True)
    assert if_approved.weekly_charge == before.weekly_charge - 1000
    with pytest.raises(Refusal, match="proposed by you"):
        departures.approve(departure, by=officer, at=NOW)
    departures.approve(departure, by=manager, at=NOW)
    assert decisions.proposal_for(person, TODAY, today=TODAY)[0].weekly_charge == before.weekly_charge - 1000


def test_a_waiver_lowers_what_is_charged_and_not_what_the_law_gives(person, officer, manager):
    received(person, officer)
    verified(person, officer)
    waiver = departures.propose(
        person, DepartureKind.WAIVER, waived=500, reason="Fire in the kitchen, nothing else helps.",
        starts_on=TODAY, ends_on=TODAY + timedelta(days=28), by=officer, at=NOW,
    )  # fmt: skip
    departures.approve(waiver, by=manager, at=NOW)
    proposal, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    assert proposal.charge_before_waiver - proposal.weekly_charge == 500
    after, _ = decisions.proposal_for(person, TODAY + timedelta(days=29), today=TODAY)
    assert after.waived == 0


def test_a_departure_that_starts_after_the_first_day_of_a_decision_is_named_as_left_aside(person, officer, manager):
    received(person, officer)
    verified(person, officer)
    later = departures.propose(
        person, DepartureKind.WAIVER, waived=500, reason="Fire in the kitchen, nothing else helps.",
        starts_on=TODAY + timedelta(days=1), by=officer, at=NOW,
    )  # fmt: skip
    departures.approve(later, by=manager, at=NOW)
    proposal, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    assert (proposal.left_aside, proposal.waived) == ((later,), 0)
    counted, _ = decisions.proposal_for(person, TODAY + timedelta(days=1), today=TODAY)
    assert (counted.left_aside, counted.waived) == ((), 500)


def test_the_letter_gives_the_reason_of_each_departure(person, officer, manager, checker):
    request = received(person, officer)
    verified(person, officer)
    departure = departures.propose(
        person, DepartureKind.HIGHER_PROTECTED_INCOME, values={"agreed_extra_allowance": "10.00"},
        reason="Heating for a child\nwho is ill.", starts_on=TODAY, by=officer, at=NOW,
    )  # fmt: skip
    departures.approve(departure, by=manager, at=NOW)
    made = drafted(request, officer)
    decisions.send_for_check(made, by=officer, at=NOW, version=made.version)
    decision = decisions.seal(made, by=checker, at=NOW, version=made.version)
    letter = Letter.objects.get(cause=f"decision {decision.reference}")
    assert letter.fields["remarks"][0] == "Leaving the person more each week. Heating for a child who is ill."


def test_something_given_away_holds_a_decision_up_until_both_tests_are_answered(person, officer, manager):
    gave = AT_HOME.with_item("capital", "i2", Item("given_away", {"value": "20000.00"}, True))
    received(person, officer, gave)
    verified(person, officer)
    held_up, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    assert any("given away" in problem.problem for problem in held_up.problems)
    finding = departures.propose(
        person, DepartureKind.DEPRIVATION, item="i2", starts_on=date(2026, 1, 1), by=officer, at=NOW,
        values={"avoiding_charge_was_motive": "false", "care_was_foreseeable": "false"},
        reason="A wedding present, years before any care was needed.",
    )  # fmt: skip
    departures.approve(finding, by=manager, at=NOW)
    free, _ = decisions.proposal_for(person, TODAY, today=TODAY)
    assert free.problems == ()


def test_somebody_who_gives_no_details_pays_the_full_cost_and_is_told_why(person, officer):
    refuses = Answers(said={"setting": "own_home", "weekly_cost": "150.00", "tells_finances": "false"})
    decision = sealed(person, officer, answers=refuses)
    assert decision.outcome == "full_cost_without_details" and decision.weekly_charge == 15000
    assert Letter.objects.get(cause=f"decision {decision.reference}").name == "full_cost"


def test_after_a_death_the_letter_goes_to_the_estate(person, officer):
    Person.objects.filter(pk=person.pk).update(died_on=date(2026, 10, 30))
    person.refresh_from_db()
    decision = sealed(person, officer)
    fields = Letter.objects.get(cause=f"decision {decision.reference}").fields
    assert fields["to"]["estate"] is True and fields["salutation"] == "Dear Sir or Madam"


def test_easy_read_is_written_for_whoever_asked_for_it(person, officer):
    Person.objects.filter(pk=person.pk).update(letters_as=LetterForm.EASY_READ)
    person.refresh_from_db()
    assert Letter.objects.get(cause=f"decision {sealed(person, officer).reference}").name == "decision_easy_read"


def test_a_review_is_answered_by_its_own_letter(person, officer):
    first = sealed(person, officer)
    asked = begin(person, Kind.REVIEW, by=officer, at=NOW, how=How.POST, answers=AT_HOME, about_decision=first)
    submit(asked, by=officer, at=NOW, says="You left out my stairlift.")
    made = drafted(asked, officer, explanation="The stairlift was a gift.")
    second = decisions.seal(made, by=officer, at=NOW, version=made.version)
    letter = Letter.objects.get(cause=f"decision {second.reference}")
    assert letter.name == "review_outcome" and letter.fields["asked"] == ["\u201cYou left out my stairlift.\u201d"]
