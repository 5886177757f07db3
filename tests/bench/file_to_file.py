"""Parquet in, Parquet out: the invented caseload from file to file, with time and the peak of memory at two sizes."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from cases import ON, SEED
from stopwatch import Row, peak, row, say

SUBJECT = "Parquet in, Parquet out"
SIZES = (1_000_000, 10_000_000)
NEEDED = 700
"""Bytes of disk a person that a size is only tried with: the file read and the file written."""


def measure(quick: bool) -> list[Row]:
    """Every size there is room for, each read and written in fresh processes."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(dir=os.environ.get("FARTHING_BENCH_FOLDER")) as folder:
        for people in (1_000,) if quick else SIZES:
            if people * NEEDED > shutil.disk_usage(folder).free:
                say(f"not enough room on the disk for {people:,} people")
                continue
            source, target = Path(folder, f"{people}.parquet"), Path(folder, f"{people}.answers.parquet")
            say(f"writing {people:,} invented people")
            _fresh("write", source, target, people)
            runs = [_fresh("assess", source, target, people) for _ in range(1 if quick else 3)]
            rows += _rows(people, runs, source.stat().st_size, target.stat().st_size)
            source.unlink()
            target.unlink()
    return rows


def _rows(people: int, runs: list[tuple[float, int]], read: int, written: int) -> list[Row]:
    seconds, most = [each for each, _ in runs], [float(each) for _, each in runs]
    note = f"{read / 1e6:,.0f} MB read, {written / 1e6:,.0f} MB written, the file just written and so still in memory"
    whole = people == SIZES[-1]
    return [
        row(SUBJECT, f"time: {people:,} people", "seconds", seconds, limit=8.0 if whole else None, note=note),
        row(SUBJECT, f"most memory held by the process: {people:,} people", "bytes", most),
    ]


def flat(rows: list[Row]) -> list[Row]:
    """How much more memory the larger file took than the smaller one; flat is none."""
    held = [each for each in rows if "most memory" in each.figure]
    if len(held) < 2:
        return []
    times = held[-1].median / held[0].median
    return [Row(SUBJECT, "memory at ten times the people, against the smaller", "times", times, times, 1.25)]


def _fresh(what: str, source: Path, target: Path, people: int) -> tuple[float, int]:
    command = [sys.executable, __file__, what, str(source), str(target), str(people)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    seconds, most = ran.stdout.split()
    return float(seconds), int(most)


def write(target: Path, people: int) -> None:
    """The invented caseload as a Parquet file, a batch a row group."""
    from pyarrow import parquet

    from farthing.caseload.population import population

    batches = population(people, seed=SEED, on=ON)
    first = next(batches)
    with parquet.ParquetWriter(target, first.schema, compression="snappy") as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)


def assess(source: Path, target: Path, people: int) -> None:
    """The file assessed into another, with the main answers. Raises ``ValueError`` where a row was refused."""
    from farthing.caseload.files import assess_file
    from farthing.law import ANSWERS, BESIDE

    summary = assess_file(source, target, council="england", on=ON, overwrite=True, answers=(*ANSWERS, *BESIDE))
    if summary.refused or summary.answered != people:
        raise ValueError(f"{summary.refused} of {people:,} rows were refused; see {summary.refused_to}")


if __name__ == "__main__":
    source, target, people = Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    start = perf_counter()
    if sys.argv[1] == "write":
        write(source, people)
    else:
        assess(source, target, people)
    print(perf_counter() - start, peak())
