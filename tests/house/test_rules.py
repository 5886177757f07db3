"""Everything declared in the law says what it is in plain words, where the law says so, and in which unit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from farthing.base.days import day
from farthing.engine.asking import Unknown
from farthing.engine.facts import Fact, ItemList
from farthing.engine.figures import Figure
from farthing.engine.kinds import Choices, Kinds
from farthing.engine.rules import Rule, rule
from farthing.engine.slots import Slot
from farthing.engine.units import faults
from farthing.engine.verbs import choose, look_up, total
from farthing.law import law
from farthing.law.top_up.rules import AGREEMENT_TERMS
from tests.readings.invented_country import (
    ANIMAL,
    FIGURES,
    IS_DRAGON,
    PURSE,
    animals,
    born,
    law_of,
    lowmere,
    purses,
    wages,
)

LONGEST = 30
"""Words in a sentence that a person can be sent."""

UNITS = {"£", "£ a week", "£ a year", "yes/no", "date", "days", "weeks", "number", "percent", "times a year",
         "hundredths of a percent"}  # fmt: skip
RULES = list(law().rules.values())
SLOTS = list(law().slots.values())
LISTS = list(law().lists.values())
FACTS = [*law().facts.values(), *(fact for held in LISTS for fact in held.facts.values())]
TABLES = list({id(fact.unit): fact.unit for fact in FACTS if isinstance(fact.unit, Kinds)}.values())
KINDS = [(table, name) for table in (*TABLES, AGREEMENT_TERMS) for name in table.names]


def called(declared: Any) -> str:
    """What a test calls a thing that is declared."""
    if isinstance(declared, Fact):
        return f"{declared.section}.{declared.name}"
    if isinstance(declared, tuple):
        return f"{declared[0].name}.{declared[1]}"
    return str(declared.name)


def what_is_wrong_with(sentence: str, longest: int = LONGEST) -> list[str]:
    """Why a sentence could not be sent to a person. Only the first counts; others may explain it."""
    first = sentence.partition(". ")[0].rstrip(".")
    wrong = []
    if not sentence or not (sentence[0].isupper() or sentence[0] in "£0123456789"):
        wrong.append("does not begin with a capital letter")
    if not sentence.endswith("."):
        wrong.append("does not end with a full stop")
    if len(first.split()) > longest:
        wrong.append(f"has more than {longest} words")
    if "_" in sentence or "``" in sentence:
        wrong.append("speaks of a name in the code")
    return wrong


# What is declared


@pytest.mark.parametrize("each", RULES, ids=called)
def test_every_rule_says_what_the_law_says_in_a_sentence_a_person_could_be_sent(each: Rule) -> None:
    assert what_is_wrong_with(each.says) == []
    assert not each.remark or what_is_wrong_with(each.remark) == []


@pytest.mark.parametrize("each", RULES, ids=called)
def test_every_rule_is_cited_dated_and_in_a_unit(each: Rule) -> None:
    assert each.law and all(citation.law.strip() for citation in each.law)
    assert each.since >= day("2015-04-01"), "charging under the Care Act started on 1 April 2015"
    assert isinstance(each.unit, Choices) or each.unit in UNITS


@pytest.mark.parametrize("each", [each for each in RULES if each.remark], ids=called)
def test_only_a_yes_or_no_has_a_remark(each: Rule) -> None:
    assert each.unit == "yes/no"


@pytest.mark.parametrize("each", FACTS, ids=called)
def test_every_fact_is_asked_for_in_a_question(each: Fact) -> None:
    assert each.question.endswith("?") and each.question[0].isupper() and "_" not in each.question
    assert isinstance(each.unit, Choices) or each.unit in UNITS


@pytest.mark.parametrize("each", FACTS, ids=called)
def test_what_leaving_a_fact_out_means_is_said_in_words(each: Fact) -> None:
    assert (each.left_out is None) == (each.meaning == "")
    assert (each.presumed is None and each.presumed_as is None) == (each.presuming == "")
    for sentence in (each.meaning, each.presuming):
        assert not sentence or what_is_wrong_with(sentence) == []


@pytest.mark.parametrize("each", LISTS, ids=called)
def test_every_list_is_asked_for_in_a_question(each: ItemList) -> None:
    assert each.question.endswith("?") and each.says


@pytest.mark.parametrize("each", law().figures.values(), ids=called)
def test_every_figure_says_what_it_is_and_where_the_law_is(each: Figure) -> None:
    assert what_is_wrong_with(each.says, longest=LONGEST + 5) == []
    assert each.law.law and each.unit in UNITS


@pytest.mark.parametrize("each", SLOTS, ids=called)
def test_every_slot_says_what_is_open_and_what_leaves_it_open(each: Slot) -> None:
    assert what_is_wrong_with(each.says) == []
    assert each.law.law
    assert isinstance(each.unit, Choices) or each.unit in UNITS


@pytest.mark.parametrize("each", KINDS, ids=called)
def test_every_kind_says_what_it_is_and_where_the_law_is(each: tuple[Kinds, str]) -> None:
    table, name = each
    assert table.says(name)[0].isupper() or table.name == "every"
    assert table.law(name).law.strip()


def test_every_rule_is_used_by_another_or_is_an_answer() -> None:
    from farthing.law import ALSO, ANSWERS, remarks

    used = {need for each in RULES for need in each.needs}
    told_elsewhere = {"charge_for_weeks", "deferred_payment_must_be_offered"}
    assert {each.name for each in RULES} - used - {*ANSWERS, *ALSO, *remarks()} <= told_elsewhere


def test_every_fact_figure_and_slot_is_needed_by_some_rule() -> None:
    needed = {key for name in law().rules for key in law().step(name).keys}
    assert [name for name in law().facts if name not in needed] == []
    assert [name for name in law().slots if name not in needed and not name.startswith("deferred_payment_")] == []


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("", 2), ("the value.", 1), ("The value", 1), ("The value of own_share.", 1), ("So " * 30 + "on.", 1),
        ("£1 a week for every £250, or part of £250.", 0), ("Short. " + "And then a longer word " * 9 + "on.", 0),
    ],
)  # fmt: skip
def test_the_check_tells_a_sentence_from_what_is_not(sentence: str, wrong: int) -> None:
    assert len(what_is_wrong_with(sentence)) == wrong


# Units


def test_the_units_of_every_rule_go_together() -> None:
    assert faults(law()) == []


def bare_number(holds):
    """A number from nowhere."""
    return holds - 50_00


def bare_limit(holds):
    """A limit from nowhere."""
    return choose(holds > 100_00, holds, 0)


def another_tables_kind(kind):
    """A hen among the purses."""
    return kind == ANIMAL.hen


def another_tables_column(kind):
    """A purse looked up among the animals."""
    return look_up(kind, IS_DRAGON)


def yes_as_a_number(holds, kind):
    """A yes counted as money."""
    return holds + (kind == PURSE.magic)


def days_with_money(born, on, holds):
    """Days with money."""
    return choose(on - born > 0, on - born, holds)


def money_as_a_condition(holds):
    """Money taken for a yes."""
    return choose(holds, holds, 0)


def pounds_a_week(holds):
    """What is held, said to be by the week."""
    return holds


WRONG: list[tuple[Callable[..., Any], str, str | None]] = [
    (bare_number, "£", "purses"),
    (bare_limit, "£", "purses"),
    (another_tables_kind, "yes/no", "purses"),
    (another_tables_column, "yes/no", "purses"),
    (yes_as_a_number, "£", "purses"),
    (days_with_money, "£", "purses"),
    (money_as_a_condition, "£", "purses"),
    (pounds_a_week, "£ a week", "purses"),
]


@pytest.mark.parametrize(("function", "unit", "each"), WRONG, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_whose_units_do_not_go_together_is_found(
    function: Callable[..., Any], unit: str, each: str | None
) -> None:
    wrong = rule(law="Levy Act 1", unit=unit, each=each)(function)
    (found,) = faults(law_of(born, purses, wages, animals, wrong, figures=FIGURES))
    assert f" {function.__name__}" in found and "test_rules" in found


def test_pounds_added_to_pounds_a_week_are_found() -> None:
    (found,) = faults(lowmere(rule(law="Levy Act 1", unit="£ a week")(wages_and_savings)))
    assert found.endswith("wages_and_savings: £ a week and £ are added")


def wages_and_savings(wage, savings):
    """Wages with savings."""
    return total(wage) + savings


# What Python may not decide


def decides(holds, upper_limit):
    """A rule that lets Python decide."""
    if holds > upper_limit:
        return holds
    return 0


def joins(holds, upper_limit):
    """A rule that joins with Python's word."""
    return holds > upper_limit or holds < upper_limit


@pytest.mark.parametrize("function", [decides, joins])
def test_a_rule_in_which_python_decides_fails_by_itself(function: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match="decide"):
        function(Unknown(frozenset(["holds"]), 0, 9), 5)
    with pytest.raises(ValueError, match="ambiguous"):
        function(np.array([1, 9]), 5)
    asked = rule(law="Levy Act 1", unit="£", each="purses")(function)
    (found,) = faults(law_of(purses, asked, figures=FIGURES))
    assert "asks Python to decide" in found
