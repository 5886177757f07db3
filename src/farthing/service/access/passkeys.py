"""Passkeys, by the WebAuthn standard: made from one's own account, then enough to sign in with. People only."""

import json
from datetime import datetime
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Passkey
from farthing.service.access.recording import recorded

MOST_AN_ACCOUNT = 10
_CHALLENGE = "passkey_challenge"
_WRONG = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises at an answer that does not hold, or is no answer at all."""


def options_to_make(request: HttpRequest, account: Account, *, council: str) -> str:
    """What the browser is asked to make a passkey with, as JSON; its challenge is kept in the session."""
    options = webauthn.generate_registration_options(
        rp_id=_place(),
        rp_name=council,
        user_id=str(account.pk).encode(),
        user_name=account.email,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=bytes(each.credential)) for each in account.passkeys.all()
        ],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    request.session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


@transaction.atomic
def make(request: HttpRequest, account: Account, answer: str, *, name: str, at: datetime) -> Passkey:
    """Keep the passkey that a browser made. Raises ``Refusal`` where its answer does not hold."""
    if account.passkeys.count() >= MOST_AN_ACCOUNT:
        raise Refusal(Problem("", "You have as many passkeys as an account can have", "Remove one first"))
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_challenge(request),
            expected_rp_id=_place(),
            expected_origin=settings.ADDRESS,
            require_user_verification=True,
        )
        with transaction.atomic():
            passkey = Passkey.objects.create(
                account=account,
                credential=made.credential_id,
                public_key=made.credential_public_key,
                times_used=made.sign_count,
                name=name,
            )
    except (*_WRONG, IntegrityError) as wrong:
        raise _refused() from wrong
    recorded("passkey added", account, at=at, about=account)
    return passkey


def options_to_sign_in(request: HttpRequest) -> str:
    """What the browser is asked to sign in with, as JSON: any passkey it has for this service."""
    options = webauthn.generate_authentication_options(
        rp_id=_place(), user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


@transaction.atomic
def account_of(request: HttpRequest, answer: str, *, at: datetime) -> Account:
    """Whose passkey a browser answered with. Raises ``Refusal`` where it is unknown or does not hold."""
    try:
        given = base64url_to_bytes(json.loads(answer)["id"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise _refused() from wrong
    passkey = Passkey.objects.select_for_update().select_related("account").filter(credential=given).first()
    if passkey is None or not passkey.account.is_active or passkey.account.works_for_council:
        raise _refused()
    try:
        used = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=_challenge(request),
            expected_rp_id=_place(),
            expected_origin=settings.ADDRESS,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.times_used,
            require_user_verification=True,
        )
    except _WRONG as wrong:
        raise _refused() from wrong
    passkey.times_used, passkey.used_at = used.new_sign_count, at
    passkey.save(update_fields=["times_used", "used_at"])
    return passkey.account


@transaction.atomic
def remove(account: Account, number: int, *, at: datetime) -> bool:
    """Remove a passkey of an account. False where it has none of that number."""
    removed, _ = account.passkeys.filter(pk=number).delete()
    if removed:
        recorded("passkey removed", account, at=at, about=account)
    return bool(removed)


def _challenge(request: HttpRequest) -> bytes:
    """The challenge of this session, used up: an answer counts once."""
    kept = request.session.pop(_CHALLENGE, None)
    if not kept:
        raise _refused()
    return base64url_to_bytes(kept)


def _place() -> str:
    return urlsplit(settings.ADDRESS).hostname or ""


def _refused() -> Refusal:
    return Refusal(Problem("", "The passkey did not work", "Try again, or ask for a link by email"))
