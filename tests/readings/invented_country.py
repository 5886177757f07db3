"""Lowmere, an invented country with one levy: a law small enough to work out by hand, for tests of the engine alone.

Whoever has more than 100 pounds in purses pays a flat levy; others pay a pound for every ten pounds, or part, above 50, and
a share of their wages above what they keep. A dragon in the household frees them, and so does age, where the village wishes.
"""

from types import ModuleType
from typing import Any

from farthing.base.citation import Citation
from farthing.base.days import day
from farthing.engine.facts import Fact, item_list
from farthing.engine.figures import DatedValue, Figure
from farthing.engine.kinds import Kinds
from farthing.engine.law import Law, Policy
from farthing.engine.rules import Rule, rule
from farthing.engine.slots import slot
from farthing.engine.verbs import (
    Rounding,
    any_of,
    at_least_zero,
    choose,
    lesser_of,
    look_up,
    moved_back,
    part_of,
    share,
    steps_or_part,
    total,
)  # fmt: skip

ANSWERS = ("weekly_levy", "is_exempt")
DOWN = Rounding(up=False, law=Citation("Levy Act 5"))
PURSE = Kinds("purse", {
    "leather": {"says": "Leather purse", "law": "Levy Act 2", "counted": True},
    "magic": {"says": "Magic purse", "law": "Levy Act 2", "counted": False},
})  # fmt: skip
ANIMAL = Kinds("animal", {
    "hen": {"says": "Hen", "law": "Levy Act 3", "dragon": False},
    "dragon": {"says": "Dragon", "law": "Levy Act 3", "dragon": True},
})  # fmt: skip
IS_COUNTED = PURSE.column("counted")
IS_DRAGON = ANIMAL.column("dragon")


def figure(name: str, unit: str, *values: tuple[str, int], known_until: str = "2002-12-31") -> Figure:
    """A figure of Lowmere with its values by date."""
    dates = tuple(DatedValue(day(since), value, "S01", "2000-01-01", "read") for since, value in values)
    return Figure(name, "A figure.", unit, Citation("Levy Act 9"), day(known_until), dates, "lowmere:1")


FIGURES = {
    each.name: each
    for each in (
        figure("upper_limit", "£", ("2000-01-01", 100_00)),
        figure("lower_limit", "£", ("2000-01-01", 50_00)),
        figure("step", "£", ("2000-01-01", 10_00)),
        figure("step_levy", "£ a week", ("2000-01-01", 1_00), ("2001-01-01", 2_00)),
        figure("flat_levy", "£ a week", ("2000-01-01", 20_00)),
        figure("kept", "£ a week", ("2000-01-01", 30_00)),
    )
}

born = Fact("born", "date", "person", question="When were you born?", least=day("1900-01-01"))
has_star = Fact("has_star", "yes/no", "person", question="Were you born under the star?")
purses = item_list(
    "purses",
    Fact("kind", PURSE, "purses", question="Which kind of purse is it?"),
    Fact("holds", "£", "purses", question="What is in it?"),
    Fact("owners", "number", "purses", least=1, most=9, left_out=1, question="How many own it?"),
    says="What is saved", question="Which purses have you?",
)  # fmt: skip
wages = item_list("wages", Fact("paid", "£ a week", "wages", question="What does it pay?"),
                  says="What is earned", question="What do you earn?")  # fmt: skip
animals = item_list("animals", Fact("kind", ANIMAL, "animals", question="Which animal is it?"),
                    says="Who lives there", question="Which animals have you?")  # fmt: skip
share_taken = slot("share_taken", says="How much of spare wages is taken.", unit="percent", law="Levy Act 7", most=100)
spares_the_old = slot("spares_the_old", says="Whether the old are free.", unit="yes/no", law="Levy Act 8")


@rule(law="Levy Act 8", unit="date")
def latest_birth_for_old(on):
    """Everyone born on or before this day is old."""
    return moved_back(on, 60)


