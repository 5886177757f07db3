"""From file to file: CSV and Parquet agree, and whatever goes wrong, nothing is left half-written."""

import csv
import errno
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from farthing.base.refusal import Refusal
from farthing.caseload import assess, files
from farthing.caseload.files import assess_file
from tests.caseload.tables import COUNCIL, JANE, ON, invented, row, table


def parquet(path: Path, rows, money="decimal") -> Path:
    pa.parquet.write_table(table(rows, money), path)
    return path


def flat(rows) -> list[dict[str, str]]:
    """The rows as cells of CSV: an empty list says none, and what is not told is empty."""
    cells = []
    for each in rows:
        told: dict[str, str] = {}
        for name, value in each.items():
            if isinstance(value, list):
                told |= items(name, value)
            elif value is not None:
                told[name] = str(value).lower() if isinstance(value, bool) else str(value)
        cells.append(told)
    return cells


def items(name, value) -> dict[str, str]:
    if not value:
        return {f"{name}[0]" if name == "premiums" else f"{name}[0].kind": "none"}
    if name == "premiums":
        return {f"{name}[{number}]": each for number, each in enumerate(value)}
    return {
        f"{name}[{number}].{fact}": str(held).lower() if isinstance(held, bool) else str(held)
        for number, item in enumerate(value)
        for fact, held in item.items()
        if held is not None
    }


def as_csv(path: Path, rows) -> Path:
    cells = flat(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for each in cells for name in each)))
        writer.writeheader()
        writer.writerows(cells)
    return path


def run(source: Path, target: Path, **more):
    return assess_file(source, target, council=COUNCIL, on=ON, **more)


def left_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def refused_in(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_a_parquet_file_is_answered_as_its_table_is(tmp_path):
    rows = invented(400, seed=5, untold=0.02)
    summary = run(parquet(tmp_path / "in.parquet", rows), tmp_path / "out.parquet")
    here = assess(table(rows), council=COUNCIL, on=ON)
    assert pa.parquet.read_table(tmp_path / "out.parquet") == here.table
    assert (summary.rows, summary.answered) == (400, here.table.num_rows)
    assert summary.refused == 400 - here.table.num_rows
    wrong = [[str(cell) for cell in each.values()] for each in here.refused.to_pylist()]
    assert refused_in(tmp_path / "out.refused.csv") == [here.refused.schema.names, *wrong]


def test_csv_and_parquet_agree(tmp_path):
    rows = invented(400, seed=6, untold=0.02)
    one = run(parquet(tmp_path / "in.parquet", rows), tmp_path / "one.csv")
    other = run(as_csv(tmp_path / "in.csv", rows), tmp_path / "other.csv")
    assert (one.rows, one.answered, one.refused) == (other.rows, other.answered, other.refused)
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "other.csv").read_text()
    assert (tmp_path / "one.refused.csv").read_text() == (tmp_path / "other.refused.csv").read_text()


def test_a_large_file_is_answered_in_many_batches_with_its_rows_numbered_through(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ROWS_AT_A_TIME", 100)
    rows = [JANE] * 1000
    rows[998] = row(weekly_cost="-1.00")
    told: list[tuple[int, int | None]] = []
    summary = run(parquet(tmp_path / "in.parquet", rows), tmp_path / "out.csv", progress=lambda *at: told.append(at))
    assert told == [(done, 1000) for done in range(100, 1001, 100)]
    assert (summary.rows, summary.answered, summary.refused) == (1000, 999, 1)
    assert refused_in(tmp_path / "out.refused.csv")[1][:2] == ["999", "weekly_cost"]


def test_no_refused_file_is_made_where_no_row_is_refused(tmp_path):
    summary = run(parquet(tmp_path / "in.parquet", [JANE]), tmp_path / "out.parquet")
    assert summary.refused_to is None
    assert left_in(tmp_path) == {"in.parquet", "out.parquet"}


def test_the_law_read_compiled_and_uncompiled_gives_the_same(tmp_path, monkeypatch):
    from farthing.caseload import reading

    pytest.importorskip("numba")
    rows = invented(500, seed=8)
    monkeypatch.setattr(reading, "ENOUGH_TO_COMPILE", 10**9)
    plain = assess(table(rows), council=COUNCIL, on=ON).table
    monkeypatch.setattr(reading, "ENOUGH_TO_COMPILE", 1)
    assert assess(table(rows), council=COUNCIL, on=ON).table == plain


# CSV


def test_a_line_with_too_many_or_too_few_cells_is_refused_by_its_row_and_the_others_keep_their_numbers(tmp_path):
    source = as_csv(tmp_path / "in.csv", [row(reference=str(number)) for number in range(1, 6)])
    lines = source.read_text().splitlines()
    lines[2] += ",more"
    lines[4] = "less"
    lines[5] = lines[5].replace("1941-03-02", "2020-01-01")
    source.write_text("\n".join(lines))
    summary = run(source, tmp_path / "out.csv")
    assert (summary.rows, summary.answered, summary.refused) == (5, 2, 3)
    refused = sorted(refused_in(tmp_path / "out.refused.csv")[1:])
    assert [each[0] for each in refused] == ["2", "4", "5"]
    assert "cells" in refused[0][2] and "younger" in refused[2][2]
    assert [each[0] for each in refused_in(tmp_path / "out.csv")[1:]] == ["1", "3"]


def test_an_empty_list_is_told_by_none_and_an_empty_cell_is_not_told(tmp_path):
    source = as_csv(tmp_path / "in.csv", [JANE, row(capital=[]), row(capital=None)])
    summary = run(source, tmp_path / "out.csv")
    assert (summary.answered, summary.refused) == (2, 1)
    assert refused_in(tmp_path / "out.refused.csv")[1] == [
        "3", "capital", "not told: capital", "Tell it. A list that holds nothing is told by an empty list (in CSV: none)"
    ]  # fmt: skip


def test_an_item_after_an_empty_one_keeps_its_number(tmp_path):
    item = {"kind": "cash", "value": "1.00"}
    source = as_csv(tmp_path / "in.csv", [row(capital=[item, item])])
    text = source.read_text().replace("cash,1.00,cash", ",,cash")
    source.write_text(text)
    run(source, tmp_path / "out.csv")
    assert refused_in(tmp_path / "out.refused.csv")[1][:2] == ["1", "capital[0].kind"]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", "holds nothing"),
        ("born;setting\n1941-03-02;own_home\n", "parted by semicolons"),
        ("born,born\n1,2\n", "is a column twice"),
        ("wekly_cost\n1\n", "Did you mean 'weekly_cost'"),
        ("capital[0]value\n1\n", "is not the name of an item's column"),
        ("capital[0].kind,capital\ncash,1\n", "is a column beside those of its items"),
        ("capital[0].vlaue,capital[0].kind\n1,cash\n", "Did you mean 'value'"),
    ],
)
def test_a_csv_file_of_a_wrong_shape_is_refused(tmp_path, text, refused):
    (tmp_path / "in.csv").write_text(text)
    with pytest.raises(Refusal, match=refused):
        run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert left_in(tmp_path) == {"in.csv"}


