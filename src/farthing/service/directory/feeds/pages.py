"""Following the pages of a feed to their end. Whatever a page says of itself is believed only as far as it is borne out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from farthing.base.refusal import Problem, Refusal
from farthing.service.directory.feeds.fetching import Fetched
from farthing.service.jobs import stopping

A_PAGE = 100
MOST_PAGES = 300
MOST_REQUESTS = 5_000
MOST_BYTES_AN_ANSWER = 16 * 1024 * 1024
MOST_BYTES = 128 * 1024 * 1024
SECONDS_AN_ANSWER = 60
LONGEST = 15 * 60
"""Seconds that a whole reading may take."""

Item = Mapping[str, Any]
Fetch = Callable[..., Fetched]


@dataclass(frozen=True, slots=True)
class Pages:
    """All a feed gave. ``etag`` is kept where all of it stood on one page, since it says nothing of the others."""

    items: tuple[Item, ...]
    etag: str
    is_unchanged: bool = False


def everything(url: str, *, etag: str, modified_after: datetime | None, fetch: Fetch) -> Pages:
    """Every service of a feed, or those changed since a moment. Raises ``Refusal`` where it was not read to its end."""
    follow = _Following(url, fetch)
    asked = {"full": "true"} | ({"modified_after": _written(modified_after)} if modified_after else {})
    first = follow.page(1, asked, etag="" if modified_after else etag)
    if first is None:
        return Pages((), etag, is_unchanged=True)
    items = {str(each.get("id")): each for each in first.items}
    nameless = [each for each in first.items if not each.get("id")]
    page, number = first, 1
    while not page.is_last:
        number += 1
        if number > MOST_PAGES:
            raise _refusal(f"has more than {MOST_PAGES} pages")
        following = follow.page(number, asked)
        assert following is not None
        page = following
        new = {str(each.get("id")): each for each in page.items}
        if page.items and not new.keys() - items.keys():
            raise _refusal(f"gives the same again on page {number}")
        items |= new
    if first.total is not None and first.total > len(items) + len(nameless):
        raise _refusal(f"says that it has {first.total} and gives {len(items)}")
    whole = tuple(follow.whole(each) for each in items.values())
    return Pages(whole, first.etag if number == 1 and not modified_after else "")


@dataclass(frozen=True, slots=True)
class _Page:
    items: tuple[Item, ...]
    total: int | None
    is_last: bool
    etag: str


class _Following:
    """The way through one feed, with how much of it is left to be asked for."""

    def __init__(self, url: str, fetch: Fetch):
        parts = urlsplit(url)
        path = parts.path.rstrip("/")
        self._services = path if path.endswith("/services") else f"{path}/services"
        self._parts, self._always, self._fetch = parts, dict(parse_qsl(parts.query)), fetch
        self._requests, self._bytes, self._until = MOST_REQUESTS, MOST_BYTES, monotonic() + LONGEST

    def page(self, number: int, asked: Mapping[str, str], *, etag: str = "") -> _Page | None:
        """One page; None where it is the same as when the ETag was given."""
        query = {**self._always, **asked, "page": str(number), "per_page": str(A_PAGE)}
        found = self._get(self._services, query, etag)
        if found.is_unchanged:
            if not etag:
                raise _refusal("says that nothing has changed, which was not asked")
            return None
        said = _json(found.content)
        if not isinstance(said, dict) or not isinstance(contents := said.get("contents"), list):
            raise _refusal(f"gives no page of services at page {number}")
        pages, total = said.get("total_pages"), said.get("total_items")
        is_last = not contents or said.get("last_page") is True
        if isinstance(pages, int) and said.get("last_page") is not False:
            is_last = is_last or number >= pages
        items = tuple(each for each in contents if isinstance(each, dict))
        if len(items) < len(contents):
            raise _refusal(f"gives something else than services at page {number}")
        return _Page(items, total if isinstance(total, int) else None, is_last, found.etag[:200])

    def whole(self, item: Item) -> Item:
        """The whole of a service, asked for by itself where a page gives a part of it alone."""
        number = item.get("id")
        is_part = not any(name in item for name in ("service_at_locations", "service_areas", "attributes"))
        if not is_part or not isinstance(number, str) or item.get("status", "active") != "active":
            return item
        found = _json(self._get(f"{self._services}/{quote(number, safe='')}", {}, "").content)
        return found if isinstance(found, dict) and found.get("id") == number else item

    def _get(self, path: str, query: Mapping[str, str], etag: str) -> Fetched:
        self._requests -= 1
        left = self._until - monotonic()
        if self._requests < 0 or self._bytes <= 0 or left <= 0:
            raise _refusal("is larger or slower than is read")
        if stopping.asked():
            raise Refusal(
                Problem(
                    "", "was left off, because the service stops", "It is read again later", called="this directory"
                )
            )
        url = urlunsplit((self._parts.scheme, self._parts.netloc, path, urlencode(query), ""))
        most = min(self._bytes, MOST_BYTES_AN_ANSWER)
        found = self._fetch(url, etag=etag, most_bytes=most, seconds=min(left, SECONDS_AN_ANSWER))
        self._bytes -= len(found.content)
        return found


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(content: bytes) -> Any:
    """What is written, with every number that has a point as a decimal, so that no penny is lost."""
    try:
        return json.loads(content, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _refusal("gives what is not JSON, or is cut short") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def _refusal(problem: str) -> Refusal:
    return Refusal(Problem("", problem, "Ask whoever looks after it", called="this directory"))
