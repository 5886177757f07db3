"""A member of staff's second factor: a code from an app (TOTP), and recovery codes for when the app is gone."""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

import segno
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_totp.models import TOTPDevice
from markupsafe import Markup

from farthing.service.access.models import Account, RecoveryCode
from farthing.service.access.recording import recorded
from farthing.service.access.services import end_sessions

RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are mistaken for one another."""


class Answer(Enum):
    """What came of a code."""

    RIGHT = auto()
    RECOVERY = auto()
    WRONG = auto()
    WAIT = auto()


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a code; ``device`` where it was right, ``wait`` where it is too soon to try again."""

    answer: Answer
    device: TOTPDevice | None = None
    wait: timedelta = timedelta()


def device_of(account: Account) -> TOTPDevice | None:
    """The app that an account has confirmed, if any."""
    return TOTPDevice.objects.filter(user=account, confirmed=True).first()


def start(account: Account) -> TOTPDevice:
    """An app still to be confirmed: the one begun before, so that reloading the page shows the same key."""
    device, _ = TOTPDevice.objects.get_or_create(user=account, confirmed=False, defaults={"name": "app"})
    return device


def key_as_text(device: TOTPDevice) -> str:
    """The key to type into an app, in groups of four."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def key_as_picture(device: TOTPDevice) -> Markup:
    """The key as a QR code to be scanned, as SVG."""
    code = segno.make(device.config_url, error="m")
    return Markup(code.svg_inline(scale=5, border=4, title="QR code of the key below", dark="#000", light="#fff"))


def wait_for(device: TOTPDevice, *, at: datetime) -> timedelta:
    """How long it is until a code can be tried again, after wrong ones; nothing where it can be tried now."""
    allowed, why_not = device.verify_is_allowed()
    if allowed:
        return timedelta()
    until = (why_not or {}).get("locked_until")
    return max(until - at, timedelta(seconds=1)) if until else timedelta(minutes=1)


@transaction.atomic
def confirm(device: TOTPDevice, code: str, *, by: Account, at: datetime) -> list[str] | None:
    """Take an app into use where its code is right, in the place of any before it, and give new recovery codes."""
    account = device.user
    if not device.verify_token(_spoken(code)):
        return None
    TOTPDevice.objects.filter(user=account).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    recorded("second factor set", by, at=at, about=account)
    return new_recovery_codes(account, by=by, at=at)


@transaction.atomic
def new_recovery_codes(account: Account, *, by: Account, at: datetime) -> list[str]:
    """Ten new codes, shown once. Those before them no longer work."""
    RecoveryCode.objects.filter(account=account).delete()
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account, code)) for code in codes)
    recorded("account changed", by, at=at, about=account, change="recovery codes")
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def check(account: Account, code: str, *, at: datetime) -> Checked:
    """Try a code of the app, or a recovery code, which is then used up. After wrong ones it has to wait, longer each time."""
    device = device_of(account)
    if device is None:
        return Checked(Answer.WRONG)
    if wait := wait_for(device, at=at):
        return Checked(Answer.WAIT, wait=wait)
    spoken = _spoken(code)
    if not spoken.isdigit() or len(spoken) != device.digits:
        if RecoveryCode.objects.filter(account=account, digest=_digest(account, spoken), used_at=None).update(
            used_at=at
        ):
            device.throttle_reset()
            return Checked(Answer.RECOVERY, device)
        device.throttle_increment()
    elif device.verify_token(spoken):
        return Checked(Answer.RIGHT, device)
    return Checked(Answer.WRONG)


@transaction.atomic
def reset(account: Account, *, by: Account, at: datetime) -> None:
    """Take the second factor away and end every session: at the next sign-in a new one is set up."""
    TOTPDevice.objects.filter(user=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    end_sessions(account)
    recorded("account changed", by, at=at, about=account, change="second factor taken away")


def _spoken(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _digest(account: Account, code: str) -> str:
    return salted_hmac("farthing.access.recovery", f"{account.pk}:{code}", algorithm="sha256").hexdigest()
