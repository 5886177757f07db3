"""Making the PDF of a letter, one here or many in several processes. Imports nothing of Django, so a process starts fast."""

import os
import signal
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from farthing.base.refusal import Refusal
from farthing.letters import Form, render


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter to be printed: its folder, its fields, its form, and the moment it was written."""

    name: str
    fields: Mapping[str, Any]
    form: Form
    at: datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter's PDF; or the places in its fields that kept it from being printed, without what stands there."""

    pdf: bytes
    cannot: str = ""


def printed(wanted: Wanted) -> Printed:
    """Print one letter; what cannot be printed is told, not raised."""
    try:
        return Printed(render(wanted.name, wanted.fields, form=wanted.form, at=wanted.at))
    except Refusal as refusal:
        places = ", ".join(dict.fromkeys(problem.field or "the letter" for problem in refusal.problems))
        return Printed(b"", f"The letter cannot be printed because of: {places}")
    except Exception as error:  # a template at fault must not keep every other letter from being printed
        return Printed(b"", f"The letter cannot be printed: {type(error).__name__}")


def printed_in_processes(wanted: Iterable[Wanted], *, processes: int) -> Iterator[Printed]:
    """Print many letters, in their order. Each process keeps its own typesetter from one letter to the next."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_live_with_parent) as pool:
        yield from pool.map(printed, wanted, chunksize=8)


def _live_with_parent() -> None:
    """Leave it to the parent to be stopped, and end when it has ended, however that came about."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
