"""A table in, a table out: what is let in, what is refused and why, and that it is answered as a case file is."""

from decimal import Decimal

import pyarrow as pa
import pytest

from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.case.answer import plain_value
from farthing.case.assessment import assess as assess_case
from farthing.case.reading import read_case
from farthing.case.tree import read_tree
from farthing.caseload import assess, assess_batch, assess_batches, policy_for
from farthing.law import ALSO, ANSWERS, law
from tests.caseload.tables import CARE_HOME, COUNCIL, JANE, ON, as_case, invented, row, table


def answered(*rows, money="decimal"):
    return assess(table(list(rows), money), council=COUNCIL, on=ON)


def one_answer(**changes):
    """The answers of Jane with some things different; she must not be refused."""
    given = answered(row(**changes))
    assert given.refused.to_pylist() == []
    return given.table.to_pylist()[0]


def refusals(**changes):
    """What is wrong with Jane with some things different, as "field problem", between two rows that are right."""
    given = answered(JANE, row(**changes), JANE)
    assert given.table.num_rows == 2
    assert set(given.refused["row"].to_pylist()) == {2}
    return [f"{each['field']} {each['problem']}" for each in given.refused.to_pylist()]


def test_a_row_is_answered_with_every_answer_of_the_law():
    given = answered(JANE)
    assert given.table.schema.names == ["reference", *ANSWERS, *ALSO]
    assert given.table.schema.field("weekly_charge").type == pa.decimal128(12, 2)
    assert given.table.schema.field("pays_full_cost").type == pa.bool_()
    assert given.table.schema.field("weeks_until_notice").type == pa.int64()
    answer = given.table.to_pylist()[0]
    assert answer["reference"] == "jane"
    assert answer["tariff_income"] == Decimal("7.00")
    assert answer["cost_of_care"] == answer["weekly_charge"] + answer["council_pays"] == Decimal("287.50")
    assert "capital_notice_level" in given.assumptions


@pytest.mark.parametrize("money", ["decimal", "text", "pence"])
@pytest.mark.parametrize("untold", [0.0, 0.1])
def test_a_table_is_answered_and_refused_as_the_same_cases_are(money, untold):
    rows = invented(150, seed=7, untold=untold)
    given = assess(table(rows, money), council=COUNCIL, on=ON)
    by_reference = {each["reference"]: each for each in given.table.to_pylist()}
    refused = {each["row"]: each["problem"] for each in given.refused.to_pylist()}
    for number, each in enumerate(rows, 1):
        one = assess_case(read_case(read_tree(as_case(each), name="case")), council=COUNCIL, on=day(ON))
        if one.still_to_ask:
            assert refused[number].startswith("not told: ")
            continue
        assert number not in refused
        answer = by_reference[each["reference"]]
        for name in (*ANSWERS, *ALSO):
            value = plain_value(law().unit_of(name), one.value(name))
            assert (str(answer[name]) if isinstance(answer[name], Decimal) else answer[name]) == value, (number, name)


def test_one_bad_row_among_ten_thousand_is_refused_by_its_number_and_the_others_are_answered():
    rows = [JANE] * 10_000
    rows[6_172] = row(capital=[*JANE["capital"], {"kind": "shares", "value": "-1.00"}])
    given = answered(*rows)
    assert given.table.num_rows == 9_999
    assert given.refused.to_pylist() == [
        {
            "row": 6_173,
            "field": "capital[1].value",
            "problem": "is below nought: -1.00",
            "what_to_do": "Write pounds and pence like 216.50",
        }
    ]


def test_rows_are_numbered_through_all_the_batches():
    batches = table([JANE, JANE, row(born=None)]).to_batches() * 3
    given = list(assess_batches(batches, council=COUNCIL, on=ON))
    assert [row.row for each in given for row in each.refused] == [3, 6, 9]
    assert [each.refused_rows for each in given] == [1, 1, 1]


def test_a_batch_is_a_pure_function_of_the_batch_and_the_policy():
    policy, _ = policy_for(COUNCIL, ON)
    batch = table([JANE, row(reference=None)]).to_batches()[0]
    assert assess_batch(batch, policy).answers == assess_batch(batch, policy).answers
    assert assess_batch(batch.slice(1), policy).answers.num_rows == 1


