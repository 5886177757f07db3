"""What search engines may look at: pages for everybody, and every enterprise that is shown."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.clock import day_of
from farthing.service.directory.selectors.shown import everything
from farthing.service.public.information.pages import ABOUT, ARRANGING, PAYING, START

NAMES = [each.name for each in (START, *PAYING, *ARRANGING, *ABOUT)]
PAGES = [*NAMES, "find", "ways_to_pay"]
ABOUT_SOMEBODY = ("/account/", "/apply/", "/estimate/", "/council/", "/directory/enquiries/", "/directory/shortlist/")
"""Whose addresses begin so, search engines leave alone."""

HOUR = 60 * 60


@seen_by(Who.EVERYBODY)
@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The map of the site, a line at a time however many enterprises there are."""
    return StreamingHttpResponse(_lines(), content_type="application/xml")


@seen_by(Who.EVERYBODY)
@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines leave alone, and where the map of the site is."""
    left_alone = [f"Disallow: {each}" for each in ABOUT_SOMEBODY]
    lines = ["User-agent: *", *left_alone, f"Sitemap: {settings.ADDRESS}{reverse('public:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _lines() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for name in PAGES:
        yield f"<url><loc>{_address(reverse(f'public:{name}'))}</loc></url>\n"
    for each in everything(today=clock.today(), modified_after=None):
        address = _address(reverse("public:enterprise", args=[each.enterprise.key]))
        yield f"<url><loc>{address}</loc><lastmod>{day_of(each.listing.changed_at).isoformat()}</lastmod></url>\n"
    yield "</urlset>\n"


def _address(path: str) -> str:
    return escape(settings.ADDRESS + path)
