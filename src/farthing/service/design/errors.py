"""The pages shown when something is not there, not allowed, or has gone wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return _bare("400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page is not for whoever asks."""
    return render(request, "design/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or did not come from our page. Says how to send it again."""
    return render(request, "design/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page."""
    return render(request, "design/404.html", status=404)


def gone(request: HttpRequest) -> HttpResponse:
    """410: a link that has been used or is too old."""
    return render(request, "design/410.html", status=410)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries."""
    return render(request, "design/429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Needs no session, no database and no context."""
    return _bare("500", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: closed for a while. Needs no session, no database and no context."""
    return _bare("503", 503)


def _bare(name: str, status: int) -> HttpResponse:
    return HttpResponse(get_template(f"design/{name}.html").render(), status=status)
