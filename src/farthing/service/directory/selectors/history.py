"""The whole history of an enterprise: every entry, step and check, by whom and when, and what each entry changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from farthing.service.directory.entry import Entry
from farthing.service.directory.in_words import Compared, compared
from farthing.service.directory.models import Check, CheckKind, Did, Enterprise, EntryVersion, Step


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. ``what`` follows the name of ``by``; ``reason`` is what they said, where they did.

    ``changes`` are the parts of an entry that differ from the one before. ``entry`` and ``check`` are what it is about.
    """

    at: datetime
    by: str
    what: str
    reason: str = ""
    entry: EntryVersion | None = None
    check: Check | None = None
    changes: tuple[Compared, ...] = ()


def history(enterprise: Enterprise) -> list[Happened]:
    """Everything that happened to an enterprise, oldest first."""
    happened = [*_written(enterprise), *_steps(enterprise), *_checked(enterprise)]
    return sorted(happened, key=lambda each: each.at)


def _written(enterprise: Enterprise) -> Iterator[Happened]:
    before: Entry | None = None
    for version in enterprise.entries.order_by("number"):
        entry = Entry.of(version.content)
        changes = tuple(each for each in compared(before, entry) if each.differs) if before else ()
        what = "changed the entry" if before else "wrote the entry"
        yield Happened(version.at, version.by, what, entry=version, changes=changes)
        before = entry


def _steps(enterprise: Enterprise) -> Iterator[Happened]:
    for step in enterprise.steps.select_related("entry").order_by("pk"):
        yield _step(step)


def _step(step: Step) -> Happened:
    return Happened(step.at, step.by, Did(step.did).label, step.reason, entry=step.entry)


def _checked(enterprise: Enterprise) -> Iterator[Happened]:
    for check in enterprise.checks.select_related("by", "proof").order_by("pk"):
        what = f"checked: {CheckKind(check.kind).label}"
        yield Happened(check.at, check.by.actor, what, check.says, check=check)
