"""The payment number of an invoice, and its barcode for Post Office and PayPoint counters.

How a number is made up is the collector's to say, so all of it is a setting: the issuer's prefix, how long the
number is, its check digit, whether the amount is in it, and whether the barcode is plain Code 128 or GS1-128 (the same
with the mark FNC1 before the number). The bars keep to the GS1 General Specifications section 5.4.4: ten modules of white
on either side, 165.10 mm across and 48 digits at most (https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from barcode.codex import Code128, Gs1_128
from stdnum import luhn

from farthing.base.refusal import Problem, Refusal

MOST_DIGITS = 48
MODULE = 4
"""The width of the narrowest bar, in tenths of a millimetre: read from a print of 150 dots an inch, and better."""
QUIET = 10
HEIGHT = 45
"""The white on either side, and the height of the bars, in modules."""
WIDEST = 1651
"""Tenths of a millimetre."""

_DIGITS = re.compile("[0-9]+")


class CheckRule(StrEnum):
    """How the last digit of a number is worked out from the others."""

    LUHN = "luhn"
    NONE = "none"


class Symbology(StrEnum):
    """Which barcode is drawn."""

    CODE_128 = "code_128"
    GS1_128 = "gs1_128"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a council's collector has payment numbers made up: prefix, account, amount if it is wanted, check digit.

    ``length`` counts all digits. The account number fills what the other parts leave, with noughts before it. The amount
    is in pence, in ``amount_digits``. Raises ``Refusal`` for a layout that cannot be kept.
    """

    prefix: str
    length: int
    check_rule: CheckRule
    with_amount: bool
    symbology: Symbology
    amount_digits: int = 8

    def __post_init__(self) -> None:
        if not _DIGITS.fullmatch(self.prefix):
            raise Refusal(
                Problem("prefix", f"is not digits only: {self.prefix!r}", "Give the prefix the collector issued")
            )
        if self.length > MOST_DIGITS:
            raise Refusal(Problem("length", f"is {self.length}", f"Give {MOST_DIGITS} at most, or no barcode takes it"))
        if self.account_digits < 1:
            say = "Give a longer length, or leave the amount out"
            raise Refusal(Problem("length", f"is {self.length}, which leaves no digit for the account", say))

    @property
    def account_digits(self) -> int:
        """How many digits are left for the account number."""
        others = len(self.prefix) + (self.amount_digits if self.with_amount else 0)
        return self.length - others - (self.check_rule is CheckRule.LUHN)


def payment_number(layout: Layout, account_number: str, amount: int | None = None) -> str:
    """The number to pay an account with; ``amount`` is in pence and needed only where the layout has it in the number.

    Raises ``Refusal`` for an account number or an amount that does not fit.
    """
    if not _DIGITS.fullmatch(account_number):
        raise Refusal(Problem("account_number", f"is not digits only: {account_number!r}", "Give a number of digits"))
    if len(account_number) > layout.account_digits:
        say = f"Give {layout.account_digits} at most, or ask the collector for a longer layout"
        raise Refusal(Problem("account_number", f"has {len(account_number)} digits", say))
    number = layout.prefix + account_number.zfill(layout.account_digits)
    if layout.with_amount:
        number += _amount(layout, amount)
    return number + luhn.calc_check_digit(number) if layout.check_rule is CheckRule.LUHN else number


def is_right(number: str, layout: Layout) -> bool:
    """Whether a number read from a slip or typed could be one of the layout's: its digits, its prefix, its check digit."""
    if not _DIGITS.fullmatch(number) or len(number) != layout.length or not number.startswith(layout.prefix):
        return False
    return layout.check_rule is CheckRule.NONE or luhn.is_valid(number)


def barcode(number: str, layout: Layout) -> str:
    """The barcode of a number as an SVG drawing of its printed size; the digits are to be printed beside it.

    Raises ``Refusal`` for a number that is not of the layout.
    """
    if not is_right(number, layout):
        raise Refusal(Problem("number", f"is not of the layout: {number!r}", "Make it with payment_number"))
    drawn = Gs1_128 if layout.symbology is Symbology.GS1_128 else Code128
    modules: str = drawn(number).build()[0]
    across = len(modules) + 2 * QUIET
    if across * MODULE > WIDEST:
        raise Refusal(Problem("number", f"makes a barcode {_millimetres(across)} mm wide", "Ask for a shorter layout"))
    bars = "".join(
        f"M{QUIET + bar.start()} 0h{len(bar[0])}v{HEIGHT}h-{len(bar[0])}z" for bar in re.finditer("1+", modules)
    )
    size = f'width="{_millimetres(across)}mm" height="{_millimetres(HEIGHT)}mm" viewBox="0 0 {across} {HEIGHT}"'
    paper = f'<path fill="#fff" d="M0 0h{across}v{HEIGHT}h-{across}z"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{paper}<path d="{bars}"/></svg>'


def _amount(layout: Layout, amount: int | None) -> str:
    if amount is None or amount <= 0:
        raise Refusal(Problem("amount", f"is {amount}", "Give what is to be paid, in pence and above nought"))
    if amount >= 10**layout.amount_digits:
        raise Refusal(Problem("amount", f"is {amount} pence", f"Give one of {layout.amount_digits} digits at most"))
    return str(amount).zfill(layout.amount_digits)


def _millimetres(modules: int) -> str:
    return f"{modules * MODULE // 10}.{modules * MODULE % 10}"
