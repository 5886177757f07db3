"""A caseload from file to file, Parquet or CSV, a batch at a time: nothing is held whole, and nothing half-written."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np
import pyarrow as pa

from farthing.base.refusal import Problem, Refusal
from farthing.caseload import ROWS_AT_A_TIME, names_of, policy_for
from farthing.caseload.columns import RefusedRow
from farthing.caseload.reading import REFUSED, Answered, answer, answer_schema
from farthing.caseload.shape import REFERENCE, check
from farthing.caseload.sources import Source, open_source, suffix_of
from farthing.caseload.threads import ahead, behind
from farthing.law import law

if TYPE_CHECKING:
    from farthing.caseload.comparison import AllTotals, Scenario

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a caseload: how many rows it had, how many were answered and refused.

    ``refused_to`` is the file that says what was wrong, None where no row was refused. ``assumptions`` are the
    council's, by slot; ``totals`` those of a comparison, where one was made.
    """

    rows: int
    answered: int
    refused: int
    refused_to: Path | None
    assumptions: dict[str, str]
    totals: "AllTotals | None" = None


def assess_file(
    source: str | Path,
    target: str | Path,
    *,
    council: str,
    on: date | str,
    against: "Scenario | None" = None,
    progress: Progress | None = None,
    refused_to: str | Path | None = None,
    answers: tuple[str, ...] | None = None,
    overwrite: bool = False,
) -> Summary:
    """Assess every row of ``source`` into ``target``; with ``against``, under two policies side by side.

    Both are Parquet or CSV, by their names' endings. Rows that are refused go to ``refused_to``, or beside the target as
    ``<its stem>.refused.csv``. ``progress`` is told after each batch how many rows are done, and of how many where that
    is known. ``answers`` names the rules whose values are wanted, as for ``assess``. Files appear under their names only
    once they are whole. Raises ``Refusal`` for a file that cannot be read or written, or that is there already unless
    ``overwrite`` is asked for, and as ``assess`` does.
    """
    source, target = Path(source), Path(target)
    refused_to = Path(refused_to) if refused_to else target.with_name(f"{target.stem}.refused.csv")
    _check_places(source, target, refused_to, overwrite)
    read = open_source(source, ROWS_AT_A_TIME)
    check(read.schema, law())
    reader, schema, assumptions, totals = _reader(read.schema, council, on, against, answers)
    done = answered = refused = 0
    with ExitStack() as stack:
        rows = stack.enter_context(_Whole(target, overwrite, lambda path: _writer(path, target.suffix, schema)))
        wrong = stack.enter_context(_Whole(refused_to, overwrite, _RefusedRows))
        write = stack.enter_context(behind(rows.write))
        for numbers, batch in stack.enter_context(ahead(_numbered(read))):
            given = reader(batch, numbers)
            write(given.answers)
            if given.refused:
                wrong.write(given.refused)
            done, answered = done + batch.num_rows, answered + given.answers.num_rows
            refused += given.refused_rows
            if progress is not None:
                progress(done + read.left_out, read.rows)
        for row, problem in read.refused_lines():
            refused += 1
            wrong.write([RefusedRow(row, "", problem, "Give every row as many cells as the first line has names")])
    return Summary(done + read.left_out, answered, refused, refused_to if refused else None, assumptions, totals)


def _reader(
    schema: pa.Schema, council: str, on: date | str, against: "Scenario | None", answers: tuple[str, ...] | None
) -> tuple[Callable[[pa.RecordBatch, np.ndarray], Answered], pa.Schema, dict[str, str], "AllTotals | None"]:
    place = schema.get_field_index(REFERENCE)
    reference = schema.field(place).type if place >= 0 else None
    if against is not None:
        from farthing.caseload.comparison import Comparing

        both = Comparing(council=council, on=on, against=against)
        return both.read, both.schema(reference), both.assumptions, both.totals
    policy, assumptions = policy_for(council, on, answers)
    names = names_of(answers)

    def read(batch: pa.RecordBatch, numbers: np.ndarray) -> Answered:
        return answer(policy, batch, names=names, numbers=numbers)

    return read, answer_schema(policy.law, names, reference), assumptions, None


