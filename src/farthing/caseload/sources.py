"""Reading a Parquet or CSV file as a stream of batches."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa

from farthing.base.refusal import Problem, Refusal
from farthing.caseload.nesting import Nesting

SUFFIXES = {".parquet": "parquet", ".pq": "parquet", ".csv": "csv"}

_CSV_BLOCK = 8 << 20
"""Bytes of CSV read at a time."""
_READ_AHEAD = 4 << 20
"""Bytes of a Parquet column read at a time."""


class Source(Protocol):
    """A file open for reading. ``rows`` is how many it has, where that is known before it is read.

    ``left_out`` counts the lines so far that could not be taken for rows.
    """

    schema: pa.Schema
    rows: int | None

    @property
    def left_out(self) -> int: ...

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The file's rows, so many at a time. Raises ``Refusal`` where the file is damaged."""
        ...

    def left_out_before(self, places: np.ndarray) -> np.ndarray:
        """How many lines were left out before each of these rows, counted from 1 among those that were not."""
        ...

    def refused_lines(self) -> list[tuple[int, str]]:
        """The lines left out so far, by the row they would be, with what is wrong."""
        ...


def suffix_of(path: Path) -> str | None:
    """What sort of file this is by its name: "parquet", "csv" or None."""
    return SUFFIXES.get(path.suffix.lower())


def open_source(path: Path, rows_at_a_time: int) -> Source:
    """Open a Parquet or CSV file. Raises ``Refusal`` where it cannot be read."""
    try:
        return _Parquet(path, rows_at_a_time) if suffix_of(path) == "parquet" else _Csv(path)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception, after: int | None = None) -> Refusal:
    said = (str(error).splitlines() or [type(error).__name__])[0]
    if "utf" in said.lower():
        said, what_to_do = "it is not UTF-8 text", "Save it as CSV UTF-8"
    else:
        what_to_do = "Make it again, or check that it is a whole Parquet or CSV file"
    where = f" after row {after}" if after is not None else ""
    return Refusal(Problem("source", f"cannot be read{where}: {path}: {said}", what_to_do))


class _Parquet:
    def __init__(self, path: Path, rows_at_a_time: int):
        from pyarrow import parquet

        self.path, self.rows_at_a_time = path, rows_at_a_time
        self.file = parquet.ParquetFile(path, buffer_size=_READ_AHEAD, pre_buffer=False)
        self.schema: pa.Schema = self.file.schema_arrow
        self.rows: int | None = self.file.metadata.num_rows
        self.left_out = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        done = 0
        try:
            for batch in self.file.iter_batches(self.rows_at_a_time, use_threads=False):
                yield batch
                done += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(self.path, error, done) from error
        finally:
            self.file.close()

    def left_out_before(self, places: np.ndarray) -> np.ndarray:
        return np.zeros(len(places), np.int64)

    def refused_lines(self) -> list[tuple[int, str]]:
        return []


class _Csv:
    def __init__(self, path: Path):
        from pyarrow import csv

        self.path, self._lines = path, list[tuple[int, str]]()
        self.rows: int | None = None
        names = self._names()
        self.nesting = Nesting(names)
        self.schema = self.nesting.schema()
        self.reader = csv.open_csv(
            path,
            read_options=csv.ReadOptions(use_threads=False, block_size=_CSV_BLOCK),
            parse_options=csv.ParseOptions(invalid_row_handler=self._left_out, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )

    def _names(self) -> list[str]:
        import csv

        with open(self.path, newline="", encoding="utf-8-sig") as file:
            names = next(csv.reader(file), [])
        if not names:
            raise Refusal(Problem("source", f"holds nothing: {self.path}", "Its first line names the columns"))
        if len(names) == 1 and ";" in names[0]:
            raise Refusal(Problem("source", "is parted by semicolons", "Save it as CSV parted by commas"))
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise Refusal(*(Problem(name, "is a column twice", "Keep one of them") for name in twice))
        return names

    def _left_out(self, row: "pa.csv.InvalidRow") -> str:
        problem = f"has {row.actual_columns} cells where the first line has {row.expected_columns}"
        self._lines.append((row.number - 1, problem))
        return "skip"

    @property
    def left_out(self) -> int:
        return len(self._lines)

    def batches(self) -> Iterator[pa.RecordBatch]:
        done = 0
        try:
            for batch in self.reader:
                if batch.num_rows:
                    yield self.nesting.nest(batch)
                done += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(self.path, error, done) from error
        finally:
            self.reader.close()

    def left_out_before(self, places: np.ndarray) -> np.ndarray:
        among = np.array([row - place for place, (row, _) in enumerate(self._lines)], np.int64)
        return np.searchsorted(among, places, side="right")

    def refused_lines(self) -> list[tuple[int, str]]:
        return list(self._lines)
