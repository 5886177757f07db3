"""The ways a letter can go. Each is a file beside this one, found by its place, that holds a ``CHANNEL``."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from farthing.base.refusal import Problem, Refusal
from farthing.service.correspondence.models import DeliveryState, Letter
from farthing.service.people.models import Channel as Wish


@dataclass(frozen=True, slots=True)
class Answer:
    """What a channel says of a letter it has. ``said`` is for officers and holds no personal data."""

    outside_reference: str
    said: str
    state: DeliveryState = DeliveryState.SENT


class TryLater(Exception):
    """It did not go, or nobody knows whether it went. ``for_all`` says that no other letter would go now either."""

    def __init__(self, why: str, *, for_all: bool = False):
        super().__init__(why)
        self.for_all = for_all


class WillNotGo(Exception):
    """It did not go and will not, however often it is tried."""


class Channel(Protocol):
    """A way a letter can go."""

    name: str
    wish: Wish
    """Which wish of a person it meets: by post or by e-mail."""
    used_for: frozenset[str]
    """The values of the setting ``CHANNEL`` under which it is used."""
    at_once: int
    """How many letters a sender may take in hand for it at once: one, where an answer may take long."""

    def cannot(self, letter: Letter) -> str:
        """Why it cannot take a letter, for officers; empty where it can."""
        ...

    def earlier(self, letter: Letter) -> Answer | None:
        """What became of an earlier try to send a letter; None where none arrived, or only such as failed there.

        Raises ``TryLater``.
        """
        ...

    def carry(self, letter: Letter, pdf: bytes) -> Answer:
        """Send a letter. ``pdf`` is empty where the channel carries no paper. Raises ``TryLater`` or ``WillNotGo``."""
        ...

    def news(self, outside_reference: str) -> Answer | None:
        """What became of a letter it took; None where it never learns, or no longer knows.

        Raises ``TryLater``.
        """
        ...


@cache
def channels() -> dict[str, Channel]:
    """Every channel by its name."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    found: list[Channel] = [module.CHANNEL for module in modules if hasattr(module, "CHANNEL")]
    return {channel.name: channel for channel in found}


def channel(name: str) -> Channel:
    """The channel of that name. Raises ``Refusal`` where there is none."""
    if name not in channels():
        raise Refusal(Problem("channel", f"is not one: {name!r}", f"Use one of: {', '.join(channels())}"))
    return channels()[name]


def channel_for(setting: str, wish: Wish) -> Channel | None:
    """The channel that meets a wish under a value of the setting ``CHANNEL``; None where that value has none.

    Raises ``Refusal`` for a value that no channel is used for.
    """
    used = [each for each in channels().values() if setting in each.used_for]
    if not used:
        known = sorted({value for each in channels().values() for value in each.used_for})
        raise Refusal(
            Problem("FARTHING_CHANNEL", f"is not a way to send: {setting!r}", f"Use one of: {', '.join(known)}")
        )
    return next((each for each in used if each.wish == wish), None)
