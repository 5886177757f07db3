"""Every bank file of the invented payments is, byte for byte, what it was: a change shows as a difference to review.

After a change that is meant, ``python -m tests.exchange.test_golden --write`` writes the files anew.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from farthing.exchange import bacs_standard_18, pain_001
from farthing.exchange.pain_001 import Version
from farthing.exchange.payments import Payment
from tests.exchange.invented import COUNCIL, MADE_ON, ONE_DAY, SEVERAL_DAYS, WORKING_DAYS

GOLDEN = Path(__file__).parent / "golden"


def bacs(payments: tuple[Payment, ...]) -> bytes:
    return bacs_standard_18.write(payments, COUNCIL, made_on=MADE_ON, working_days=WORKING_DAYS)


def message(version: Version) -> bytes:
    return pain_001.write(SEVERAL_DAYS, COUNCIL, made_on=MADE_ON, working_days=WORKING_DAYS, version=version)


FILES: dict[str, Callable[[], bytes]] = {
    "bacs_one_day.txt": lambda: bacs(ONE_DAY),
    "bacs_several_days.txt": lambda: bacs(SEVERAL_DAYS),
    "pain.001.001.03.xml": lambda: message(Version.V03),
    "pain.001.001.09.xml": lambda: message(Version.V09),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bank_file_is_byte_for_byte_what_it_was(name):
    assert FILES[name]() == (GOLDEN / name).read_bytes(), (
        "Where that is meant: python -m tests.exchange.test_golden --write, and review it"
    )


def test_every_golden_file_is_of_a_bank_file():
    assert {file.name for file in GOLDEN.iterdir()} == set(FILES)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    for name, make in FILES.items():
        (GOLDEN / name).write_bytes(make())
