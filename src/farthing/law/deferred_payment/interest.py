"""Interest on a deferred payment: the dated rate, when it joins the debt, statements, and what settles the debt on a day.

Money is whole pence at both ends. In between, the debt is whole billionths of a penny, and a day's interest drops what
is smaller: in fifty years at 5%, less than a thousandth of a penny. What is shown drops part of a penny. Both go the
person's way (SI 2014/2672 reg 11, not yet read).

Reaching the limit ends entries of care, never interest (CASSG 9.44); nor does death, until the debt is paid. Not
modelled: a higher rate on a debt overdue. Fees the person pays apart (SI 2014/2671 reg 10(2)) are simply not entered.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise, takewhile

from farthing.base.days import in_words, moved_on
from farthing.base.refusal import Problem, Refusal
from farthing.engine.constants import FUTURE
from farthing.engine.figures import Figure
from farthing.engine.kinds import Choice, Choices
from farthing.law.deferred_payment.rules import COMPOUNDING

DAYS_IN_RATE_YEAR = 365
"""A day's interest is a 365th of the yearly rate. Assumed, because the law does not say: a leap year so takes 366 such
days, one day's interest more than the yearly rate (£1.27 on £10,000 at 4.65%)."""
DAYS_FROM_DEATH_TO_DUE, MONTHS_BETWEEN_STATEMENTS, DAYS_TO_ANSWER = 90, 6, 28
"""SI 2014/2671 reg 7; CASSG 9.78 to 9.79, 9.90. None of them has been read: pages of councils say so."""

ENTRY = Choices("entry of a deferred payment", ("care_deferred", "fee", "repayment", "interest_paid"))
"""The first two add to the debt, the others come off. ``interest_paid`` is for interest paid apart from the debt."""

