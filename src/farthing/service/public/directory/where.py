"""Where somebody looks: what is typed, read as a place, and how a place stands in an address that may be passed on.

A full postcode is a few homes, and an address of a page is kept by browsers and sent to friends. So the square kilometre
stands in it instead, as the national grid names it: "Histon TL4463".
"""

import re

from farthing.service.directory.grid import KILOMETRE
from farthing.service.directory.places import NotPlaced, Place, name_of, place_of

_SQUARE = re.compile(r"(?:^|\s)([A-HJ-Z]{2})\s?(\d\d)\s?(\d\d)$", re.ASCII | re.IGNORECASE)
_WHOLE_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", re.ASCII)
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_ACROSS, _UP = 7, 13
"""Squares of 100 kilometres that the grid has, from its south-west corner."""


def place_typed(typed: str) -> Place | NotPlaced:
    """The place that somebody typed: a postcode, a town or village, or a square kilometre."""
    found = _SQUARE.search(typed.strip())
    middle = _middle(*found.groups()) if found else None
    return Place(name_of(*middle), *middle) if middle else place_of(typed)


def is_a_home(place: Place) -> bool:
    """Whether a place is so near to a home that it should stand in no address."""
    return _WHOLE_POSTCODE.fullmatch(place.name) is not None


def in_an_address(place: Place) -> str:
    """A place as it may stand in an address: the town or village, and the square kilometre it is in."""
    return f"{name_of(place.easting, place.northing)} {square_of(place.easting, place.northing)}"


def square_of(easting: int, northing: int) -> str:
    """The name of the square kilometre that a point of the national grid is in: "TL4463"."""
    across, up = easting // 100_000, northing // 100_000
    row = 19 - up
    first, second = row - row % 5 + (across + 10) // 5, row * 5 % 25 + across % 5
    return f"{_LETTERS[first]}{_LETTERS[second]}{easting // KILOMETRE % 100:02d}{northing // KILOMETRE % 100:02d}"


def _middle(letters: str, east: str, north: str) -> tuple[int, int] | None:
    """The middle of a square kilometre; None where the grid has no such letters."""
    first, second = (_LETTERS.index(each) for each in letters.upper())
    across, up = (first - 2) % 5 * 5 + second % 5, 19 - first // 5 * 5 - second // 5
    if not (0 <= across < _ACROSS and 0 <= up < _UP):
        return None
    return across * 100_000 + int(east) * KILOMETRE + 500, up * 100_000 + int(north) * KILOMETRE + 500
