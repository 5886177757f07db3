"""The invented council's staff: one account a role, with a password and a second factor that anybody may know."""

import hashlib
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from farthing.service.access.models import Account, Role
from farthing.service.access.second_factors import start
from farthing.service.access.services import make_staff
from farthing.service.audit.services import THE_SERVICE

PASSWORD = "everybody is invented"
NAMES = {
    Role.OFFICER: ("Olive Officer", "Oscar Officer"),
    Role.CHECKER: ("Chloe Checker",),
    Role.MANAGER: ("Milo Manager",),
    Role.FINANCE: ("Fern Finance",),
    Role.DIRECTORY_EDITOR: ("Daria Directory",),
    Role.ANALYST: ("Anton Analyst",),
    Role.AUDITOR: ("Aurelia Auditor",),
    Role.ADMINISTRATOR: ("Abel Administrator",),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody of the invented staff signs in. ``key`` is what an authenticator app is given."""

    role: Role
    email: str
    key: str

    @property
    def secret(self) -> bytes:
        """The key as the second factor keeps it: made from the address, so that it is the same each time."""
        return _secret(self.email)

    def code(self, at: datetime) -> str:
        """The code that an authenticator app shows at a moment."""
        totp = TOTP(self.secret)
        totp.time = at.timestamp()
        return f"{totp.token():06d}"


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who work on the invented cases, and keep the directory."""

    officers: tuple[Account, ...]
    checker: Account
    manager: Account
    clerk: Account
    editor: Account


def sign_ins() -> list[SignIn]:
    """How to sign in as each role."""
    return [_sign_in(role, name) for role, names in NAMES.items() for name in names]


def make_everybody(at: datetime) -> Staff:
    """Make an account for everybody, ready to sign in with."""
    password = make_password(PASSWORD)  # once, because it is slow on purpose
    made = {each.email: _make(each, name, password, at) for each, name in zip(sign_ins(), _names(), strict=True)}
    by_role = {role: [made[_address(name)] for name in names] for role, names in NAMES.items()}
    return Staff(
        tuple(by_role[Role.OFFICER]),
        by_role[Role.CHECKER][0],
        by_role[Role.MANAGER][0],
        by_role[Role.FINANCE][0],
        by_role[Role.DIRECTORY_EDITOR][0],
    )


def _make(sign_in: SignIn, name: str, password: str, at: datetime) -> Account:
    account = make_staff(sign_in.email, name, [sign_in.role], by=THE_SERVICE, at=at)
    account.password = password
    account.save(update_fields=["password"])
    device = start(account)
    TOTPDevice.objects.filter(pk=device.pk).update(key=sign_in.secret.hex(), confirmed=True)
    return account


def _names() -> list[str]:
    return [name for names in NAMES.values() for name in names]


def _sign_in(role: Role, name: str) -> SignIn:
    email = _address(name)
    return SignIn(role, email, b32encode(_secret(email)).decode())


def _address(name: str) -> str:
    return f"{name.split()[0].lower()}@council.example"


def _secret(email: str) -> bytes:
    return hashlib.sha256(f"invented {email}".encode()).digest()[:20]
