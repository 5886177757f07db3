"""Passing messages between somebody who looks for help and an enterprise. Neither is told the other's address.

What is asked is committed before it is e-mailed, since a mail server may be slow; where the e-mail cannot be handed over
it is taken back and refused, so that nobody waits for an answer to what was never told.
"""

import hashlib
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.recording import A_VISITOR
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.clock import day_of
from farthing.service.directory.mail import OWN_DESK, address_of, send
from farthing.service.directory.models import Enquiry, EnquiryMessage, Enterprise, enquiry_reference
from farthing.service.directory.selectors.shown import shown

LONGEST = 2000
"""Characters of a message."""

MOST_A_COMPUTER = MOST_AN_ADDRESS = 5
MOST_MESSAGES = 10
"""Of one side of an enquiry."""

COUNTED_OVER = timedelta(hours=1)

TRY_LATER = "Try again in an hour, or choose another way to get in touch"


def ask(
    enterprise: Enterprise, *, name: str, email: str, says: str, asked_from: str, at: datetime
) -> tuple[Enquiry, str]:
    """Ask an enterprise that is shown, and e-mail both sides. Gives the enquiry and what opens it for its asker.

    ``asked_from`` is a digest of the asker's computer. Raises ``Refusal`` with everything that is wrong, also for more
    than 5 in an hour from one computer or e-mail address.
    """
    name, email, says = " ".join(name.split()), email.strip().lower(), _tidied(says)
    if wrong := [*_wrong_with_asker(name, email), *_wrong_with_text(says)]:
        raise Refusal(*wrong)
    found = shown(enterprise.key, today=day_of(at))
    if found is None or enterprise.owner is None:
        raise Refusal(
            Problem("", "cannot be asked here", "Go back to the directory and choose another", called="this enterprise")
        )
    reference = enquiry_reference()
    raw = _opens(reference)
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        _refuse_too_many(email, asked_from, at)
        enquiry = Enquiry.objects.create(
            reference=reference, enterprise=enterprise, name=name, email=email, asked_from=asked_from,
            link=_digest(raw), made_at=at,
        )  # fmt: skip
        EnquiryMessage.objects.create(enquiry=enquiry, by_enterprise=False, says=says, at=at)
        record(action="directory enquiry made", actor=A_VISITOR, about=enterprise.reference, at=at, enquiry=reference)
    try:
        _tell_asker(enquiry, "asked", f"Your question to {found.entry.name}", found.entry.name)
        _tell_enterprise(enquiry, "enquiry", "Somebody asks about your help", found.entry.name)
    except OSError:
        _take_back(enquiry, at)
        raise _not_sent() from None
    return enquiry, raw


def by_link(raw: str) -> Enquiry | None:
    """The enquiry that a link opens for its asker; None where there is none."""
    found = Enquiry.objects.filter(link=_digest(raw), wiped_at=None).select_related(
        "enterprise__published", "enterprise__owner"
    )
    return found.first()


def say(enquiry: Enquiry, says: str, *, by_enterprise: bool, at: datetime) -> EnquiryMessage:
    """Write a message and e-mail the other side that there is one. The same twice running is sent once.

    Raises ``Refusal`` for an enquiry that is closed, an empty or too long message, and for more than 10 in an hour.
    """
    says = _tidied(says)
    if wrong := _wrong_with_text(says):
        raise Refusal(*wrong)
    with transaction.atomic():
        standing = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        if standing.closed_at is not None:
            raise Refusal(Problem("says", "cannot be sent: this question is closed", "Ask a new one"))
        last = standing.messages.order_by("-pk").first()
        if last is not None and last.by_enterprise == by_enterprise and last.says == says:
            return last
        of_late = standing.messages.filter(by_enterprise=by_enterprise, at__gt=at - COUNTED_OVER)
        if of_late.count() >= MOST_MESSAGES:
            raise Refusal(Problem("says", f"is one more than {MOST_MESSAGES} messages in an hour", TRY_LATER))
        message = EnquiryMessage.objects.create(enquiry=standing, by_enterprise=by_enterprise, says=says, at=at)
        actor = _actor_of_enterprise(standing) if by_enterprise else A_VISITOR
        record(action="directory enquiry answered", actor=actor, about=standing.enterprise.reference, at=at,
               enquiry=standing.reference, by_enterprise=by_enterprise)  # fmt: skip
    called = _called(standing)
    try:
        if by_enterprise:
            _tell_asker(standing, "answered", f"{called} has answered you", called)
        else:
            _tell_enterprise(standing, "more", "There is a new message about your help", called)
    except OSError:
        message.delete()
        raise _not_sent() from None
    return message


