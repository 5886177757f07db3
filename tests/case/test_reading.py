"""A case as written becomes what was told: by the declarations of the law's facts, and by a few conventions."""

import json
import re

import pytest
import yaml

from farthing.base.days import day
from farthing.case.reading import Case, read_case, read_case_file
from farthing.case.tree import read_tree, tree_of
from farthing.engine.constants import FUTURE, PAST
from farthing.law import law
from farthing.law.capital.facts import CAPITAL
from farthing.law.charge.facts import NURSING, SERVICE
from farthing.law.home.facts import OCCUPIER
from farthing.law.income.facts import EVERY, INCOME
from farthing.law.person.facts import PARTNER, SAID, SETTING

# The case file as the guide prints it.
EXAMPLE = """\
council: cambridgeshire        # a folder of councils/; "england" is the statutory scheme with no local choice made
on: 2026-05-04                 # the day assessed for; decides which figures apply
person:
  born: 1941-03-02
  partner: none                # none | lives_together | lives_apart | in_care_too
  responsible_for_children: 0
  pension_age_reached: true    # worked out from born where left out
  pension_age_before_april_2016: false  # Savings Credit; certain from born before 6 April 1951 or from 6 April 1953
  premiums: []                 # disability, enhanced_disability, carer
  tells_finances: true         # false: has chosen not to be assessed
  vcjd: false                  # free care: variant CJD
care:
  setting: own_home            # own_home | supported_living | shared_lives | care_home | care_home_temporary | ...
  moved_in: null               # care homes: the day
  weekly_cost: "287.50"        # or services:
  services:
    - {kind: home_care, weekly_cost: "239.10"}
    - {kind: reablement, weekly_cost: "90.00", started: 2026-04-20}
  nursing: none                # none | standard | higher    (NHS-funded nursing care)
  usual_rate: "1000.00"        # care homes: the personal budget for the place
  fee: "1300.00"               # care homes: what the home charges
capital:
  - {kind: bank_account, value: "6400.00", owned_percent: 50}
  - {kind: home, value: "250000.00", secured_debt: "12000.00", occupied_by: none}
income:
  - {kind: state_pension, amount: "184.90", every: week}
  - {kind: occupational_pension, amount: "310.00", every: month, half_paid_to_spouse: false}
  - {kind: attendance_allowance_higher, amount: "114.60", every: week}
housing_costs:
  - {kind: council_tax, amount: "1460.00", every: year}
disability_related_expenditure:
  - {kind: community_alarm, amount: "4.50", every: week}
"""


def read(text: str) -> Case:
    return read_case(read_tree(text, name="case.yaml"))


def told(text: str) -> dict:
    return read(text).told


# The example


def test_the_example_of_the_guide_is_read_as_it_is_printed():
    case = read(EXAMPLE)
    assert (case.council, case.on) == ("cambridgeshire", day("2026-05-04"))
    expected = {
        "born": day("1941-03-02"), "partner": PARTNER.none, "responsible_for_children": 0,
        "pension_age_reached": SAID.true, "pension_age_before_april_2016": False, "gets_disability_premium": False,
        "gets_enhanced_disability_premium": False, "gets_carer_premium": False, "tells_finances": True, "vcjd": False,
        "setting": SETTING.own_home, "moved_in": FUTURE, "weekly_cost": 0, "nursing": NURSING.none,
        "usual_rate": 1000_00, "fee": 1300_00, "services.kind": (SERVICE.home_care, SERVICE.reablement),
        "services.weekly_cost": (239_10, 90_00), "weeks.cost": (),
        "capital.kind": (CAPITAL.bank_account, CAPITAL.home), "capital.value": (6400_00, 250_000_00),
        "capital.owned_percent": (50, 100), "capital.secured_debt": (0, 12_000_00), "capital.owners": (1, 1),
        "income.kind": (INCOME.state_pension, INCOME.occupational_pension, INCOME.attendance_allowance_higher),
        "income.amount": (184_90, 310_00, 114_60), "income.every": (EVERY.week, EVERY.month, EVERY.week),
        "housing_costs.amount": (1460_00,), "disability_related_expenditure.amount": (4_50,),
    }  # fmt: skip
    assert {name: case.told[name] for name in expected} == expected
    assert case.told["services.started"][1] == day("2026-04-20")
    assert case.told["capital.occupied_by"][1] == OCCUPIER.none


