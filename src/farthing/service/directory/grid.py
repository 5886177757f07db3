"""Between the national grid, which places are kept in, and latitude and longitude, which other programs speak.

By Ordnance Survey's "A guide to coordinate systems in Great Britain": the transverse Mercator projection on the Airy
ellipsoid, then the seven-parameter shift to WGS 84. Right to about five metres, where nothing here is told finer than a
hundred.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt, tan

KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class _Ellipsoid:
    a: float
    b: float

    @property
    def e2(self) -> float:
        return 1 - (self.b / self.a) ** 2


_AIRY = _Ellipsoid(6_377_563.396, 6_356_256.909)
_WGS84 = _Ellipsoid(6_378_137.0, 6_356_752.314245)

_SCALE = 0.9996012717
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = radians(49), radians(-2)
_ORIGIN_EASTING, _ORIGIN_NORTHING = 400_000, -100_000

_SHIFT = (446.448, -125.157, 542.060)
_TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
_STRETCH = -20.4894e-6
"""From WGS 84 to the datum of the national grid it is the other way round."""


def to_the_kilometre(easting: int, northing: int) -> tuple[int, int]:
    """The nearest point where two kilometre lines cross, so that nobody's door can be told from it."""
    return _nearest(easting), _nearest(northing)


def _nearest(metres: int) -> int:
    return (metres + KILOMETRE // 2) // KILOMETRE * KILOMETRE


@lru_cache(maxsize=10_000)
def latitude_and_longitude(easting: int, northing: int) -> tuple[float, float]:
    """Degrees of WGS 84 of a point of the national grid."""
    latitude, longitude = _off_the_grid(easting, northing)
    return _moved(latitude, longitude, _AIRY, _WGS84, 1)


def easting_and_northing(latitude: float, longitude: float) -> tuple[int, int]:
    """Metres of the national grid of a point given in degrees of WGS 84. It means nothing outside Great Britain."""
    return _onto_the_grid(*_moved(radians(latitude), radians(longitude), _WGS84, _AIRY, -1))


def _off_the_grid(easting: int, northing: int) -> tuple[float, float]:
    east, north = easting - _ORIGIN_EASTING, northing - _ORIGIN_NORTHING
    latitude = _ORIGIN_LATITUDE + north / (_AIRY.a * _SCALE)
    while abs(left := north - _meridian(latitude)) > 1e-5:
        latitude += left / (_AIRY.a * _SCALE)
    nu, rho, eta2 = _radii(latitude)
    t, sec = tan(latitude), 1 / cos(latitude)
    latitude_found = (
        latitude
        - east**2 * t / (2 * rho * nu)
        + east**4 * t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
        - east**6 * t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    )
    longitude_found = (
        _ORIGIN_LONGITUDE
        + east * sec / nu
        - east**3 * sec / (6 * nu**3) * (nu / rho + 2 * t**2)
        + east**5 * sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
        - east**7 * sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    )
    return latitude_found, longitude_found


def _onto_the_grid(latitude_degrees: float, longitude_degrees: float) -> tuple[int, int]:
    latitude, away = radians(latitude_degrees), radians(longitude_degrees) - _ORIGIN_LONGITUDE
    nu, rho, eta2 = _radii(latitude)
    s, c, t2 = sin(latitude), cos(latitude), tan(latitude) ** 2
    north = (
        _meridian(latitude)
        + away**2 * nu / 2 * s * c
        + away**4 * nu / 24 * s * c**3 * (5 - t2 + 9 * eta2)
        + away**6 * nu / 720 * s * c**5 * (61 - 58 * t2 + t2**2)
    )
    east = (
        away * nu * c
        + away**3 * nu / 6 * c**3 * (nu / rho - t2)
        + away**5 * nu / 120 * c**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2)
    )
    return round(east) + _ORIGIN_EASTING, round(north) + _ORIGIN_NORTHING


def _radii(latitude: float) -> tuple[float, float, float]:
    """The radii of curvature across and along the meridian, scaled, and how far they differ."""
    under = 1 - _AIRY.e2 * sin(latitude) ** 2
    nu = _AIRY.a * _SCALE / sqrt(under)
    rho = nu * (1 - _AIRY.e2) / under
    return nu, rho, nu / rho - 1


def _meridian(latitude: float) -> float:
    """Metres along the meridian from the true origin of the grid."""
    n = (_AIRY.a - _AIRY.b) / (_AIRY.a + _AIRY.b)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    return (
        _AIRY.b
        * _SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _moved(latitude: float, longitude: float, old: _Ellipsoid, new: _Ellipsoid, sign: int) -> tuple[float, float]:
    """Degrees on another ellipsoid of a point at its surface, given in radians."""
    nu = old.a / sqrt(1 - old.e2 * sin(latitude) ** 2)
    x, y = nu * cos(latitude) * cos(longitude), nu * cos(latitude) * sin(longitude)
    z = (1 - old.e2) * nu * sin(latitude)
    (dx, dy, dz), (rx, ry, rz) = ((sign * each for each in three) for three in (_SHIFT, _TURN))
    scale = 1 + sign * _STRETCH
    x, y, z = dx + scale * x - rz * y + ry * z, dy + rz * x + scale * y - rx * z, dz - ry * x + rx * y + scale * z
    around = hypot(x, y)
    found = asin(z / hypot(around, z))
    for _ in range(6):
        nu = new.a / sqrt(1 - new.e2 * sin(found) ** 2)
        found = atan2(z + new.e2 * nu * sin(found), around)
    return degrees(found), degrees(atan2(y, x))
