"""Timing, memory and the rows of the table: what every subject measures with."""

import ctypes
import gc
import os
import statistics
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

MEGABYTE = 1_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def _seconds(value: float) -> str:
    if value < 1e-3:
        return f"{value * 1e6:.1f} µs"
    return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.2f} s"


UNITS: dict[str, Callable[[float], str]] = {
    "seconds": _seconds,
    "people a second": lambda value: f"{value / 1e6:.2f} million",
    "bytes": lambda value: f"{value / MEGABYTE:,.0f} MB" if value >= MEGABYTE else f"{value / 1000:,.0f} kB",
    "a second": lambda value: f"{value:,.0f} a second",
    "times": lambda value: f"{value:.1f} times",
    "": lambda value: f"{value:,.2f}" if value % 1 else f"{value:,.0f}",
}


@dataclass
class Row:
    """One line of the table. ``limit`` is the target in the row's unit, ``more_is_better`` which side of it is met."""

    subject: str
    figure: str
    unit: str
    best: float
    median: float
    limit: float | None = None
    more_is_better: bool = False
    note: str = ""

    def shown(self, value: float) -> str:
        """A value in the row's unit."""
        return UNITS[self.unit](value)

    def target(self) -> str:
        """The target in words."""
        if self.limit is None:
            return ""
        return f"{'at least' if self.more_is_better else 'under'} {self.shown(self.limit)}"

    def verdict(self) -> str:
        """Whether the target was met, by the middle one of the runs; and by how much it was not."""
        if self.limit is None:
            return ""
        met = self.median >= self.limit if self.more_is_better else self.median <= self.limit
        if met:
            return "met"
        if self.limit == 0:
            return f"missed by {self.shown(self.median)}"
        by = abs(self.median - self.limit) / self.limit
        return f"missed by {by:.0%} ({self.shown(abs(self.median - self.limit))})"

    def as_data(self) -> dict[str, Any]:
        """The row as plain data, to hand from one process to another."""
        return asdict(self)


def row(subject: str, figure: str, unit: str, values: list[float], **rest: Any) -> Row:
    """A row from the values of several runs."""
    best = max(values) if rest.get("more_is_better") else min(values)
    return Row(subject, figure, unit, best, statistics.median(values), **rest)


def times(action: Callable[[], Any], *, runs: int, calls: int = 1) -> list[float]:
    """Seconds a call in each of so many runs of so many calls, after one call that is not counted."""
    action()
    found = []
    for _ in range(runs):
        start = perf_counter()
        for _ in range(calls):
            action()
        found.append((perf_counter() - start) / calls)
    return found


def memory() -> int:
    """Bytes of memory this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def give_back() -> None:
    """Let the system have back what this process no longer uses, so that memory taken next is seen."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def forget_peak() -> bool:
    """Start the peak of memory afresh from what is held now; False where the system does not let us."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def peak(process: int | str = "self") -> int:
    """The most bytes held since ``forget_peak``, or since the process started; of another process by its number."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return memory()


def available() -> int:
    """Bytes of memory that could still be taken on this machine."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) * 1024
    return 0


def say(text: str) -> None:
    """Progress, for whoever watches."""
    print(f"  {text}", file=sys.stderr, flush=True)
