"""Where somebody is, from what they type: a postcode, the first half of one, or a town or village. No network is asked.

What a council has brought in (``postcodes.py``) goes before what comes with the program (``place_data``).
"""

import re
from dataclasses import dataclass
from functools import cache
from math import isqrt

from django.db.models import Avg
from django.db.models.functions import Length

from farthing.base.refusal import Problem
from farthing.service.directory.models import Postcode
from farthing.service.directory.place_data import INWARD, Known, Town, authorities, middle_of, shipped, towns
from farthing.service.directory.spelling import nearest
from farthing.service.directory.words import folded

METRES_A_MILE = 1609
LONGEST = 60
"""Letters of a place that are read. No place of England has so many."""
OUTSIDE = "Outside the area"
PLACES_FROM = (
    "Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal Mail copyright and database "
    "right. Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Places: GeoNames, CC BY 4.0."
)
"""What the licences of the places ask to be said wherever they are shown."""

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_NOTHING_BUT_LETTERS_AND_FIGURES = re.compile("[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in metres of the national grid, by a name that may be shown."""

    name: str
    easting: int
    northing: int


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Why what was typed is no place, and what to type instead. ``perhaps`` are places it may have been meant for.

    ``was`` is where a postcode was that is used no more.
    """

    typed: str
    problem: str
    what_to_do: str
    perhaps: tuple[str, ...] = ()
    was: Place | None = None

    def of_field(self, field: str) -> Problem:
        """What is wrong with the field it was typed into."""
        return Problem(field, self.problem, self.what_to_do, called=self.typed)


def place_of(text: str) -> Place | NotPlaced:
    """Where a postcode, an outward code such as CB1, or a town or village is."""
    code = _NOTHING_BUT_LETTERS_AND_FIGURES.sub("", text[:LONGEST].upper())
    if _POSTCODE.fullmatch(code):
        return _of_postcode(code)
    if _OUTWARD.fullmatch(code):
        return _of_outward(code)
    return _of_town(text[:LONGEST])


def name_of(easting: int, northing: int) -> str:
    """The town or village nearest to a point."""
    return _nearest_town(easting, northing).full_name


def area_of(easting: int, northing: int) -> str:
    """The district of the town or village nearest to a point; ``OUTSIDE`` where it is in none of ours."""
    return authorities().get(_nearest_town(easting, northing).authority, OUTSIDE)


def areas() -> tuple[str, ...]:
    """The districts there are, by name."""
    return tuple(sorted(authorities().values()))


def miles(metres: int) -> str:
    """A distance in words, to the nearest mile: "2 miles", "less than a mile"."""
    if metres < METRES_A_MILE:
        return "less than a mile"
    whole = (metres + METRES_A_MILE // 2) // METRES_A_MILE
    return "1 mile" if whole == 1 else f"{whole:,} miles"


def metres_between(easting: int, northing: int, other_easting: int, other_northing: int) -> int:
    """How far apart two points are in a straight line, in whole metres."""
    return isqrt((easting - other_easting) ** 2 + (northing - other_northing) ** 2)


def written(code: str) -> str:
    """A postcode as people write it: "CB1 2AB" for "CB12AB"."""
    return f"{code[:-INWARD]} {code[-INWARD:]}"


def _of_postcode(code: str) -> Place | NotPlaced:
    known = _brought_in(code) or shipped(code)
    if known is None:
        return _unknown_postcode(code)
    place = Place(written(code), known.easting, known.northing)
    if known.is_ended:
        near = name_of(known.easting, known.northing)
        what_to_do = f"Check it, or look near {near}, where it was"
        return NotPlaced(written(code), "is a postcode that is no longer used", what_to_do, (near,), place)
    return place


def _brought_in(code: str) -> Known | None:
    row = Postcode.objects.filter(code=code).first()
    return Known(row.authority, row.easting, row.northing, row.is_ended) if row else None


def _unknown_postcode(code: str) -> NotPlaced:
    outward = code[:-INWARD]
    if isinstance(_of_outward(outward), Place):
        what_to_do = f"Check it, or look near {outward}"
        return NotPlaced(written(code), "is a postcode that we do not know", what_to_do, (outward,))
    return _outside(written(code))


def _outside(code: str) -> NotPlaced:
    what_to_do = "Check it, or type a town or village of the area. For anywhere else, ask the council there"
    return NotPlaced(code, "is outside the area we have places for", what_to_do)


def _of_outward(outward: str) -> Place | NotPlaced:
    first, last = f"{outward}0AA", f"{outward}9ZZ"
    found = (
        Postcode.objects.annotate(length=Length("code"))
        .filter(code__gte=first, code__lte=last, length=len(first), is_ended=False)
        .aggregate(easting=Avg("easting"), northing=Avg("northing"))
    )
    if found["easting"] is not None:
        return Place(outward, int(found["easting"]), int(found["northing"]))
    middle = middle_of(outward)
    return Place(outward, *middle) if middle else _outside(outward)


def _of_town(text: str) -> Place | NotPlaced:
    wanted = folded(text)
    if not wanted:
        return NotPlaced("a place", "was not given", "Type a postcode, or a town or village")
    if town := _by_full_name().get(wanted):
        return Place(town.full_name, town.easting, town.northing)
    shown = " ".join(text.split())
    if several := [town.full_name for town in towns() if folded(town.name) == wanted]:
        return NotPlaced(
            shown, "is the name of more than one place", f"Say which: {' or '.join(several)}", tuple(several)
        )
    likely = _likely(wanted)
    what_to_do = f"Did you mean {' or '.join(likely)}? You can also type a postcode" if likely else "Type a postcode"
    return NotPlaced(f"“{shown}”", "is not a place that we know", what_to_do, likely)


def _likely(wanted: str) -> tuple[str, ...]:
    """At most three towns: those that begin with what was typed, or are spelt nearly so."""
    names = _by_full_name()
    begin = [name for name in names if len(wanted) > 2 and name.startswith(wanted)]
    return tuple(names[name].full_name for name in dict.fromkeys([*begin, *nearest(wanted, names)]))[:3]


@cache
def _by_full_name() -> dict[str, Town]:
    return {folded(town.full_name): town for town in towns()}


def _nearest_town(easting: int, northing: int) -> Town:
    return min(towns(), key=lambda town: (town.easting - easting) ** 2 + (town.northing - northing) ** 2)