def test_text_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "in.csv").write_bytes(b"reference,born\n\xa3,1941-03-02\n")
    with pytest.raises(Refusal, match="Save it as CSV UTF-8"):
        run(tmp_path / "in.csv", tmp_path / "out.csv")
    assert left_in(tmp_path) == {"in.csv"}


# Files that cannot be read or written


def test_wrong_names_of_files_are_refused(tmp_path):
    source = parquet(tmp_path / "in.parquet", [JANE])
    (tmp_path / "there.csv").touch()
    for target, refused in [
        (tmp_path / "out.xlsx", "is not a Parquet or CSV file by its name"),
        (source, "is the file that is read"),
        (tmp_path / "there.csv", "is there already"),
        (tmp_path / "nowhere" / "out.csv", "is in a folder that is not there"),
    ]:
        with pytest.raises(Refusal, match=refused):
            run(source, target)
    with pytest.raises(Refusal, match="is not there"):
        run(tmp_path / "none.parquet", tmp_path / "out.csv")
    with pytest.raises(Refusal, match="is the target too"):
        run(source, tmp_path / "out.csv", refused_to=tmp_path / "out.csv")
    assert left_in(tmp_path) == {"in.parquet", "there.csv"}


def test_a_target_is_overwritten_only_when_asked_and_with_it_what_was_refused_before(tmp_path):
    source = parquet(tmp_path / "in.parquet", [JANE])
    for name in ("out.csv", "out.refused.csv"):
        (tmp_path / name).write_text("old")
    run(source, tmp_path / "out.csv", overwrite=True)
    assert left_in(tmp_path) == {"in.parquet", "out.csv"}
    assert "jane" in (tmp_path / "out.csv").read_text()


def test_an_unreadable_parquet_file_is_refused(tmp_path):
    (tmp_path / "in.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(Refusal, match="cannot be read"):
        run(tmp_path / "in.parquet", tmp_path / "out.csv")
    assert left_in(tmp_path) == {"in.parquet"}


def test_a_parquet_file_damaged_half_way_leaves_no_target(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ROWS_AT_A_TIME", 500)
    whole = table([row(reference=str(number)) for number in np.random.default_rng(1).integers(0, 10**9, 4000)])
    pa.parquet.write_table(whole, tmp_path / "in.parquet", row_group_size=500, use_dictionary=False)
    content = bytearray((tmp_path / "in.parquet").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8000] = b"\xff" * 8000
    (tmp_path / "in.parquet").write_bytes(content)
    with pytest.raises(Refusal, match="cannot be read after row"):
        run(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert left_in(tmp_path) == {"in.parquet"}


class FullDisk:
    """Stands for a writer on a disk that is full after the first batch."""

    def __init__(self, path: Path):
        self.path, self.written = path, 0
        path.touch()

    def write(self, _rows: object) -> None:
        self.written += 1
        if self.written > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ROWS_AT_A_TIME", 10)
    monkeypatch.setattr(files, "_writer", lambda path, *_: FullDisk(path))
    source = parquet(tmp_path / "in.parquet", [JANE] * 100)
    with pytest.raises(Refusal, match="cannot be written: No space left on device"):
        run(source, tmp_path / "out.parquet")
    assert left_in(tmp_path) == {"in.parquet"}


def test_being_interrupted_half_way_leaves_nothing_behind_and_the_old_answers_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ROWS_AT_A_TIME", 10)
    source = parquet(tmp_path / "in.parquet", [*[JANE] * 90, row(born=None)])
    (tmp_path / "out.csv").write_text("old")

    def stop(done: int, _rows: int | None) -> None:
        if done == 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out.csv", progress=stop, overwrite=True)
    assert left_in(tmp_path) == {"in.parquet", "out.csv"}
    assert (tmp_path / "out.csv").read_text() == "old"


def test_being_killed_half_way_leaves_no_target(tmp_path):
    source = parquet(tmp_path / "in.parquet", [JANE] * 300)
    program = f"""
import os
from farthing.caseload import files
files.ROWS_AT_A_TIME = 10
def stop(done, rows):
    if done == 100:
        os._exit(9)
files.assess_file({str(source)!r}, {str(tmp_path / "out.parquet")!r}, council={COUNCIL!r}, on={ON!r}, progress=stop)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert not (tmp_path / "out.parquet").exists()