def test_the_example_reads_the_same_as_json_as_parsed_values_and_from_a_file(tmp_path):
    values = yaml.load(EXAMPLE, Loader=yaml.BaseLoader)
    values["care"]["moved_in"] = None
    (tmp_path / "case.json").write_text(json.dumps(values, indent=1), encoding="utf-8")
    whole = read(EXAMPLE)
    assert read(json.dumps(values)) == whole
    assert read_case(tree_of(values)) == whole
    assert read_case_file(tmp_path / "case.json") == whole


def test_every_list_told_has_one_value_an_item_for_every_fact_declared():
    case = read(EXAMPLE)
    for held in law().lists.values():
        lengths = {len(case.told[f"{held.name}.{name}"]) for name in held.facts}
        assert len(lengths) == 1
    assert all(name in law().facts or re.fullmatch(r"[a-z_]+\.[a-z_]+", name) for name in case.told)


def test_choices_and_dates_are_whole_numbers_and_answers_are_yes_or_no():
    for value in read(EXAMPLE).told.values():
        for each in value if isinstance(value, tuple) else (value,):
            assert type(each) in (int, bool)


# What is not said


def test_a_case_that_says_almost_nothing_tells_only_what_leaving_out_means():
    case = read("council: england")
    filled = {name for name, fact in law().facts.items() if fact.left_out is not None}
    assert set(case.left_out) == filled
    assert set(case.told) == filled | {"weeks.cost"}
    assert (case.told["days_charged"], case.told["vcjd"], case.told["earlier_stay_ended"]) == (7, False, PAST)
    assert (case.council, case.on, case.remarks) == ("england", None, ())


def test_what_is_given_is_not_among_what_was_left_out():
    assert "vcjd" not in read("person: {vcjd: false}").left_out


@pytest.mark.parametrize("text", ["person:", "care: null", "capital:", "income: ~", "on:", "person: {premiums: }"])
def test_an_empty_section_list_or_day_is_not_told(text):
    assert read(text) == Case(None, None, *_of("council: england"))


def _of(text: str) -> tuple:
    case = read(text)
    return case.told, case.left_out, case.remarks


def test_a_list_not_told_has_no_keys_and_an_empty_list_has_empty_ones():
    assert not any(key.startswith("capital.") for key in told("income: []"))
    assert {told("capital: []")[f"capital.{name}"] for name in law().lists["capital"].facts} == {()}


def test_an_explicit_nothing_is_not_told_and_no_convention_fills_it():
    case = read("person: {vcjd: null, partner: null}\ncapital: [{kind: cash, value: null, secured_debt: ~}]")
    assert "vcjd" not in case.told and "partner" not in case.told and "vcjd" not in case.left_out
    assert (case.told["capital.value"], case.told["capital.secured_debt"]) == ((None,), (None,))


def test_an_explicit_nothing_means_what_its_declaration_says_it_means():
    assert told("care: {setting: care_home, moved_in: null}")["moved_in"] == FUTURE
    assert "moved_in" not in told("care: {setting: care_home}")


def test_a_fact_of_an_item_left_out_is_filled_only_where_leaving_it_out_means_something():
    found = told("capital: [{kind: cash}]")
    assert (found["capital.value"], found["capital.owned_percent"]) == ((None,), (100,))


def test_a_fact_that_matters_to_one_kind_only_is_asked_for_that_kind_and_settled_for_others():
    found = told("capital: [{kind: benefit_arrears}, {kind: cash}, {kind: business_asset}]")
    assert found["capital.received"][0] is None and isinstance(found["capital.received"][1], int)
    assert found["capital.engaged_in_business"] == (False, False, None)
    assert found["capital.occupied_by"] == (0, 0, 0)
    services = told("care: {services: [{kind: minor_adaptation}, {kind: home_care}, {kind: reablement}]}")
    assert services["services.cost"] == (None, 0, 0)
    assert services["services.started"][2] is None and isinstance(services["services.started"][0], int)


def test_telling_of_money_says_that_the_person_tells_of_their_finances():
    assert told("capital: []")["tells_finances"] is True
    assert told("income: [{kind: earnings, amount: 5, every: week}]")["tells_finances"] is True
    assert told("person: {tells_finances: no}\nincome: []")["tells_finances"] is False
    assert "tells_finances" not in told("housing_costs: []")


# Premiums


