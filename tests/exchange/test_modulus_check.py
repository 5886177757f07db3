"""The modulus check says of Vocalink's published examples what Vocalink says, and is honest about what it does not know.

``vocalink_rows.txt`` has only the lines of the table that the examples need: the table itself is Vocalink's.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.refusal import Refusal
from farthing.exchange.bank_details import BankAccount
from farthing.exchange.modulus_check import Answer, read_table

HERE = Path(__file__).parent
SUBSTITUTES = "938600 938611\n"


def not_commented(name: str) -> str:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))


EXAMPLES = [line.split(maxsplit=3) for line in not_commented("vocalink_examples.txt").splitlines()]
TABLE = read_table(not_commented("vocalink_rows.txt"), SUBSTITUTES)


def answer(table, sort_code: str, account_number: str) -> Answer:
    return table.check(BankAccount(sort_code, account_number, "A EXAMPLE"))


def invented(*rows: str, substitutes: str = ""):
    """A table of made-up weights."""
    return read_table("\n".join(rows), substitutes)


ONLY_THE_LAST = "0 0 0 0 0 0 0 0 0 0 0 0 0 1"
ONLY_THE_LAST_BUT_ONE = "0 0 0 0 0 0 0 0 0 0 0 0 1 0"


@pytest.mark.parametrize(("sort_code", "account_number", "says", "shows"), EXAMPLES)
def test_each_published_example_is_answered_as_published(sort_code, account_number, says, shows):
    assert answer(TABLE, sort_code, account_number) == says, shows


def test_there_are_as_many_examples_as_were_published():
    assert len(EXAMPLES) == 34


def test_a_sort_code_that_is_not_in_the_table_cannot_be_checked():
    table = invented(f"100000 100009 MOD10 {ONLY_THE_LAST}")
    assert answer(table, "099999", "00000000") is Answer.CANNOT_BE_CHECKED
    assert answer(table, "100010", "00000000") is Answer.CANNOT_BE_CHECKED
    assert answer(table, "100000", "12345670") is Answer.PASSES
    assert answer(table, "100009", "12345671") is Answer.FAILS


@pytest.mark.parametrize(
    ("method", "weights", "account_number", "says"),
    [
        ("MOD10", "0 0 0 0 0 0 0 0 0 0 0 0 3 1", "00000037", Answer.FAILS),
        ("MOD10", "0 0 0 0 0 0 0 0 0 0 0 0 3 1", "00000031", Answer.PASSES),
        ("MOD11", "0 0 0 0 0 0 0 0 0 0 0 0 2 1", "00000019", Answer.PASSES),
        ("MOD11", "0 0 0 0 0 0 0 0 0 0 0 0 2 1", "00000018", Answer.FAILS),
        # 7 times 2 is 14, of which 1 and 4 are added, not 14
        ("DBLAL", "0 0 0 0 0 0 0 0 0 0 0 0 2 1", "00000075", Answer.PASSES),
        ("DBLAL", "0 0 0 0 0 0 0 0 0 0 0 0 2 1", "00000076", Answer.FAILS),
    ],
)
def test_each_method_adds_up_in_its_own_way(method, weights, account_number, says):
    assert answer(invented(f"100000 100000 {method} {weights}"), "100000", account_number) is says


def test_without_an_exception_both_checks_must_pass():
    table = invented(f"100000 100000 MOD10 {ONLY_THE_LAST}", f"100000 100000 MOD11 {ONLY_THE_LAST_BUT_ONE}")
    assert answer(table, "100000", "00000000") is Answer.PASSES
    assert answer(table, "100000", "00000001") is Answer.FAILS
    assert answer(table, "100000", "00000010") is Answer.FAILS


@pytest.mark.parametrize("exceptions", [(2, 9), (10, 11), (12, 13)])
def test_with_these_exceptions_either_check_is_enough(exceptions):
    first, second = exceptions
    table = invented(
        f"100000 100000 MOD10 {ONLY_THE_LAST} {first}", f"100000 100000 MOD11 {ONLY_THE_LAST_BUT_ONE} {second}"
    )
    assert answer(table, "100000", "00000010") is Answer.PASSES
    assert answer(table, "100000", "00000001") is Answer.PASSES
    assert answer(table, "100000", "00000011") is Answer.FAILS


@pytest.mark.parametrize(
    ("last_figure", "says"), [("0", "passes"), ("1", "passes"), ("9", "passes"), ("2", "fails"), ("8", "fails")]
)
def test_exception_14_moves_the_figures_along_for_some_last_figures_only(last_figure, says):
    table = invented("180002 180002 MOD11 0 0 0 0 0 0 0 0 0 0 0 0 1 5 14")
    # Moved along, the last figures are 0 and 0, whatever the one that is dropped.
    moved_passes = answer(table, "180002", f"0000000{last_figure}")
    assert moved_passes == says


def test_exception_8_uses_another_sort_code():
    table = invented("100000 100000 MOD10 0 0 0 0 0 1 0 0 0 0 0 0 0 4 8")
    assert answer(table, "100000", "00000001") is Answer.PASSES  # 6, the last figure of 090126, and 4
    assert answer(table, "100000", "00000000") is Answer.FAILS


@given(account_number=st.integers(1, 99_999_999).map("{:08}".format), row=st.sampled_from(EXAMPLES))
def test_every_account_of_a_sort_code_in_the_table_passes_or_fails(account_number, row):
    assert answer(TABLE, row[0], account_number) in (Answer.PASSES, Answer.FAILS)


@pytest.mark.parametrize(
    ("weights", "substitutes", "wrong"),
    [
        ("", "", "valacdos.txt has no line"),
        ("100000 100000 MOD10 1 2 3", "", "valacdos.txt line 1 is not as Vocalink writes the file"),
        (f"\n\n100000 100000 MOD12 {ONLY_THE_LAST}", "", "valacdos.txt line 3"),
        (f"100000 100000 MOD10 {ONLY_THE_LAST} 15", "", "valacdos.txt line 1"),
        (f"100000 100000 MOD10 {ONLY_THE_LAST} 1 1", "", "valacdos.txt line 1"),
        (f"10000 100000 MOD10 {ONLY_THE_LAST}", "", "valacdos.txt line 1"),
        (f"100000 100000 MOD10 {ONLY_THE_LAST}", "938600", "scsubtab.txt line 1"),
        ("<html>", "<html>", "scsubtab.txt line 1"),
    ],
)
def test_a_file_that_is_not_as_published_is_refused_by_its_line(weights, substitutes, wrong):
    with pytest.raises(Refusal) as refused:
        read_table(weights, substitutes)
    assert wrong in str(refused.value)


def test_both_kinds_of_line_end_and_spacing_are_read():
    table = read_table("100000   100000 MOD10    0 0 0 0 0 0 0 0 0 0 0 0 0 1 \r\n\r\n")
    assert answer(table, "100000", "00000010") is Answer.PASSES
