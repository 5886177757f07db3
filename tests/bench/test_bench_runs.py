"""The benchmarks run, in their quick form, and write their table. Nothing here is timed."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

RUN = Path(__file__).with_name("run.py")


def _keep_tables(prepared, folder):
    """Put the tables that the tests have made already where the benchmarks look for them; PostgreSQL's are no file."""
    if prepared.exists():
        with closing(sqlite3.connect(prepared)) as made, closing(sqlite3.connect(folder / "tables.sqlite3")) as kept:
            made.backup(kept)


@pytest.mark.slow
def test_the_quick_form_measures_everything_and_writes_its_table(tmp_path, databases):
    pytest.importorskip("numba")
    with databases.own(tmp_path / "prepared"):
        _keep_tables(tmp_path / "prepared" / "farthing.sqlite3", tmp_path)
    page = tmp_path / "benchmarks.md"
    command = [sys.executable, str(RUN), "--quick", "--write", str(page), "--date", "2026-05-04"]
    surroundings = {**os.environ, "FARTHING_BENCH_FOLDER": str(tmp_path)}
    ran = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    text = page.read_text(encoding="utf-8")
    assert "Measured on 4 May 2026." in text
    assert "is no measurement" in text
    for subject in (
        "One person",
        "Loading",
        "Many, whole law",
        "Against OpenFisca-Core",
        "Two policies",
        "Parquet in",
        "The result page",
        "An officer's pages",
        "Decision letters",
        "Deciding",
        "The directory with",
        "The directory for other programs",
    ):
        assert f"\n## {subject}" in text
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ") and line.count(" | ") == 5]
    assert len(rows) > 20
    assert all(cells[2].strip() and cells[3].strip() for cells in rows)
    for figure in (
        "answer alone",
        "every step explained",
        "import farthing.law: time",
        "compiled, ",
        "blocks, one core",
        "result, server time",
        "case, server time",
        "case, queries",
        "letters in 2 processes: time",
        "decisions sealed",
        "place and words, 95th percentile",
        "services in full, first page, 95th percentile",
        "everything as lines: enterprises",
    ):
        assert any(figure in cells[0] for cells in rows), figure
