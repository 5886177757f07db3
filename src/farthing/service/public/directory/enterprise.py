"""The page of one enterprise."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from farthing.service.directory.selectors.shown import Shown
from farthing.service.public.directory import shortlist
from farthing.service.public.directory.in_full import in_full
from farthing.service.public.directory.pages import about_enterprise
from farthing.service.public.directory.structured import structured


@about_enterprise
def enterprise(request: HttpRequest, found: Shown) -> HttpResponse:
    """Everything that is shown of an enterprise."""
    address = reverse("public:enterprise", args=[found.enterprise.key])
    known = {
        **in_full(found),
        "structured": structured(found, settings.ADDRESS + address),
        "is_on_shortlist": found.enterprise.key in shortlist.keys(request),
    }
    return render(request, "public/directory/enterprise.html", known)