def _numbered(read: Source) -> Iterator[tuple[np.ndarray, pa.RecordBatch]]:
    """Each batch with the numbers its rows have in the file, where lines that were left out count too."""
    first = 1
    for batch in read.batches():
        places = np.arange(first, first + batch.num_rows, dtype=np.int64)
        yield places + read.left_out_before(places), batch
        first += batch.num_rows


def _check_places(source: Path, target: Path, refused_to: Path, overwrite: bool) -> None:
    problems = []
    for name, path in (("source", source), ("target", target)):
        if suffix_of(path) is None:
            problems.append(
                Problem(name, f"is not a Parquet or CSV file by its name: {path}", "End it .parquet or .csv")
            )
    if not source.is_file():
        what = "is a folder" if source.is_dir() else "is not there"
        problems.append(Problem("source", f"{what}: {source}", "Check the name of the file and its folder"))
    for name, path in (("target", target), ("refused_to", refused_to)):
        if not path.parent.is_dir():
            problems.append(Problem(name, f"is in a folder that is not there: {path.parent}", "Make the folder first"))
        elif path.is_dir():
            problems.append(Problem(name, f"is a folder: {path}", "Name a file in it"))
        elif source.exists() and path.exists() and path.samefile(source):
            problems.append(Problem(name, f"is the file that is read: {path}", "Name another file"))
        elif path.exists() and not overwrite:
            problems.append(Problem(name, f"is there already: {path}", "Name another file, or ask to overwrite it"))
    if target.absolute() == refused_to.absolute():
        problems.append(Problem("refused_to", "is the target too", "Name another file"))
    if problems:
        raise Refusal(*problems)


class _Whole:
    """A file that appears under its name when everything is written, or not at all; made when first written to.

    Raises ``Refusal`` where it cannot be written. A file that nothing is written to replaces none, but takes the place
    of one that was there (``overwrite``).
    """

    def __init__(self, path: Path, overwrite: bool, make: Callable[[Path], Any]):
        self.path, self.overwrite, self.make = path, overwrite, make
        self.part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self.writer: Any = None

    def __enter__(self) -> "_Whole":
        if self.make is not _RefusedRows:
            self._open()
        return self

    def _open(self) -> None:
        try:
            self.writer = self.make(self.part)
        except OSError as error:
            self.part.unlink(missing_ok=True)
            raise self._not_written(error) from error

    def write(self, rows: Any) -> None:
        if self.writer is None:
            self._open()
        try:
            self.writer.write(rows)
        except OSError as error:
            raise self._not_written(error) from error

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if self.writer is not None:
                self.writer.close()
            if kind is None and self.writer is not None:
                self.part.replace(self.path)
            elif kind is None and self.overwrite:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            if kind is None:
                raise self._not_written(error) from error
        finally:
            self.part.unlink(missing_ok=True)

    def _not_written(self, error: OSError) -> Refusal:
        said = error.strerror or str(error)
        what_to_do = "Make room or choose another place; nothing was left behind"
        return Refusal(Problem(str(self.path), f"cannot be written: {said}", what_to_do))


def _writer(path: Path, suffix: str, schema: pa.Schema) -> Any:
    if suffix.lower() == ".csv":
        from pyarrow import csv as arrow_csv

        return arrow_csv.CSVWriter(path, schema, write_options=arrow_csv.WriteOptions(quoting_style="needed"))
    from pyarrow import parquet

    return parquet.ParquetWriter(path, schema, compression="snappy", use_dictionary=False, write_statistics=False)


class _RefusedRows:
    """Writes the refused rows as CSV."""

    def __init__(self, path: Path):
        self.file: TextIO = path.open("w", newline="", encoding="utf-8")
        self.rows = csv.writer(self.file)
        self.rows.writerow(REFUSED.names)

    def write(self, refused: list[RefusedRow]) -> None:
        self.rows.writerows((each.row, each.field, each.problem, each.what_to_do) for each in refused)

    def close(self) -> None:
        self.file.close()
