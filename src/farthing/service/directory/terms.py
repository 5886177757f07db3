"""What a listing is found by: kinds of help, and the people who are helped. Declared in ``terms.yaml``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from farthing.base.yaml_files import written_in

NAMESPACE = UUID("6f0c4d0e-53a1-5c0b-9c57-0a4a6f4c1b52")
"""What the numbers of terms and vocabularies are made from, so that every copy of Farthing gives them the same."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a listing is found by. ``regulated`` says that whoever gives this help may have to be registered."""

    key: str
    name: str
    says: str = ""
    regulated: bool = False

    @property
    def id(self) -> UUID:
        """Its number for other programs."""
        return uuid5(NAMESPACE, self.key)


@cache
def kinds_of_help() -> dict[str, Term]:
    """Every kind of help, by its key, in the order pages show them."""
    return _terms("kinds_of_help")


@cache
def people_helped() -> dict[str, Term]:
    """Every group of people who are helped, by its key, in the order pages show them."""
    return _terms("people_helped")


def _terms(vocabulary: str) -> dict[str, Term]:
    declared = written_in(Path(__file__).with_name("terms.yaml"))[vocabulary]
    return {key: Term(key, **said) for key, said in declared.items()}
