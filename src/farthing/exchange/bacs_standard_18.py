"""Direct credits as a Bacs Standard 18 file, written and read back.

The labels VOL1, HDR1, HDR2 and UHL1; a record for each payment (transaction code 99); after each day's payments the
contra record (17) that takes their sum from the payer's account; then EOF1, EOF2 and UTL1 with the totals. Where the
payments have one processing day the records have 100 characters and the day stands in UHL1; where they have several, the
records have 106 with the day in each, and the first of the days stands in UHL1. Lines end in carriage return and line feed.

Positions and rules are those of Bacs, "EFT file structures" (bacs.co.uk/DocumentLibrary/EFT_file_structures.pdf), as other open
programs quote them, and of Bank of Ireland, "BACS File Specification" (scribd.com/document/668157420/BACS-File-Spec); the
first was not itself at hand. Banks differ in what they check of the labels: a council has its bank try a first file before
any money moves.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.base.refusal import Problem, Refusal
from farthing.exchange.bank_details import REFERENCE_LENGTH, BankAccount
from farthing.exchange.payments import Originator, Payment, check, totals_by_day
from farthing.exchange.working_days import WorkingDays

CREDIT = "99"
CONTRA_OF_CREDITS = "17"
DAILY, MULTI = "1 DAILY", "4 MULTI"
KEPT_FOR = DAYS_IN_A_WEEK
"""How many days after the last processing day the file may be overwritten."""

MOST_DAYS_AHEAD = 31
"""How many days after the first day on which Bacs can process the file its first processing day may be."""

MOST_DAYS_BETWEEN = 39
"""How many days after the first processing day the last may be."""

Layout = tuple[str | int | tuple[str, int], ...]
"""A line's parts in order: text that always stands there, a number of blanks, or a field's name and width."""

VOL1: Layout = ("VOL1", ("serial", 6), 31, ("service_user", 6), 32, "1")
HDR1: Layout = (
    "HDR1A", ("service_user", 6), "S", 3, ("service_user", 6), ("serial", 6), "00010001", 6, ("made_on", 6),
    ("kept_until", 6), 1, "000000", 20,
)  # fmt: skip
HDR2: Layout = ("HDR2F02000", ("record_length", 5), 35, "00", 28)
UHL1: Layout = ("UHL1", ("day", 6), "999999", 4, "00000000", ("work", 9), "001", 40)
RECORD: Layout = (
    ("to_sort_code", 6), ("to_account", 8), "0", ("code", 2), ("from_sort_code", 6), ("from_account", 8), 4, ("amount", 11),
    ("from_name", 18), ("reference", 18), ("to_name", 18),
)  # fmt: skip
RECORD_WITH_DAY: Layout = (*RECORD, ("day", 6))
EOF1: Layout = ("EOF1A", *HDR1[1:])
EOF2: Layout = ("EOF2F02000", *HDR2[1:])
UTL1: Layout = ("UTL1", ("debits", 13), ("credits", 13), ("debit_count", 7), ("credit_count", 7), 8, "0000000", 21)

HEADERS, TRAILERS = (VOL1, HDR1, HDR2, UHL1), (EOF1, EOF2, UTL1)


@dataclass(frozen=True, slots=True)
class BacsFile:
    """What a file says: a payment of a building society account carries the roll number where the reference was."""

    originator: Originator
    made_on: int
    payments: tuple[Payment, ...]
    total: int


def write(payments: Sequence[Payment], originator: Originator, *, made_on: int, working_days: WorkingDays) -> bytes:
    """The file of the payments, made on a day given as a day number; the same payments give the same bytes.

    Payments are sorted by day and otherwise keep their order. Names are cut to 18 characters. A building society is
    told the roll number in place of the reference, as Bacs asks. Raises ``Refusal`` with everything a bank would refuse.
    """
    check(payments, originator, made_on=made_on, working_days=working_days)
    totals = totals_by_day(payments)
    _check_days(list(totals), working_days.moved(made_on, 1))
    several_days = len(totals) > 1
    labels = _labels(originator, made_on, list(totals))
    layout = RECORD_WITH_DAY if several_days else RECORD
    lines = [_line(layout_of_label, labels) for layout_of_label in HEADERS]
    for day, total in totals.items():
        lines += [_line(layout, _credit(payment, originator)) for payment in payments if payment.day == day]
        lines.append(_line(layout, _contra(day, total, originator)))
    sums = {"debits": sum(totals.values()), "credits": sum(payment.amount for payment in payments)}
    counts = {"debit_count": len(totals), "credit_count": len(payments)}
    lines += [_line(layout_of_label, {**labels, **sums, **counts}) for layout_of_label in TRAILERS]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def read(content: bytes) -> BacsFile:
    """Read a file of direct credits back, its labels, contra records and totals checked against its payments.

    Raises ``Refusal`` with the first line that is not as it should be, so a file that was cut off is never half read.
    """
    lines = _lines(content)
    vol1, hdr1, hdr2, uhl1 = (_fields(layout, lines, number) for number, layout in enumerate(HEADERS))
    if uhl1["work"] not in (DAILY, MULTI):
        raise _wrong(3, f"is neither {DAILY!r} nor {MULTI!r}: {uhl1['work']!r}")
    several_days = uhl1["work"] == MULTI
    last = len(lines) - len(TRAILERS)
    eof1, eof2, utl1 = (_fields(layout, lines, last + number) for number, layout in enumerate(TRAILERS))
    _same(last, eof1, hdr1)
    _same(last + 1, eof2, hdr2)
    _same(1, hdr1, vol1)
    layout = RECORD_WITH_DAY if several_days else RECORD
    _same(2, hdr2, {"record_length": f"{_width(layout):05}"})
    records = [_fields(layout, lines, number) for number in range(len(HEADERS), last)]
    payments = tuple(_payments(records, None if several_days else _day_read(3, uhl1["day"])))
    sums = {kind: sum(int(each["amount"]) for each in records if each["code"] == code) for kind, code in _KINDS.items()}
    counts = {f"{kind[:-1]}_count": sum(each["code"] == code for each in records) for kind, code in _KINDS.items()}
    _same(last + 2, {name: int(utl1[name]) for name in (*sums, *counts)}, {**sums, **counts})
    payer = records[-1]
    originator = Originator(
        vol1["service_user"],
        payer["from_name"],
        BankAccount(payer["to_sort_code"], payer["to_account"], payer["to_name"]),
        int(vol1["serial"]),
    )
    return BacsFile(originator, _day_read(1, hdr1["made_on"]), payments, sums["credits"])


_KINDS = {"debits": CONTRA_OF_CREDITS, "credits": CREDIT}


def _check_days(days: Sequence[int], first_possible: int) -> None:
    if days[0] > first_possible + MOST_DAYS_AHEAD:
        problem = f"is {in_words(days[0])}, more than {MOST_DAYS_AHEAD} days after {in_words(first_possible)}"
        raise Refusal(Problem("payments.day", problem, "Make the file nearer the day"))
    if days[-1] > days[0] + MOST_DAYS_BETWEEN:
        problem = f"runs from {in_words(days[0])} to {in_words(days[-1])}, more than {MOST_DAYS_BETWEEN} days"
        raise Refusal(Problem("payments.day", problem, "Make a file for the earlier days and one for the later"))


def _labels(originator: Originator, made_on: int, days: Sequence[int]) -> dict[str, str | int]:
    several_days = len(days) > 1
    return {
        "serial": originator.file_serial,
        "service_user": originator.service_user_number,
        "made_on": _day_written(made_on),
        "kept_until": _day_written(days[-1] + KEPT_FOR),
        "record_length": _width(RECORD_WITH_DAY if several_days else RECORD),
        "day": _day_written(days[0]),
        "work": MULTI if several_days else DAILY,
    }


def _credit(payment: Payment, originator: Originator) -> dict[str, str | int]:
    return {
        **_payer(originator),
        "to_sort_code": payment.to.sort_code,
        "to_account": payment.to.account_number,
        "code": CREDIT,
        "amount": payment.amount,
        "reference": payment.to.roll_number or payment.reference,
        "to_name": _cut(payment.to.name),
        "day": _day_written(payment.day),
    }


def _contra(day: int, total: int, originator: Originator) -> dict[str, str | int]:
    return {
        **_payer(originator),
        "to_sort_code": originator.account.sort_code,
        "to_account": originator.account.account_number,
        "code": CONTRA_OF_CREDITS,
        "amount": total,
        "reference": "CONTRA",
        "to_name": _cut(originator.account.name),
        "day": _day_written(day),
    }


def _payer(originator: Originator) -> dict[str, str | int]:
    return {
        "from_sort_code": originator.account.sort_code,
        "from_account": originator.account.account_number,
        "from_name": _cut(originator.name),
    }


def _cut(name: str) -> str:
    return name[:REFERENCE_LENGTH].rstrip()


def _line(layout: Layout, values: Mapping[str, str | int]) -> str:
    """A line as its layout has it: text followed by blanks, numbers after noughts."""
    written = list[str]()
    for part in layout:
        match part:
            case str():
                written.append(part)
            case int():
                written.append(" " * part)
            case (name, width):
                value = values[name]
                written.append(str(value).zfill(width) if isinstance(value, int) else value.ljust(width))
    return "".join(written)


def _width(layout: Layout) -> int:
    return sum(len(part) if isinstance(part, str) else part if isinstance(part, int) else part[1] for part in layout)


@cache
def _pattern(layout: Layout) -> re.Pattern[str]:
    """What a line of the layout looks like; a field that stands in it twice is the same both times."""
    seen, written = set[str](), list[str]()
    for part in layout:
        match part:
            case str():
                written.append(re.escape(part))
            case int():
                written.append(f" {{{part}}}")
            case (name, width):
                written.append(f"(?P={name})" if name in seen else f"(?P<{name}>.{{{width}}})")
                seen.add(name)
    return re.compile("".join(written))


_IN_FIGURES = (
    "serial", "service_user", "record_length", "amount", "debits", "credits", "debit_count", "credit_count", "to_sort_code",
    "to_account", "from_sort_code", "from_account",
)  # fmt: skip


def _fields(layout: Layout, lines: Sequence[str], number: int) -> dict[str, str]:
    found = _pattern(layout).fullmatch(lines[number])
    if found is None:
        raise _wrong(number, f"is not a line of {_width(layout)} characters as {_named(layout)} has them")
    for name in _IN_FIGURES:
        if re.fullmatch("[0-9]+", found.groupdict().get(name, "0")) is None:
            raise _wrong(number, f"has something other than figures where {name.replace('_', ' ')} stands")
    return {name: text.rstrip() for name, text in found.groupdict().items()}


def _named(layout: Layout) -> str:
    return layout[0][:4] if isinstance(layout[0], str) else "a payment"


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("ascii")
    except UnicodeDecodeError as error:
        raise _wrong(content[: error.start].count(b"\n"), "has a character that is not ASCII") from None
    lines = text.split("\r\n")
    if lines.pop() != "":
        raise _wrong(len(lines), "does not end as a line does")
    least = len(HEADERS) + len(TRAILERS) + 2
    if len(lines) < least:
        raise Refusal(Problem("file", f"has {len(lines)} lines, and none has fewer than {least}", _WHOLE))
    return lines


def _payments(records: Sequence[Mapping[str, str]], only_day: int | None) -> list[Payment]:
    """The payments, each day's followed by the contra record of their sum."""
    payments, open_sum, open_day = list[Payment](), 0, None
    for number, record in enumerate(records, len(HEADERS)):
        day = _day_read(number, record["day"]) if only_day is None else only_day
        if open_day is not None and day != open_day:
            raise _wrong(number, "is of another day, before the contra record of the day before it")
        if record["code"] == CREDIT:
            account = BankAccount(record["to_sort_code"], record["to_account"], record["to_name"])
            payments.append(Payment(record["reference"], int(record["amount"]), account, day))
            open_sum, open_day = open_sum + int(record["amount"]), day
        elif record["code"] == CONTRA_OF_CREDITS:
            if open_day is None or int(record["amount"]) != open_sum:
                raise _wrong(number, f"takes {int(record['amount'])} pence for payments of {open_sum}")
            open_sum, open_day = 0, None
        else:
            raise _wrong(number, f"has the transaction code {record['code']}, which is no direct credit")
    if open_day is not None:
        raise _wrong(len(HEADERS) + len(records), "follows payments that have no contra record")
    return payments


def _same(number: int, here: Mapping[str, str | int], there: Mapping[str, str | int]) -> None:
    """Refuse a line whose fields are not those they repeat."""
    for name in sorted(here.keys() & there.keys()):
        if here[name] != there[name]:
            raise _wrong(number, f"gives {name.replace('_', ' ')} as {here[name]}, and elsewhere it is {there[name]}")


def _day_written(day_number: int) -> str:
    """A blank, the last two figures of the year, and the day of the year in three."""
    return f" {date.fromordinal(day_number):%y%j}"


def _day_read(number: int, text: str) -> int:
    found = re.fullmatch(" ([0-9]{2})([0-9]{3})", text)
    if found is None:
        raise _wrong(number, f"has no day where one should stand: {text!r}")
    new_year = date(2000 + int(found[1]), 1, 1)
    at = new_year + timedelta(int(found[2]) - 1)
    if at.year != new_year.year:
        raise _wrong(number, f"has a day its year does not have: {text!r}")
    return at.toordinal()


_WHOLE = "Make the file again; send none that does not read back"


def _wrong(number: int, problem: str) -> Refusal:
    return Refusal(Problem(f"line {number + 1}", problem, _WHOLE))
