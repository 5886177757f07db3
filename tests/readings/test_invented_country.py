"""The engine alone, on the law of an invented country: each reading against sums done by hand, and each refusal."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest

from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.engine import many
from farthing.engine.asking import SomeItems, Unknown, ask, complete, untold
from farthing.engine.explained import explain, turned_on
from farthing.engine.facts import Fact
from farthing.engine.fused import fuse
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.engine.rules import rule
from farthing.engine.units import faults
from farthing.engine.verbs import choose, total
from farthing.engine.written import one_person
from tests.readings.invented_country import FIGURES, born, figure, law_of, lowmere, savings, village, villager, wages

POOR = villager()
SAVER = villager(purses=[("leather", 61_00, 1), ("magic", 900_00, 1), ("leather", 10_01, 2)])
EARNER = villager(purses=[("leather", 50_00, 1)], wages=[25_00, 10_33])
RICH = villager(purses=[("leather", 100_01, 1)], wages=[500_00])
DRAGON_KEEPER = villager(purses=[("leather", 500_00, 1)], animals=["hen", "dragon"])
OLD = villager(purses=[("leather", 60_00, 1)], born="1940-06-01")
BY_HAND = {
    "poor": (POOR, 0),
    "saver": (SAVER, 2_00),  # 61.00 and half of 10.01, rounded down, is 66.00: two steps
    "earner": (EARNER, 2_66),  # half of 35.33 less 30.00, rounded down
    "rich": (RICH, 20_00),
    "dragon keeper": (DRAGON_KEEPER, 0),
    "old": (OLD, 1_00),
}
EVERYONE = [person for person, _ in BY_HAND.values()]


# One


@pytest.mark.parametrize(("person", "levy"), BY_HAND.values(), ids=BY_HAND)
def test_one_gives_what_the_sum_by_hand_gives(person: dict[str, Any], levy: int) -> None:
    assert read(village(), person)["weekly_levy"] == levy


def test_a_figure_is_that_of_the_day() -> None:
    assert read(village(on="2000-12-31"), SAVER)["weekly_levy"] == 2_00
    assert read(village(on="2001-01-01"), SAVER)["weekly_levy"] == 4_00


def test_a_slot_is_that_of_the_village() -> None:
    assert read(village(share_taken=100), EARNER)["weekly_levy"] == 5_33
    assert read(village(spares_the_old=True), OLD)["weekly_levy"] == 0


def test_a_rule_of_the_day_goes_by_the_day() -> None:
    turned_60 = villager(purses=[("leather", 60_00, 1)], born="1940-06-01")
    assert read(village(on="2000-05-31", spares_the_old=True), turned_60)["is_exempt"] is False
    assert read(village(on="2000-06-01", spares_the_old=True), turned_60)["is_exempt"] is True


def test_a_value_given_for_a_rule_stands_in_its_place() -> None:
    assert read(village(), {**POOR, "savings": 100_01})["weekly_levy"] == 20_00


# Explained


def test_explained_records_each_step_with_its_inputs_and_its_place_in_the_list() -> None:
    values, steps = explain(village(), SAVER)
    assert values["weekly_levy"] == 2_00
    by_key = {step.key: step for step in steps}
    assert by_key["own_part[2]"].inputs == (0, 10_01, 2)
    assert [by_key[f"own_part[{number}]"].value for number in range(3)] == [61_00, 0, 5_00]
    assert by_key["levy_on_savings"].inputs == (66_00, 50_00, 10_00, 1_00)
    assert list(by_key)[-1] == "weekly_levy"


def test_the_answer_turned_on_the_branch_taken_and_not_on_the_one_left() -> None:
    rich = turned_on(village(), RICH, ["weekly_levy"])
    assert {"flat_levy", "is_over", "own_part[0]", "purses.holds[0]"} <= rich
    assert not {"levy_on_wages", "wages.paid[0]", "kept"} & rich
    keeper = turned_on(village(), DRAGON_KEEPER, ["weekly_levy"])
    assert "animals.kind[1]" in keeper
    assert not {"savings", "flat_levy", "born"} & keeper


# Asking


def test_with_nothing_told_it_asks_for_all_that_can_matter_in_the_order_of_the_law() -> None:
    values, waiting = ask(village(spares_the_old=True), {})
    assert waiting == ["animals", "born", "has_star", "purses", "wages"]
    assert (values["weekly_levy"].least, values["weekly_levy"].most) == (0, 20_00)


def test_what_cannot_change_the_answer_is_not_asked() -> None:
    _, waiting = ask(village(spares_the_old=False), {})
    assert waiting == ["animals", "purses", "wages"]


def test_a_dragon_settles_it_before_anything_else_is_told() -> None:
    values, waiting = ask(village(spares_the_old=True), {"animals.kind": (1,)})
    assert (values["weekly_levy"], waiting) == (0, [])


def test_over_the_limit_in_one_purse_is_certain_whatever_the_others_hold() -> None:
    told = {"animals.kind": (), "purses.kind": (0, 0, None), "purses.holds": (100_01, None, None),
            "purses.owners": (1, 1, 1)}  # fmt: skip
    values, waiting = ask(village(), told)
    assert (values["weekly_levy"], waiting) == (20_00, [])
    assert values["savings"].least == 100_01


def test_a_gap_in_one_item_is_asked_for_by_its_place() -> None:
    told = {**SAVER, "purses.holds": (61_00, None, None)}
    values, waiting = ask(village(), told)
    assert waiting == ["purses[2].holds"], "what a magic purse holds is never asked"
    assert (values["savings"].least, values["levy_on_savings"].least) == (61_00, 2_00)


def test_the_range_narrows_as_more_is_told() -> None:
    told = {"animals.kind": (), "purses.kind": (0,), "purses.holds": (61_00,), "purses.owners": (1,)}
    values, waiting = ask(village(), told)
    assert (values["weekly_levy"].least, values["weekly_levy"].most, waiting) == (2_00, 20_00, ["wages"])
    values, waiting = ask(village(), {**told, "wages.paid": (40_00, None)})
    assert (values["weekly_levy"].least, values["weekly_levy"].most) == (7_00, 20_00)
    assert waiting == ["wages[1].paid"]
    values, waiting = ask(village(), {**told, "wages.paid": (400_00, None)})
    assert (values["weekly_levy"], waiting) == (20_00, [])


def test_how_many_own_a_purse_bounds_what_is_counted_of_it() -> None:
    told = {**POOR, "purses.kind": (0,), "purses.holds": (90_00,), "purses.owners": (None,)}
    values, _ = ask(village(), told)
    assert (values["savings"].least, values["savings"].most) == (10_00, 90_00)


def test_everything_left_untold_in_every_way_holds_the_true_answer() -> None:
    policy = village(spares_the_old=True)
    for person in EVERYONE:
        true = read(policy, person)
        for left in product([True, False], repeat=len(person)):
            told = {key: value for (key, value), kept in zip(person.items(), left, strict=True) if kept}
            if any(f"purses.{one}" in told for one in ("kind", "holds", "owners")):
                told = {**told, **{key: value for key, value in person.items() if key.startswith("purses.")}}
            values, waiting = ask(policy, told)
            for name in policy.plan.answers:
                assert _least(values[name]) <= true[name] <= _most(values[name])
                assert waiting or values[name] == true[name]


def _least(value: Any) -> Any:
    return value.least if isinstance(value, Unknown) else value


def _most(value: Any) -> Any:
    return value.most if isinstance(value, Unknown) else value


def test_what_is_not_told_is_as_wide_as_its_declaration() -> None:
    fact = Fact("owners", "number", "purses", question="How many?", least=1, most=9)
    assert (untold(fact, "owners").least, untold(fact, "owners").most) == (1, 9)
    assert complete(village(), {})["purses.kind"].typical.among == {0, 1}


# Many and fused


@pytest.mark.parametrize("block", [1, 2, 5, 8192])
def test_many_gives_each_of_a_crowd_what_one_gives(block: int) -> None:
    policy = village(spares_the_old=True, answers=("weekly_levy", "is_exempt", "own_part"))
    columns, starts = _columns(EVERYONE)
    found = many.read(policy, columns, starts, len(EVERYONE), block=block)
    alone = [read(policy, person) for person in EVERYONE]
    assert found["weekly_levy"].tolist() == [values["weekly_levy"] for values in alone]
    assert found["is_exempt"].tolist() == [values["is_exempt"] for values in alone]
    assert found["own_part"].tolist() == [each for values in alone for each in values["own_part"]]


def test_many_answers_a_crowd_in_which_nobody_has_anything() -> None:
    columns, starts = _columns([POOR, POOR])
    assert many.read(village(), columns, starts, 2)["weekly_levy"].tolist() == [0, 0]


def _columns(people: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    columns, starts = {}, {}
    for key in people[0]:
        list_name = key.partition(".")[0]
        if list_name == key:
            columns[key] = np.array([person[key] for person in people])
        else:
            columns[key] = np.array([each for person in people for each in person[key]], dtype=np.int64)
            starts[list_name] = np.cumsum([0, *(len(person[key]) for person in people)])
    return columns, starts


@pytest.mark.parametrize("spared", [True, False])
@pytest.mark.parametrize(("person", "levy"), BY_HAND.values(), ids=BY_HAND)
def test_fused_into_one_function_it_gives_what_one_gives(person: dict[str, Any], levy: int, spared: bool) -> None:
    policy = village(spares_the_old=spared)
    values = read(policy, person)
    assert one_person(policy)(person) == (values["weekly_levy"], values["is_exempt"])


def test_fused_asks_for_nothing_that_the_village_has_settled_does_not_matter() -> None:
    settled = village(spares_the_old=False)
    assert "fact" in {
        symbol.operation for symbol in fuse(settled.plan, settled=settled.settled, given={}).record.symbols
    }
    without = one_person(settled)
    assert without({key: value for key, value in EARNER.items() if key not in ("born", "has_star")}) == (2_66, False)


# Units


def test_the_law_of_lowmere_is_in_its_units() -> None:
    assert faults(lowmere()) == []


# What is refused when a law is put together


def test_a_name_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'born' is declared twice"):
        law_of(born, Fact("born", "date", "person", question="When?"))


@pytest.mark.parametrize("name", ["step", "savings", "on"])
def test_a_fact_may_not_take_the_name_of_a_figure_a_rule_or_the_day(name: str) -> None:
    with pytest.raises(ValueError, match=f"'{name}' is declared twice"):
        law_of(wages, savings, Fact(name, "£", "person", question="What?"), figures=FIGURES)


def test_a_need_that_nobody_declares_is_refused_with_the_nearest_there_is() -> None:
    @rule(law="Levy Act 1", unit="£")
    def doubled(saving):
        """Twice what is saved."""
        return saving + saving

    with pytest.raises(
        ValueError, match=re.escape("doubled needs 'saving', which nobody declares; did you mean 'savings'?")
    ):
        lowmere(doubled)


def test_rules_that_go_in_a_circle_are_refused_and_the_circle_is_named() -> None:
    @rule(law="Levy Act 1", unit="£")
    def hen(egg):
        """It came from an egg."""
        return egg

    @rule(law="Levy Act 1", unit="£")
    def egg(hen):
        """It came from a hen."""
        return hen

    with pytest.raises(ValueError, match="rules go in a circle: hen → egg → hen"):
        law_of(hen, egg)


def test_a_rule_that_mixes_the_items_of_two_lists_is_refused_in_every_reading() -> None:
    @rule(each="purses", law="Levy Act 1", unit="£")
    def purse_and_wage(holds, wage):
        """A purse with a wage in it."""
        return holds + wage

    assert "purse_and_wage" in " ".join(faults(lowmere(purse_and_wage)))
    policy = lowmere(purse_and_wage).plan(("purse_and_wage",))
    with pytest.raises(TypeError):
        fuse(policy, settled={}, given={})


def test_a_total_of_something_that_is_no_list_is_refused() -> None:
    @rule(law="Levy Act 1", unit="£")
    def sum_of_savings(savings):
        """The sum of a sum."""
        return total(savings)

    with pytest.raises(TypeError, match="no reading takes int"):
        read(Policy(lowmere(sum_of_savings).plan(("sum_of_savings",)), on=day("2000-06-01"), slots={}), SAVER)


def test_a_day_without_a_figure_is_refused_and_says_which_days_are_known() -> None:
    for on in ("1999-12-31", "2003-01-01"):
        with pytest.raises(Refusal) as refused:
            village(on=on)
        (problem,) = refused.value.problems
        assert problem.problem.startswith("there is no ")
        assert "Figures are known from 1 January 2000 to 31 December 2002" in problem.what_to_do


def test_a_figure_that_no_answer_rests_on_may_be_missing() -> None:
    law = law_of(wages, figures={"late": figure("late", "£", ("2002-01-01", 1))})
    assert law.plan(()).figures == ()
    assert law.figures["late"].known_on(day("2000-01-01")) is None


# What Python may not decide


@pytest.mark.parametrize("reading", [Unknown(frozenset(["x"]), 0, 9), SomeItems(Unknown(frozenset(["x"]), 0, 9))])
def test_python_may_not_decide_on_what_is_not_told(reading: Any) -> None:
    value = reading.typical if isinstance(reading, SomeItems) else reading
    with pytest.raises(TypeError, match="choose"):
        bool(value > 5)
    with pytest.raises(TypeError, match="choose"):
        assert value == 5 and value == 6
    assert choose(value > 9, 1, 1) == 1
