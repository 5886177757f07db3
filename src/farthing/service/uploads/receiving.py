"""From a file as it was sent to a safe copy of it, by a process apart with little memory and time."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from farthing.base.refusal import Problem, Refusal
from farthing.service.uploads import inspection
from farthing.service.uploads.scanner import VirusCheck, virus_check

LONGEST = 2 * inspection.SECONDS


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it is to be kept: its type, a copy of it that can do no harm, and what the virus scanner said."""

    type: str
    content: bytes
    virus_check: VirusCheck


def receive(pieces: Iterable[bytes], *, called: str) -> Received:
    """Take in a file sent in pieces. ``called`` is its name as the sender gave it, for the error, and is not kept.

    Raises ``Refusal`` for a file that is not taken.
    """
    with tempfile.TemporaryDirectory(prefix="farthing-evidence-") as folder:
        source, target = Path(folder) / "sent", Path(folder) / "safe"
        with source.open("wb") as file:
            file.writelines(pieces)
        checked = virus_check(source)
        if checked == VirusCheck.INFECTED:
            raise _refusal(called, "has a virus in it, so we have deleted it", "Send another copy, or a photo of it")
        kind = _inspect(source, target, called)
        return Received(kind, target.read_bytes(), checked)


def _inspect(source: Path, target: Path, called: str) -> str:
    command = [sys.executable, "-m", inspection.__name__, str(source), str(target)]
    found_where_we_are = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        ended = subprocess.run(
            command, capture_output=True, timeout=LONGEST, check=False, text=True, env=found_where_we_are, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise _refusal(called, "takes too long to open", "Send a photo of it instead") from None
    said = ended.stdout.splitlines()
    if ended.returncode == 0 and said:
        return said[0]
    if ended.returncode == 1 and len(said) == 2:
        raise _refusal(called, *said)
    raise _refusal(called, "cannot be opened", inspection.SEND_ANOTHER)


def _refusal(called: str, problem: str, what_to_do: str) -> Refusal:
    return Refusal(Problem(called or "The file", problem, what_to_do))
