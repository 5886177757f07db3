"""Measure everything and write docs/benchmarks.md. Each subject is measured in a process of its own."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

FOLDER = Path(__file__).parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parents[1])]

import against_openfisca  # noqa: E402
import bill_people  # noqa: E402
import deciding  # noqa: E402
import desk_letters  # noqa: E402
import directory  # noqa: E402
import file_to_file  # noqa: E402
import loading  # noqa: E402
import many_people  # noqa: E402
import officer_pages  # noqa: E402
import one_person  # noqa: E402
import open_feed  # noqa: E402
import page  # noqa: E402
import result_page  # noqa: E402
import two_policies  # noqa: E402
from desk import DATABASES  # noqa: E402
from stopwatch import Row, say  # noqa: E402

PAGE = FOLDER.parents[1] / "docs" / "benchmarks.md"

WITHOUT_A_DATABASE: dict[str, Callable[[bool], list[Row]]] = {
    "one_person": one_person.measure,
    "loading": loading.measure,
    "compiling": many_people.compiling,
    **{
        f"many_{people}": lambda quick, people=people: many_people.measure_size(people, quick)
        for people in many_people.SIZES
    },
    "openfisca": against_openfisca.measure,
    "two_policies": two_policies.measure,
    "files": file_to_file.measure,
}

ON_A_DATABASE: dict[str, Callable[[bool], list[Row]]] = {
    "result_page": result_page.measure,
    **{
        f"officer_pages_{database.lower()}": lambda quick, database=database: officer_pages.measure(database, quick)
        for database in DATABASES
    },
    "letters": desk_letters.measure,
    **{
        f"deciding_{database.lower()}": lambda quick, database=database: deciding.measure(database, quick)
        for database in DATABASES
    },
    **{
        f"billing_{database.lower()}": lambda quick, database=database: bill_people.measure(database, quick)
        for database in DATABASES
    },
    **{
        f"directory_{database.lower()}": lambda quick, database=database: directory.measure(database, quick)
        for database in DATABASES
    },
    **{
        f"open_feed_{database.lower()}": lambda quick, database=database: open_feed.measure(database, quick)
        for database in DATABASES
    },
    "billing_memory": lambda quick: bill_people.measure_memory("SQLite", quick),
}

SUBJECTS = WITHOUT_A_DATABASE | ON_A_DATABASE


def main() -> None:
    """Read the command line, measure, and write the page."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--quick", action="store_true", help="small numbers, in a minute or two: only to see that it runs"
    )
    reader.add_argument("--write", type=Path, default=None, help=f"the page to write (docs/{PAGE.name}; quick: none)")
    reader.add_argument("--date", type=date.fromisoformat, default=None, help="the date to put on it (today)")
    reader.add_argument(
        "--only",
        choices=[*SUBJECTS, "many"],
        nargs="*",
        help="these subjects alone; the rest of the page that is written stays",
    )
    reader.add_argument("--subjects", choices=SUBJECTS, nargs="*", help=argparse.SUPPRESS)
    reader.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.subjects:
        rows = [each for name in asked.subjects for each in SUBJECTS[name](asked.quick)]
        asked.into.write_text(json.dumps([each.as_data() for each in rows]), encoding="utf-8")
        return
    start = perf_counter()
    rows = measured(subjects(asked.only, asked.quick), asked.quick)
    target = asked.write or (None if asked.quick or asked.only else PAGE)
    if target:
        page.write(target, rows, on=asked.date or date.today(), quick=asked.quick, keep=bool(asked.only))
        print(f"Written to {target} after {perf_counter() - start:.0f} seconds")


def subjects(only: list[str] | None, quick: bool) -> list[str]:
    """The subjects to measure: those asked for, with the sizes this machine has the memory for."""
    tried = {f"many_{people}" for people in many_people.sizes(quick)}
    names = [name for name in SUBJECTS if not name.startswith("many_") or name in tried]
    if quick and not only:  # one database shows as well as two that everything runs
        names = [name for name in names if not name.endswith("_postgresql")]
    if not only:
        return names
    return [name for name in names if name in only or ("many" in only and name.startswith("many_"))]


def measured(names: list[str], quick: bool) -> list[Row]:
    """The rows of every subject, in order, with what follows from several of them."""
    rows: list[Row] = []
    for some in _processes(names, quick):
        print(*some, flush=True)
        found = _in_a_fresh_process(some, quick)
        for each in found:
            say(" · ".join(filter(None, (each.figure, each.shown(each.median), each.target(), each.verdict()))))
        rows += found
    many = [each for each in rows if each.subject == many_people.SUBJECT]
    files = [each for each in rows if each.subject == file_to_file.SUBJECT]
    others = [each for each in rows if each not in files]
    last = max((place for place, each in enumerate(others) if each in many), default=len(others) - 1)
    return [*others[: last + 1], *many_people.growth(many), *others[last + 1 :], *files, *file_to_file.flat(files)]


def _processes(names: list[str], quick: bool) -> list[list[str]]:
    """The subjects that each process measures: one, but that they share one on SQLite where nothing is measured."""
    together = [name for name in names if quick and not name.endswith("_postgresql")]
    return [*([together] if together else []), *([name] for name in names if name not in together)]


def _in_a_fresh_process(names: list[str], quick: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder, "rows.json")
        command = [sys.executable, str(Path(__file__)), "--subjects", *names, "--into", str(into)]
        subprocess.run([*command, *(["--quick"] if quick else [])], check=True)
        return [Row(**each) for each in json.loads(into.read_text(encoding="utf-8"))]


if __name__ == "__main__":
    main()
