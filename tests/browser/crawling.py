"""Finds the pages of the service as somebody finds them who follows every link, and says which route each is of."""

import re
from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from django.urls import Resolver404, URLResolver, get_resolver, resolve

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')


@dataclass
class Guest:
    """Somebody who looks around: what their browser keeps, and where they begin."""

    name: str
    cookies: dict[str, str]
    starts: list[str]


@dataclass
class Page:
    """A page as somebody was given it."""

    route: str
    address: str
    guest: Guest
    html: str
    problems: list[str] = field(default_factory=list)


def crawl(server_address: str, guest: Guest, most_of_a_route: int, routes: Collection[str]) -> list[Page]:
    """The pages of HTML that a guest comes to by links, so many at most of each route.

    Links are followed from pages of ``routes``; of another that such a page leads to, no further.
    """
    asking = requests.Session()
    asking.cookies.update(guest.cookies)
    waiting, seen, count, pages = deque(guest.starts), set(), defaultdict(int), []
    while waiting:
        address = urldefrag(waiting.popleft())[0]
        name = route_of(address)
        if address in seen or name is None or count[name] >= most_of_a_route:
            continue
        seen.add(address)
        answer = asking.get(server_address + address, allow_redirects=False, timeout=30)
        if answer.is_redirect:
            waiting.append(_here(address, answer.headers["Location"]))
            continue
        count[name] += 1
        page = Page(name, address, guest, answer.text if "text/html" in answer.headers["Content-Type"] else "")
        page.problems = _wrong(page, answer.status_code)
        pages.append(page)
        if name in routes:
            links = [_here(address, unescape(link)) for link in LINK.findall(page.html)]
            waiting.extend(link for link in links if link.startswith("/"))
    return pages


@cache
def route_of(address: str) -> str | None:
    """The name of the route that answers an address, None where none does."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def all_routes() -> dict[str, object]:
    """Every route of the service by its name, with its view."""
    return dict(_routes(get_resolver(), ""))


def _routes(resolver: URLResolver, before: str):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before)
        else:
            yield f"{before}{pattern.name}", pattern.callback


def _here(address: str, link: str) -> str:
    """A link as the service's own path; a link elsewhere as it is."""
    whole = urljoin(f"http://here{address}", link)
    return whole.removeprefix("http://here") if whole.startswith("http://here") else whole


def _wrong(page: Page, status: int) -> list[str]:
    problems = [] if status == 200 else [f"answers {status}"]
    if page.html:
        if len(re.findall(r"<h1\b", page.html)) != 1:
            problems.append("has not one heading of the first level")
        if '<html lang="en"' not in page.html:
            problems.append("does not say its language")
        if not re.search(r"<title>\s*\S[^<]{8,}</title>", page.html):
            problems.append("has no title")
    return problems


def title_of(page: Page) -> str:
    """The title of a page, spaces made single."""
    found = re.search(r"<title>(.*?)</title>", page.html, re.DOTALL)
    return " ".join(unescape(found[1]).split()) if found else ""
