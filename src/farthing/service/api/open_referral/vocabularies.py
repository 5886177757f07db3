"""The vocabularies that services are described and found by, and the terms in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid5

from farthing.service.directory.terms import NAMESPACE, Term, kinds_of_help, people_helped


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of terms, which Open Referral calls a taxonomy."""

    key: str
    name: str
    says: str
    terms: Mapping[str, Term]

    @property
    def id(self) -> UUID:
        """Its number for other programs."""
        return uuid5(NAMESPACE, f"vocabulary:{self.key}")


ARRANGEMENTS = {
    term.key: term
    for term in (
        Term("takes_direct_payments", "Takes direct payments", "Can be paid with a direct payment from a council"),
        Term("welcomes_self_funders", "Welcomes self-funders", "Is there for people who pay for their care themselves"),
        Term("drives", "Drives", "Drives to the people it helps"),
        Term("has_space", "Has space now", "Has said that it can take somebody on"),
    )
}
"""What a listing says yes or no to, by the name it is kept under."""


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Every vocabulary."""
    return (
        Vocabulary("kinds_of_help", "Kinds of help", "What a care micro-enterprise does", kinds_of_help()),
        Vocabulary("people_helped", "People helped", "Whom a care micro-enterprise is there for", people_helped()),
        Vocabulary("arrangements", "Arrangements", "How a care micro-enterprise works and is paid", ARRANGEMENTS),
    )


def vocabulary_of(number: UUID) -> Vocabulary | None:
    """The vocabulary of a number."""
    return next((each for each in vocabularies() if each.id == number), None)


def term_of(number: UUID) -> tuple[Vocabulary, Term] | None:
    """The term of a number, and the vocabulary it is in."""
    return _by_number().get(number)


@cache
def _by_number() -> dict[UUID, tuple[Vocabulary, Term]]:
    return {term.id: (each, term) for each in vocabularies() for term in each.terms.values()}