def close(enquiry: Enquiry, *, at: datetime, by_enterprise: bool = False) -> None:
    """Close an enquiry: no more is written. Twice is as good as once."""
    with transaction.atomic():
        if Enquiry.objects.filter(pk=enquiry.pk, closed_at=None).update(closed_at=at):
            actor = _actor_of_enterprise(enquiry) if by_enterprise else A_VISITOR
            record(action="directory enquiry closed", actor=actor, about=enquiry.enterprise.reference, at=at,
                   enquiry=enquiry.reference)  # fmt: skip
    enquiry.refresh_from_db()


def _tidied(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _wrong_with_asker(name: str, email: str) -> list[Problem]:
    wrong = []
    if not name or len(name) > 100:
        wrong.append(Problem("name", "is missing or longer than 100 letters", "Give the name you want to be called by"))
    try:
        validate_email(email)
    except ValidationError:
        wrong.append(Problem("email", "is no e-mail address", "Give one such as name@example.com"))
    return wrong


def _wrong_with_text(says: str) -> list[Problem]:
    if not says:
        return [Problem("says", "is empty", "Write your message")]
    if len(says) > LONGEST:
        return [Problem("says", f"is longer than {LONGEST:,} characters", "Write less")]
    return []


def _refuse_too_many(email: str, asked_from: str, at: datetime) -> None:
    of_late = Enquiry.objects.filter(made_at__gt=at - COUNTED_OVER)
    if of_late.filter(asked_from=asked_from).count() >= MOST_A_COMPUTER:
        raise Refusal(
            Problem("", f"More than {MOST_A_COMPUTER} questions came from this computer in an hour", TRY_LATER)
        )
    if of_late.filter(email=email).count() >= MOST_AN_ADDRESS:
        raise Refusal(Problem("", f"More than {MOST_AN_ADDRESS} questions came from you in an hour", TRY_LATER))


def _take_back(enquiry: Enquiry, at: datetime) -> None:
    with transaction.atomic():
        record(action="directory enquiry taken back", actor=THE_SERVICE, about=enquiry.enterprise.reference, at=at,
               enquiry=enquiry.reference)  # fmt: skip
        Enquiry.objects.filter(pk=enquiry.pk).delete()


def _not_sent() -> Refusal:
    return Refusal(Problem("", "Your message could not be sent just now", "Try again in a few minutes"))


def _tell_asker(enquiry: Enquiry, template: str, subject: str, called: str) -> None:
    address = address_of(reverse("public:enquiry", args=[_opens(enquiry.reference)]))
    send(template, subject, enquiry.email, name=called, address=address)


def _tell_enterprise(enquiry: Enquiry, template: str, subject: str, called: str) -> None:
    owner = enquiry.enterprise.owner
    if owner is not None:
        send(template, subject, owner.email, name=called, address=address_of(OWN_DESK))


def _called(enquiry: Enquiry) -> str:
    published = enquiry.enterprise.published
    return str(published.content["name"]) if published else "the enterprise"


def _actor_of_enterprise(enquiry: Enquiry) -> str:
    owner = enquiry.enterprise.owner
    return owner.actor if owner else THE_SERVICE


def _opens(reference: str) -> str:
    """What opens an enquiry for its asker: made from its reference and the service's secret, so that each e-mail can say it."""
    return salted_hmac("farthing.directory.enquiries", reference, algorithm="sha256").hexdigest()


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode(errors="replace")).hexdigest()
