"""The print folder: PDFs for the council's own printer, each under its letter's reference.

Whoever prints them moves them into the folder ``printed`` beside them; a letter found there is not written again.
"""

import os
from pathlib import Path

from django.conf import settings

from farthing.service.correspondence.channels import Answer, TryLater
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Channel as Wish

PRINTED = "printed"


class PrintFolder:
    """Writes letters into ``settings.PRINT_FOLDER``."""

    name = "print"
    wish = Wish.POST
    used_for = frozenset({"print", "email"})
    at_once = 250

    def cannot(self, letter: Letter) -> str:
        return ""

    def earlier(self, letter: Letter) -> Answer | None:
        places = (_file(letter), _folder() / PRINTED / _file(letter).name)
        return _written(letter) if any(place.exists() for place in places) else None

    def carry(self, letter: Letter, pdf: bytes) -> Answer:
        try:
            _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(_file(letter), pdf)
        except OSError as error:
            raise TryLater(f"The print folder cannot be written to: {error.strerror}", for_all=True) from error
        return _written(letter)

    def news(self, outside_reference: str) -> Answer | None:
        return None


def _folder() -> Path:
    return Path(settings.PRINT_FOLDER)


def _file(letter: Letter) -> Path:
    return _folder() / f"{letter.reference}.pdf"


def _written(letter: Letter) -> Answer:
    return Answer(_file(letter).name, "In the print folder")


def _write_whole(file: Path, content: bytes) -> None:
    """Let a file appear whole or not at all, whatever happens meanwhile."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


CHANNEL = PrintFolder()
