"""An invented caseload: people who do not exist, drawn from the distributions in ``population.yaml`` beside this file.

For benchmarks and tests only. Nobody in it is anybody, and no total over it says anything about England. Money is drawn
in whole pence. The same seed gives the same people, however many are asked for and however large the batches are.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from farthing.base.days import day
from farthing.caseload.drawing import DRAWN_TOGETHER, Draw, Items, array_of, field_of, group_of, tables
from farthing.engine.law import Policy
from farthing.law import figures, law, plan
from farthing.law.capital.facts import CAPITAL
from farthing.law.charge.facts import NURSING, SERVICE
from farthing.law.home.facts import OCCUPIER
from farthing.law.income.facts import EVERY, INCOME
from farthing.law.person.facts import PARTNER, SETTING

METADATA = {"invented": "Everybody in this table is invented. See population.yaml for what they were drawn from."}

_OLD_STATE_PENSION_BORN_BEFORE = day("1952-04-06")
_TWELVE_WEEKS = 84


def _rate(name: str, on: int) -> int:
    return figures()[name].on(on).value


def _rates(kinds: np.ndarray, on: int) -> np.ndarray:
    """The rate of each disability benefit; nought for what has none."""
    rates = [_rate(name, on) if name in figures() else 0 for name in INCOME.names]
    return np.array([*rates, 0], np.int64).take(kinds)


def _people(draw: Draw, on: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], list[Items]]:
    """So many people: their facts, where a fact is not told, and their lists."""
    one = np.ones(DRAWN_TOGETHER, np.bool_)
    setting, edge = draw.of("setting", SETTING), draw.of("edge")
    on_edge = {name: edge == number for number, name in enumerate(tables()["edge"].names)}
    own_home, for_good = setting == SETTING.own_home, setting == SETTING.care_home
    in_care = for_good | (setting == SETTING.care_home_temporary) | (setting == SETTING.care_home_short_stay)
    years = draw.amount("age", group_of("age", at_home=~in_care, care_home=in_care))
    born = on - (years * 1461 // 4 + 2 + draw.numbers.integers(0, 365, DRAWN_TOGETHER))
    latest = Policy(plan(("has_reached_pension_age",)), on=on, slots={}).settled["latest_birth_for_pension_age"]
    born[on_edge["pension_age_today"]], born[on_edge["pension_age_tomorrow"]] = latest, latest + 1
    older, pensioner = years >= 65, born <= latest
    fourfold = {
        "at_home_younger": ~in_care & ~older, "at_home_older": ~in_care & older,
        "care_home_younger": in_care & ~older, "care_home_older": in_care & older,
    }  # fmt: skip
    partner = draw.of("partner", PARTNER, group_of("partner", **fourfold))
    together = partner == PARTNER.lives_together
    tells = draw.chance("tells_finances")
    over = draw.chance("over_limit", group_of("over_limit", **fourfold)) & (edge <= 0)
    over_by_home = over & for_good & draw.chance("over_by_home")
    owns = draw.chance("owns_home", group_of("owns_home", **fourfold)) & ~over | over_by_home
    owns &= own_home | in_care
    occupier = np.where(in_care & ~over_by_home, draw.of("occupier", OCCUPIER), OCCUPIER.none)
    occupier[owns & own_home] = OCCUPIER.self
    days_there = draw.amount("days_there", group_of("days_there", care_home=for_good, for_a_time=in_care & ~for_good))
    days_there[over_by_home & (days_there < _TWELVE_WEEKS)] += _TWELVE_WEEKS
    empty = owns & for_good & ~over_by_home & (occupier == OCCUPIER.none)
    days_there[empty] %= _TWELVE_WEEKS
    days_there[on_edge["last_day_of_twelve_weeks"]] = _TWELVE_WEEKS - 1
    days_there[on_edge["day_after_twelve_weeks"]] = _TWELVE_WEEKS

    capital = Items("capital")
    low, high, step = (_rate(name, on) for name in ("lower_capital_limit", "upper_capital_limit", "tariff_step"))
    exact = dict(zip(list(on_edge)[1:7], (low, low + 1, low + step, low + step + 1, high, high + 1), strict=True))
    at_limit = np.isin(edge, range(1, 1 + len(exact)))
    savings = np.where(over & ~over_by_home, draw.amount("savings_over_limit"), draw.amount("savings_within_limit"))
    for name, exactly in exact.items():
        savings[on_edge[name]] = exactly
    apart = tells & ~at_limit & (savings > 50_00)
    account, investment = draw.of("account", CAPITAL), draw.of("investment", CAPITAL)
    second, third = (
        np.where(apart & (account >= 0), savings // 4, 0),
        np.where(apart & (investment >= 0), savings // 5, 0),
    )
    owners = np.where(together, 2, 1)
    capital.add(tells, CAPITAL.bank_account, value=savings - second - third, occupied_by=-1)
    capital.add(apart, account, value=second, occupied_by=-1)
    capital.add(apart, investment, value=third, occupied_by=-1)
    home_value, debt = draw.amount("home_value"), np.where(draw.chance("home_debt"), draw.amount("owed"), 0)
    capital.add(
        owns & tells & ~(at_limit & in_care), CAPITAL.home,
        value=home_value, owners=owners, secured_debt=debt, occupied_by=occupier,
    )  # fmt: skip
    belonging, received = draw.of("belonging", CAPITAL), on - draw.numbers.integers(0, 500, DRAWN_TOGETHER)
    capital.add(tells & ~at_limit, belonging, value=draw.amount("belonging_value"), received=received, occupied_by=-1)

    income = Items("income")
    before_2016 = born < _OLD_STATE_PENSION_BORN_BEFORE
    full = np.where(before_2016, _rate("basic_state_pension_category_a", on), _rate("new_state_pension_full", on))
    percent = draw.amount("state_pension_percent", group_of("state_pension_percent", new=~before_2016, old=before_2016))
    income.add(tells & pensioner, INCOME.state_pension, amount=full * percent // 100 * 4, every=EVERY.four_weeks)
    worked, private = draw.amount("private_pension_amount"), draw.of("private_pension", INCOME)
    passed = for_good & (partner == PARTNER.lives_apart) & (worked > 60_00)
    monthly = worked * 52 // 12
    income.add(
        tells & pensioner, private, amount=monthly, every=EVERY.month, tax=monthly // 20, half_paid_to_spouse=passed
    )
    benefit = draw.of("out_of_work", INCOME)
    credit = tells & ~pensioner
    rented = own_home & ~owns & draw.chance("rents")
    helped = rented & (benefit == INCOME.universal_credit)
    housing = np.where(helped, draw.amount("housing_element"), 0)
    amount = draw.amount("out_of_work_amount") + housing
    income.add(
        credit, benefit, amount=amount, every=EVERY.month, housing_element=housing, paid_for_couple=together & helped
    )
    guarantee = draw.of("pension_credit", INCOME, group_of("pension_credit", old=before_2016, new=~before_2016))
    saving = guarantee == INCOME.pension_credit_savings
    which = group_of("pension_credit_amount", pension_credit_guarantee=~saving, pension_credit_savings=saving)
    income.add(
        tells & pensioner & ~over, guarantee, amount=draw.amount("pension_credit_amount", which), every=EVERY.week
    )
    kept = {"at_home": ~in_care, "paid_for": in_care & ~over, "pays_in_full": in_care & over}
    by_age = [
        draw.of(name, INCOME, group_of(name, **kept))
        for name in ("older_disability_benefit", "younger_disability_benefit")
    ]
    disability = np.where(pensioner, *by_age)
    income.add(tells, disability, amount=_rates(disability, on) * 4, every=EVERY.four_weeks)
    mobility = draw.of("mobility", INCOME, group_of("mobility", younger=~pensioner, older=pensioner))
    income.add(tells & (disability >= 0), mobility, amount=_rates(mobility, on) * 4, every=EVERY.four_weeks)
    other = draw.of("other_income", INCOME, group_of("other_income", younger=~pensioner, older=pensioner))
    winter = other == INCOME.winter_fuel_payment
    other_amount = np.where(winter, 200_00, draw.amount("other_amount"))
    income.add(tells, other, amount=other_amount, every=np.where(winter, EVERY.year, EVERY.week))

    living_there = tells & (own_home | (in_care & ~for_good))
    housing_costs, kind = Items("housing_costs"), law().lists["housing_costs"].facts["kind"].unit
    rent = draw.amount("rent")
    met = np.where(helped, 0, rent * draw.amount("rent_met_percent") // 100)
    housing_costs.add(
        living_there & rented, kind.rent, amount=rent, every=EVERY.week, paid_by_benefit=met, paid_for_couple=together
    )
    council_tax = living_there & draw.chance("pays_council_tax")
    housing_costs.add(
        council_tax, kind.council_tax, amount=draw.amount("council_tax"), every=EVERY.year, paid_for_couple=together
    )
    other_cost = draw.of("other_housing_cost", kind)
    housing_costs.add(living_there, other_cost, amount=draw.amount("other_housing_amount"), every=EVERY.month)
    costs = Items("disability_related_expenditure")
    for _ in range(3):
        cost = draw.of("disability_cost", law().lists[costs.name].facts["kind"].unit)
        costs.add(tells & ~in_care, cost, amount=draw.amount("disability_cost_amount"), every=EVERY.week)

    services, place = Items("services"), draw.of("place", SERVICE)
    named = {name: setting == SETTING.number(name) for name in tables()["first_service"].groups}
    first = np.where(in_care, place, draw.of("first_service", SERVICE, group_of("first_service", **named)))
    a_week = np.where(in_care, 0, draw.amount("hours") * draw.amount("hourly_cost"))
    services.add(one, first, weekly_cost=a_week)
    second_kind = draw.of("second_service", SERVICE, group_of("second_service", at_home=~in_care, care_home=in_care))
    started = on - draw.numbers.integers(0, _TWELVE_WEEKS, DRAWN_TOGETHER)
    second_cost = draw.amount("second_cost")
    services.add(one, second_kind, weekly_cost=second_cost, started=started, cost=second_cost * 20)

    usual_rate = draw.amount("usual_rate")
    funding = {"paid_for": ~over, "pays_in_full": over}
    dearer = draw.chance("dearer_home", group_of("dearer_home", **funding))
    more = np.where(dearer, draw.amount("dearer_by", group_of("dearer_by", **funding)), 0)
    disabled, enhanced = (
        ~pensioner & (disability >= 0),
        np.isin(disability, [INCOME.pip_daily_living_enhanced, INCOME.dla_care_highest]),
    )
    people = {
        "born": born, "partner": partner, "partner_pension_age_reached": together & older,
        "responsible_for_children": draw.of("children", group=group_of("children", younger=~older, older=older)),
        "pension_age_before_april_2016": before_2016, "tells_finances": tells, "setting": setting,
        "gets_disability_premium": disabled & tells, "gets_enhanced_disability_premium": disabled & enhanced & tells,
        "gets_carer_premium": (other == INCOME.carers_allowance) & tells, "moved_in": on - days_there,
        "usual_rate": usual_rate, "fee": usual_rate + more,
        "nursing": np.where(first == SERVICE.nursing, NURSING.standard, NURSING.none),
        "partner_qualifying_income": np.where(together & older, worked, 0),
        "severe_disability_addition": pensioner & own_home & (partner == PARTNER.none) & (disability >= 0) & tells,
        "has_deferred_payment": over_by_home & tells & draw.chance("deferred"),
        "security_value": np.where(owns, home_value // owners, 0), "adequate_security": owns,
        "deferred_so_far": draw.amount("deferred_so_far"),
    }  # fmt: skip
    people["deferred_so_far"] *= people["has_deferred_payment"]
    return (
        people,
        dict.fromkeys(("moved_in", "usual_rate", "fee"), ~in_care),
        [capital, income, housing_costs, costs, services],
    )


def _stream(seed: int, number: int, on: int) -> pa.RecordBatch:
    people, untold, lists = _people(Draw(seed, number), on)
    numbers = np.arange(1, DRAWN_TOGETHER + 1) + number * DRAWN_TOGETHER
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 6, "0")
    columns = [(pa.field("reference", pa.string()), pc.binary_join_element_wise("invented-", digits, ""))]
    columns += [
        (field_of(law().facts[name]), array_of(law().facts[name], values, untold.get(name)))
        for name, values in people.items()
    ]
    columns += [each.array() for each in lists]
    fields, arrays = zip(*columns, strict=True)
    return pa.RecordBatch.from_arrays(list(arrays), schema=pa.schema(fields, METADATA))


def population(people: int, *, seed: int, on: date, batch: int = 131_072) -> Iterator[pa.RecordBatch]:
    """So many invented people assessed for the day ``on``, in batches of ``batch`` (the last may be smaller)."""
    waiting: list[pa.RecordBatch] = []
    left, held = people, 0
    for number in range(-(-people // DRAWN_TOGETHER)):
        drawn = _stream(seed, number, on.toordinal()).slice(0, left)
        left -= drawn.num_rows
        waiting.append(drawn)
        held += drawn.num_rows
        while held >= batch or (held and not left):
            whole = pa.concat_batches(waiting)
            yield whole.slice(0, batch)
            waiting = [whole.slice(batch)]
            held = waiting[0].num_rows


def table(people: int, seed: int, on: date) -> pa.Table:
    """So many invented people as one table."""
    return pa.Table.from_batches(population(people, seed=seed, on=on))
