"""Using a direct payment for an enterprise: what that takes, and for whom somebody who has signed in may ask for one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service.access.models import Account
from farthing.service.directory.selectors.shown import Shown
from farthing.service.people.selectors import representations_of
from farthing.service.public.directory.pages import about_enterprise


@about_enterprise
def use_here(request: HttpRequest, found: Shown) -> HttpResponse:
    """Say how an enterprise is paid from a direct payment, and lead on to asking for one."""
    account = request.user if isinstance(request.user, Account) else None
    may_ask = account is not None and not account.works_for_council
    known = {
        "shown": found,
        "enterprise": found.enterprise,
        "may_ask": may_ask,
        "acting": [each for each in representations_of(account) if each.is_proved] if account and may_ask else [],
    }
    return render(request, "public/directory/direct_payment.html", known)
