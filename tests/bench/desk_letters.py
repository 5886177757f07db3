"""A thousand decision letters, printed in as many processes as the service takes, and one after another in one."""

import io
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import active_children
from time import perf_counter
from typing import Any

from desk import desk
from stopwatch import Row, peak, row, say

SUBJECT = "Decision letters"
PROCESSES = 2


def measure(quick: bool) -> list[Row]:
    """The same letters both ways, as the print run prints them: from sealed fields to the bytes of an accessible PDF."""
    with desk():
        return _measured(*((24, 1) if quick else (1_000, 3)))


def _measured(count: int, runs: int) -> list[Row]:
    from farthing.service.correspondence import services

    letters = _letters(count, 2 * runs + 1)
    say(f"{count:,} letters one after another")
    services.pdf(next(letters)[0])
    in_one = [_timed(map(services.pdf, next(letters)), count, peak) for _ in range(runs)]
    say(f"{count:,} letters in {PROCESSES} processes")
    in_several = [
        _timed(
            (each.pdf for each in services.render_many(next(letters), processes=PROCESSES)),
            count,
            _most_held_by_a_child,
        )
        for _ in range(runs)
    ]
    if in_one[0][1] != in_several[0][1]:
        raise ValueError("the letters printed in several processes are not those printed in one")
    pages = sum(map(_pages, in_one[0][1]))
    seconds = [taken for taken, _, _ in in_several]
    alone = [taken for taken, _, _ in in_one]
    size = sum(map(len, in_one[0][1])) / count / 1000
    each = f"{pages / count:.1f} pages and {size:.0f} kB a letter; starting the processes is counted"
    in_processes = f"{count:,} letters in {PROCESSES} processes"
    one_by_one = f"{count:,} letters one after another in one process"
    rate: dict[str, Any] = {"unit": "a second", "more_is_better": True}
    return [
        row(SUBJECT, f"{in_processes}: time", "seconds", seconds, limit=60.0 if count == 1_000 else None, note=each),
        row(SUBJECT, f"{in_processes}: pages", values=[pages / taken for taken in seconds], **rate),
        row(SUBJECT, f"{in_processes}: most memory held by a process", "bytes", [each for *_, each in in_several]),
        row(SUBJECT, f"{one_by_one}: time", "seconds", alone),
        row(SUBJECT, f"{one_by_one}: pages", values=[pages / taken for taken in alone], **rate),
        row(
            SUBJECT,
            f"{one_by_one}: most memory held, the service and all letters with it",
            "bytes",
            [each for *_, each in in_one],
        ),
    ]


def _letters(count: int, times: int) -> Iterator[list[Any]]:
    """The letters of the two invented decisions, each to somebody else: written as many times, none printed yet."""
    from desk_people import models, name, staff

    from farthing.service import clock
    from farthing.service.access.models import Role
    from farthing.service.correspondence.models import Letter
    from tests.service import cases

    at = clock.now()
    originals = [case.letter for case in models(*staff(1), cases.staff(Role.CHECKER), at=at)[:2]]
    for time in range(times):
        made = []
        for number in range(count):
            letter, full_name = originals[number % len(originals)], " ".join(name(number))
            to = {**letter.fields["to"], "name": full_name}
            fields = {**letter.fields, "to": to, "salutation": f"Dear {full_name}"}
            cause = f"bench {time} {number}"
            made.append(Letter(name=letter.name, form=letter.form, fields=fields, cause=cause, written_at=at))
        yield Letter.objects.bulk_create(made)


def _timed(printing: Iterable[bytes], count: int, look: Callable[[], int]) -> tuple[float, list[bytes], int]:
    """Seconds, the letters, and what a look at memory says while the last of them is in hand."""
    printed, held = [], 0
    start = perf_counter()
    for pdf in printing:
        printed.append(pdf)
        if len(printed) == count:
            held = look()
    return perf_counter() - start, printed, held


def _pages(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _most_held_by_a_child() -> int:
    return max(peak(int(child.pid or 0)) for child in active_children())
