"""Whether this process was asked to stop. Work in a loop asks between two steps."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

_asked = Event()


def asked() -> bool:
    """Whether this process was asked to stop."""
    return _asked.is_set()


def wait(seconds: float) -> None:
    """Wait, but not after being asked to stop."""
    _asked.wait(seconds)


@contextmanager
def on_signals() -> Iterator[None]:
    """Take SIGTERM and SIGINT as being asked to stop. A second one stops at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if _asked.is_set():
            raise SystemExit(128 + number)
        _asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _asked.clear()
