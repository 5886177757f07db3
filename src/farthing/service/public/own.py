"""Whose page it is: the account that looks, and the door shut on a reference that is not theirs."""

from typing import NoReturn

from django.http import Http404, HttpRequest

from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.references import read_reference


def account_of(request: HttpRequest) -> Account:
    """The account of whoever looks, on a page that only those who signed in can reach."""
    account = request.user
    assert isinstance(account, Account)
    return account


def refuse(request: HttpRequest, reference: str) -> NoReturn:
    """Say that there is no such page, as for a reference that never was, and record that somebody tried."""
    record(
        action="page refused",
        actor=account_of(request).actor,
        about=read_reference(reference) or "",
        at=clock.now(),
        page=request.resolver_match.view_name if request.resolver_match else "",
    )
    raise Http404
