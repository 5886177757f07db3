"""The slice of the law that both are measured on: eleven rules of Farthing's, and the same as OpenFisca variables.

Two kinds of capital with joint owners, three kinds of income of which one is left out, tariff income, the minimum
income guarantee by age and couple, the contribution, and the lower of it and the cost. Figures are those of the day.
"""

from types import ModuleType
from typing import Any

from farthing.engine.constants import WEEKS_IN_A_YEAR
from farthing.engine.facts import Fact, ItemList, item_list
from farthing.engine.law import Law, Policy
from farthing.engine.rules import rule
from farthing.engine.verbs import choose, lesser_of, part_of, total
from farthing.law import figures, law
from farthing.law.rounding import PART_PENNY_DROPPED

ANSWER = "weekly_charge"
CAPITALS, INCOMES = 2, 3
VERBATIM = ("tariff_income", "is_over_the_upper_limit", "counted_income", "basic_amount", "weekly_charge")
GUARANTEES = (
    "minimum_income_guarantee_couple_pension_age", "minimum_income_guarantee_couple_18_or_over",
    "minimum_income_guarantee_single_pension_age", "minimum_income_guarantee_lone_parent",
    "minimum_income_guarantee_single_25_to_pension_age", "minimum_income_guarantee_single_18_to_24",
)  # fmt: skip
YES_NO = (
    "is_one_of_a_couple",
    "has_reached_pension_age",
    "partner_pension_age_reached",
    "is_lone_parent",
    "is_25_or_over",
)


@rule(each="capital", law="SI 2014/2672 reg 24", unit="£")
def own_part(value, owners):
    """An equal share with each joint owner."""
    return part_of(value, 1, owners, PART_PENNY_DROPPED)


@rule(law="SI 2014/2672 reg 18", unit="£")
def assessable_capital(own_part):
    """All the shares."""
    return total(own_part)


@rule(each="income", law="SI 2014/2672 reg 13", unit="£ a week")
def counted_part(amount, times_a_year, counts):
    """Income counts by the week, unless it is left out."""
    return choose(counts, part_of(amount, times_a_year, WEEKS_IN_A_YEAR, PART_PENNY_DROPPED), 0)


@rule(law="SI 2014/2672 reg 13", unit="£ a week")
def income_before_tariff(counted_part):
    """All the income that counts."""
    return total(counted_part)


@rule(law="SI 2014/2672 reg 7", unit="£ a week")
def maximum_weekly_contribution(counted_income, basic_amount):
    """What is left after the minimum income guarantee."""
    return counted_income - lesser_of(counted_income, basic_amount)


@rule(law="SI 2014/2672 reg 12", unit="yes/no")
def pays_full_cost(is_over_the_upper_limit):
    """Whoever is over the upper limit."""
    return is_over_the_upper_limit


def _list(name: str, **units: str) -> ItemList:
    return item_list(name, *(Fact(each, unit, name, "?") for each, unit in units.items()), says="", question="")


def farthing_policy(on: int) -> Policy:
    """The slice as a law of its own, on a day."""
    module = ModuleType("slice")
    own = (
        own_part,
        assessable_capital,
        counted_part,
        income_before_tariff,
        maximum_weekly_contribution,
        pays_full_cost,
    )
    declared: list[Any] = [*own, *(law().rules[name] for name in VERBATIM)]
    declared += [Fact(name, "yes/no", "person", "?") for name in YES_NO]
    declared.append(Fact("cost_of_care", "£ a week", "care", "?"))
    declared.append(_list("capital", value="£", owners="number"))
    declared.append(_list("income", amount="£", times_a_year="times a year", counts="yes/no"))
    for each in declared:
        setattr(module, each.name, each)
    known = {name: figures()[name] for name in (*GUARANTEES, "tariff_step", "tariff_amount")}
    known["lower_limit_in_force"] = figures()["lower_capital_limit"]
    known["upper_limit_in_force"] = figures()["upper_capital_limit"]
    return Policy(Law([module], known).plan((ANSWER,)), on=on, slots={})


def settled(on: int) -> dict[str, int]:
    """The figures of the day, in pence."""
    return {name: int(value) for name, value in farthing_policy(on).settled.items() if name != "on"}


