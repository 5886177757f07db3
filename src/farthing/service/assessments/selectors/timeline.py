"""What happened in a case, told from the audit record: who did what and when, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from farthing.service.access.models import Account
from farthing.service.audit.actions import words
from farthing.service.audit.models import Event
from farthing.service.audit.selectors import events_about
from farthing.service.audit.services import THE_SERVICE
from farthing.service.people.models import Person

LOOKS = frozenset({"case seen", "person seen", "decision seen", "working seen", "letter seen", "evidence seen"})
"""Actions that changed nothing."""

SHOWN_DETAILS = ("request", "decision", "letter", "evidence", "state", "to", "kind", "fields", "facts")
"""What is told beside an action, of what the record holds."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened."""

    title: str
    at: datetime
    text: str


def timeline(person: Person, *, looks: bool = False) -> list[Happening]:
    """What happened, the newest first; ``looks`` tells who looked as well."""
    events = [each for each in events_about(person.reference) if looks or each.action not in LOOKS]
    return _told(events)


def changed_since(person: Person, moment: datetime, *, besides: Account) -> list[Happening]:
    """What others changed in a case after a moment, the newest first."""
    events = [each for each in events_about(person.reference, most=50) if each.at >= moment]
    return _told(each for each in events if each.action not in LOOKS and each.actor != besides.actor)


def _told(events: Iterable[Event]) -> list[Happening]:
    found = list(events)
    names = _names({each.actor for each in found})
    return [Happening(f"{names[each.actor]} {words(each.action)}", each.at, _details(each)) for each in found]


def _names(actors: set[str]) -> dict[str, str]:
    """The names of those who acted: staff by name, others by what they are."""
    staff = dict(Account.objects.filter(email__in=actors, works_for_council=True).values_list("email", "name"))
    told = {actor: staff.get(actor) or actor for actor in actors}
    outside = {actor: "Somebody at home" for actor in actors if actor.startswith("account-")}
    return {**told, **outside, **({THE_SERVICE: "The service"} if THE_SERVICE in actors else {})}


def _details(event: Event) -> str:
    shown = []
    for name in SHOWN_DETAILS:
        value = event.details.get(name)
        if value not in (None, "", []):
            said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            shown.append(f"{name.capitalize()}: {said.replace('_', ' ')}")
    return ". ".join(shown)
