"""Where the answers of an estimate are kept: on the device, or under a link once the person has asked for that."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service import clock
from farthing.service.assessments.services import estimates
from farthing.service.design import errors
from farthing.service.public.estimate import device
from farthing.service.questions.answers import Answers


class OnDevice:
    """Answers in the device's cookies."""

    def __init__(self, request: HttpRequest, answers: Answers | None):
        self.request, self.answers = request, answers

    def load(self) -> Answers:
        """The answers so far."""
        return self.answers or Answers()

    def save(self, answers: Answers, response: HttpResponse) -> HttpResponse:
        """Keep the answers on the device; where there is no more room on it, offer to keep them under a link."""
        if answers == self.answers:
            return response
        text = device.packed({"answers": answers.as_json()})
        if not device.fits(text):
            return render(
                self.request, "public/estimate/no_room.html", {"packed": text, "kept_for": estimates.KEPT_FOR.days}
            )
        device.keep(response, text)
        return response


class UnderLink:
    """Answers in a saved estimate; the device keeps only which one is open."""

    def __init__(self, request: HttpRequest, token: str, answers: Answers):
        self.request, self.token, self.answers = request, token, answers

    def load(self) -> Answers:
        """The answers so far."""
        return self.answers

    def save(self, answers: Answers, response: HttpResponse) -> HttpResponse:
        """Keep the answers under the link; the page for a link that is no more, where somebody deleted it meanwhile."""
        if answers == self.answers or estimates.change(self.token, answers.as_json(), at=clock.now()):
            return response
        return errors.gone(self.request)


def opened(request: HttpRequest) -> "OnDevice | UnderLink | HttpResponse":
    """The estimate under way on this device, or the page to begin one."""
    kept = device.read(request)
    if kept is None:
        return redirect("public:estimate")
    if "saved" in kept:
        return under_link(request, str(kept["saved"]))
    return OnDevice(request, Answers.from_json(kept.get("answers", {})))


def held(request: HttpRequest) -> AbstractContextManager[None]:
    """The saved estimate that is open on this device, held while it is changed. What lies on the device needs no holding."""
    token = open_token(request)
    return estimates.held(token) if token else nullcontext()


def under_link(request: HttpRequest, token: str) -> "UnderLink | HttpResponse":
    """The estimate kept under a link, or the page for a link that is no more."""
    found = estimates.find(token, at=clock.now())
    if found is None:
        response = errors.gone(request)
        if open_token(request) == token:
            device.clear(response)
        return response
    return UnderLink(request, token, Answers.from_json(found.answers))


def open_token(request: HttpRequest) -> str:
    """The token of the saved estimate that is open on this device, or ""."""
    kept: dict[str, Any] = device.read(request) or {}
    return str(kept.get("saved", ""))


def under_way(request: HttpRequest) -> "OnDevice | UnderLink | None":
    """The estimate under way on this device, where there is one that can be read."""
    store = opened(request)
    return None if isinstance(store, HttpResponse) else store
