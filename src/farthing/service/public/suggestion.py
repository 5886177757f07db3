"""An answer that another page suggests to the estimate: shown beside its question, and never given in the person's place.

It lies on the person's own device as their answers do, until the question is answered or the browser is closed.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from farthing.service.public.estimate import device

COOKIE = "estimate-price"
_PATH = "/estimate/"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is suggested for a fact, in pence, and in words where it comes from."""

    fact: str
    pence: int
    says: str


def keep(response: HttpResponse, suggested: Suggestion) -> HttpResponse:
    """Keep a suggestion on the device."""
    packed = device.packed(asdict(suggested))
    response.set_cookie(COOKIE, packed, path=_PATH, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)
    return response


def suggested_for(request: HttpRequest, fact: str) -> Suggestion | None:
    """What is suggested for a fact, if anything."""
    kept = device.unpacked(request.COOKIES.get(COOKIE, ""))
    if kept is None or kept.keys() != {"fact", "pence", "says"} or kept["fact"] != fact:
        return None
    return Suggestion(**kept)


def forget(response: HttpResponse) -> HttpResponse:
    """Take the suggestion off the device."""
    response.delete_cookie(COOKIE, path=_PATH, samesite="Lax")
    return response