_BELOW_MAXIMUM = "deferred_payment_interest_percent_below_maximum"
_BILLIONTHS, _RATE_PARTS = 10**9, 100 * 100 * DAYS_IN_RATE_YEAR
_HALF_YEAR = 6
_MONTHS: dict[int, int] = {COMPOUNDING.monthly: 1, COMPOUNDING.quarterly: 3, COMPOUNDING.half_yearly: _HALF_YEAR}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sum in pence, never below nought, entered at the start of a day. ``kind`` is one of ``ENTRY``."""

    day: int
    amount: int
    kind: Choice


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms interest runs.

    ``maximum`` is the figure ``deferred_payment_interest_maximum``. ``slots`` gives the council's settings on a day, as
    ``Council.on`` does: read when the debt begins and at each half-year, when the rate may change. From the day
    ``separately_from`` interest is paid apart and none is added to the debt, whatever the council's setting, because
    the person asked for it (SI 2014/2671 reg 9(2)); it is owed all the same, and bears no interest.
    """

    maximum: Figure
    slots: Callable[[int], Mapping[str, int]]
    separately_from: int = FUTURE


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch at one rate with no entry within it: from the day ``since`` up to, not including, ``until``.

    ``rate`` is hundredths of a percent a year; ``entered`` the first day's entries, below nought where more is paid
    than added. In pence, owed_before + entered + interest = owed_after, which the next line starts with.
    """

    since: int
    until: int
    rate: int
    owed_before: int
    entered: int
    interest: int
    owed_after: int


@dataclass(frozen=True, slots=True)
class Account:
    """The debt in pence up to the start of the day ``until``. The lines' interest adds up to ``interest`` exactly.

    ``owed`` is what was owed before that day, below nought to the person; ``entered_then`` what its own entries add.
    """

    until: int
    interest: int
    owed: int
    entered_then: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settles the debt on a day: due = entries + interest + closing_fee, in pence. Below nought, it is repaid."""

    on: int
    entries: int
    interest: int
    closing_fee: int
    due: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened from the day ``since`` up to, not including, ``until``, and what is owed before and after it."""

    since: int
    until: int
    owed_before: int
    owed_after: int
    lines: tuple[Line, ...]


def rate_on(day: int, *, maximum: Figure, below_maximum: int) -> int:
    """The council's rate on a day, in hundredths of a percent a year (SI 2014/2671 reg 9; CASSG 9.67).

    Raises ``Refusal`` where the half-year's own maximum is not known (an earlier one never runs on), or is exceeded.
    """
    at, dated = date.fromordinal(day), maximum.known_on(day)
    first = date(at.year, 1 if at.month <= _HALF_YEAR else 7, 1).toordinal()
    if dated is None or dated.since < first:
        half_year = f"half-year {in_words(first)} to {in_words(moved_on(first, _HALF_YEAR) - 1)}"
        problem = f"is not known for the {half_year}, so interest on {in_words(day)} cannot be worked out"
        what_to_do = f"Add the rate published for that half-year at {maximum.place}, or ask of an earlier day"
        raise Refusal(Problem(maximum.name, problem, what_to_do, maximum.law.law))
    if not 0 <= below_maximum <= dated.value:
        problem = f"puts the rate for {in_words(day)} below nought or above the maximum"
        raise Refusal(Problem(_BELOW_MAXIMUM, problem, f"Give 0 to {dated.value} hundredths", maximum.law.law))
    return dated.value - below_maximum


def accrue(entries: Sequence[Entry], terms: Terms, *, until: int, breaks: Collection[int] = ()) -> Account:
    """The debt with interest on every day before ``until``, and the lines it comes about by.

    A repayment first lowers what bears interest; while too much has been repaid there is none. ``breaks`` are days for
    a line to end on. Raises ``Refusal`` for an entry that cannot be, a rate not known or a setting not published.
    """
    _check(entries, terms, until)
    debt, paid_apart = Counter[int](), Counter[int]()
    for entry in entries:
        sums = paid_apart if entry.kind == ENTRY.interest_paid else debt
        sums[entry.day] += -entry.amount if entry.kind == ENTRY.repayment else entry.amount
    first = min((entry.day for entry in entries), default=until)
    half_years = set(_first_days(first, until, _HALF_YEAR))
    starts = sorted(day for day in {*debt, *paid_apart, *breaks, *half_years} if first <= day < until)
    lines: list[Line] = []
    bearing = waiting = earned = shown = owed = 0
    for since, end in pairwise([*starts, until]):
        if since == first or since in half_years:
            slots = terms.slots(since)
            added, below = slots["deferred_payment_interest_added"], slots[_BELOW_MAXIMUM]
            rate = rate_on(since, maximum=terms.maximum, below_maximum=below)
        bearing += debt[since] * _BILLIONTHS
        waiting -= paid_apart[since] * _BILLIONTHS
        for days, joins in _stretches(since, end, added, terms.separately_from):
            part = days * (max(bearing, 0) * rate // _RATE_PARTS)
            earned, waiting = earned + part, waiting + part
            if joins:
                bearing, waiting = bearing + waiting, 0
        entered, interest = debt[since] - paid_apart[since], earned // _BILLIONTHS - shown
        lines.append(Line(since, end, rate, owed, entered, interest, owed + entered + interest))
        owed, shown = lines[-1].owed_after, shown + interest
    return Account(until, shown, owed, debt[until] - paid_apart[until], tuple(lines))


def settle(entries: Sequence[Entry], terms: Terms, *, on: int, closing_fee: int | None) -> Settlement:
    """What settles the debt on a day, with interest on every day before it: see ``accrue``.

    ``closing_fee`` is what the council charges for ending the agreement (SI 2014/2671 reg 10), in pence. ``None``, not
    published, is refused and never taken as nought. Raises ``Refusal`` as ``accrue`` does.
    """
    if closing_fee is None:
        what_to_do = "Ask the council what it charges for ending the agreement; where it charges nothing, give nought"
        raise Refusal(Problem("deferred_payment_closing_fee", "is not published", what_to_do, "SI 2014/2671 reg 10"))
    account = accrue(entries, terms, until=on)
    debt = account.owed + account.entered_then
    return Settlement(on, debt - account.interest, account.interest, closing_fee, debt + closing_fee, account.lines)


def statements(entries: Sequence[Entry], terms: Terms, *, agreed: int, until: int) -> tuple[Statement, ...]:
    """The six-monthly statements, from the day agreed, and one for the time since. Raises ``Refusal`` as ``accrue`` does.

    A statement ends at the start of its day: what is entered on that day comes in the next.
    """
    days = statement_days(agreed, until)
    account = accrue(entries, terms, until=until, breaks=days)
    found: list[Statement] = []
    starts = {min([agreed, until, *(entry.day for entry in entries)]), *days}
    for since, end in pairwise(sorted(starts | {until})):
        lines = tuple(line for line in account.lines if since <= line.since < end)
        before = found[-1].owed_after if found else 0
        found.append(Statement(since, end, before, lines[-1].owed_after if lines else before, lines))
    return tuple(found)


def statement_days(agreed: int, until: int) -> tuple[int, ...]:
    """The days up to and including ``until`` on which a six-monthly statement is due (CASSG 9.78)."""
    every = (moved_on(agreed, MONTHS_BETWEEN_STATEMENTS * number) for number in count(1))
    return tuple(takewhile(lambda day: day <= until, every))


def answer_due(asked: int) -> int:
    """The last day to answer somebody who asks on a day for a statement (CASSG 9.79)."""
    return asked + DAYS_TO_ANSWER


def falls_due(died: int) -> int:
    """The day the debt falls due after the person's death: 90 days later. Interest goes on until it is paid."""
    return died + DAYS_FROM_DEATH_TO_DUE


def _stretches(since: int, end: int, added: int, separately_from: int) -> Iterator[tuple[int, bool]]:
    """The days of each part of a line, and whether interest joins the debt at its end."""
    last = min(end, separately_from)
    for day in range(since + 1, last + 1) if added == COMPOUNDING.daily else _first_days(since, last, _MONTHS[added]):
        yield day - since, True
        since = day
    yield end - since, False


def _first_days(after: int, until: int, months: int) -> Iterator[int]:
    """The first day of every so many months, counted from January: those after one day, up to and including another."""
    start, end = date.fromordinal(after), date.fromordinal(until)
    for month in range(start.year * 12 + start.month, end.year * 12 + end.month):
        if month % months == 0:
            yield date(month // 12, month % 12 + 1, 1).toordinal()


def _check(entries: Sequence[Entry], terms: Terms, until: int) -> None:
    problems = []
    for number, entry in enumerate(entries):
        if entry.amount < 0:
            problems.append(
                Problem(f"entries[{number}].amount", "is below nought", "Enter what is paid as a repayment")
            )
        if entry.day > until:
            late = f"is {in_words(entry.day)}, which is after {in_words(until)}"
            problems.append(Problem(f"entries[{number}].day", late, "Leave it out, or ask about a later day"))
        if entry.kind == ENTRY.interest_paid and entry.day < terms.separately_from:
            mixed = "is interest paid apart from the debt, on a day when interest is added to it"
            what_to_do = "Enter a repayment, or give the day from which the person pays interest separately"
            problems.append(Problem(f"entries[{number}].kind", mixed, what_to_do, "SI 2014/2671 reg 9(2)"))
    if problems:
        raise Refusal(*problems)