def openfisca_system(on: int, *, pence: bool, guarded: bool = False) -> Any:
    """The slice as OpenFisca variables: whole pence as int32, or pounds as its default float32.

    ``guarded`` rounds pounds to hundredths of a penny before part of a penny is dropped.
    """
    import numpy as np
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="A person", is_person=True)
    system = TaxBenefitSystem([person])
    money = int if pence else float
    amounts = {name: value if pence or name == "on" else value / 100 for name, value in settled(on).items()}

    def variable(name: str, kind: type, formula: Any = None) -> None:
        parts = {"value_type": kind, "entity": person, "definition_period": DateUnit.MONTH, "label": name}
        system.add_variable(type(name, (Variable,), {**parts, **({"formula": formula} if formula else {})}))

    def dropped(amount: Any, times: Any, parts: Any) -> Any:
        """So many parts of an amount, part of a penny dropped."""
        if pence:
            return amount * times // parts
        pennies = amount * times / parts * 100
        return np.floor(np.round(pennies, 2) if guarded else pennies) / 100

    def part(number: int) -> Any:
        return lambda who, period: dropped(who(f"value_{number}", period), 1, who(f"owners_{number}", period))

    def counted(number: int) -> Any:
        def formula(who: Any, period: Any) -> Any:
            weekly = dropped(who(f"amount_{number}", period), who(f"times_a_year_{number}", period), 52)
            return np.where(who(f"counts_{number}", period), weekly, 0)

        return formula

    for name in YES_NO:
        variable(name, bool)
    variable("cost_of_care", money)
    for number in range(CAPITALS):
        variable(f"value_{number}", money)
        variable(f"owners_{number}", int)
        variable(f"own_part_{number}", money, part(number))
    for number in range(INCOMES):
        variable(f"amount_{number}", money)
        variable(f"times_a_year_{number}", int)
        variable(f"counts_{number}", bool)
        variable(f"counted_part_{number}", money, counted(number))

    def tariff(who: Any, period: Any) -> Any:
        excess = np.maximum(who("assessable_capital", period) - amounts["lower_limit_in_force"], 0)
        steps = -(-excess // amounts["tariff_step"]) if pence else np.ceil(excess / amounts["tariff_step"])
        return steps * amounts["tariff_amount"]

    def basic(who: Any, period: Any) -> Any:
        guarantee = {name.removeprefix("minimum_income_guarantee_"): amounts[name] for name in GUARANTEES}
        pension_age = who("has_reached_pension_age", period)
        either = pension_age | who("partner_pension_age_reached", period)
        couple = np.where(either, guarantee["couple_pension_age"], guarantee["couple_18_or_over"])
        by_age = np.where(
            who("is_25_or_over", period), guarantee["single_25_to_pension_age"], guarantee["single_18_to_24"]
        )
        below = np.where(who("is_lone_parent", period), guarantee["lone_parent"], by_age)
        single = np.where(pension_age, guarantee["single_pension_age"], below)
        return np.where(who("is_one_of_a_couple", period), couple, single)

    def charge(who: Any, period: Any) -> Any:
        cost = who("cost_of_care", period)
        return np.where(
            who("pays_full_cost", period), cost, np.minimum(who("maximum_weekly_contribution", period), cost)
        )

    variable(
        "assessable_capital", money, lambda who, period: sum(who(f"own_part_{n}", period) for n in range(CAPITALS))
    )
    variable("tariff_income", money, tariff)
    variable(
        "income_before_tariff", money, lambda who, period: sum(who(f"counted_part_{n}", period) for n in range(INCOMES))
    )
    variable(
        "counted_income", money, lambda who, period: who("income_before_tariff", period) + who("tariff_income", period)
    )
    variable("basic_amount", money, basic)
    variable(
        "maximum_weekly_contribution", money,
        lambda who, period: np.maximum(who("counted_income", period) - who("basic_amount", period), 0),
    )  # fmt: skip
    variable(
        "pays_full_cost", bool, lambda who, period: who("assessable_capital", period) > amounts["upper_limit_in_force"]
    )
    variable(ANSWER, money, charge)
    return system
