"""Links sent by e-mail that sign a person in once. Who asks is told the same, whether or not the address has an account."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import Enum, auto

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from farthing.service.access.models import Account, SignInLink
from farthing.service.access.recording import A_VISITOR, recorded

MOST_AN_ADDRESS = 3
MOST_A_COMPUTER = 40
COUNTED_OVER = timedelta(hours=1)
_FORGOTTEN_AFTER = timedelta(days=1)


class Asked(Enum):
    """What became of asking for a link. A person is told of TOO_MANY only: the rest look alike to whoever asks."""

    SENT = auto()
    ENOUGH_SENT = auto()
    TOO_MANY = auto()


def ask(email: str, *, next_page: str, asked_from: str, at: datetime) -> Asked:
    """Send a link to an e-mail address, unless enough were sent to it, or asked for from the same computer, of late.

    Raises ``OSError`` where the e-mail cannot be handed over.
    """
    email = email.strip().lower()
    SignInLink.objects.filter(expires_at__lt=at - _FORGOTTEN_AFTER).delete()
    of_late = SignInLink.objects.filter(made_at__gt=at - COUNTED_OVER)
    if of_late.filter(asked_from=asked_from).count() >= MOST_A_COMPUTER:
        return Asked.TOO_MANY
    enough = of_late.filter(email=email).count() >= MOST_AN_ADDRESS
    raw = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        digest=_digest(raw),
        email=email,
        next_page=next_page,
        asked_from=asked_from,
        made_at=at,
        expires_at=at + settings.SIGN_IN_LINK_LASTS,
        used_at=at if enough else None,
    )
    if enough:
        return Asked.ENOUGH_SENT
    try:
        _send(email, raw)
    except OSError:
        link.delete()
        raise
    recorded("sign-in link sent", A_VISITOR, at=at, about=Account.objects.filter(email=email).first())
    return Asked.SENT


def usable(raw: str, *, at: datetime) -> SignInLink | None:
    """The link, where it can still be used."""
    return SignInLink.objects.filter(digest=_digest(raw), used_at=None, expires_at__gt=at).first()


@transaction.atomic
def use(raw: str, *, at: datetime) -> Account | None:
    """Use a link up, and give the account of its address, made where there was none.

    None where the link was used, is too old, or leads to an account that may not sign in by a link. Of two who use a
    link at the same moment, one is let in.
    """
    link = usable(raw, at=at)
    if link is None or not SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        return None
    account = Account.objects.filter(email=link.email).first()
    if account is None:
        account = Account.objects.create_person(link.email)
        recorded("account made", account, at=at, about=account)
    return account if account.is_active and not account.works_for_council else None


def _send(email: str, raw: str) -> None:
    account = Account.objects.filter(email=email).first()
    if account and account.works_for_council:
        subject, template, path = "Signing in as staff", "for_staff", reverse(settings.STAFF_LOGIN_URL)
    elif account and not account.is_active:
        subject, template, path = "Your account is closed", "closed", "/"
    else:
        subject, template, path = "Your link to sign in", "link", reverse("access:sign_in_link", args=[raw])
    minutes = int(settings.SIGN_IN_LINK_LASTS.total_seconds() // 60)
    body = render_to_string(f"access/email/{template}.txt", {"address": settings.ADDRESS + path, "minutes": minutes})
    send_mail(subject, body, None, [email])


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