def test_a_list_of_premiums_settles_all_three():
    found = told("person: {premiums: [carer, disability]}")
    names = ("gets_disability_premium", "gets_enhanced_disability_premium", "gets_carer_premium")
    assert [found[name] for name in names] == [True, False, True]
    assert [told("person: {premiums: []}")[name] for name in names] == [False] * 3


def test_a_premium_may_be_told_by_the_name_of_its_fact():
    found = told("person: {gets_carer_premium: yes, premiums: null}")
    assert found["gets_carer_premium"] is True
    assert "gets_disability_premium" not in found


# Care


def test_services_listed_stand_before_a_weekly_cost_and_a_remark_says_so():
    case = read("care: {setting: own_home, weekly_cost: 5, services: [{kind: telecare, weekly_cost: 4}]}")
    assert (case.told["weekly_cost"], case.told["services.weekly_cost"]) == (0, (400,))
    assert case.remarks == ("The services listed one by one were used for the cost of care instead of weekly_cost.",)


def test_a_weekly_cost_alone_means_that_no_services_are_listed():
    case = read("care: {setting: own_home, weekly_cost: 5}")
    assert (case.told["weekly_cost"], case.told["services.kind"], case.remarks) == (500, (), ())


def test_services_alone_mean_that_there_is_no_other_weekly_cost():
    assert told("care: {setting: own_home, services: [{kind: telecare}]}")["weekly_cost"] == 0
    assert told("care: {setting: own_home, services: []}")["weekly_cost"] == 0


def test_an_empty_list_of_services_does_not_take_away_a_weekly_cost():
    case = read("care: {setting: own_home, weekly_cost: 5, services: []}")
    assert (case.told["weekly_cost"], case.remarks) == (500, ())


def test_neither_services_nor_a_weekly_cost_told_at_home_is_asked_for():
    found = told("care: {setting: own_home}")
    assert "weekly_cost" not in found and "services.kind" not in found


@pytest.mark.parametrize("setting", ["care_home", "care_home_temporary", "care_home_short_stay"])
def test_in_a_care_home_a_weekly_cost_is_the_price_of_the_place(setting):
    found = told(f"care: {{setting: {setting}, weekly_cost: 900}}")
    assert (found["usual_rate"], found["fee"], found["weekly_cost"]) == (900_00, 900_00, 900_00)
    assert found["services.kind"] == ()


def test_in_a_care_home_nothing_told_of_cost_leaves_only_the_price_of_the_place_to_ask():
    found = told("care: {setting: care_home}")
    assert (found["weekly_cost"], found["services.kind"]) == (0, ())
    assert "usual_rate" not in found and "fee" not in found


def test_in_a_care_home_the_usual_rate_stands_before_a_weekly_cost():
    case = read("care: {setting: care_home, usual_rate: 1000, fee: 1200, weekly_cost: 900}")
    assert (case.told["usual_rate"], case.told["fee"]) == (1000_00, 1200_00)
    assert case.remarks == ("The place in the care home is priced by usual_rate; weekly_cost was not used.",)


def test_in_a_care_home_services_beside_the_place_leave_its_price_as_it_is():
    case = read("care: {setting: care_home, weekly_cost: 900, services: [{kind: transport, weekly_cost: 20}]}")
    assert (case.told["usual_rate"], case.told["weekly_cost"], case.remarks) == (900_00, 0, ())


def test_outside_a_care_home_what_matters_only_in_one_is_left_untold():
    found = told("care: {setting: own_home, weekly_cost: 5}")
    assert not {"usual_rate", "fee", "moved_in", "nursing"} & found.keys()


def test_the_fee_is_the_usual_rate_where_no_other_is_told():
    assert told("care: {setting: care_home, usual_rate: 1000}")["fee"] == 1000_00
    assert "fee" not in told("care: {setting: care_home, usual_rate: 1000, fee: null}")


def test_the_weeks_charged_for_stand_in_care():
    found = told("care: {weeks: [{cost: 100}, {cost: 0}]}")
    assert found["weeks.cost"] == (100_00, 0)


# The day


def test_a_day_passed_in_stands_before_the_day_of_the_case():
    node = read_tree("on: 2020-01-01\nperson: {born: 2005-06-01}", name="case")
    assert read_case(node, on=day("2026-05-04")).on == day("2026-05-04")


def test_a_person_is_assessed_from_their_eighteenth_birthday():
    assert told("on: 2026-05-04\nperson: {born: 2008-05-04}")["born"] == day("2008-05-04")
