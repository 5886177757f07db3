"""Pages that keep an estimate under a link, open it again, delete it, or clear it from the device.

The token of a link stands in the address of one page only, which is asked for and never sent to: what is sent carries
the token inside, so that no log of a refused form can hold it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.assessments.services import estimates
from farthing.service.public import suggestion
from farthing.service.public.estimate import device, stores
from farthing.service.questions.answers import Answers


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Say what saving means, and keep the estimate under a link once that is asked for."""
    packed = request.POST.get("packed", "")
    given = device.unpacked(packed) if packed else None
    store = stores.opened(request)
    if given is None or "answers" not in given:
        if isinstance(store, HttpResponse):
            return store
        if isinstance(store, stores.UnderLink):
            return redirect("public:estimate_saved", store.token)
    if request.method != "POST":
        return render(request, "public/estimate/save.html", {"kept_for": estimates.KEPT_FOR.days})
    answers = Answers.from_json(given["answers"]) if given and "answers" in given else _loaded(store)
    if isinstance(store, stores.UnderLink):
        return store.save(answers, redirect("public:estimate_saved", store.token))
    token = estimates.save(answers.as_json(), at=clock.now())
    return _opened(redirect("public:estimate_saved", token), token)


@seen_by(Who.EVERYBODY)
@never_cache
@require_safe
def saved(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link leads to. Looking changes nothing: a button opens the estimate on this device."""
    store = stores.under_link(request, token)
    if isinstance(store, HttpResponse):
        return store
    kept = estimates.find(token, at=clock.now())
    other = stores.under_way(request)
    told = {
        "token": token,
        "link": settings.ADDRESS + reverse("public:estimate_saved", args=[token]),
        "until": clock.day_of(kept.expires_at) if kept else None,
        "is_open": stores.open_token(request) == token,
        "replaces": isinstance(other, stores.OnDevice) and other.load().are_begun,
    }
    return render(request, "public/estimate/saved.html", told)


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def open_saved(request: HttpRequest) -> HttpResponse:
    """Open a saved estimate on this device."""
    token = request.POST.get("token", "")
    store = stores.under_link(request, token)
    return store if isinstance(store, HttpResponse) else _opened(redirect("public:estimate_check"), token)


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete a saved estimate; the device forgets it too."""
    token = request.POST.get("token", "")
    estimates.delete(token)
    response = render(request, "public/estimate/deleted.html")
    if stores.open_token(request) == token:
        device.clear(response)
    return response


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Take the answers off this device. What was saved under a link stays there."""
    response = redirect("public:estimate")
    device.clear(response)
    return suggestion.forget(response)


def _loaded(store: "stores.OnDevice | stores.UnderLink | HttpResponse") -> Answers:
    return Answers() if isinstance(store, HttpResponse) else store.load()


def _opened(response: HttpResponse, token: str) -> HttpResponse:
    device.keep(response, device.packed({"saved": token}))
    return response
