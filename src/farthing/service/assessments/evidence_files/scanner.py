"""The council's own virus scanner, where it has set one: a command that ends with 0 for clean and 1 for infected."""

import logging
import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from farthing.service.assessments.models import VirusCheck

LONGEST = 60
"""Seconds a scanner may take over one file."""

_CLEAN, _INFECTED = 0, 1

logger = logging.getLogger(__name__)


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
