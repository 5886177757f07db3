"""Where files that were sent lie: outside every web folder, readable by the service alone, named at random."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

UNFINISHED = ".part"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was kept: its name here, its size in bytes, and the digest over it."""

    stored_as: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Store:
    """The files of one room. ``setting`` names the setting that says where they lie."""

    setting: str

    def keep(self, content: bytes) -> Kept:
        """Keep a file. It is whole on the disk before its name is there, and its name before this returns."""
        name = secrets.token_hex(16)
        target = self.place_of(name)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = target.with_suffix(UNFINISHED)
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
        _settle(target.parent)
        return Kept(name, len(content), hashlib.sha256(content).hexdigest())

    def place_of(self, stored_as: str) -> Path:
        """Where a file lies: in a folder of the first two letters of its name."""
        return self._folder / stored_as[:2] / stored_as

    def opened(self, stored_as: str) -> BinaryIO:
        """A kept file, to read. Raises ``FileNotFoundError``."""
        return self.place_of(stored_as).open("rb")

    def drop(self, stored_as: str) -> None:
        """Delete a file; one that is gone already is no error."""
        self.place_of(stored_as).unlink(missing_ok=True)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The names of files last written before a moment, the unfinished ones too."""
        for file in self._folder.glob("??/*"):
            try:
                written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if written < moment:
                yield file.name

    @property
    def _folder(self) -> Path:
        return Path(getattr(settings, self.setting))


EVIDENCE = Store("EVIDENCE")
PROOFS = Store("PROOFS")


def _settle(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