def test_a_table_without_references_is_answered_by_row_number():
    given = assess(table([JANE, row(born=None), JANE]).drop_columns(["reference"]), council=COUNCIL, on=ON)
    assert given.table["row"].to_pylist() == [1, 3]


def test_only_the_answers_asked_for_are_given():
    given = assess(table([JANE]), council=COUNCIL, on=ON, answers=("tariff_income",))
    assert given.table.schema.names == ["reference", "tariff_income"]
    with pytest.raises(Refusal, match="is not an answer the law gives: 'weekly_chrage'"):
        assess(table([JANE]), council=COUNCIL, on=ON, answers=("weekly_chrage",))


def test_an_empty_table_gives_an_empty_table():
    given = assess(table([JANE]).slice(0, 0), council=COUNCIL, on=ON)
    assert given.table.num_rows == given.refused.num_rows == 0


def test_what_the_means_test_says_is_left_empty_for_one_who_pays_the_full_cost():
    answer = one_answer(capital=[{"kind": "cash", "value": "90000.00"}])
    assert answer["pays_full_cost"] is True
    assert answer["maximum_weekly_contribution"] is None
    assert answer["tariff_income"] is None
    assert answer["weekly_charge"] == Decimal("287.50")


# What is wrong with a row


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"born": "2010-01-01"}, "born makes the person younger than 18 on 4 May 2026: the charging rules are for adults"),
        ({"born": "2027-01-01"}, "born is after the day assessed for, 4 May 2026"),
        ({"born": "1889-12-31"}, "born is before 1 January 1890"),
        ({"partner": "lives_togehter"}, "partner is not a known partner: 'lives_togehter'"),
        ({"responsible_for_children": 31}, "responsible_for_children is above 30: 31"),
        ({"responsible_for_children": -1}, "responsible_for_children is below 0: -1"),
        ({"weekly_cost": "-0.01"}, "weekly_cost is below nought: -0.01"),
        ({"premiums": ["carers"]}, "premiums[0] is not a known premium: 'carers'"),
        ({"premiums": [None]}, "premiums[0] is empty"),
        ({"capital": [{"kind": "gold", "value": "1.00"}]}, "capital[0].kind is not a known capital: 'gold'"),
        ({"capital": [{"kind": None, "value": "1.00"}]}, "capital[0].kind is missing"),
        ({"capital": [None]}, "capital[0].kind is missing"),
        ({"capital": [{"kind": "home", "value": "1.00"}]}, "capital[0].occupied_by is missing for this home"),
        (
            {"capital": [{"kind": "cash", "value": "1.00", "owned_percent": 101}]},
            "capital[0].owned_percent is above 100: 101",
        ),
        (
            {"capital": [{"kind": "cash", "value": "1.00", "owned_percent": 50, "owners": 2}]},
            "capital[0].owned_percent is given together with owners",
        ),
        (
            {"income": [{"kind": "state_pension", "amount": "1.00", "every": "fortnight"}]},
            "income[0].every is not a known every: 'fortnight'",
        ),
        ({"income": [{"kind": "state_pension", "amount": "1.00"}]}, "income[0].every is missing"),
        ({**CARE_HOME, "moved_in": "1940-01-01"}, "moved_in is before 1 January 1950"),
        ({**CARE_HOME, "born": "1990-01-01", "moved_in": "1980-01-01"}, "moved_in is before the person was born, 1 January 1990"),
        ({"born": None}, "born not told: born"),
        ({"born": None, "housing_costs": None}, "born not told: born, housing_costs"),
        ({"income": None}, "income not told: income"),
        ({**CARE_HOME, "moved_in": None, "usual_rate": None}, "usual_rate not told: usual_rate"),
        ({"capital": [{"kind": "cash", "value": None}]}, "capital[0].value not told: capital[0].value"),
    ],
)  # fmt: skip
def test_a_row_is_refused_with_the_field_and_the_problem(changes, refused):
    assert refused in refusals(**changes)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"weekly_cost": "12.345"}, "weekly_cost has more than two figures after the point: '12.345'"),
        ({"weekly_cost": "£12"}, "weekly_cost has a pound sign: '£12'"),
        ({"weekly_cost": "1,200"}, "weekly_cost has a comma: '1,200'"),
        ({"weekly_cost": "-3"}, "weekly_cost is below nought: '-3'"),
        ({"weekly_cost": "1e3"}, "weekly_cost is not an amount of money: '1e3'"),
        ({"weekly_cost": "1234567890123"}, "weekly_cost is too large: '1234567890123'"),
        ({"born": "1941-13-02"}, "born gives the month as 13: '1941-13-02'"),
        ({"born": "1941-02-30"}, "born is not a day of the calendar: '1941-02-30'"),
        ({"born": "02/03/1941"}, "born is not a date written as year-month-day: '02/03/1941'"),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_what_is_wrong_with_it(changes, refused):
    given = answered(JANE, row(**changes), JANE, money="text")
    assert given.table.num_rows == 2
    assert [(each["row"], f"{each['field']} {each['problem']}") for each in given.refused.to_pylist()] == [(2, refused)]


