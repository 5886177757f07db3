"""A map of what was found, drawn on the server: rings of miles around a place, and a numbered mark for each that is found.

It shows nothing that the list beside it does not say. Marks are rounded to the kilometre, because a sole trader's
place of business is a home, and each leads to its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from markupsafe import Markup

from farthing.service.directory.places import METRES_A_MILE

ROUND_MILES = (1, 2, 5, 10, 20, 50, 100)
_SIDE, _EDGE = 520, 30
_MIDDLE = _SIDE // 2
_MARK = 20
_STEPS = (
    (0, 0),
    *((across, up) for far in (1, 2, 3) for across in range(-far, far + 1) for up in range(-far, far + 1)),
)
"""Where a mark goes whose place is taken, in widths of a mark, the nearest first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found: its number in the list, its name, where it leads, and where it is on the national grid."""

    number: int
    name: str
    address: str
    easting: int
    northing: int


def rings(*, title: str, description: str, easting: int, northing: int, marks: Sequence[Mark]) -> Markup:
    """The map around a point of the national grid, as SVG."""
    away = [(each.easting - easting, each.northing - northing) for each in marks]
    farthest = max((hypot(*each) for each in away), default=0)
    miles = next((each for each in ROUND_MILES if each * METRES_A_MILE >= farthest), ROUND_MILES[-1])
    scale = (_MIDDLE - _EDGE) / (miles * METRES_A_MILE)
    drawn = [_ring(each, each * METRES_A_MILE * scale) for each in ROUND_MILES if miles / 10 < each <= miles]
    drawn.append(_words("North", _MIDDLE, 14))
    drawn.append(Markup('<circle class="farthing-chart__here" cx="{0}" cy="{0}" r="7"/>').format(_MIDDLE))
    taken: list[tuple[int, int]] = []
    for mark, (east, north) in zip(marks, away, strict=True):
        place = _free(round(_MIDDLE + east * scale), round(_MIDDLE - north * scale), taken)
        taken.append(place)
        drawn.append(_mark(mark, *place))
    opening = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="group"'
        ' aria-labelledby="map-title" aria-describedby="map-description">'
        '<title id="map-title">{1}</title><desc id="map-description">{2}</desc>'
    ).format(_SIDE, title, description)
    return opening + Markup("").join(drawn) + Markup("</svg>")


def _ring(miles: int, radius: float) -> Markup:
    circle = Markup(
        '<circle class="farthing-chart__axis" cx="{0}" cy="{0}" r="{1:.1f}" fill="none" stroke-dasharray="4 4"/>'
    )
    return circle.format(_MIDDLE, radius) + _words(f"{miles} mile{'s' if miles > 1 else ''}", _MIDDLE, _MIDDLE + radius)


def _words(words: str, across: float, down: float) -> Markup:
    return Markup('<text class="farthing-chart__label" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
        across, down, words
    )


def _mark(mark: Mark, across: int, down: int) -> Markup:
    return Markup(
        '<a href="{0}" aria-label="{1}. {2}"><circle class="farthing-chart__bar" cx="{3}" cy="{4}" r="{5}"'
        ' stroke="#ffffff" stroke-width="2"/><text x="{3}" y="{6}" text-anchor="middle" font-family="sans-serif"'
        ' font-size="19" font-weight="bold" fill="#ffffff">{1}</text></a>'
    ).format(mark.address, mark.number, mark.name, across, down, _MARK, down + 7)


def _free(across: int, down: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The nearest place that no mark lies on, inside the map; the place itself where there is none."""
    for right, below in _STEPS:
        place = _inside(across + right * 2 * _MARK), _inside(down + below * 2 * _MARK)
        if all(hypot(place[0] - x, place[1] - y) >= 2 * _MARK for x, y in taken):
            return place
    return _inside(across), _inside(down)


def _inside(place: int) -> int:
    return min(max(place, _MARK + 2), _SIDE - _MARK - 2)
