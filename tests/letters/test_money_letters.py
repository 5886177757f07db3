"""Letters about money owed and paid: what an invoice, its mirror, a budget, an agreement and a notice must show."""

import re
from copy import deepcopy
from typing import Any

import pytest

from farthing.letters import Form, letters
from tests.letters.reading_back import elements, pages, printed, words

LETTERS_ABOUT_MONEY = ["invoice", "credit_note", "personal_budget", "direct_payment_agreement", "cost_notice"]
AMOUNT = re.compile(r"(-?)£([0-9,]+)\.([0-9]{2})")


def example(name: str) -> dict[str, Any]:
    return deepcopy(dict(letters()[name].example))


def pence(text: str) -> int:
    """The one amount of money in a text."""
    ((sign, pounds, rest),) = AMOUNT.findall(text)
    return int(f"{sign}{pounds.replace(',', '')}{rest}")


def lines_add_up(paper: dict[str, Any], own_lines: int) -> bool:
    """Whether the weeks and adjustments come to the lines of the balance they belong to, and those to the total."""
    charged = sum(pence(line["charged"]) for line in paper["weeks"])
    adjusted = sum(pence(line["amount"]) for line in paper["adjustments"])
    balance = [pence(line["amount"]) for line in paper["balance"]]
    return sum(balance) == pence(paper["total"]) and charged + adjusted == sum(balance[:own_lines])


def test_the_figures_of_the_example_invoice_add_up():
    paper = example("invoice")
    assert lines_add_up(paper, own_lines=2)
    assert pence(paper["slip"]["amount"]) == pence(paper["total"])
    for week in paper["weeks"]:
        assert sum(pence(service["cost"]) for service in week["services"]) == pence(week["cost"])


def test_the_figures_of_the_example_credit_note_add_up_to_what_is_taken_back():
    paper = example("credit_note")
    taken_back = sum(pence(line["charged"]) for line in paper["weeks"])
    assert taken_back + sum(pence(line["amount"]) for line in paper["adjustments"]) == pence(paper["credited"])
    assert [pence(line["amount"]) for line in paper["balance"]][:2] == [
        -pence(paper["credited"]),
        pence(paper["credited"]),
    ]
    assert sum(pence(line["amount"]) for line in paper["balance"]) == pence(paper["total"])


@pytest.mark.parametrize("form", Form)
def test_the_payment_slip_stands_at_the_foot_of_the_last_page_and_nowhere_else(form):
    found = pages(printed("invoice", form))
    assert [number for number, page in enumerate(found, 1) if "Payment slip" in page] == [len(found)]
    assert "9826 5100 0000 0004 178" in found[-1]


@pytest.mark.parametrize("form", Form)
def test_where_nothing_is_to_be_paid_there_is_no_slip(form):
    assert "Payment slip" not in words(printed("invoice", form, slip=None))


def test_a_slip_without_a_barcode_still_has_the_payment_number():
    slip = {**example("invoice")["slip"], "barcode": None, "code_line": "00000000< 000000 X"}
    pdf = printed("invoice", slip=slip)
    assert "Figure" not in [kind for kind, _ in elements(pdf)]
    assert "9826 5100 0000 0004 178" in words(pdf)
    assert "00000000< 000000 X" in words(pdf)


@pytest.mark.parametrize("form", Form)
def test_an_invoice_says_all_six_ways_to_pay(form):
    said = words(printed("invoice", form))
    ways = [way["name"] for way in example("invoice")["ways_to_pay"]]
    assert len(ways) == 6
    assert [way for way in ways if way not in said] == []


@pytest.mark.parametrize("form", Form)
def test_an_invoice_of_a_year_of_weeks_is_printed_whole(form):
    weeks = example("invoice")["weeks"]
    many = [{**weeks[number % 4], "name": f"Week number {number}"} for number in range(52)]
    said = words(printed("invoice", form, weeks=many))
    assert [number for number in range(52) if f"Week number {number} " not in said] == []


@pytest.mark.parametrize("form", Form)
def test_a_week_with_much_to_explain_goes_on_overleaf_and_loses_nothing(form):
    week = {**example("invoice")["weeks"][0], "why": [f"Reason {number}, in a sentence." for number in range(80)]}
    said = words(printed("invoice", form, weeks=[week]))
    assert [number for number in range(80) if f"Reason {number}, in" not in said] == []


def test_an_invoice_after_a_death_goes_to_the_personal_representatives():
    to = {**example("invoice")["to"], "estate": True}
    assert "We are sorry for the loss of Mrs Olive Invented." in words(printed("invoice", to=to))


@pytest.mark.parametrize("form", Form)
def test_an_agreement_shows_the_budget_the_contribution_and_what_is_left_to_pay(form):
    said = words(printed("direct_payment_agreement", form))
    shown = re.search(r"for this care £48\.00.+?contribution.+?£28\.00.+?council pays into the account £20\.00", said)
    assert shown is not None


@pytest.mark.parametrize("form", Form)
def test_an_agreement_has_room_for_each_to_sign(form):
    said = words(printed("direct_payment_agreement", form))
    assert said.count("Signature ") == len(example("direct_payment_agreement")["signatures"])


def test_the_parts_of_the_example_budget_add_up():
    paper = example("personal_budget")
    for whole, part in [("total", "amount"), ("pays", "pays"), ("council_pays", "council_pays")]:
        assert sum(pence(each[part]) for each in paper["parts"]) == pence(paper[whole])
    assert sum(pence(service["cost"]) for service in paper["services"]) == pence(paper["total"])
    assert pence(paper["pays"]) + pence(paper["council_pays"]) == pence(paper["total"])


@pytest.mark.parametrize("name", LETTERS_ABOUT_MONEY)
def test_every_letter_about_money_names_the_version_of_the_rules_and_how_to_challenge_it(name):
    said = words(printed(name))
    assert example(name)["law_edition"] in said
    assert "If you think this is wrong" in said
    assert "Ombudsman" in said
