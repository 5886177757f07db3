"""Departures in words: what each settles, how it stands, and what it does to the charge."""

from dataclasses import dataclass

from farthing.law import law
from farthing.service.assessments.facts import Standing
from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.assessments.services.departures import SETTLES
from farthing.service.officer.facts_shown import in_short, kind_in_words, label
from farthing.service.officer.standing import HowItStands


@dataclass(frozen=True, slots=True)
class ShownDeparture:
    """A departure in words. ``pence`` is what it adds to the charge a week; None where that is not known or not asked."""

    departure: Departure
    kind: str
    law: str
    about: str
    settles: tuple[tuple[str, str], ...]
    state: str
    colour: str
    pence: int | None

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it yet."""
        return self.state == "Waiting for approval"

    @property
    def stands(self) -> bool:
        """Whether it can be taken back."""
        return self.state in ("Waiting for approval", "Approved")


def shown(stands: HowItStands) -> list[ShownDeparture]:
    """Every departure, the newest first."""
    effects = {each.about.pk: each.pence for each in stands.compared.departures} if stands.compared else {}
    return [_shown(each, stands.standing, effects.get(each.pk)) for each in stands.departures]


def _shown(departure: Departure, standing: Standing, pence: int | None) -> ShownDeparture:
    kind = DepartureKind(departure.kind)
    state, colour = _state(departure)
    return ShownDeparture(
        departure=departure,
        kind=kind.label,
        law=SETTLES[kind].law,
        about=_about(departure, standing),
        settles=tuple(_settles(departure)),
        state=state,
        colour=colour,
        pence=pence,
    )


def _state(departure: Departure) -> tuple[str, str]:
    if departure.withdrawn_at is not None:
        return "Taken back", "grey"
    if departure.declined_at is not None:
        return "Declined", "red"
    if departure.approved_at is not None:
        return "Approved", "green"
    return "Waiting for approval", "yellow"


def _about(departure: Departure, standing: Standing) -> str:
    for key in departure.settles:
        section, item, _ = key.split("/")
        for known in standing.lists.get(section, ()):
            if known.key == item:
                return kind_in_words(section, known.kind)
        if section in law().lists:
            return f"{label(section)}, an item that was taken away since"
    return ""


def _settles(departure: Departure) -> list[tuple[str, str]]:
    found = []
    for key, value in departure.settles.items():
        section, _, fact = key.split("/")
        found.append((label(fact), in_short(section, fact, value)))
    return found