def test_everything_wrong_with_a_row_is_said_at_once():
    assert len(refusals(born="2010-01-01", weekly_cost="-1.00", partner="two")) == 3


def test_a_misspelt_kind_is_answered_with_the_nearest():
    given = answered(row(capital=[{"kind": "bank_acount", "value": "1.00"}]))
    assert given.refused["what_to_do"].to_pylist() == ["Did you mean 'bank_account'?"]


def test_a_kind_nobody_has_that_stands_in_a_dictionary_does_no_harm():
    whole = table([JANE, row(partner="two")])
    assert assess(whole.slice(0, 1), council=COUNCIL, on=ON).refused.num_rows == 0


def test_an_amount_too_large_for_the_answers_is_refused():
    assert refusals(capital=[{"kind": "cash", "value": "9999999999.99"}] * 2) == [
        "assessable_capital comes to £19,999,999,999.98, more than a table of answers holds"
    ]


# What is left out


def test_services_listed_are_used_in_place_of_the_weekly_cost():
    answer = one_answer(services=[{"kind": "home_care", "weekly_cost": "100.00"}])
    assert answer["cost_of_care"] == Decimal("100.00")


def test_a_place_is_priced_by_the_weekly_cost_where_no_usual_rate_is_told():
    answer = one_answer(**{**CARE_HOME, "usual_rate": None, "weekly_cost": "850.00", "fee": None})
    assert answer["cost_of_care"] == Decimal("850.00")
    assert answer["top_up"] == Decimal("0.00")


def test_care_home_facts_need_not_be_told_at_home():
    rows = [JANE, row(**CARE_HOME)]
    assert answered(*rows).table.num_rows == 2


def test_not_having_moved_in_cannot_be_said_by_a_table_so_it_is_not_told():
    home = [{"kind": "home", "value": "200000.00", "occupied_by": "none"}]
    changes = {**CARE_HOME, "moved_in": None, "capital": home}
    assert refusals(**changes) == ["moved_in not told: moved_in"]


def test_a_row_is_answered_where_what_is_not_told_cannot_matter():
    answer = one_answer(tells_finances=False, capital=None, income=None, housing_costs=None)
    assert answer["weekly_charge"] == Decimal("287.50")
    assert answer["assessable_capital"] is None


def test_one_account_over_the_limit_settles_the_answer_whatever_the_others_hold():
    accounts = [{"kind": "cash", "value": "30000.00"}, {"kind": "bank_account", "value": None}]
    answer = one_answer(capital=accounts)
    assert answer["pays_full_cost"] is True
    assert answer["assessable_capital"] is None


def test_a_column_nobody_has_is_not_asked_for_where_the_date_of_birth_settles_it():
    rows = [row(born=born) for born in ("1930-01-01", "1960-01-01")]
    for each in rows:
        del each["pension_age_before_april_2016"]
    rows *= 500
    assert answered(*rows).table.num_rows == 1000


# What is wrong with a table


FLOAT_VALUE = pa.array([[{"kind": "cash", "value": 1.0}]])


def changed(name, array):
    whole = table([JANE])
    place = whole.schema.get_field_index(name)
    if place < 0:
        return whole.append_column(name, array)
    return whole.set_column(place, pa.field(name, array.type), array)


