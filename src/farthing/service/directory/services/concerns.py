"""What somebody tells the council of an enterprise, sent straight to the team that is for it, and never lost.

A concern is kept before its team is e-mailed: where the e-mail cannot be handed over, ``send_waiting`` tries again.
"""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Role
from farthing.service.access.recording import A_VISITOR
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.directory.council import directory_here
from farthing.service.directory.mail import send
from farthing.service.directory.models import Concern, ConcernKind, Enterprise

LONGEST = 4000
"""Characters of a concern."""

MOST_A_COMPUTER = 10
COUNTED_OVER = timedelta(hours=1)

TEAM = {
    ConcernKind.SAFEGUARDING: "safeguarding",
    ConcernKind.COMPLAINT: "complaints",
    ConcernKind.WRONG: "editor",
}  # fmt: skip

log = logging.getLogger(__name__)


def tell(
    enterprise: Enterprise,
    kind: ConcernKind,
    *,
    says: str,
    name: str = "",
    email: str = "",
    asked_from: str,
    at: datetime,
) -> Concern:
    """Tell the council of a concern; its team is e-mailed. ``name`` and ``email`` may be empty: nobody must give them.

    ``asked_from`` is a digest of the teller's computer. Raises ``Refusal`` with everything that is wrong, also for more
    than 10 in an hour from one computer.
    """
    says, name, email = says.replace("\x00", "").strip(), " ".join(name.split()), email.strip().lower()
    if wrong := _wrong(says, name, email):
        raise Refusal(*wrong)
    sent_to = directory_here().teams[TEAM[ConcernKind(kind)]]
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        of_late = Concern.objects.filter(asked_from=asked_from, made_at__gt=at - COUNTED_OVER)
        if of_late.count() >= MOST_A_COMPUTER:
            too_many = f"More than {MOST_A_COMPUTER} concerns came from this computer in an hour"
            raise Refusal(Problem("", too_many, "Ring the council"))
        concern = Concern.objects.create(
            enterprise=enterprise,
            kind=kind,
            says=says,
            name=name,
            email=email,
            asked_from=asked_from,
            sent_to=sent_to,
            made_at=at,
        )
        record(action="directory concern told", actor=A_VISITOR, about=enterprise.reference, at=at,
               concern=concern.reference, kind=str(kind))  # fmt: skip
    _send(concern, at)
    return concern


def send_waiting(at: datetime) -> int:
    """E-mail the concerns whose team was not told yet. Gives how many were sent."""
    waiting = Concern.objects.filter(sent_at=None, wiped_at=None).select_related("enterprise__published").order_by("pk")
    return sum(_send(concern, at) for concern in waiting)


def close(concern: Concern, *, outcome: str, by: Account, at: datetime) -> None:
    """Write down what came of a concern. Raises ``Refusal`` where nothing is said, or it was closed already."""
    if Role.DIRECTORY_EDITOR not in by.roles:
        raise Refusal(Problem("", "is for an editor of the directory to do", "Ask one of them", called="this"))
    if not outcome.strip():
        raise Refusal(Problem("outcome", "is missing", "Say what came of it"))
    with transaction.atomic():
        open_still = Concern.objects.filter(pk=concern.pk, closed_at=None)
        if not open_still.update(closed_at=at, closed_by=by, outcome=outcome.strip()):
            raise Refusal(Problem("", "was closed by somebody else", "Load the page again", called="this concern"))
        record(action="directory concern closed", actor=by.actor, about=concern.enterprise.reference, at=at,
               concern=concern.reference)  # fmt: skip
    concern.refresh_from_db()


def _send(concern: Concern, at: datetime) -> bool:
    """Whether the team could be told. Of two who try at once one may tell it again: better twice than never."""
    published = concern.enterprise.published
    try:
        send(
            "concern",
            f"{ConcernKind(concern.kind).label}: {concern.reference}",
            concern.sent_to,
            concern=concern,
            name=published.content["name"] if published else "",
            reference=concern.enterprise.reference,
        )
    except OSError as error:
        log.error("Concern %s could not be sent and is tried again: %s", concern.reference, type(error).__name__)
        return False
    with transaction.atomic():
        if Concern.objects.filter(pk=concern.pk, sent_at=None).update(sent_at=at):
            record(action="directory concern sent", actor=THE_SERVICE, about=concern.enterprise.reference, at=at,
                   concern=concern.reference)  # fmt: skip
    concern.refresh_from_db()
    return True


def _wrong(says: str, name: str, email: str) -> list[Problem]:
    wrong = []
    if not says:
        wrong.append(Problem("says", "is empty", "Say what worries you"))
    if len(says) > LONGEST:
        wrong.append(
            Problem("says", f"is longer than {LONGEST:,} characters", "Write less, and say that there is more")
        )
    if len(name) > 100:
        wrong.append(Problem("name", "is longer than 100 letters", "Give a shorter one, or none"))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            wrong.append(Problem("email", "is no e-mail address", "Give one such as name@example.com, or none"))
    return wrong
