"""What an account shows first: everybody it acts for, and how far each request of theirs is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, State
from farthing.service.assessments.selectors.requests import sent_requests
from farthing.service.people.models import Representation
from farthing.service.people.selectors import representations_of
from farthing.service.public.authority import right_of

TAGS = {
    State.RECEIVED: ("Received", "blue"),
    State.ASSESSING: ("We are looking at it", "blue"),
    State.EVIDENCE_WANTED: ("We need papers", "orange"),
    State.CHECKING: ("Being checked", "blue"),
    State.DECIDED: ("Decided", "green"),
    State.WITHDRAWN: ("Withdrawn", "grey"),
}
"""How far a request is, in words and the colour beside them."""


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request with how far it is. ``unread`` counts new messages from the council."""

    request: AssessmentRequest
    state: str
    colour: str
    unread: int


@dataclass(frozen=True, slots=True)
class ActedFor:
    """Somebody an account acts for, by what right in words, with their requests, the newest first."""

    representation: Representation
    right: str
    requests: list[ShownRequest]


def acted_for(account: Account) -> list[ActedFor]:
    """Everybody an account acts for whose application was sent, or whose authority is proved."""
    sent = sent_requests(account)
    found = [
        ActedFor(each, right_of(each), list(shown_requests(one for one in sent if one.person_id == each.person_id)))
        for each in representations_of(account)
    ]
    return [each for each in found if each.requests or each.representation.proof_seen_at]


def shown_requests(requests: Iterable[AssessmentRequest]) -> Iterator[ShownRequest]:
    """Requests with how far each is."""
    for each in requests:
        words, colour = TAGS[State(each.state)]
        yield ShownRequest(each, words, colour, getattr(each, "messages_unread", 0))
