"""Anybody may work out a charge and look up the law; what is answered is what the command line answers."""

import json

import pytest

from farthing.case.answer import as_data, asking_as_data
from farthing.case.assessment import assess
from farthing.case.looked_up import figure_data, figure_named, figures_on, rule_data
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.councils import councils
from farthing.law import law
from farthing.service.api import examples
from tests.service.api.conftest import Call, refused

DAY = "2026-05-04"


def read_back(data):
    return json.loads(json.dumps(data))


def test_a_case_is_assessed_as_the_command_line_assesses_it(call: Call):
    response = call("post", "/assess", examples.CASE)
    assert response.status_code == 200
    assert response.json() == read_back(as_data(assess(read_case(tree_of(examples.CASE)))))


def test_what_was_not_told_is_assumed_for_an_estimate_only(call: Call):
    bare = {"council": "england", "on": DAY, "person": {"born": "1941-03-02"}, "care": {"setting": "own_home"}}
    as_told, estimated = (call("post", f"/assess{ask}", bare).json() for ask in ("", "?estimate=true"))
    assert estimated["estimate"] is True and as_told["estimate"] is False
    assert set(estimated["assumptions"]) > set(as_told["assumptions"])


def test_no_penny_is_lost_where_an_amount_is_sent_as_a_number(call: Call):
    written = json.dumps(examples.CASE).replace('"6400.00"', "99999999999.99").encode()
    assert call("post", "/assess", written).json()["assessable_capital"] == "99999999999.99"


def test_what_is_still_to_ask_is_asked_as_the_command_line_asks_it(call: Call):
    bare = {"council": "england", "on": DAY}
    response = call("post", "/ask", bare)
    assert response.status_code == 200
    assert response.json() == read_back(asking_as_data(assess(read_case(tree_of(bare)))))
    assert response.json()["questions"][0]["field"]


def test_the_figures_of_a_day_and_every_value_of_one(call: Call):
    assert call("get", f"/rates?on={DAY}").json() == read_back(figures_on(read_case(tree_of(examples.CASE)).on))
    assert call("get", "/rates/upper_capital_limit").json() == read_back(
        figure_data(figure_named("upper_capital_limit"))
    )
    assert call("get", "/rates").json()["figures"]


def test_rules_are_found_by_name_and_by_provision(call: Call):
    everything = call("get", "/rules").json()["rules"]
    assert [each["rule"] for each in everything] == list(law().rules)
    assert call("get", "/rules/tariff_income").json() == read_back(rule_data(law().rules["tariff_income"]))
    assert {each["rule"] for each in call("get", "/rules?search=reg+25").json()["rules"]} >= {"tariff_income"}


def test_every_council_is_listed_and_shown_with_its_choices(call: Call):
    listed = call("get", "/councils").json()["councils"]
    assert [each["council"] for each in listed] == list(councils())
    for each in listed:
        shown = call("get", f"/councils/{each['council']}?on={DAY}").json()
        assert set(shown["slots"]) == set(law().slots) and shown["name"] == each["name"]


@pytest.mark.parametrize("address", ["/rates/no_such_rate", "/rules/tarif_income", "/councils/cambridgshire"])
def test_what_does_not_exist_is_not_found_and_the_nearest_is_named(call: Call, address: str):
    (problem,) = refused(call("get", address), 404)
    assert problem["problem"] and problem["what_to_do"]


def test_a_rule_that_nothing_cites_is_refused_with_the_nearest(call: Call):
    (problem,) = refused(call("get", "/rules?search=tarif_income"), 422)
    assert "tariff_income" in problem["what_to_do"]


def test_everything_that_is_wrong_with_a_case_is_said_at_once(call: Call):
    wrong = {**examples.CASE, "capital": [{"kind": "bank_acount", "value": "£6,400"}], "incomes": []}
    problems = refused(call("post", "/assess", wrong), 422)
    assert {each["field"] for each in problems} == {"capital[0].kind", "capital[0].value", "incomes"}


def test_nothing_that_is_sent_to_be_worked_out_is_kept(call: Call, django_assert_num_queries):
    call("post", "/assess", examples.CASE)
    with django_assert_num_queries(4) as queries:
        call("post", "/assess", examples.CASE)
    written = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert all("access_callsinaminute" in each for each in written)
