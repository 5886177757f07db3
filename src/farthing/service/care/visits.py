"""Visits brought in from a provider's file: each row is taken, or refused with its number and the reason.

A chunk of rows is one transaction, with what it changes for the people in it. So a file may be stopped at any moment and
brought in again: what is there already is passed over, and it ends as if it had never been stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import BinaryIO

from django.db import connection, transaction

from farthing.base.days import in_words
from farthing.base.refusal import Problem
from farthing.exchange.visits_csv import DAY, MINUTES, PERSON, SERVICE, UNITS, VISIT, Refused, Row, visits
from farthing.ledger.care import FOR_EVER, Unit
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.care.models import Service, Visit, VisitsFile
from farthing.service.care.services import MOST_UNITS, changed_from, wait_for_turn
from farthing.service.clock import day_of
from farthing.service.people.models import Person

ROWS_AT_ONCE = 10_000
MOST_REFUSED_KEPT = 10_000
"""Rows. Whoever sees so many refused has the wrong file; the rest is counted."""

ALREADY = "was brought in already, or keyed by hand"


def bring_in(file: BinaryIO, *, name: str = "", by: Account, at: datetime) -> VisitsFile:
    """Bring in the visits of a file that can be read from its beginning again. See ``farthing.exchange.visits_csv``.

    ``name`` is what to call it, and names nobody. Bytes that were brought in before are not looked at again: what comes
    back then says ``is_again``. Raises ``Refusal`` where the file cannot be read at all, and keeps nothing of it.
    """
    digest = _digest(file)
    found = VisitsFile.objects.filter(digest=digest).first()
    if found and found.ended_at:
        found.is_again = True
        return found
    known = _Known(day_of(at))
    rows = visits(file, known.problem_with)
    brought_in = found or VisitsFile.objects.get_or_create(
        digest=digest, defaults={"name": name.strip()[:80], "by": by, "at": at}
    )[0]  # fmt: skip
    return _take(brought_in, rows, known, by=by, at=at)


def _digest(file: BinaryIO) -> str:
    made = sha256()
    file.seek(0)
    while piece := file.read(2**20):
        made.update(piece)
    file.seek(0)
    return made.hexdigest()


def _take(
    brought_in: VisitsFile, rows: Iterator[Row | Refused], known: "_Known", *, by: Account, at: datetime
) -> VisitsFile:
    kept, count = list[Refused](), 0
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        refused = [each for each in chunk if isinstance(each, Refused)]
        refused += _take_chunk(brought_in, [each for each in chunk if isinstance(each, Row)], known, by=by, at=at)
        count += len(refused)
        kept += sorted(refused, key=lambda each: each.number)[: MOST_REFUSED_KEPT - len(kept)]
    return _end(brought_in, kept, count, by=by, at=at)


def _take_chunk(
    brought_in: VisitsFile, rows: Sequence[Row], known: "_Known", *, by: Account, at: datetime
) -> list[Refused]:
    """Keep the visits of a chunk that are not there yet, and give the rows of those that are there from elsewhere."""
    with transaction.atomic():
        wait_for_turn({known.services[row.service].person for row in rows})
        from_files = _there([(known.services[row.service].key, row.visit) for row in rows])
        new, elsewhere, since = list[Visit](), list[Refused](), dict[int, date]()
        for row in rows:
            service, on = known.services[row.service], date.fromordinal(row.day)
            if (service.key, row.visit) not in from_files:
                new.append(
                    Visit(service_id=service.key, day=on, amount=_amount_of(service.unit, row),
                          outside_reference=row.visit, file_id=brought_in.pk, keyed_by_id=by.pk, recorded_at=at)
                )  # fmt: skip
                since[service.person] = min(since.get(service.person, on), on)
            elif from_files[service.key, row.visit] != brought_in.pk:
                elsewhere.append(Refused(row.number, VISIT, ALREADY, "Put the visit right on the person's page"))
        Visit.objects.bulk_create(new)
        changed_from(since)
    return elsewhere


def _there(wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int | None]:
    """Of visits, each by its service and its reference, those that are on file, with the file each came from.

    They are looked up in pairs, which asking for all the services and all the references would not do: providers number
    the visits of each service from 1.
    """
    if not wanted:
        return {}
    pairs = ", ".join(["(%s, %s)"] * len(wanted))
    asked = (
        f"WITH given (service, visit) AS (VALUES {pairs}) SELECT given.service, given.visit, care_visit.file_id FROM given "
        "JOIN care_visit ON care_visit.service_id = given.service AND care_visit.outside_reference = given.visit"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [part for pair in wanted for part in pair])
        return {(service, visit): file for service, visit, file in cursor.fetchall()}


def _end(brought_in: VisitsFile, refused: Sequence[Refused], count: int, *, by: Account, at: datetime) -> VisitsFile:
    with transaction.atomic():
        waiting = VisitsFile.objects.filter(pk=brought_in.pk, ended_at=None)
        if waiting.update(
            rows_taken=brought_in.visits.count(),
            rows_refused=count,
            refused=[[each.number, each.field, each.problem, each.what_to_do] for each in refused],
            ended_at=at,
        ):
            brought_in.refresh_from_db()
            record(action="visits brought in", actor=by.actor, about=brought_in.reference, at=at,
                   taken=brought_in.rows_taken, refused=count)  # fmt: skip
    brought_in.refresh_from_db()
    return brought_in


# ---- what is known against a row ----


@dataclass(frozen=True, slots=True)
class _Service:
    """A service as rows are held against it. Days are numbers."""

    key: int
    person: int
    reference_of_person: str
    unit: Unit
    starts: int
    ends: int
    died: int


class _Known:
    """Every service and every person on file, read once."""

    def __init__(self, today: date) -> None:
        self.today = today.toordinal()
        self.people = set(Person.objects.values_list("reference", flat=True))
        columns = "reference", "pk", "person", "person__reference", "unit", "starts_on", "ends_on", "person__died_on"
        self.services = {
            reference: _Service(key, person, of, Unit(unit), starts.toordinal(), _number(ends), _number(died))
            for reference, key, person, of, unit, starts, ends, died in Service.objects.values_list(*columns).iterator()
        }

    def problem_with(self, row: Row) -> Problem | None:
        """What is known against a row that is right in itself."""
        service = self.services.get(row.service)
        if row.person not in self.people:
            return Problem(PERSON, f"is not on file: {row.person!r}", "Give the reference that our letters have")
        if service is None:
            return Problem(SERVICE, f"is not on file: {row.service!r}", "Give the reference that the order has")
        if service.reference_of_person != row.person:
            return Problem(SERVICE, "is somebody else's", "Check both references: one of them is another person's")
        return self._wrong_day(service, row.day) or _wrong_amount(service.unit, row)

    def _wrong_day(self, service: _Service, on: int) -> Problem | None:
        if on > self.today:
            return Problem(DAY, "has not come yet", "Leave out visits that were not made")
        if on > service.died:
            return Problem(DAY, f"is after the person died, on {in_words(service.died)}", "Check the day")
        if not service.starts <= on <= service.ends:
            ends = f", which ended on {in_words(service.ends)}" if service.ends < on else ""
            starts = f", which starts on {in_words(service.starts)}" if on < service.starts else ""
            return Problem(
                DAY, f"is not a day of this service{starts}{ends}", "Check the day, or ask us to change the order"
            )
        return None


def _wrong_amount(unit: Unit, row: Row) -> Problem | None:
    """Why what a row gives does not fit what a service is priced by."""
    if unit is Unit.WEEK:
        return Problem(SERVICE, "is priced by the week, whatever is delivered", "Leave its visits out")
    if unit is Unit.HOUR and row.minutes is None:
        return Problem(MINUTES, "is empty, and the service is priced by the hour", "Give the minutes, or start and end")
    if unit in (Unit.DAY, Unit.NIGHT) and row.units is None:
        return Problem(UNITS, f"is empty, and the service is priced by the {unit}", f"Give the number of {unit}s")
    if unit is not Unit.HOUR and row.units is not None and row.units > MOST_UNITS:
        return Problem(
            UNITS, f"is {row.units} on one day", f"Give {MOST_UNITS} at most: minutes have a column of their own"
        )
    return None


def _amount_of(unit: Unit, row: Row) -> int:
    """What a row delivers: minutes of a service priced by the hour, else units. A row of times alone is one visit."""
    return (row.minutes if unit is Unit.HOUR else row.units) or 1


def _number(day: date | None) -> int:
    return day.toordinal() if day else FOR_EVER
