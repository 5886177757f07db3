"""A case assessed: the answer, what it rests on, what is still to ask, and what would change it."""

from typing import Any

import pytest

from farthing.base.refusal import Refusal
from farthing.case.answer import as_data
from farthing.case.assessment import assess
from farthing.case.changes import changes
from farthing.case.doctor import examine
from farthing.case.reading import Case, read_case
from farthing.case.statement import headline, statement
from farthing.case.tree import tree_of

CARE_HOME = {
    "council": "england",
    "on": "2026-05-04",
    "person": {"born": "1955-03-02", "partner": "none", "tells_finances": True},
    "care": {"setting": "care_home", "moved_in": "2025-11-03", "usual_rate": "900.00", "nursing": "none"},
    "capital": [{"kind": "bank_account", "value": "15800.00"}],
    "income": [{"kind": "state_pension", "amount": "241.30", "every": "week"}],
}


def case(**changed: Any) -> Case:
    """The care home case with some of its parts changed; None takes a part out."""
    return read_case(tree_of({key: part for key, part in {**CARE_HOME, **changed}.items() if part is not None}))


def test_the_published_shape_of_an_answer_holds_to_the_penny():
    """The figures printed with the description of the case file: £15,800 of savings, the new State Pension, a £900 place."""
    answer = as_data(assess(case()))
    published = {
        "council": "england", "on": "2026-05-04", "figures": "2026-27",
        "assessable_capital": "15800.00", "tariff_income": "7.00", "counted_income": "248.30",
        "protected_income": "31.80", "maximum_weekly_contribution": "216.50", "cost_of_care": "900.00",
        "weekly_charge": "216.50", "council_pays": "683.50", "pays_full_cost": False, "direct_payment": None,
        "top_up": "0.00", "still_to_ask": [], "assumptions": [],
    }  # fmt: skip
    assert {key: answer[key] for key in published} == published
    tariff = next(step for step in answer["steps"] if step["rule"] == "tariff_income")
    assert (tariff["value"], tariff["unit"], tariff["law"]) == ("7.00", "£ a week", "SI 2014/2672 reg 25(1)")
    assert tariff["because"]["assessable_capital"] == "15800.00"


def test_every_figure_used_is_given_with_its_source():
    used = {each["figure"]: each for each in as_data(assess(case()))["figures_used"]}
    assert used["personal_expenses_allowance"]["value"] == "31.80"
    assert all(each["source"] and each["law"] for each in used.values())


def test_one_account_over_the_limit_is_an_answer_whatever_the_others_hold():
    found = assess(case(capital=[{"kind": "bank_account", "value": "30000.00"}, {"kind": "shares"}], income=None))
    assert found.is_certain
    assert found.values["weekly_charge"] == 900_00
    assert as_data(found)["assessable_capital"] is None
    assert as_data(found)["maximum_weekly_contribution"] is None


def test_a_person_over_the_limit_is_never_asked_about_income():
    found = assess(
        case(capital=[{"kind": "bank_account", "value": "30000.00"}], income=None, person={"tells_finances": True})
    )
    assert found.still_to_ask == ()


def test_someone_who_keeps_their_finances_to_themselves_is_asked_no_more():
    found = assess(case(person={"tells_finances": False}, capital=None, income=None))
    assert found.is_certain
    assert headline(found)[0] == "The person pays the full cost, £900.00 a week."
    assert "No financial details were given" in found.remarks[0]


def test_a_pensioner_on_200_a_week_pays_nothing_before_housing_or_disability_is_asked():
    found = assess(
        case(
            council="cambridgeshire", person={"born": "1945-01-01", "partner": "none"},
            care={"setting": "own_home", "weekly_cost": "300.00"}, capital=[],
            income=[{"kind": "state_pension", "amount": "200.00", "every": "week"}],
        )
    )  # fmt: skip
    assert found.is_certain
    assert found.values["weekly_charge"] == 0
    assert any("Pension Credit" in remark for remark in found.remarks)


def test_what_is_not_told_is_asked_with_the_reason_and_the_range_narrows():
    nothing = assess(read_case(tree_of({"council": "england", "on": "2026-05-04"})))
    assert [each.field for each in nothing.still_to_ask[:3]] == ["person.tells_finances", "capital", "care.setting"]
    assert nothing.still_to_ask[0].why and nothing.still_to_ask[0].law
    assert nothing.range_of("weekly_charge") == (0, None)
    some = assess(case(income=None))
    assert some.range_of("weekly_charge") == (0, 900_00)
    assert [each.field for each in some.still_to_ask] == ["income"]


