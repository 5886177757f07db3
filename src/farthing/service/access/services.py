"""Changes to accounts, roles and tokens. Each is recorded with who made it."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, ApiToken, GrantedRole, Role, Scope
from farthing.service.access.recording import actor_of, recorded

_TOKEN_USE_IS_WRITTEN_EVERY = timedelta(minutes=1)
_TOKEN_BEGINS = "farthing_"
"""So that a token left lying in a file can be told for what it is."""


def passwords_are_on() -> bool:
    """Whether staff may sign in with a password."""
    return settings.PASSWORDS_TOO or not settings.OPENID["address"]


@transaction.atomic
def make_staff(
    email: str, name: str, roles: Iterable[Role], *, by: Account | str, at: datetime, password: str | None = None
) -> Account:
    """Make an account of a member of staff. Without a password they choose one by a link (``send_password_link``).

    ``by`` is who makes it: an account, or ``audit.services.THE_SERVICE`` for a command. Raises ``Refusal`` where the
    address has an account already.
    """
    email = email.strip().lower()
    taken = Account.objects.filter(email=email).first()
    if taken and taken.works_for_council:
        raise Refusal(Problem("email", "is the address of a member of staff already", "Find them in the list"))
    if taken:
        what_to_do = "Use a work address, which they do not use for themselves"
        raise Refusal(Problem("email", "is the address of a person's own account", what_to_do))
    account = Account.objects.create_staff(email, name.strip(), password, granted_by=actor_of(by))
    recorded("account made", by, at=at, about=account)
    _change_roles(account, frozenset(roles), by=by, at=at)
    return account


@transaction.atomic
def set_roles(
    account: Account,
    roles: Iterable[Role],
    *,
    by: Account | str,
    at: datetime,
    even_the_last_administrator: bool = False,
) -> None:
    """Give a member of staff these roles and no others. Raises ``Refusal`` where no administrator would be left.

    ``even_the_last_administrator`` is for roles that are kept elsewhere, in the council's own OpenID Connect.
    """
    wanted = frozenset(roles)
    if Role.ADMINISTRATOR not in wanted and not even_the_last_administrator:
        _leave_an_administrator(account)
    _change_roles(account, wanted, by=by, at=at)


def grant(account: Account, role: Role, *, by: Account | str, at: datetime) -> None:
    """Give a member of staff one role more."""
    set_roles(account, {Role(each) for each in account.roles} | {role}, by=by, at=at)


def withdraw(account: Account, role: Role, *, by: Account | str, at: datetime) -> None:
    """Take one role from a member of staff. Raises ``Refusal`` where no administrator would be left."""
    set_roles(account, {Role(each) for each in account.roles} - {role}, by=by, at=at)


@transaction.atomic
def stop(account: Account, *, by: Account | str, at: datetime) -> None:
    """Stop an account and end its sessions at once. Raises ``Refusal`` where no administrator would be left."""
    _leave_an_administrator(account)
    account.is_active = False
    end_sessions(account)
    recorded("account stopped", by, at=at, about=account)


@transaction.atomic
def start_again(account: Account, *, by: Account | str, at: datetime) -> None:
    """Let a stopped account sign in again."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    recorded("account changed", by, at=at, about=account, change="started again")


def end_sessions(account: Account) -> None:
    """End every session of an account, and keep whatever else was changed on it."""
    account.sessions_ended += 1
    account.save()


def send_password_link(account: Account, *, by: Account, at: datetime) -> None:
    """Send a member of staff a link to choose a password with; it works once, for three days.

    Raises ``OSError`` where the e-mail cannot be handed over.
    """
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
    body = render_to_string("access/email/password.txt", {"address": password_link(account), "days": days})
    send_mail("Choose a password", body, None, [account.email])
    recorded("account changed", by, at=at, about=account, change="link to choose a password sent")


def password_link(account: Account) -> str:
    """The link at which a member of staff chooses a password, once."""
    token = default_token_generator.make_token(account)
    return str(settings.ADDRESS + reverse("access:choose_password", args=[account.pk, token]))


def account_of_password_link(number: int, token: str) -> Account | None:
    """Whose password a link lets be chosen; None where it has been used or is too old."""
    account = Account.objects.filter(pk=number, works_for_council=True, is_active=True).first()
    return account if account and default_token_generator.check_token(account, token) else None


@transaction.atomic
def change_password(account: Account, password: str, *, at: datetime) -> None:
    """Give an account a new password, which ends its sessions and makes links sent before useless."""
    account.set_password(password)
    account.save(update_fields=["password"])
    recorded("account changed", account, at=at, about=account, change="password")


@transaction.atomic
def name_account(account: Account, name: str, *, at: datetime) -> None:
    """Write down the name that whoever signs in with an account gives as their own."""
    if account.name != name:
        account.name = name
        account.save(update_fields=["name"])
        recorded("account changed", account, at=at, about=account, change="name")


@transaction.atomic
def make_token(
    name: str, scopes: Iterable[Scope], *, by: Account, at: datetime, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for a program, and give it with its secret text, which cannot be read again."""
    raw = _TOKEN_BEGINS + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        digest=_digest(raw),
        name=name,
        scopes=sorted(scope.value for scope in scopes),
        made_by=by,
        made_at=at,
        expires_at=expires_at,
    )
    recorded("token made", by, at=at, token=token.pk, scopes=token.scopes)
    return token, raw


@transaction.atomic
def end_token(token: ApiToken, *, by: Account, at: datetime) -> None:
    """End a token. Ending it twice is ending it once."""
    if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        recorded("token ended", by, at=at, token=token.pk)


def token_holder(raw: str, at: datetime) -> ApiToken | None:
    """The token that a program gives, where it works at that moment; that it was used is noted to the minute."""
    token = ApiToken.objects.filter(digest=_digest(raw), ended_at=None).first()
    if token is None or (token.expires_at is not None and token.expires_at <= at):
        return None
    if token.used_at is None or at - token.used_at >= _TOKEN_USE_IS_WRITTEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=at)
    return token


def _change_roles(account: Account, wanted: frozenset[Role], *, by: Account | str, at: datetime) -> None:
    had = frozenset(Role(role) for role in account.granted_roles.values_list("role", flat=True))
    for role in sorted(wanted - had):
        GrantedRole.objects.create(account=account, role=role, granted_by=actor_of(by))
        recorded("role granted", by, at=at, about=account, role=str(role))
    for role in sorted(had - wanted):
        account.granted_roles.filter(role=role).delete()
        recorded("role taken away", by, at=at, about=account, role=str(role))
    account.forget_roles_read()


def _leave_an_administrator(account: Account) -> None:
    """Refuse what would lock every administrator out of these pages."""
    administrators = Account.objects.select_for_update().filter(
        is_active=True, works_for_council=True, granted_roles__role=Role.ADMINISTRATOR
    )
    if [each.pk for each in administrators] == [account.pk]:
        what_to_do = "Make somebody else an administrator first"
        raise Refusal(Problem("roles", "cannot be taken away", what_to_do, called="the last administrator"))


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()
