"""From a file as it was sent to a safe copy of it, by a process apart with little memory and time."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from farthing.base.refusal import Problem, Refusal
from farthing.service.assessments.evidence_files import inspection

LONGEST = 2 * inspection.SECONDS


def safe_copy(pieces: Iterable[bytes], *, called: str) -> tuple[str, bytes]:
    """The type and the safe copy of a file sent in pieces. ``called`` is its name as the sender gave it, for the error.

    Raises ``Refusal`` for a file that is not taken.
    """
    with tempfile.TemporaryDirectory(prefix="farthing-evidence-") as folder:
        source, target = Path(folder) / "sent", Path(folder) / "safe"
        with source.open("wb") as file:
            file.writelines(pieces)
        command = [sys.executable, "-m", inspection.__name__, str(source), str(target)]
        found_where_we_are = {"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            said = subprocess.run(
                command, capture_output=True, timeout=LONGEST, check=False, text=True, env=found_where_we_are, cwd=folder
            )
        except subprocess.TimeoutExpired:
            raise _refusal(called, "takes too long to open", "Send a photo of it instead") from None
        lines = said.stdout.splitlines()
        if said.returncode == 0 and lines:
            return lines[0], target.read_bytes()
        if said.returncode == 1 and len(lines) == 2:
            raise _refusal(called, *lines)
        raise _refusal(called, "cannot be opened", inspection.SEND_ANOTHER)


def _refusal(called: str, problem: str, what_to_do: str) -> Refusal:
    return Refusal(Problem(called or "The file", problem, what_to_do))