@rule(each="animals", law="Levy Act 3", unit="yes/no")
def is_dragon(kind):
    """The animal is a dragon."""
    return look_up(kind, IS_DRAGON)


@rule(law="Levy Acts 3, 8", unit="yes/no")
def is_exempt(is_dragon, spares_the_old, born, latest_birth_for_old, has_star):
    """Whoever keeps a dragon is free, and so are the old and the starred where the village wishes."""
    return any_of(is_dragon) | (spares_the_old & ((born <= latest_birth_for_old) | has_star))


@rule(each="purses", law="Levy Act 2", unit="£")
def own_part(kind, holds, owners):
    """An equal part of what a purse holds is counted, unless it is magic."""
    return choose(look_up(kind, IS_COUNTED), part_of(holds, 1, owners, DOWN), 0)


@rule(law="Levy Act 2", unit="£")
def savings(own_part):
    """All that is counted of what is saved."""
    return total(own_part)


@rule(law="Levy Act 4", unit="yes/no")
def is_over(savings, upper_limit):
    """More than the upper limit is too much."""
    return savings > upper_limit


@rule(law="Levy Act 5", unit="£ a week")
def levy_on_savings(savings, lower_limit, step, step_levy):
    """So much for every step, or part of one, above the lower limit."""
    return steps_or_part(at_least_zero(savings - lower_limit), step) * step_levy


@rule(each="wages", law="Levy Act 6", unit="£ a week")
def wage(paid):
    """Every wage counts."""
    return paid


@rule(law="Levy Act 6", unit="£ a week")
def levy_on_wages(wage, kept, share_taken):
    """A share of what is earned above what is kept."""
    return share(at_least_zero(total(wage) - kept), share_taken, DOWN)


@rule(law="Levy Act 1", unit="£ a week")
def weekly_levy(is_exempt, is_over, flat_levy, levy_on_savings, levy_on_wages):
    """The levy is never more than the flat one, which whoever is over the limit pays."""
    graded = lesser_of(levy_on_savings + levy_on_wages, flat_levy)
    return choose(is_exempt, 0, choose(is_over, flat_levy, graded))


RULES = (latest_birth_for_old, is_dragon, is_exempt, own_part, savings, is_over, levy_on_savings, wage,
         levy_on_wages, weekly_levy)  # fmt: skip
DECLARED = (born, has_star, purses, wages, animals, share_taken, spares_the_old)


def law_of(*declared: Any, figures: dict[str, Figure] | None = None) -> Law:
    """A law of nothing but what is given."""
    module = ModuleType("invented")
    for number, each in enumerate(declared):
        setattr(module, f"declared_{number}", each)
    return Law([module], figures or {})


def lowmere(*more: Rule) -> Law:
    """The law of Lowmere, with more rules where a test needs one."""
    return law_of(*DECLARED, *RULES, *more, figures=FIGURES)


def village(
    on: str = "2000-06-01", share_taken: int = 50, spares_the_old: bool = False, answers: tuple[str, ...] = ANSWERS
) -> Policy:
    """The law of a day in a village of Lowmere."""
    slots = {"share_taken": share_taken, "spares_the_old": spares_the_old}
    return Policy(lowmere().plan(answers), on=day(on), slots=slots)


def villager(
    *, purses: Any = (), wages: Any = (), animals: Any = (), born: str = "1980-01-01", has_star: bool = False
) -> dict[str, Any]:
    """Everything told of somebody: purses as (kind, pence, owners), wages as pence, animals by kind."""
    return {
        "born": day(born),
        "has_star": has_star,
        "purses.kind": tuple(PURSE.number(kind) for kind, _, _ in purses),
        "purses.holds": tuple(holds for _, holds, _ in purses),
        "purses.owners": tuple(owners for _, _, owners in purses),
        "wages.paid": tuple(wages),
        "animals.kind": tuple(map(ANIMAL.number, animals)),
    }
