"""The council's own virus scanner, where it has set one: a command that ends with 0 for clean and 1 for infected."""

import logging
import shlex
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import models

LONGEST = 60
"""Seconds a scanner may take over one file."""

_CLEAN, _INFECTED = 0, 1

logger = logging.getLogger(__name__)


class VirusCheck(models.TextChoices):
    """What a scanner has said of a file. One that is held back, or in which a virus was found, is handed to nobody."""

    NOT_CHECKED = "not_checked", "Not virus-checked"
    CLEAN = "clean", "No virus found"
    HELD_BACK = "held_back", "Held back until it can be checked for viruses"
    INFECTED = "infected", "A virus was found: the file was deleted"


NOT_HANDED_OUT = (VirusCheck.HELD_BACK, VirusCheck.INFECTED)
"""The files that nobody can open."""


def virus_check(file: Path) -> VirusCheck:
    """What the scanner says of a file: held back where it could not say, and not checked where none is set."""
    if not settings.VIRUS_SCANNER:
        return VirusCheck.NOT_CHECKED
    command = [*shlex.split(settings.VIRUS_SCANNER), str(file)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("The virus scanner (FARTHING_VIRUS_SCANNER) did not answer: %s", type(error).__name__)
        return VirusCheck.HELD_BACK
    if ended in (_CLEAN, _INFECTED):
        return VirusCheck.CLEAN if ended == _CLEAN else VirusCheck.INFECTED
    logger.error("The virus scanner (FARTHING_VIRUS_SCANNER) ended with %s, which is neither clean nor infected", ended)
    return VirusCheck.HELD_BACK
