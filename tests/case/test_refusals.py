"""Each thing wrong in a case is refused by its field, with what is wrong, on which line, and what to write instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.refusal import Problem, Refusal
from farthing.case.reading import problems_on, read_case
from farthing.case.tree import read_tree, tree_of
from farthing.law import law
from tests.effort import grows_evenly


def problems(text: str) -> list[Problem]:
    with pytest.raises(Refusal) as refusal:
        read_case(read_tree(text, name="case.yaml"))
    return list(refusal.value.problems)


def the_problem(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


IN_WORDS = [
    # text, field, problem, what to do
    ("persn: {}", "persn", "is not a field here (line 1)", "Did you mean 'person'?"),
    ("a: 1\nincome: []", "a", "is not a field here (line 1)", "give one of: council, on, person, care"),
    ("born: 1941-03-02", "born", "is not a field here (line 1)", "Write it under 'person'"),
    ("person: {capital: []}", "person.capital", "is not a field here (line 1)", "Write it at the top"),
    ("person:\n  brn: 1941-03-02", "person.brn", "is not a field here (line 2)", "Did you mean 'born'?"),
    ("person: {partners: none}", "person.partners", "is not a field here", "Did you mean 'partner'?"),
    ("capital: [{kind: cash, value: 1, ownd_percent: 50}]", "capital[0].ownd_percent", "is not a field here",
     "Did you mean 'owned_percent'?"),
    ("capital: [{kind: cash}, {kind: bank_acount}]", "capital[1].kind",
     "is not a known kind of capital: 'bank_acount' (line 1)", "Did you mean 'bank_account'?"),
    ("capital: [{kind: Bank Account}]", "capital[0].kind", "is not a known kind", "Did you mean 'bank_account'?"),
    ("income: [{kind: zzz, every: week}]", "income[0].kind", "is not a known kind of income: 'zzz'",
     "Write one of the kinds in the guide, such as 'state_pension', or 'other' where none fits"),
    ("income: [{kind: earnings, every: weekly}]", "income[0].every", "is not a choice for every: 'weekly'",
     "Did you mean 'week'? Write one of: week, two_weeks, four_weeks, month, quarter, year"),
    ("care: {setting: home}", "care.setting", "is not a choice for setting: 'home'", "Write one of: own_home, "),
    ("capital: [{value: 1}]", "capital[0].kind", "is missing (line 1)", "Add kind. Write one of the kinds"),
    ("capital: [{kind: null}]", "capital[0].kind", "is missing (line 1)", "Add kind."),
    ("income: [{kind: earnings}]", "income[0].every", "is missing (line 1)", "Add every. Write one of: week, "),
    ("capital:\n  - {kind: home, value: 1}", "capital[0].occupied_by",
     "is missing (line 2): a home needs occupied_by: who lives in the home", "Add occupied_by. Write one of: none, self"),
    ("capital: [{kind: cash, value: 1.234}]", "capital[0].value",
     "has more than two figures after the point: '1.234' (line 1)", 'in quotation marks, for example "216.50"'),
    ('capital: [{kind: cash, value: "£1,234.50"}]', "capital[0].value", "has a pound sign: '£1,234.50' (line 1)",
     'Write it without a pound sign, commas or spaces: "1234.50"'),
    ('capital: [{kind: cash, value: "1,234"}]', "capital[0].value", "has a comma", 'commas or spaces: "1234"'),
    ('capital: [{kind: cash, value: "12,34"}]', "capital[0].value", "has a comma", 'for example "216.50"'),
    ("capital: [{kind: cash, value: -5}]", "capital[0].value", "is below nought: '-5'", "Write nought or more"),
    ("capital: [{kind: cash, value: 1234567890123}]", "capital[0].value", "is too large", "pounds and pence"),
    ("capital: [{kind: cash, value: ten}]", "capital[0].value", "is not an amount of money: 'ten'", "pounds and pence"),
    ("capital: [{kind: cash, value: ''}]", "capital[0].value", "is empty", "pounds and pence"),
    ("capital: [{kind: cash, value: ٣}]", "capital[0].value", "a sign that is not a plain letter or figure: '٣'",
     "pounds and pence"),
    (f"capital: [{{kind: cash, value: {'1' * 61}}}]", "capital[0].value", "is 61 letters long", "pounds and pence"),
    ("capital: [{kind: cash, owned_percent: 101}]", "capital[0].owned_percent", "is above 100: '101'",
     "Write a whole number from 0 to 100, for example 50"),
    ("capital: [{kind: cash, owned_percent: 33.3}]", "capital[0].owned_percent", "is not a whole number: '33.3'",
     "Write a whole number from 0 to 100, for example 50"),
    ("capital: [{kind: cash, owners: 0}]", "capital[0].owners", "is below 1: '0'", "Write a whole number from 1"),
    ("capital: [{kind: cash, owners: 2, owned_percent: 50}]", "capital[0].owned_percent",
     "is given together with owners (line 1)", "Give owned_percent or owners, not both"),
    ("on: 2026-13-01", "on", "gives the month as 13: '2026-13-01' (line 1)", "for example 2026-05-04 for 4 May 2026"),
    ("on: 2026-02-30", "on", "is not a day of the calendar: '2026-02-30' (line 1)", "Write year-month-day"),
    ("on: 04/05/2026", "on", "is not a date written as year-month-day", "Write year-month-day"),
    ("person: {born: 1889-12-31}", "person.born", "is before 1 January 1890: '1889-12-31'", "Write year-month-day"),
    ("person: {vcjd: maybe}", "person.vcjd", "is not true or false: 'maybe'", "Write true or false"),
    ("person: {responsible_for_children: two}", "person.responsible_for_children", "is not a whole number: 'two'",
     "Write a whole number from 0 to 30"),
    ("council: [england]", "council", "is a list where one value belongs (line 1)", "the name of one council"),
    (f"council: {'x' * 61}", "council", "is too long (line 1)", "the name of one council"),
    ("on: [2026-05-04]", "on", "is a list where one value belongs (line 1)", "Write year-month-day"),
    ("person: {born: {day: 1}}", "person.born", "is a group of named fields where one value belongs", "Write year"),
    ("capital: [{kind: cash, value: [1]}]", "capital[0].value", "is a list where one value belongs", "pounds and pence"),
    ("capital: [{kind: [cash]}]", "capital[0].kind", "is a list where one value belongs", "Write one of the kinds"),
    ("capital: 6400.00", "capital", "is a single value where a list belongs (line 1)",
     'with a dash: {kind: bank_account, value: "216.50"}; write [] where there is nothing'),
    ("housing_costs: none", "housing_costs", "is a single value where a list belongs", "write [] where there is nothing"),
    ("income: {kind: earnings}", "income", "is a group of named fields where a list belongs (line 1)",
     '{kind: state_pension, amount: "216.50", every: week}'),
    ("care: {services: telecare}", "care.services", "is a single value where a list belongs", "{kind: home_care, "),
    ("capital: [5]", "capital[0]", "is a single value where an item with named fields belongs (line 1)",
     "Write the item as {kind: bank_account"),
    ("capital: [~]", "capital[0]", "is empty where an item with named fields belongs", "Write the item as {kind"),
    ("person: [{born: 1941-03-02}, {born: 1943-04-05}]", "person", "is a list where named fields belong (line 1)",
     "A case is one person's. Write person: and below it"),
    ("care: own_home", "care", "is a single value where named fields belong (line 1)", "Write care: and below it"),
    ("person:\n  partner: [lives_together, lives_apart]", "person.partner",
     "is a list (line 2): only one partner can be told",
     "Write one of: none, lives_together, lives_apart, in_care_too"),
    ("person: {partner: {born: 1943-04-05}}", "person.partner", "only one partner can be told", "Write one of: none, "),
    ("person: {premiums: disability}", "person.premiums", "is a single value where a list belongs (line 1)",
     "such as [disability], or [] for none"),
    ("person: {premiums: [disabilty]}", "person.premiums[0]", "is not a known premium: 'disabilty' (line 1)",
     "Did you mean 'disability'? Write one of: disability, enhanced_disability, carer"),
    ("person: {premiums: [[carer]]}", "person.premiums[0]", "is a list where the name of a premium belongs",
     "Write one of: disability"),
    ("person: {premiums: [], gets_carer_premium: yes}", "person.premiums",
     "is given together with gets_carer_premium (line 1)", "not both ways"),
    ("on: 2026-05-04\nperson: {born: 2026-05-05}", "person.born",
     "is after the day assessed for, 4 May 2026 (line 2)", "Check the date of birth"),
    ("on: 2026-05-04\nperson: {born: 2008-05-05}", "person.born",
     "younger than 18 on 4 May 2026 (line 2): the charging rules are for adults", "Check the date of birth"),
    ("person: {born: 1991-03-02}\ncare:\n  moved_in: 1991-03-01", "care.moved_in",
     "is before the person was born, 2 March 1991 (line 3)", "Check both dates"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field", "problem", "what_to_do"), IN_WORDS, ids=[each[0][:60] for each in IN_WORDS])
def test_what_is_wrong_is_refused_with_what_to_do(text, field, problem, what_to_do):
    found = the_problem(text)
    assert found.field == field
    assert problem in found.problem
    assert what_to_do in found.what_to_do


def test_everything_wrong_is_said_at_once_in_the_order_it_is_read():
    text = "counci: x\non: 2026-13-01\nperson: {born: soon}\ncare: {fee: -1}\ncapital: [{kind: home, value: £5}]"
    assert [each.field for each in problems(text)] == [
        "counci", "on", "person.born", "care.fee", "capital[0].value", "capital[0].occupied_by",
    ]  # fmt: skip


def test_a_misspelt_kind_is_one_problem_and_does_not_bring_others_with_it():
    assert the_problem("capital: [{kind: hoem, value: 1}]").what_to_do == "Did you mean 'home'?"


def test_a_problem_names_the_law_of_the_kind_where_the_kind_is_known():
    assert the_problem("capital: [{kind: home}]").law == "SI 2014/2672 reg 18; SI 2014/2672 Sch 2 paras 1 to 4"
    assert the_problem("income: [{kind: state_pension, amount: x, every: week}]").law is not None
    assert the_problem("capital: [{kind: xyz}]").law is None


def test_a_share_told_in_two_ways_names_the_law_of_shares():
    (found,) = problems("capital: [{kind: home, occupied_by: none, owners: 2, owned_percent: 40}]")
    assert found.law is not None and "reg 24" in found.law


def test_a_person_who_is_not_adult_is_refused_with_the_law():
    assert the_problem("on: 2026-05-04\nperson: {born: 2010-01-01}").law == "Care Act 2014 s2(8)"


@pytest.mark.parametrize("share", ["owners: 1, owned_percent: 50", "owners: 2, owned_percent: 100", "owners: 2"])
def test_a_share_told_in_one_way_is_not_refused(share):
    read_case(read_tree(f"capital: [{{kind: cash, {share}}}]", name="case"))


def test_a_day_passed_in_is_checked_against_the_birth_instead_of_the_day_of_the_case():
    node = read_tree("on: 2020-01-01\nperson: {born: 2005-06-01}", name="case")
    with pytest.raises(Refusal, match="younger than 18 on 1 January 2020"):
        read_case(node)
    with pytest.raises(Refusal, match="is after the day assessed for"):
        read_case(node, on=7)


def test_the_dates_of_what_was_told_can_be_checked_again_for_another_day():
    case = read_case(tree_of({"person": {"born": "2005-06-01"}}))
    assert problems_on(case.told, None) == problems_on(case.told, case.told["born"] + 7000) == []
    assert [each.field for each in problems_on(case.told, case.told["born"] + 1)] == ["person.born"]


def test_values_parsed_elsewhere_are_refused_without_a_line():
    with pytest.raises(Refusal) as refusal:
        read_case(tree_of({"capital": [{"kind": "cash", "value": -5}]}))
    assert refusal.value.problems[0].problem == "is below nought: '-5'"


# Whatever is written

NAMES = sorted({*law().facts, *(name for held in law().lists.values() for name in held.facts)})
WORDS = st.sampled_from(["person", "care", "top_up", "on", "council", "premiums", *law().lists, *NAMES])
VALUES = st.sampled_from(
    ["none", "cash", "home", "week", "true", "5", "-5", "²", "£", "2026-05-04", "9999-12-31", "0001-01-01", ""]
)
ANYTHING = st.recursive(
    VALUES | st.text(max_size=5) | st.none() | st.booleans() | st.integers(),
    lambda held: st.lists(held, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), held, max_size=5),
    max_leaves=25,
)


@given(st.dictionaries(WORDS, ANYTHING, max_size=8))
def test_whatever_is_told_is_read_or_refused(values):
    try:
        read_case(tree_of(values))
    except Refusal as refusal:
        assert refusal.problems and all(each.field and each.problem and each.what_to_do for each in refusal.problems)


@pytest.mark.parametrize(
    "text_of",
    [
        lambda size: "capital:\n" + "- {}\n" * size,
        lambda size: "capital:\n" + "- {kind: home}\n" * size,
        lambda size: "capital: [" + "a," * size + "]",
        lambda size: "income:\n" + "".join(f"- {{kind: stat_pension{number}}}\n" for number in range(size)),
        lambda size: "person: {" + ", ".join(f"borm{number}: 1" for number in range(size)) + "}",
        lambda size: "person: {premiums: [" + "disabilty," * size + "]}",
    ],
    ids=["empty items", "items of one kind", "words for items", "kinds misspelt", "facts misspelt", "words misspelt"],
)
def test_a_case_that_is_wrong_all_over_is_refused_with_work_that_grows_as_it_does(text_of):
    def read(size):
        tree = read_tree(text_of(size), name="case")

        def reading():
            with pytest.raises(Refusal):
                read_case(tree)

        return reading

    assert grows_evenly(read, 400)
    read(30_000)()
