"""Runs over a period, of whatever kind: one of a kind is open at a time; drafted, reviewed, then released or given up.

Drafting and releasing go a chunk of people at a time, a transaction each, so that they may be stopped at any instant and go
on. What a run drafts and releases of a person is the business of the room whose run it is; a run's ``lines`` hold it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.jobs.services import Advance
from farthing.service.people.models import Person

DRAFTED_AT_ONCE = 200
"""People drafted in one transaction: what is held in memory, and what is lost by a stop."""

RELEASED_AT_ONCE = 100
"""People released in one transaction: other people's work waits no longer than it takes."""

RELEASED_LINE = "released"
"""The state of a line that was released."""

Line = Any
"""One person in a run of some kind: it has ``state``, ``person``, and what was known of the person when it was drafted."""


class RunState(models.TextChoices):
    """How far a run has come."""

    DRAFTING = "drafting", "Being drafted"
    REVIEW = "review", "To be reviewed"
    RELEASING = "releasing", "Being released"
    RELEASED = "released", "Released"
    ABANDONED = "abandoned", "Abandoned"


class Run(models.Model):
    """What a run of any kind is told by: its period, how far it has come, who began it and who released it."""

    period = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.DRAFTING, db_index=True)
    is_open = models.BooleanField(default=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    drafted_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """How people name it."""
        raise NotImplementedError

    @property
    def releaser(self) -> str:
        """Who released it, as an audit names them; empty before."""
        return self.released_by.actor if self.released_by else ""


R = TypeVar("R", bound=Run)


def one_open(name: str) -> models.UniqueConstraint:
    """The constraint, of a name, that lets one run of a kind be open at a time."""
    return models.UniqueConstraint(fields=["is_open"], condition=models.Q(is_open=True), name=name)


@contextmanager
def alone(kind: type[Run]) -> Iterator[None]:
    """A transaction in which a run of a kind is begun. Raises ``Refusal`` where another is open."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        other = kind._default_manager.filter(is_open=True).first()
        named = f": {other.name}, of period {other.period}" if other else ""
        say = "Release it or give it up, and begin again"
        raise Refusal(Problem("run", f"cannot begin while another is open{named}", say)) from error


def let_go(run: Run, *, by: Account, **settled: object) -> None:
    """Let a run that was reviewed be released, with what is ``settled`` of it. Raises ``Refusal`` where it is not in review."""
    _move(run, RunState.REVIEW, RunState.RELEASING, released_by=by, **settled)


def give_up(run: Run) -> None:
    """Close a run that nothing was released of, and forget its lines. Raises ``Refusal`` where its release was begun."""
    state = RunState.REVIEW if run.state == RunState.REVIEW else RunState.DRAFTING
    _move(run, state, RunState.ABANDONED, is_open=False)
    _lines(run).all().delete()


def draft(
    run: Run,
    people: models.QuerySet[Person],
    lines_of: Callable[[Sequence[Person]], Iterator[Line]],
    *,
    now: Callable[[], datetime],
    advance: Advance,
) -> None:
    """Give each of ``people``, who have none yet, the line that ``lines_of`` makes. Done again, it goes on and alters none."""
    waiting = list(people.order_by("pk").values_list("pk", flat=True))
    total = _lines(run).count() + len(waiting)
    for start in range(0, len(waiting), DRAFTED_AT_ONCE):
        with transaction.atomic():
            chunk = list(Person.objects.filter(pk__in=waiting[start : start + DRAFTED_AT_ONCE]).order_by("pk"))
            _lines(run).model.objects.bulk_create(lines_of(chunk))
        advance(total - len(waiting) + start + len(chunk), total)
    _runs_like(run).filter(pk=run.pk, state=RunState.DRAFTING).update(state=RunState.REVIEW, drafted_at=now())
    run.refresh_from_db()


def release(
    run: R,
    waiting: models.QuerySet[Any],
    put_out: Callable[[R, Sequence[Line], datetime], Sequence[Line]],
    *,
    close: Callable[[R, datetime], None] = lambda run, at: None,
    now: Callable[[], datetime],
    advance: Advance,
) -> None:
    """Release the lines that are ``waiting``, and ``close`` the run. Done again, it goes on where it was stopped.

    ``put_out`` issues what lines say, sets the state of those it must leave, and gives those it has put out.
    """
    released = _lines(run).filter(state=RELEASED_LINE)
    total = waiting.count() + released.count()
    while True:
        with transaction.atomic():
            standing = _runs_like(run).select_for_update().get(pk=run.pk)  # whoever else releases it waits here
            if standing.state != RunState.RELEASING:
                break
            if lines := list(waiting.order_by("person")[:RELEASED_AT_ONCE]):
                for line in put_out(standing, lines, now()):
                    line.state = RELEASED_LINE
                _keep_states(lines)
            else:
                at = now()
                close(standing, at)
                standing.state, standing.is_open, standing.released_at = RunState.RELEASED, False, at
                standing.save(update_fields=["state", "is_open", "released_at"])
        advance(released.count(), total)
    run.refresh_from_db()


def _keep_states(lines: Sequence[Line]) -> None:
    for state in {line.state for line in lines}:
        alike = [line.pk for line in lines if line.state == state]
        type(lines[0])._default_manager.filter(pk__in=alike).update(state=state)


def _move(run: Run, state: RunState, to: RunState, **changed: object) -> None:
    moved = _runs_like(run).filter(pk=run.pk, state=state).update(state=to, **changed)
    run.refresh_from_db()
    if not moved:
        problem = f"is not in a state for that: {run.get_state_display().lower()}"
        raise Refusal(Problem("run", problem, "Look at it again"))


def _runs_like(run: R) -> models.Manager[R]:
    return type(run)._default_manager


def _lines(run: Run) -> Any:
    return run.lines  # type: ignore[attr-defined]
