"""Interest on a deferred payment, held against sums worked by hand and against decimals of sixty figures."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.citation import Citation
from farthing.base.days import day, iso
from farthing.base.refusal import Refusal
from farthing.councils import council
from farthing.engine.constants import FUTURE
from farthing.engine.figures import DatedValue, Figure
from farthing.law import figures
from farthing.law.deferred_payment.interest import (
    DAYS_IN_RATE_YEAR,
    ENTRY,
    Entry,
    Terms,
    accrue,
    answer_due,
    falls_due,
    rate_on,
    settle,
    statement_days,
    statements,
)
from farthing.law.deferred_payment.rules import COMPOUNDING
from tests.effort import grows_evenly

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "deferred-payments.md"
MONTHS = {"monthly": {*range(1, 13)}, "quarterly": {1, 4, 7, 10}, "half_yearly": {1, 7}}


def published(rates: dict[str, int], known_until: str) -> Figure:
    """A legal maximum of these hundredths of a percent from these days."""
    dates = tuple(DatedValue(day(since), value, "S1", "2026-11-22", "read") for since, value in rates.items())
    name, law = "deferred_payment_interest_maximum", Citation("SI 2014/2671 reg 9")
    return Figure(name, "The most.", "hundredths of a percent", law, day(known_until), dates, "rates.yaml:1")


ONE_HALF_YEAR = published({"2024-01-01": 465}, "2024-06-30")
TWO_YEARS = published({"2024-01-01": 465, "2024-07-01": 405, "2025-01-01": 425, "2025-07-01": 425}, "2025-12-31")


def terms(added: str = "daily", below: int = 0, maximum: Figure = TWO_YEARS, separately_from: str = "") -> Terms:
    slots = {
        "deferred_payment_interest_added": getattr(COMPOUNDING, added),
        "deferred_payment_interest_percent_below_maximum": below,
    }
    return Terms(maximum, lambda on: slots, day(separately_from) if separately_from else FUTURE)


def care(on: str, amount: int) -> Entry:
    return Entry(day(on), amount, ENTRY.care_deferred)


def by_decimals(entries: list[Entry], on: int, added: str, rates: dict[int, int]) -> Decimal:
    """Interest in pence with sixty figures, day by day on the calendar: nothing here is shared with the code."""
    with localcontext() as context:
        context.prec = 60
        bearing, waiting, earned = Decimal(0), Decimal(0), Decimal(0)
        for at in map(date.fromordinal, range(min(entry.day for entry in entries), on)):
            if added == "daily" or (at.day == 1 and at.month in MONTHS[added]):
                bearing, waiting = bearing + waiting, Decimal(0)
            for entry in entries:
                if entry.day == at.toordinal():
                    bearing += -entry.amount if entry.kind == ENTRY.repayment else entry.amount
            half_year = date(at.year, 1 if at.month < 7 else 7, 1).toordinal()
            percent = Decimal(rates[half_year]) / 100
            interest = max(bearing, Decimal(0)) * percent / 100 / DAYS_IN_RATE_YEAR
            waiting, earned = waiting + interest, earned + interest
        return earned


# Figures worked by hand


def test_interest_is_a_365th_a_day_and_parts_of_a_penny_are_carried():
    # Day 1: £10,000.000000 x 0.0465 / 365 = £1.273973. Day 2: £10,001.273973 x 0.0465 / 365 = £1.274135, £2.548108 so far.
    # Eight days: 8 x £1.273973 = £10.1918, and 28 x £1.273973 x 0.0465 / 365 = £0.0045 on interest: £10.1963.
    # Were the part of a penny dropped each day, eight days would be 8 x £1.27 = £10.16.
    entries = [care("2024-01-01", 1_000_000)]
    after = {"2024-01-02": 127, "2024-01-03": 254, "2024-01-09": 1019}
    assert {on: settle(entries, terms(), on=day(on), closing_fee=0).interest for on in after} == after


def test_ten_thousand_pounds_from_january_to_june_2024_at_465_daily():
    # 1 January up to, not including, 30 June 2024: 31 + 29 + 31 + 30 + 31 + 29 = 181 days.
    # £10,000 x (1 + 0.0465/365)^181: 0.0465/365 x 181 = 0.0230589; the interest on interest is nearly
    # 0.0230589^2 / 2 x 180/181 = 0.00026439, and then 0.0000020, so £230.59 + £2.64 + £0.02 = £233.25.
    entries = [care("2024-01-01", 1_000_000)]
    settled = settle(entries, terms(maximum=ONE_HALF_YEAR), on=day("2024-06-30"), closing_fee=0)
    with localcontext() as context:
        context.prec = 60
        exact = 1_000_000 * ((1 + Decimal("0.0465") / 365) ** 181 - 1)
    assert settled.interest == int(exact) == 23_325
    assert settled.due == 1_023_325
    (line,) = settled.lines
    assert (iso(line.since), iso(line.until), line.interest) == ("2024-01-01", "2024-06-30", 23_325)


def test_the_same_debt_with_interest_added_each_month_each_quarter_and_each_half_year():
    # Days of interest by month from 1 January to 1 July 2024: 31, 29, 31, 30, 31, 30. A day is r = 0.0465/365.
    r, entries, on = Decimal("0.0465") / 365, [care("2024-01-01", 1_000_000)], day("2024-07-01")
    monthly = (1 + 31 * r) * (1 + 29 * r) * (1 + 31 * r) * (1 + 30 * r) * (1 + 31 * r) * (1 + 30 * r) - 1
    quarterly = (1 + 91 * r) * (1 + 91 * r) - 1
    half_yearly = 182 * r
    # £10,000 x 182 x 0.0465/365 = £231.863; £10,000 x 0.0115932^2 = £1.344 more by quarters = £233.207.
    expected = {"monthly": monthly, "quarterly": quarterly, "half_yearly": half_yearly}
    found = {added: settle(entries, terms(added), on=on, closing_fee=0).interest for added in expected}
    assert found == {added: int(1_000_000 * share) for added, share in expected.items()}
    assert (found["quarterly"], found["half_yearly"]) == (23_320, 23_186)


def test_each_half_year_has_its_own_rate_and_its_own_line():
    # No interest on interest: paid separately. June 2024: £36,500 x 4.65% / 365 = £4.65 a day; July: £4.05 a day.
    account = accrue([care("2024-06-21", 3_650_000)], terms(separately_from="2024-06-21"), until=day("2024-07-11"))
    lines = [(iso(line.since), line.rate, line.interest) for line in account.lines]
    assert lines == [("2024-06-21", 465, 4650), ("2024-07-01", 405, 4050)]


def test_a_council_below_the_maximum_charges_its_own_rate():
    # 4.65% less 0.65% is 4.00%: £36,500 x 4% / 365 = £4.00 a day, for ten days.
    below = terms("half_yearly", below=65)
    assert settle([care("2024-01-01", 3_650_000)], below, on=day("2024-01-11"), closing_fee=0).interest == 4000


def test_a_leap_day_is_one_more_day_at_a_365th():
    # £36,500 at 4.65% is £4.65 a day. 28 February to 1 March is two days in 2024 and one in 2023.
    rates = published({"2023-01-01": 465, "2023-07-01": 465, "2024-01-01": 465, "2024-07-01": 465}, "2024-12-31")
    simple = replace(terms(maximum=rates), separately_from=day("2023-01-01"))
    spells = {("2024-02-28", "2024-03-01"): 930, ("2023-02-28", "2023-03-01"): 465,
              ("2023-01-01", "2024-01-01"): 365 * 465, ("2024-01-01", "2025-01-01"): 366 * 465}  # fmt: skip
    for (since, until), interest in spells.items():
        assert accrue([care(since, 3_650_000)], simple, until=day(until)).interest == interest


def test_paying_interest_separately_leaves_the_debt_as_it_was():
    # £36,500 earns £4.65 a day on the debt alone: thirty days are £139.50. £100.00 of that is paid on the way.
    entries = [care("2024-01-01", 3_650_000), Entry(day("2024-01-21"), 100_00, ENTRY.interest_paid)]
    how = terms("half_yearly", separately_from="2024-01-21")  # nothing was added to the debt before then either
    settled = settle(entries, how, on=day("2024-01-31"), closing_fee=0)
    assert (settled.interest, settled.due) == (139_50, 3_650_000 + 39_50)


def test_the_persons_wish_to_pay_separately_stands_before_the_councils_setting():
    each_way = [terms(added, separately_from="2024-01-01") for added in COMPOUNDING.names]
    assert len({accrue([care("2024-01-01", 3_650_000)], how, until=day("2025-12-31")).owed for how in each_way}) == 1


def test_paying_separately_from_a_later_day_leaves_what_was_added_before():
    entries, on = [care("2024-01-01", 3_650_000)], day("2024-05-01")
    added = settle(entries, terms(), on=day("2024-03-01"), closing_fee=0).due
    # What is owed on 1 March earns simple interest for the 61 days of March and April at 4.65% / 365 a day.
    later = settle(entries, terms(separately_from="2024-03-01"), on=on, closing_fee=0).due
    assert abs(later - (added + added * 61 * 465 // (10_000 * 365))) <= 1
    assert later < settle(entries, terms(), on=on, closing_fee=0).due


def test_a_repayment_stops_interest_on_what_is_repaid():
    # £36,500 for ten days at £4.65, then half of it for ten at £2.325: £46.50 + £23.25, with none added to the debt.
    entries = [care("2024-01-01", 3_650_000), Entry(day("2024-01-11"), 1_825_000, ENTRY.repayment)]
    settled = settle(entries, terms("half_yearly"), on=day("2024-01-21"), closing_fee=0)
    assert (settled.entries, settled.interest) == (1_825_000, 69_75)


def test_what_is_repaid_beyond_the_debt_bears_no_interest_either_way():
    entries = [care("2024-01-01", 100_00), Entry(day("2024-01-02"), 300_00, ENTRY.repayment)]
    settled = settle(entries, terms(), on=day("2025-12-31"), closing_fee=0)
    assert settled.due == -200_00 + settled.interest
    assert settled.interest == 1  # £100.00 for one day: £0.0127


def test_fees_bear_interest_with_the_rest_and_the_closing_fee_only_closes():
    with_fee = [care("2024-01-01", 900_000), Entry(day("2024-01-01"), 100_000, ENTRY.fee)]
    settled = settle(with_fee, terms(), on=day("2024-06-30"), closing_fee=150_00)
    assert (settled.entries, settled.interest, settled.due) == (1_000_000, 23_325, 1_023_325 + 150_00)


def test_a_sum_entered_on_the_day_of_settlement_is_owed_without_interest():
    entries = [care("2024-01-01", 1_000_000), care("2024-06-30", 500_00)]
    assert settle(entries, terms(), on=day("2024-06-30"), closing_fee=0).due == 1_023_325 + 500_00


def test_interest_goes_on_when_no_more_may_be_deferred():
    entries = [care("2024-01-01", 5_000_000)]
    on_days = [settle(entries, terms(), on=day(f"2025-0{month}-01"), closing_fee=0).due for month in range(1, 10)]
    assert on_days == sorted(set(on_days))


def test_a_debt_falls_due_ninety_days_after_death_and_interest_goes_on():
    # 1 March 2024 and 90 days: 30 left of March, 30 of April, 30 of May.
    assert iso(falls_due(day("2024-03-01"))) == "2024-05-30"
    entries = [care("2024-01-01", 1_000_000)]
    due = falls_due(day("2024-03-01"))
    first, next_day = (settle(entries, terms(), on=on, closing_fee=0).due for on in (due, due + 1))
    assert first < next_day


# What is refused


def test_a_day_without_a_published_rate_is_refused_and_the_half_year_named():
    entries = [care("2024-01-01", 1_000_000)]
    settle(entries, terms(maximum=ONE_HALF_YEAR), on=day("2024-07-01"), closing_fee=0)  # the last day is 30 June
    with pytest.raises(Refusal) as refused:
        settle(entries, terms(maximum=ONE_HALF_YEAR), on=day("2024-07-02"), closing_fee=0)
    (problem,) = refused.value.problems
    assert problem.field == "deferred_payment_interest_maximum"
    assert "1 July 2024 to 31 December 2024" in problem.problem
    assert problem.law == "SI 2014/2671 reg 9"


def test_the_rate_for_1_july_2024_is_not_the_one_before_it():
    with pytest.raises(Refusal, match="interest on 1 July 2024"):
        rate_on(day("2024-07-01"), maximum=ONE_HALF_YEAR, below_maximum=0)
    runs_on = replace(ONE_HALF_YEAR, known_until=day("2024-12-31"))
    with pytest.raises(Refusal, match="1 July 2024 to 31 December 2024"):
        rate_on(day("2024-07-01"), maximum=runs_on, below_maximum=0)


def test_the_laws_own_figure_is_refused_after_the_last_half_year_it_knows():
    figure = figures()["deferred_payment_interest_maximum"]
    with pytest.raises(Refusal, match="half-year"):
        rate_on(figure.known_until + 1, maximum=figure, below_maximum=0)


def test_a_council_cannot_be_below_nought_or_above_the_maximum():
    assert rate_on(day("2024-01-01"), maximum=TWO_YEARS, below_maximum=465) == 0
    for below in (466, -1):
        with pytest.raises(Refusal, match="below nought or above the maximum"):
            rate_on(day("2024-01-01"), maximum=TWO_YEARS, below_maximum=below)


def test_a_closing_fee_that_is_not_published_is_refused():
    with pytest.raises(Refusal, match="deferred_payment_closing_fee is not published"):
        settle([care("2024-01-01", 1)], terms(), on=day("2024-02-01"), closing_fee=None)


def test_a_council_that_does_not_publish_its_interest_is_refused():
    not_published = Terms(TWO_YEARS, council("cambridgeshire").on)
    with pytest.raises(Refusal, match="is not published by Cambridgeshire"):
        settle([care("2024-01-01", 1)], not_published, on=day("2024-02-01"), closing_fee=0)


def test_entries_that_cannot_be_are_refused_all_at_once():
    wrong = [care("2024-03-02", 1), care("2024-01-01", -5), Entry(day("2024-01-01"), 5, ENTRY.interest_paid)]
    with pytest.raises(Refusal) as refused:
        settle(wrong, terms(), on=day("2024-03-01"), closing_fee=0)
    assert [problem.field for problem in refused.value.problems] == [
        "entries[0].day", "entries[1].amount", "entries[2].kind",
    ]  # fmt: skip


# Statements


def test_statements_come_every_six_months_and_within_28_days_of_asking():
    found = statement_days(day("2023-08-31"), day("2025-03-01"))
    assert [iso(each) for each in found] == ["2024-02-29", "2024-08-31", "2025-02-28"]
    assert iso(answer_due(day("2024-02-15"))) == "2024-03-14"


def test_each_statement_starts_where_the_last_one_ended():
    entries = [
        Entry(day("2024-01-10"), 500_00, ENTRY.fee),
        *(care(f"2024-{month:02}-01", 80_000) for month in range(2, 13)),
    ]
    until = day("2025-04-01")
    found = statements(entries, terms(), agreed=day("2024-01-15"), until=until)
    assert [(iso(each.since), iso(each.until)) for each in found] == [
        ("2024-01-10", "2024-07-15"), ("2024-07-15", "2025-01-15"), ("2025-01-15", "2025-04-01"),
    ]  # fmt: skip
    assert found[0].owed_before == 0
    assert [each.owed_after for each in found[:-1]] == [each.owed_before for each in found[1:]]
    whole = accrue(entries, terms(), until=until)
    assert found[-1].owed_after == whole.owed
    assert sum(line.interest for each in found for line in each.lines) == whole.interest
    assert (
        found[0].owed_after
        == accrue([e for e in entries if e.day < day("2024-07-15")], terms(), until=day("2024-07-15")).owed
    )


def test_no_debt_makes_no_lines_and_nothing_due():
    settled = settle([], terms(), on=day("2030-01-01"), closing_fee=0)
    assert (settled.due, settled.lines) == (0, ())
    assert [each.owed_after for each in statements([], terms(), agreed=day("2024-01-01"), until=day("2024-09-01"))] == [
        0,
        0,
    ]
    assert statements([], terms(), agreed=day("2025-01-01"), until=day("2024-09-01")) == ()


def test_fifty_five_years_of_daily_interest_are_even_work_and_right_to_the_penny():
    since, days = day("2024-01-01"), 20_000
    half_years = {f"{year}-{month}-01": 300 + year % 7 * 50 for year in range(2024, 2080) for month in ("01", "07")}
    maximum = published(half_years, "2079-12-31")
    entries = [Entry(since + 7 * week, 70_000, ENTRY.care_deferred) for week in range(500)]
    settling = partial(settle, entries, terms(maximum=maximum), closing_fee=0)
    assert grows_evenly(lambda length: partial(settling, on=since + length), days // 2)
    found = settling(on=since + days).interest
    rates = {day(at): rate for at, rate in half_years.items()}
    exact = by_decimals(entries[:40], since + days, "daily", rates)
    fewer = settle(entries[:40], terms(maximum=maximum), on=since + days, closing_fee=0).interest
    assert found > fewer
    assert exact - 1 - Decimal("0.001") < fewer <= exact


# What holds for every debt

FIRST, LAST = day("2024-01-01"), day("2025-12-31")
added_how = st.sampled_from(COMPOUNDING.names)
sums = st.builds(Entry, st.integers(FIRST, LAST), st.integers(0, 5_000_000),
                 st.sampled_from([ENTRY.care_deferred, ENTRY.fee]))  # fmt: skip
repayments = st.builds(Entry, st.integers(FIRST, LAST), st.integers(0, 5_000_000), st.just(ENTRY.repayment))
debts = st.lists(sums, min_size=1, max_size=6)
moved = st.lists(st.one_of(sums, repayments), min_size=1, max_size=8)
RATES = {dated.since: dated.value for dated in TWO_YEARS.dates}


def due(entries: list[Entry], on: int, how: Terms) -> int:
    return settle(entries, how, on=on, closing_fee=0).due


@given(moved, added_how)
def test_it_agrees_with_sixty_figures_to_the_penny(entries, added):
    exact = by_decimals(entries, LAST, added, RATES)
    found = settle(entries, terms(added), on=LAST, closing_fee=0).interest
    assert exact - 1 - Decimal("0.001") < found <= exact


@given(moved, added_how, st.lists(st.integers(FIRST, LAST), max_size=4))
def test_the_lines_add_up_wherever_they_are_broken(entries, added, breaks):
    account = accrue(entries, terms(added), until=LAST, breaks=breaks)
    assert sum(line.interest for line in account.lines) == account.interest
    assert account.interest == accrue(entries, terms(added), until=LAST).interest
    assert sum(line.entered for line in account.lines) + account.interest == account.owed
    before = 0
    for line in account.lines:
        assert line.owed_before == before
        assert line.owed_before + line.entered + line.interest == line.owed_after
        before = line.owed_after
    assert [line.until for line in account.lines[:-1]] == [line.since for line in account.lines[1:]]


@given(debts, added_how, st.integers(0, 60), st.integers(0, 60))
def test_what_is_due_never_falls_with_a_later_day(entries, added, sooner, later):
    days = [LAST - 60 + each for each in sorted((sooner, later))]
    entries = [entry for entry in entries if entry.day <= days[0]]
    first, second = (due(entries, on, terms(added)) for on in days)
    assert first <= second


@given(moved, sums, added_how)
def test_more_debt_never_bears_less_interest(entries, more, added):
    less, greater = (settle(each, terms(added), on=LAST, closing_fee=0) for each in (entries, [*entries, more]))
    assert less.interest <= greater.interest


@given(moved, added_how, st.data())
def test_an_entry_in_two_parts_on_one_day_changes_nothing(entries, added, data):
    whole = data.draw(st.sampled_from(entries))
    part = data.draw(st.integers(0, whole.amount))
    parts = [replace(whole, amount=part), replace(whole, amount=whole.amount - part)]
    divided = [each for each in entries if each is not whole] + parts
    if sum(each is whole for each in entries) == 1:
        assert accrue(divided, terms(added), until=LAST) == accrue(entries, terms(added), until=LAST)


@given(moved, st.integers(FIRST, LAST))
def test_the_oftener_interest_is_added_the_more_is_due_and_never_less_than_paying_apart(entries, on):
    entries = [entry for entry in entries if entry.day <= on]
    often = [due(entries, on, terms(added)) for added in ("daily", "monthly", "quarterly", "half_yearly")]
    apart = due(entries, on, terms("daily", separately_from="2024-01-01"))
    assert often == sorted(often, reverse=True)
    assert often[-1] >= apart


@given(debts, added_how, st.integers(0, 400), st.integers(0, 400))
def test_a_lower_rate_never_makes_more_due(entries, added, one, other):
    more, less = sorted((one, other))
    assert due(entries, LAST, terms(added, below=less)) <= due(entries, LAST, terms(added, below=more))


# The guide


def test_the_guides_example_runs_as_it_is_written():
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    ran: dict[str, object] = {}
    exec(compile(code, str(GUIDE), "exec"), ran)
    assert ran["settled"].due == 1_023_325  # type: ignore[attr-defined]
