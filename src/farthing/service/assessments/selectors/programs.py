"""What a program with a token may read: requests that were handed in, and sealed decisions."""

from datetime import date, datetime, time

from farthing.service.assessments.models import AssessmentRequest, Decision, State
from farthing.service.clock import LONDON
from farthing.service.references import read_reference


def handed_in(
    *, state: State | None = None, since: date | None = None, page: int = 1, size: int = 50
) -> tuple[list[AssessmentRequest], bool]:
    """A page of the requests that were handed in, the newest first, and whether there are more.

    ``since`` is the first day, in London, they were received on.
    """
    found = AssessmentRequest.objects.exclude(state=State.DRAFT).exclude(received_at=None)
    if state is not None:
        found = found.filter(state=state)
    if since is not None:
        found = found.filter(received_at__gte=datetime.combine(since, time(), LONDON))
    start = (page - 1) * size
    ordered = found.select_related("person", "decision").defer("answers", "decision__sealed")
    rows = list(ordered.order_by("-received_at", "-id")[start : start + size + 1])
    return rows[:size], len(rows) > size


def handed_in_as(reference: str) -> AssessmentRequest | None:
    """The request of a reference, however it is typed, once it was handed in."""
    found = AssessmentRequest.objects.exclude(state=State.DRAFT).filter(reference=read_reference(reference))
    return found.select_related("person", "decision").defer("answers", "decision__sealed").first()


def sealed_as(reference: str) -> Decision | None:
    """The sealed decision of a reference, however it is typed."""
    joined = ("person", "request", "supersedes", "superseded_by")
    return Decision.objects.filter(reference=read_reference(reference)).select_related(*joined).first()
