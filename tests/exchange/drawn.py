"""Payments drawn by chance, for what must hold of every file."""

from hypothesis import strategies as st

from farthing.exchange.bank_details import BankAccount
from farthing.exchange.payments import Originator, Payment
from tests.exchange.invented import COUNCIL, MADE_ON, WORKING_DAYS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.&/-"

PROCESSING_DAYS = [WORKING_DAYS.moved(MADE_ON, by) for by in range(1, 15)]


def words(longest: int) -> st.SearchStrategy[str]:
    """Text that can be written to a bank."""
    text = st.text(LETTERS + " ", min_size=1, max_size=longest)
    return text.map(lambda drawn: " ".join(drawn.split())).filter(bool)


def figures(many: int) -> st.SearchStrategy[str]:
    """So many figures, not all noughts."""
    return st.integers(1, 10**many - 1).map(lambda number: str(number).zfill(many))


ACCOUNTS = st.builds(BankAccount, figures(6), figures(8), words(30), st.just("") | words(18))

PAYMENTS = st.lists(
    st.builds(Payment, words(18), st.integers(1, 10**9), ACCOUNTS, st.sampled_from(PROCESSING_DAYS)),
    min_size=1,
    max_size=12,
    unique_by=lambda payment: payment.reference,
)

PAYERS = st.builds(Originator, figures(6), words(18), st.just(COUNCIL.account), st.integers(1, 999_999))
