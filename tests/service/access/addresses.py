"""The addresses that these tests ask: those of access itself, and pages that each declare in another way who may see them."""

from functools import partial, wraps

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import View

from farthing.service.access.gates import CASEWORK, STAFF, Who, seen_by
from farthing.service.access.models import Role


def _said(request: HttpRequest, words: str = "seen") -> HttpResponse:
    return HttpResponse(f"{words} {request.method} {request.POST.get('note', '')}")


@seen_by(Who.EVERYBODY)
def open_to_all(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(Who.SIGNED_IN)
def for_people(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(STAFF)
def for_staff(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(CASEWORK)
def casework(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(CASEWORK, form_changes_nothing=True)
def searching(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(Who.PROGRAMS)
def for_programs(request: HttpRequest) -> HttpResponse:
    return _said(request)


def undeclared(request: HttpRequest) -> HttpResponse:
    return _said(request)


@seen_by(Role.MANAGER)
class InAClass(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return _said(request)


def wrapped_about(view):
    @wraps(view)
    def inner(request, *arguments, **named):
        return view(request, *arguments, **named)

    return inner


urlpatterns = [
    path("", include("farthing.service.access.urls")),
    path("open/", open_to_all),
    path("people/", for_people),
    path("staff/", for_staff),
    path("casework/", casework),
    path("searching/", searching),
    path("searching-partial/", partial(searching)),
    path("programs/", for_programs),
    path("undeclared/", undeclared),
    path("class/", InAClass.as_view()),
    path("wrapped/", wrapped_about(casework)),
    path("partial/", partial(casework)),
    path("wrapped-undeclared/", wrapped_about(undeclared)),
]

handler403 = "farthing.service.design.errors.forbidden"
handler404 = "farthing.service.design.errors.not_found"
