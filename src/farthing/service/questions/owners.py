"""Whose name a thing is in, asked plainly: the law counts owners in equal shares, people know the names on an account."""

from collections.abc import Mapping
from typing import Any

from django import forms

from farthing.engine.facts import Fact
from farthing.service.design.forms import Choice, ChoiceField, WholeNumberField

OWNERS, NUMBER, MORE = "owners", "owners_number", "more"
ALONE, BOTH, LEAST_OF_MORE = "1", "2", 3


def owners_fields(fact: Fact, about: str) -> dict[str, forms.Field]:
    """The fields that ask for the fact: one name, both names of a couple or of two people, or how many more."""
    alone, both = (
        ("Only mine", "Both our names, as a couple or with one other person")
        if about == "you"
        else ("Only theirs", "Two names, as a couple or with one other person")
    )
    choices = [Choice(ALONE, alone), Choice(BOTH, both), Choice(MORE, "Three names or more", reveals=(NUMBER,))]
    called = "how many names it is in"
    return {
        OWNERS: ChoiceField(choices, label="Whose name is it in?", required=False),
        NUMBER: WholeNumberField(
            label="How many people own it?", called=called, min_value=LEAST_OF_MORE, max_value=fact.most
        ),
    }


def owners_typed(written: str) -> dict[str, Any]:
    """What the fields show for a number of owners that was told."""
    return {OWNERS: written} if written in (ALONE, BOTH) else {OWNERS: MORE, NUMBER: written}


def owners_said(cleaned: Mapping[str, Any]) -> Any:
    """The number of owners that was answered; nothing where nobody said."""
    return cleaned.get(NUMBER) if cleaned.get(OWNERS) == MORE else cleaned.get(OWNERS)
