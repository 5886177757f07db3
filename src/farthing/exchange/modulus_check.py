"""Whether an account number can belong to its sort code: Vocalink's modulus check.

Vocalink, "Validating account numbers: UK modulus checking", version 7.70 of March 2024 (vocalink.com/tools/modulus-checking).
The table of weights is Vocalink's own and is no part of this product: a council loads the two files it has from
Vocalink, ``valacdos.txt`` and ``scsubtab.txt``. A number that passes can exist; that it does, and whose it is, no check of
figures can tell. A sort code that is not in the table is not disproved.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from farthing.base.refusal import Problem, Refusal
from farthing.exchange.bank_details import BankAccount

Weights = tuple[int, ...]
"""Fourteen, for the places u v w x y z of the sort code and a b c d e f g h of the account number."""

A, B, C, G, H = 6, 7, 8, 12, 13
"""The places the exceptions name, counted from nought."""

SORT_CODE_OF_EXCEPTION_8 = "090126"
SORT_CODE_OF_EXCEPTION_9 = "309634"
ADDED_BY_EXCEPTION_1 = 27

_EXCEPTION_2_WEIGHTS: Weights = (0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1)
_EXCEPTION_2_WEIGHTS_WHERE_G_IS_9: Weights = (0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1)
_EITHER_CHECK_IS_ENOUGH = ((2, 9), (10, 11), (12, 13))


class Answer(StrEnum):
    """What the check says of an account."""

    PASSES = "passes"
    FAILS = "fails"
    CANNOT_BE_CHECKED = "cannot be checked"


class Method(StrEnum):
    """How the weighted figures are added up, as the table names it."""

    MODULUS_10 = "MOD10"
    MODULUS_11 = "MOD11"
    DOUBLE_ALTERNATE = "DBLAL"


@dataclass(frozen=True, slots=True)
class Row:
    """One check: the sort codes it is for, first and last, how it is made, and its exception, nought where it has none."""

    first: str
    last: str
    method: Method
    weights: Weights
    exception: int


@dataclass(frozen=True, slots=True)
class Table:
    """The checks in the order they are made, and the sort codes that exception 5 puts in place of others."""

    rows: Sequence[Row]
    substitutes: Mapping[str, str]

    def check(self, account: BankAccount) -> Answer:
        """Whether the account number can belong to the sort code."""
        rows = [row for row in self.rows if row.first <= account.sort_code <= row.last]
        if not rows:
            return Answer.CANNOT_BE_CHECKED
        figures = account.sort_code + account.account_number
        return Answer.PASSES if self._passes(rows, figures) else Answer.FAILS

    def _passes(self, rows: Sequence[Row], figures: str) -> bool:
        exceptions = tuple(row.exception for row in rows)
        if 6 in exceptions and "4" <= figures[A] <= "8" and figures[G] == figures[H]:
            return True  # an account in a foreign currency, which no check is for
        passed = (self._row_passes(row, figures) for row in rows)
        return any(passed) if exceptions in _EITHER_CHECK_IS_ENOUGH else all(passed)

    def _row_passes(self, row: Row, figures: str) -> bool:
        match row.exception:
            case 3 if figures[C] in "69":
                return True
            case 4:
                return _weighted(row, figures) % 11 == int(figures[G:])
            case 5:
                return _passes_exception_5(row, self.substitutes.get(figures[:A], figures[:A]) + figures[A:])
            case 8:
                return _divides(row, SORT_CODE_OF_EXCEPTION_8 + figures[A:])
            case 9:
                return _divides(row, SORT_CODE_OF_EXCEPTION_9 + figures[A:])
            case 14:
                return _divides(row, figures) or (figures[H] in "019" and _divides(row, _shifted(figures)))
        return _divides(row, figures)


def read_table(weights: str, substitutes: str = "") -> Table:
    """Read the text of ``valacdos.txt``, and of ``scsubtab.txt``, which exception 5 needs.

    Raises ``Refusal`` with every line that is not as Vocalink writes them.
    """
    problems: list[Problem] = []
    rows = [
        Row(first, last, Method(method), tuple(map(int, numbers[:14])), int(numbers[14]) if len(numbers) > 14 else 0)
        for first, last, method, *numbers in _read_lines("valacdos.txt", weights, _ROW, problems)
    ]
    pairs = dict(_read_lines("scsubtab.txt", substitutes, _PAIR, problems))
    if not rows and not problems:
        problems.append(Problem("valacdos.txt", "has no line", "Load the file as Vocalink publishes it"))
    if problems:
        raise Refusal(*problems)
    return Table(rows, pairs)


_ROW = re.compile(r"[0-9]{6}\s+[0-9]{6}\s+(MOD10|MOD11|DBLAL)(\s+-?[0-9]{1,3}){14}(\s+([1-9]|1[0-4]))?")
_PAIR = re.compile(r"[0-9]{6}\s+[0-9]{6}")


def _read_lines(file: str, text: str, form: re.Pattern[str], problems: list[Problem]) -> list[list[str]]:
    found = list[list[str]]()
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if line and form.fullmatch(line):
            found.append(line.split())
        elif line:
            problem = f"is not as Vocalink writes the file: {line[:40]!r}"
            problems.append(Problem(f"{file} line {number}", problem, "Load the file as Vocalink publishes it"))
    return found


def _weights(row: Row, figures: str) -> Weights:
    """The weights of a check, which some exceptions change with the account number."""
    without_u_to_b = (*(0,) * C, *row.weights[C:])
    match row.exception:
        case 2 if figures[A] != "0":
            return _EXCEPTION_2_WEIGHTS_WHERE_G_IS_9 if figures[G] == "9" else _EXCEPTION_2_WEIGHTS
        case 7 if figures[G] == "9":
            return without_u_to_b
        case 10 if figures[A : B + 1] in ("09", "99") and figures[G] == "9":
            return without_u_to_b
    return row.weights


def _weighted(row: Row, figures: str) -> int:
    """The sum of each figure times its weight; by the double alternate method, of the figures of those products."""
    products = [int(figure) * weight for figure, weight in zip(figures, _weights(row, figures), strict=True)]
    if row.method is Method.DOUBLE_ALTERNATE:
        return sum(int(figure) for product in products for figure in str(abs(product)))
    return sum(products)


def _divides(row: Row, figures: str) -> bool:
    total = _weighted(row, figures) + (ADDED_BY_EXCEPTION_1 if row.exception == 1 else 0)
    return total % _modulus(row) == 0


def _modulus(row: Row) -> int:
    return 11 if row.method is Method.MODULUS_11 else 10


def _passes_exception_5(row: Row, figures: str) -> bool:
    """The remainder taken from the modulus is the check figure: g for modulus 11, h for double alternate.

    For modulus 11 a remainder of 1 would ask for a check figure of 10, so that no account has it.
    """
    check_figure = figures[G] if row.method is Method.MODULUS_11 else figures[H]
    modulus = _modulus(row)
    return (modulus - _weighted(row, figures) % modulus) % modulus == int(check_figure)


def _shifted(figures: str) -> str:
    """The account number without its last figure and with a nought before it."""
    return figures[:A] + "0" + figures[A:H]