@pytest.mark.parametrize(
    ("name", "array", "refused"),
    [
        ("weekly_cost", pa.array([287.5]), "weekly_cost is a column of double, and no float may touch money"),
        ("weekly_cost", pa.array([28750]), "weekly_cost is a column of int64 that does not say whether it is pounds or pence"),
        ("weekly_cost", pa.array([Decimal("287.505")]), "weekly_cost is a column of decimal128(6, 3): money has two places, not 3"),
        ("weekly_cost", pa.array([True]), "weekly_cost is a column of bool"),
        ("born", pa.array([19410302]), "born is a column of int64"),
        ("setting", pa.array([0]), "setting is a column of int64"),
        ("vcjd", pa.array([0]), "vcjd is a column of int64"),
        ("days_charged", pa.array([7.0]), "days_charged is a column of double"),
        ("capital", pa.array(["6400.00"]), "capital is a column of string"),
        ("capital", pa.array([[{"value": "1.00"}]]), "capital.kind is missing"),
        ("capital", FLOAT_VALUE, "capital.value is a column of double, and no float may touch money"),
        ("capital", pa.array([[{"kind": "cash", "vlaue": "1.00"}]]), "capital.vlaue is not a known part of capital: 'vlaue'"),
        ("premiums", pa.array(["carer"]), "premiums is a column of string"),
        ("gets_carer_premium", pa.array([True]), "gets_carer_premium says again what premiums says"),
        ("reference", pa.array([1.5]), "reference is a column of double"),
        ("wekly_cost", pa.array(["1"]), "wekly_cost is not a known column"),
    ],
)  # fmt: skip
def test_a_table_of_a_wrong_shape_is_refused_whole(name, array, refused):
    with pytest.raises(Refusal) as raised:
        assess(changed(name, array), council=COUNCIL, on=ON)
    assert refused in [f"{each.field} {each.problem}" for each in raised.value.problems]
    assert all(each.what_to_do for each in raised.value.problems)


def test_a_misspelt_column_is_answered_with_the_nearest():
    with pytest.raises(Refusal, match="Did you mean 'weekly_cost'"):
        assess(changed("wekly_cost", pa.array(["1"])), council=COUNCIL, on=ON)


def test_a_table_that_tells_nothing_is_refused():
    with pytest.raises(Refusal, match="no column that tells anything"):
        assess(pa.table({"reference": ["a"]}), council=COUNCIL, on=ON)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"on": "2026-13-01"}, "month as 13"),
        ({"on": "1999-01-01"}, "1 January 1999"),
        ({"council": "cambrigeshire"}, "cambridgeshire"),
    ],
)
def test_a_wrong_day_or_council_is_refused(given, refused):
    with pytest.raises(Refusal, match=refused):
        assess(table([JANE]), **{"council": COUNCIL, "on": ON, **given})


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_text_of_any_width_is_read(kind):
    assert assess(changed("setting", pa.array(["own_home"]).cast(kind)), council=COUNCIL, on=ON).table.num_rows == 1


@pytest.mark.parametrize("kind", [pa.large_list, lambda items: pa.list_(items, 1)])
def test_lists_of_any_width_are_read(kind):
    capital = table([JANE])["capital"].combine_chunks()
    array = capital.cast(kind(capital.type.value_field))
    assert assess(changed("capital", array), council=COUNCIL, on=ON).table.num_rows == 1


@pytest.mark.parametrize("kind", [pa.decimal128(10, 2), pa.decimal128(9, 1), pa.decimal128(30, 0), pa.decimal64(12, 2)])
def test_decimals_of_up_to_two_places_are_read(kind):
    given = assess(changed("weekly_cost", pa.array([Decimal("280")], kind)), council=COUNCIL, on=ON)
    assert given.table["cost_of_care"].to_pylist() == [Decimal("280.00")]


def test_a_slice_of_a_table_is_answered_as_the_whole_is():
    whole = table(invented(300, seed=3), "decimal")
    parts = assess(whole.slice(100, 57), council=COUNCIL, on=ON).table
    wanted = set(parts["reference"].to_pylist())
    kept = [each for each in assess(whole, council=COUNCIL, on=ON).table.to_pylist() if each["reference"] in wanted]
    assert parts.to_pylist() == kept
