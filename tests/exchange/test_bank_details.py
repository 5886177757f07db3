"""What people type of their bank account becomes what a bank takes, or is refused with what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.refusal import Refusal
from farthing.exchange.bank_details import BankAccount, in_bank_letters, is_in_bank_letters, read_bank_account


@pytest.mark.parametrize("typed", ["089999", "08-99-99", " 08 99 99 ", "08\u201399\u201399", "08\u00a099\u00a099"])
def test_a_sort_code_is_read_with_spaces_and_hyphens_or_without(typed):
    assert read_bank_account(typed, "66374958", "A Example").sort_code == "089999"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("66374958", "66374958"),
        ("6637 4958", "66374958"),
        ("6374958", "06374958"),
        ("374958", "00374958"),
        ("00-000190", "00000190"),
    ],
)
def test_an_account_number_of_six_to_eight_figures_becomes_eight(typed, read):
    assert read_bank_account("089999", typed, "A Example").account_number == read


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Siân O'Brien", "SIAN O BRIEN"),
        ("Siân O\u2019Brien", "SIAN O BRIEN"),
        ("  Zoë   Łukasz-Ørsted ", "ZOE LUKASZ-ORSTED"),
        ("Straße & Æsop", "STRASSE & AESOP"),
        ("Nguyễn Thị Ánh", "NGUYEN THI ANH"),
        ("Mr A. Example (estate of)", "MR A. EXAMPLE ESTATE OF"),
        ("Care/Support 2", "CARE/SUPPORT 2"),
    ],
)
def test_a_name_is_written_in_the_letters_banks_take(typed, written):
    assert in_bank_letters(typed) == written


@given(st.text())
def test_whatever_is_typed_is_refused_or_can_be_written_to_a_bank(typed):
    try:
        written = in_bank_letters(typed)
    except ValueError as wrong:
        assert str(wrong)
    else:
        assert is_in_bank_letters(written)
        assert in_bank_letters(written) == written


@given(st.text(alphabet="ABCXYZ019.&/- "))
def test_what_can_be_written_stays_as_it_is(typed):
    if is_in_bank_letters(typed) and any(letter.isalnum() for letter in typed):
        assert in_bank_letters(typed) == typed


@pytest.mark.parametrize(
    ("field", "typed", "wrong"),
    [
        ("sort_code", "", "is empty"),
        ("sort_code", "08-99", "has 4 figures, not 6"),
        ("sort_code", "0899991", "has 7 figures, not 6"),
        ("sort_code", "O89999", "something other than figures"),
        ("sort_code", "\u0660\u0668\u0669\u0669\u0669\u0669", "something other than figures"),
        ("sort_code", "000000", "is all noughts"),
        ("account_number", "12345", "has 5 figures, not 6 to 8"),
        ("account_number", "123456789", "has 9 figures, not 6 to 8"),
        ("account_number", "00000000", "is all noughts, and there is no roll number"),
        ("name", " - ", "has no letters or figures"),
        ("name", "Анна", "has a letter that cannot be written to a bank: \u0410"),
        ("roll_number", "1234567890123456789", "has 19 characters, and a bank takes 18"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(field, typed, wrong):
    right = {"sort_code": "089999", "account_number": "66374958", "name": "A Example", "roll_number": ""}
    with pytest.raises(Refusal) as refused:
        read_bank_account(**{**right, field: typed})
    (problem,) = refused.value.problems
    assert problem.field == field
    assert wrong in problem.problem
    assert problem.what_to_do


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(Refusal) as refused:
        read_bank_account("", "1", "", "x" * 19)
    assert [each.field for each in refused.value.problems] == ["sort_code", "account_number", "name", "roll_number"]


def test_a_building_society_account_keeps_its_roll_number():
    account = read_bank_account("871427", "46238510", "B Example", " d/12345678-9 ")
    assert account.roll_number == "D/12345678-9"


def test_an_account_number_of_noughts_is_read_where_a_roll_number_tells_whose_it_is():
    account = read_bank_account("839207", "00000000", "B Example", "123456789")
    assert (account.account_number, account.roll_number) == ("00000000", "123456789")


def test_an_account_is_shown_by_its_last_three_figures_only():
    account = read_bank_account("089999", "66374958", "A Example")
    assert account.shown == "ending 958"
    society = read_bank_account("839207", "00000000", "B Example", "123456789")
    assert society.shown == "ending 789"


def test_an_account_printed_by_accident_gives_nothing_away():
    account = BankAccount("089999", "66374958", "A EXAMPLE", "D/1")
    assert not any(secret in repr(account) for secret in ("089999", "66374958", "EXAMPLE", "D/1"))
