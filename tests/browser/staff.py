"""The staff of the council that the browser tests work at: one of each role, made by the services, with known secrets."""

import time

from django_otp.oath import hotp

PASSWORD = "a long invented password"
ROLES = ("officer", "checker", "manager", "finance", "directory_editor", "analyst", "auditor", "administrator")
SECOND_OFFICER = "second-officer"
"""Another of the same role, for two who are at one case at once."""

NEW_STARTER = "new-starter"
"""An officer who has not set up a second factor yet."""


def email_of(who: str) -> str:
    """The address somebody signs in with, by role or name."""
    return f"{who.replace('_', '-')}@council.example"


def key_of(who: str) -> str:
    """The secret in somebody's authenticator app, in hexadecimal."""
    return who.encode().hex().ljust(40, "0")[:40]


def code_of(key: str) -> str:
    """What an authenticator app shows now for a secret in hexadecimal."""
    return f"{hotp(bytes.fromhex(key), int(time.time()) // 30):06d}"


def make() -> None:
    """Make the staff in the database of this process's data folder."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from farthing.service import clock
    from farthing.service.access.models import Role
    from farthing.service.access.services import make_staff
    from farthing.service.audit.services import THE_SERVICE

    for who in (*ROLES, SECOND_OFFICER, NEW_STARTER):
        role = Role(who) if who in ROLES else Role.OFFICER
        name = f"{who.replace('_', ' ').replace('-', ' ').title()} Invented"
        account = make_staff(email_of(who), name, [role], by=THE_SERVICE, at=clock.now(), password=PASSWORD)
        if who != NEW_STARTER:
            TOTPDevice.objects.create(user=account, name="app", key=key_of(who), confirmed=True)
