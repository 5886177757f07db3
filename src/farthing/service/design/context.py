"""What every page knows of the council whose service it is."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from farthing import councils

LOOK = "council"
"""The folder under which a council's own look is served (``STATICFILES_DIRS``)."""


@dataclass(frozen=True, slots=True)
class ShownCouncil:
    """A council as pages show it. ``stylesheet`` and ``logo`` are names of static files; ``None`` is the plain look."""

    key: str
    name: str
    contact: councils.Contact | None
    stylesheet: str | None
    logo: str | None


def council(request: HttpRequest) -> dict[str, Any]:
    """The context processor that gives pages ``council``, and ``demonstration``: whether the people are invented."""
    shown = shown_council(settings.FARTHING_COUNCIL, settings.FARTHING_COUNCIL_LOOK)
    return {"council": shown, "demonstration": settings.DEMONSTRATION}


@cache
def shown_council(key: str, look: str) -> ShownCouncil:
    """The council of that key, in the look that the folder ``look`` holds; an empty name is the plain look."""
    found = councils.council(key)
    contact = next(iter(found.contacts.values()), None)
    return ShownCouncil(key, found.name, contact, _file(look, "look.css"), _file(look, "logo.svg"))


def _file(look: str, name: str) -> str | None:
    return f"{LOOK}/{name}" if look and (Path(look) / name).is_file() else None