def test_an_item_with_a_gap_is_asked_for_by_its_place():
    found = assess(
        case(capital=[{"kind": "bank_account", "value": "100.00"}, {"kind": "benefit_arrears", "value": "20000.00"}])
    )
    assert [each.field for each in found.still_to_ask] == ["capital[1].received"]


def test_an_estimate_says_each_thing_it_assumed_and_a_decision_assumes_none():
    told = {"setting": "own_home", "weekly_cost": "300.00"}
    person = {"born": "1945-01-01", "tells_finances": True}
    income = [{"kind": "state_pension", "amount": "300.00", "every": "week"}]
    decision = assess(case(person=person, care=told, income=income))
    assert not decision.is_certain and decision.assumptions == ()
    estimate = assess(case(person=person, care=told, income=income), estimate=True)
    assert estimate.is_certain
    assert "There is no partner." in estimate.assumptions
    assert "Nothing is paid for the home." in estimate.assumptions


def test_a_derived_figure_puts_a_remark_on_the_result_and_only_on_results_that_used_it():
    older = {**CARE_HOME["person"], "born": "1940-01-01"}
    assert any("savings credit disregard single" in remark for remark in assess(case(person=older)).remarks)
    assert not any("worked out, not read" in remark for remark in assess(case()).remarks)


def test_no_day_no_council_and_a_day_without_figures_are_refused_with_what_to_do():
    with pytest.raises(Refusal) as refused:
        assess(read_case(tree_of({"person": {"partner": "none"}})))
    assert [problem.field for problem in refused.value.problems] == ["council", "on"]
    with pytest.raises(Refusal, match="Figures are known"):
        assess(case(on="2028-05-04"))
    with pytest.raises(Refusal, match="Did you mean cambridgeshire"):
        assess(case(council="cambrigeshire"))


def test_the_statement_holds_the_lines_the_answer_turned_on_and_their_law():
    lines = {line.rule: line for _, chapter in statement(assess(case())) for line in chapter}
    assert lines["counted_value[0]"].label == "Bank or building society account"
    assert lines["weekly_charge"].amount == 216_50
    assert all(line.law for line in lines.values())
    assert "weekly_housing_cost" not in lines


def test_what_would_change_the_answer_is_read_from_the_law_itself():
    found = {change.says: change.weekly_charge for change in changes(assess(case()))}
    assert found["Savings going above £16,000.00"] == 217_50
    assert found["Savings going above £23,250.00"] == 900_00
    assert found["£1 a week more income"] == 217_50


def test_the_end_of_the_twelve_weeks_is_told_before_it_comes():
    care = {**CARE_HOME["care"], "moved_in": "2026-04-01"}
    home = {"kind": "home", "value": "300000.00", "occupied_by": "none"}
    found = {change.says: change.weekly_charge for change in changes(assess(case(care=care, capital=[home])))}
    assert found["The twelve weeks ending on 24 June 2026, when the home counts"] == 900_00


def test_a_self_funder_is_told_the_week_savings_reach_the_limit():
    """A published example: £60,000, a £1,300 fee and £260 of income are 35.3 weeks, so savings reach it in week 36."""
    care = {**CARE_HOME["care"], "usual_rate": "1300.00"}
    income = [{"kind": "other", "amount": "260.00", "every": "week"}]
    found = assess(case(care=care, capital=[{"kind": "bank_account", "value": "60000.00"}], income=income))
    assert headline(found)[-1] == (
        "At this rate savings fall to £23,250.00 in week 36, by 11 January 2027. "
        "Tell the council in week 31, by 7 December 2026."
    )


def test_the_doctor_finds_what_is_unlikely_and_says_what_to_do():
    odd = case(
        income=[
            {"kind": "attendance_allowance_higher", "amount": "110.40", "every": "week"},
            {"kind": "occupational_pension", "amount": "1200.00", "every": "week"},
        ],
        care={**CARE_HOME["care"], "fee": "850.00"},
    )
    found = {finding.field: finding.says for finding in examine(assess(odd))}
    assert "the rate on the day is £114.60" in found["income[0].amount"]
    assert "£1,200.00 a week" in found["income[1].amount"]
    assert "less than the usual rate" in found["care.fee"]


def test_the_doctor_says_nothing_of_the_readings_while_they_agree():
    assert not any("do not agree" in finding.says for finding in examine(assess(case())))
