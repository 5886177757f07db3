"""The Jinja environment of every page, for Django's own Jinja2 backend (``settings.TEMPLATES``, ``OPTIONS["environment"]``).

Pages import the GOV.UK components straight from ``govuk_frontend_jinja``. Those lean on a missing name being empty; in
our own templates a missing name is an error, in tests and in use alike, because a page with a hole in it misleads.
"""

from collections.abc import Mapping, MutableMapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from farthing.base import days, money
from farthing.service.clock import LONDON
from farthing.service.design import presented

COMPONENTS = "govuk_frontend_jinja"
"""What the components are imported by; they import each other by it, so it cannot be another."""


class _Components(BaseLoader):
    """Loads a component into an environment of its own, in which a name that is missing is empty."""

    def __init__(self, compiled: BytecodeCache) -> None:
        components = PrefixLoader({COMPONENTS: PackageLoader(COMPONENTS)})
        self._lenient = Environment(loader=components, autoescape=True, auto_reload=False, bytecode_cache=compiled)

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        return self._lenient.get_template(f"{COMPONENTS}/{name}")

    def list_templates(self) -> list[str]:
        return [name.removeprefix(f"{COMPONENTS}/") for name in self._lenient.list_templates()]


def environment(**options: Any) -> Environment:
    """The environment, with our templates as Django finds them (``options["loader"]``) and the components beside them."""
    compiled = _compiled()
    loader = ChoiceLoader([options.pop("loader"), PrefixLoader({COMPONENTS: _Components(compiled)})])
    strictly = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    made = Environment(**{**options, **strictly}, loader=loader, bytecode_cache=compiled)
    made.globals.update(static=static, url=_url, presented=presented)
    made.filters.update(money=money.shown, day_in_words=day_in_words, moment=moment)
    return made


def _compiled() -> BytecodeCache:
    """Templates as processes before this one compiled them, by the same options: those this file sets."""
    settings.COMPILED_TEMPLATES.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    return FileSystemBytecodeCache(str(settings.COMPILED_TEMPLATES), f"{options}-%s")


def day_in_words(day: date) -> str:
    """Write a date as "4 May 2026"; of a datetime, the day it was in London."""
    if isinstance(day, datetime):
        day = _in_london(day).date()
    return days.in_words(day.toordinal())


def moment(at: datetime) -> str:
    """Write a moment as it was in London: "4 May 2026 at 3.15pm", and on the hour "4 May 2026 at 3pm"."""
    local = _in_london(at)
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{day_in_words(local)} at {local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def _in_london(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} does not say in which time zone it is: pass an aware datetime")
    return at.astimezone(LONDON)


def _url(name: str, *parts: Any, query: Mapping[str, Any] | None = None, **named_parts: Any) -> str:
    """The address of a page by its URL name: ``url("case", reference=case.reference)``."""
    return reverse(name, args=parts, kwargs=named_parts, query=query)
