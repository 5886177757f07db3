"""Two policies side by side: the totals add up, and a scenario is read as strictly as the law."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from farthing.base.refusal import Refusal
from farthing.caseload import assess
from farthing.caseload.comparison import Scenario, band_names, compare, read_scenario
from farthing.caseload.files import assess_file
from tests.caseload.tables import COUNCIL, ON, invented, row, table

PAYER = row(
    income=[
        {"kind": "state_pension", "amount": "184.90", "every": "week"},
        {"kind": "occupational_pension", "amount": "900.00", "every": "month"},
    ]
)
"""One who pays part of the cost, with £7 a week for capital."""

HALF = Scenario("Half of it", slots={"share_of_income_taken": 50})


def compared(rows, against=HALF):
    return compare(table(rows), council=COUNCIL, on=ON, against=against)


def scenario(tmp_path: Path, text: str) -> Scenario:
    (tmp_path / "scenario.yaml").write_text(text)
    return read_scenario(tmp_path / "scenario.yaml")


def test_each_row_has_its_charge_before_and_after_and_the_difference():
    given = compared([PAYER])
    assert given.table.schema.names == ["reference", "weekly_charge_before", "weekly_charge_after", "difference"]
    answer = given.table.to_pylist()[0]
    before = assess(table([PAYER]), council=COUNCIL, on=ON).table["weekly_charge"].to_pylist()[0]
    assert answer["weekly_charge_before"] == before > 0
    assert answer["difference"] == answer["weekly_charge_after"] - before < 0
    assert given.changes == ["share of income taken: 50 percent."]


def test_the_totals_add_up():
    given = compared(invented(600, seed=9, untold=0.01))
    totals, table_of_rows = given.totals.everybody, given.table.to_pydict()
    assert totals.people == given.table.num_rows
    assert totals.before == sum(table_of_rows["weekly_charge_before"]) * 100
    assert totals.after == sum(table_of_rows["weekly_charge_after"]) * 100
    assert totals.before_year == 52 * totals.before
    assert totals.pay_less == sum(each < 0 for each in table_of_rows["difference"]) > 0
    assert totals.pay_more == 0
    assert totals.full_cost_before == totals.full_cost_after > 0
    for parts in (given.totals.by_setting, given.totals.by_pension_age):
        for name in ("people", "pay_more", "pay_less", "pay_same", "before", "after", "full_cost_before"):
            assert sum(getattr(part, name) for part in parts.values()) == getattr(totals, name), name
        assert [sum(counts) for counts in zip(*(part.bands for part in parts.values()), strict=True)] == totals.bands
    assert sum(totals.bands) == totals.people == totals.pay_more + totals.pay_less + totals.pay_same
    assert totals.bands[len(totals.bands) // 2] == totals.pay_same


def test_a_difference_is_counted_in_its_band():
    names = band_names()
    assert names[len(names) // 2] == "the same"
    given = compared([PAYER])
    fall = -given.table["difference"].to_pylist()[0]
    (band,) = [name for name, count in zip(names, given.totals.everybody.bands, strict=True) if count]
    low, _, high = band.removeprefix("less by £").partition(" to £")
    assert Decimal(low) <= fall <= Decimal(high)


def test_a_row_that_either_policy_refuses_is_refused_once():
    given = compared([PAYER, row(born=None)])
    assert given.table.num_rows == 1
    assert given.refused["row"].to_pylist() == [2]


def test_a_figure_a_day_and_another_council_may_be_different(tmp_path):
    text = """
name: A higher lower limit
says: What if £15,000 were left alone?
council: cambridgeshire
on: 2025-05-04
figures:
  lower_capital_limit: "15000.00"
"""
    against = scenario(tmp_path, text)
    assert against.figures == {"lower_capital_limit": 15_000_00}
    given = compared([PAYER], against)
    assert given.table["difference"].to_pylist() != [Decimal("0.00")]
    assert given.changes[0].startswith("The choices of Cambridgeshire")


def test_a_scenario_with_a_figure_alone_changes_what_that_figure_decides(tmp_path):
    against = scenario(tmp_path, 'name: x\nfigures: {lower_capital_limit: "15550.00"}\n')
    assert compared([PAYER], against).table["difference"].to_pylist() == [Decimal("-6.00")]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("slots: {share_of_income_taken: 50}", "name is missing"),
        ("name: x", "changes nothing"),
        ("- name", "holds no names"),
        ("name: x\nslot: {share_of_income_taken: 50}", "Did you mean 'slots'"),
        ("name: x\nslots: {share_of_income_takne: 50}", "Did you mean 'share_of_income_taken'"),
        ('name: x\nfigures: {lower_capital_limits: "1.00"}', "Did you mean 'lower_capital_limit'"),
        ("name: x\nfigures: {lower_capital_limit: 15000.00}", "is not in quotes"),
        ('name: x\nfigures: {lower_capital_limit: "15000.005"}', "more than two figures after the point"),
        ("name: x\nslots: {share_of_income_taken: 101}", "is above 100, which the law does not allow"),
        ("name: x\nslots: {share_of_income_taken: half}", "is not a whole number"),
        ("name: x\nslots: {disability_benefits_counted: 1}", "is not true or false"),
        ("name: x\nslots: {cap_period: month}", "Write one of: week, four_weeks"),
        ("name: x\ncouncil: cambrigeshire", "cambridgeshire"),
        ("name: x\non: 2026-13-01", "month as 13"),
        ("name: x\nname: y\non: 2026-05-04", "is given twice"),
        ("name: [x", "cannot be read"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_refused(tmp_path, text, refused):
    with pytest.raises(Refusal, match=refused):
        scenario(tmp_path, text)


def test_a_missing_scenario_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="cannot be read"):
        read_scenario(tmp_path / "none.yaml")


def test_a_file_is_compared_as_its_table_is(tmp_path):
    rows = invented(200, seed=4)
    pa.parquet.write_table(table(rows), tmp_path / "in.parquet")
    summary = assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", council=COUNCIL, on=ON, against=HALF)
    given = compared(rows)
    assert pa.parquet.read_table(tmp_path / "out.parquet") == given.table
    assert summary.totals == given.totals
