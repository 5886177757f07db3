"""Where the postcodes, towns and villages of the area are, as they come with the program. README.md says from where.

Read once in a process, when a place is first asked for.
"""

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
POSTCODES = FOLDER / "postcodes.csv.xz"
TOWNS = FOLDER / "towns.csv"
AUTHORITIES = FOLDER / "authorities.csv"

INWARD = 3
"""Letters of a postcode after its outward code: "2AB" of "CB1 2AB"."""


@dataclass(frozen=True, slots=True)
class Known:
    """Where a postcode is or was, in metres of the national grid. ``authority`` is the code of its district."""

    authority: str
    easting: int
    northing: int
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Town:
    """A town or village by the middle of it. ``near`` tells it from others of its name; empty where it is the only one."""

    name: str
    near: str
    authority: str
    easting: int
    northing: int

    @property
    def full_name(self) -> str:
        """Its name, told from others of the same name."""
        return f"{self.name} near {self.near}" if self.near else self.name


def shipped(code: str) -> Known | None:
    """Where a postcode is by the file that comes with the program; None where it is not in it. ``code`` has no space."""
    row = _rows().get(code)
    if row is None:
        return None
    authority, easting, northing, ended = row.split(",")
    return Known(authority, int(easting), int(northing), ended == "1")


def middle_of(outward: str) -> tuple[int, int] | None:
    """The middle of the postcodes that begin with an outward code, easting and northing; None where there are none."""
    return _middles().get(outward)


@cache
def towns() -> tuple[Town, ...]:
    """The towns and villages of the area and round about it, in the order of their names."""
    with TOWNS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Town(row["name"], row["near"], row["authority"], int(row["easting"]), int(row["northing"]))
            for row in csv.DictReader(file)
        )


@cache
def authorities() -> dict[str, str]:
    """The names of the districts, by their codes."""
    with AUTHORITIES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def _lines() -> Iterator[tuple[str, str]]:
    text = lzma.decompress(POSTCODES.read_bytes()).decode("ascii")
    for line in text.splitlines()[1:]:
        code, _, row = line.partition(",")
        yield code, row


@cache
def _rows() -> dict[str, str]:
    return dict(_lines())


@cache
def _middles() -> dict[str, tuple[int, int]]:
    """Of postcodes that are in use; of those that were, where an outward code has no others."""
    places: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for code, row in _rows().items():
        _, easting, northing, ended = row.split(",")
        places[code[:-INWARD], ended == "1"].append((int(easting), int(northing)))
    in_use_last = sorted(places.items(), key=lambda each: not each[0][1])
    return {outward: _middle(found) for (outward, _), found in in_use_last}


def _middle(points: list[tuple[int, int]]) -> tuple[int, int]:
    eastings, northings = zip(*points, strict=True)
    return sum(eastings) // len(points), sum(northings) // len(points)
