"""What is sealed in a decision, in words: facts with who said them, and departures with who approved them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from farthing.base.money import pence
from farthing.service.assessments.models import DepartureKind
from farthing.service.officer.facts_shown import in_short, kind_in_words, label


@dataclass(frozen=True, slots=True)
class SealedFact:
    """A fact as it counted. ``told`` is what was told, where the council verified something else."""

    group: str
    label: str
    value: str
    told: str
    by: str
    at: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class SealedDeparture:
    """A departure as it counted; ``waived`` in pence a week."""

    kind: str
    settles: tuple[tuple[str, str], ...]
    waived: int
    reason: str
    proposed_by: str
    approved_by: str


def facts_of(sealed: Mapping[str, Any]) -> list[SealedFact]:
    """The facts, in the order they were sealed."""
    items = _items_of(sealed)
    return [
        SealedFact(
            group=items.get((each["section"], each["item"])) or label(each["section"]),
            label=label(each["fact"]),
            value=in_short(each["section"], each["fact"], each["value"]),
            told=in_short(each["section"], each["fact"], each["told"])
            if each["told"] not in (None, each["value"])
            else "",
            by=f"{each['as_whom']} ({each['said_by']})",
            at=datetime.fromisoformat(each["said_at"]),
            evidence=each["evidence"] or "",
        )
        for each in sealed["facts"]
    ]


def _items_of(sealed: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Each thing of a list by its kind in words, numbered where the list has several of a kind."""
    kinds = {
        (each["section"], each["item"]): each["value"]
        for each in sealed["facts"]
        if each["item"] and each["fact"] == "kind"
    }
    held, seen = Counter((section, kind) for (section, _), kind in kinds.items()), Counter[tuple[str, str]]()
    found = {}
    for (section, item), kind in kinds.items():
        seen[section, kind] += 1
        number = f" ({seen[section, kind]})" if held[section, kind] > 1 else ""
        found[section, item] = kind_in_words(section, kind) + number
    return found


def departures_of(sealed: Mapping[str, Any]) -> list[SealedDeparture]:
    """The departures that counted."""
    return [
        SealedDeparture(
            kind=DepartureKind(each["kind"]).label,
            settles=tuple(_settled(each["settles"])),
            waived=pence(each["waived"]),
            reason=each["reason"],
            proposed_by=each["proposed_by"],
            approved_by=each["approved_by"] or "nobody",
        )
        for each in sealed["departures"]
    ]


def _settled(settles: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    for key, value in settles.items():
        section, _, fact = key.split("/")
        found.append((label(fact), in_short(section, fact, value)))
    return found
