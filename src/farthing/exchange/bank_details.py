"""Bank details as people type them, made into what a bank takes, or refused with what is wrong.

A sort code has six figures and an account number eight; an older number of six or seven figures has noughts put before
it (Vocalink, "Validating account numbers", version 7.70 of March 2024). Some building societies have one account for all
their members, its number even eight noughts, and tell the members apart by roll number, which then stands where the
reference would (Bacs, "Crediting and debiting building society accounts", service user's guide, version 25.0).
What may be written to a bank is the Bacs character set: A to Z, 0 to 9, full stop, ampersand, slash, hyphen and space
(Pay.UK, "ISO 20022/Bacs Translation Guide", version 1.1 of November 2017, section 4.8).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from farthing.base.refusal import Problem, Refusal

SORT_CODE_FIGURES = 6
ACCOUNT_NUMBER_FIGURES = 8
FEWEST_ACCOUNT_NUMBER_FIGURES = 6
REFERENCE_LENGTH = 18
"""The most characters of a reference, a roll number, and of a name where it is written in a Bacs file."""

FIGURES_SHOWN = 3

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")
_NOT_TAKEN = re.compile(r"[^A-Z0-9.&/-]+")
_TAKEN = re.compile(r"[A-Z0-9.&/-]+(?: [A-Z0-9.&/-]+)*")

# Letters that Unicode does not take apart into a plain letter and a mark.
_SPELT = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Ł": "L",
        "Ħ": "H",
        "ẞ": "SS",
        "\u02bb": " ",
        "\u02bc": " ",
    }
)


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account in the United Kingdom as a bank takes it: six figures, eight figures, and what ``in_bank_letters`` gives.

    ``roll_number`` is a building society's own number for it, where it has one. None of it is printed by accident.
    """

    sort_code: str = field(repr=False)
    account_number: str = field(repr=False)
    name: str = field(repr=False)
    roll_number: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """How the account is shown to people: "ending 958", of the roll number where there is one."""
        return f"ending {(self.roll_number or self.account_number)[-FIGURES_SHOWN:]}"


def read_bank_account(sort_code: str, account_number: str, name: str, roll_number: str = "") -> BankAccount:
    """Read an account from what somebody typed; spaces and hyphens between figures are let through.

    Raises ``Refusal`` with everything that is wrong.
    """
    problems: list[Problem] = []

    def read(field_name: str, reader: Callable[[str], str], text: str, what_to_do: str) -> str:
        try:
            return reader(text)
        except ValueError as wrong:
            problems.append(Problem(field_name, str(wrong), what_to_do))
            return ""

    account = BankAccount(
        read("sort_code", _sort_code, sort_code, "Give the six figures of the sort code, such as 20-00-00"),
        read(
            "account_number",
            partial(_account_number, roll_number),
            account_number,
            "Give the six to eight figures on a statement or card",
        ),
        read("name", in_bank_letters, name, "Give the name on the account, in the letters A to Z"),
        read("roll_number", _roll_number, roll_number, "Give it as on the passbook, or leave it out if there is none"),
    )
    if problems:
        raise Refusal(*problems)
    return account


def in_bank_letters(text: str) -> str:
    """Write a name in the characters banks take: "Siân O'Brien" is "SIAN O BRIEN".

    Raises ``ValueError``, for a person to read, where a letter has no such spelling or nothing is left.
    """
    capitals = unicodedata.normalize("NFKD", text).upper().translate(_SPELT)
    plain = "".join(letter for letter in capitals if not unicodedata.combining(letter))
    if lost := [letter for letter in plain if letter.isalnum() and not letter.isascii()]:
        raise ValueError(f"has a letter that cannot be written to a bank: {lost[0]}")
    taken = _NOT_TAKEN.sub(" ", plain).strip()
    if not any(letter.isalnum() for letter in taken):
        raise ValueError("has no letters or figures")
    return taken


def is_in_bank_letters(text: str) -> bool:
    """Whether text can be written to a bank as it stands: no character banks do not take, no space to be lost."""
    return _TAKEN.fullmatch(text) is not None


def is_sort_code(text: str) -> bool:
    """Whether text is a sort code as a bank takes it: six figures, not all noughts."""
    return re.fullmatch("[0-9]{6}", text) is not None and int(text) > 0


def is_account_number(text: str, roll_number: str) -> bool:
    """Whether text is an account number as a bank takes it: eight figures, all noughts only where a roll number goes with it."""
    return re.fullmatch("[0-9]{8}", text) is not None and (int(text) > 0 or roll_number != "")


def _sort_code(text: str) -> str:
    figures = _figures(text)
    if len(figures) != SORT_CODE_FIGURES:
        raise ValueError(f"has {len(figures)} figures, not {SORT_CODE_FIGURES}")
    if int(figures) == 0:
        raise ValueError("is all noughts")
    return figures


def _account_number(roll_number: str, text: str) -> str:
    figures = _figures(text)
    if not FEWEST_ACCOUNT_NUMBER_FIGURES <= len(figures) <= ACCOUNT_NUMBER_FIGURES:
        raise ValueError(f"has {len(figures)} figures, not {FEWEST_ACCOUNT_NUMBER_FIGURES} to {ACCOUNT_NUMBER_FIGURES}")
    if int(figures) == 0 and not roll_number.strip():
        raise ValueError("is all noughts, and there is no roll number")
    return figures.zfill(ACCOUNT_NUMBER_FIGURES)


def _figures(text: str) -> str:
    figures = _SEPARATORS.sub("", text)
    if not figures:
        raise ValueError("is empty")
    if re.fullmatch("[0-9]+", figures) is None:
        raise ValueError("has something other than figures, spaces and hyphens")
    return figures


def _roll_number(text: str) -> str:
    if not text.strip():
        return ""
    roll_number = in_bank_letters(text)
    if len(roll_number) > REFERENCE_LENGTH:
        raise ValueError(f"has {len(roll_number)} characters, and a bank takes {REFERENCE_LENGTH}")
    return roll_number
