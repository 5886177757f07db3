"""Browsers of people who have signed in, without going through the pages for it each time. Other rooms' tests use them."""

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from farthing.service.access.models import Account, Role

PASSWORD = "correct horse battery staple"


def make_staff(*roles: Role, email: str = "officer@council.example", name: str = "Olive Officer") -> Account:
    """An account of a member of staff, with a password and a second factor already set up."""
    account = Account.objects.create_staff(email, name, PASSWORD, *roles, granted_by="a test")
    TOTPDevice.objects.create(user=account, name="app", confirmed=True)
    return account


def browser_of(account: Account) -> Client:
    """A browser in which an account is signed in; of staff, with the second factor given."""
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    if account.works_for_council:
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=account, confirmed=True).persistent_id
        session.save()
    return client


def browser_of_staff(*roles: Role, email: str = "officer@council.example") -> Client:
    """A browser of a new member of staff with these roles."""
    return browser_of(make_staff(*roles, email=email))


def browser_of_person(email: str = "ada@home.example") -> Client:
    """A browser of a new person's account."""
    return browser_of(Account.objects.create_person(email))
