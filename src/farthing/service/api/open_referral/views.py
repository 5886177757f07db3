"""The nine paths."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from farthing.service import clock
from farthing.service.api.open_referral import mapping
from farthing.service.api.open_referral.asked import FILTERS, FORMS, PAGING, PLACES, Form, Paging, Parameters
from farthing.service.api.open_referral.door import NotFound, open_to_programs
from farthing.service.api.open_referral.vocabularies import term_of, vocabularies, vocabulary_of
from farthing.service.directory.selectors import for_programs
from farthing.service.directory.selectors.for_programs import Asked, Kept
from farthing.service.directory.selectors.shown import Shown, shown_many

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
DESCRIPTION = "https://openreferraluk.org/specifications/3.0/openapi.json"

MOST_AT_ONCE = 100_000
"""How many a page of numbers and moments alone holds where no size is asked for: all of them, since nobody pages those."""

Said = mapping.Said


class Kind:
    """What a list is of: how one is said that is shown, and one that is gone."""

    def __init__(
        self,
        number: Callable[[UUID], UUID],
        shown: Callable[..., Said],
        gone: Callable[..., Said],
        parameters: frozenset[str],
    ):
        self.number, self.shown, self.gone, self.parameters = number, shown, gone, parameters

    def said(self, rows: Sequence[Kept], form: Form) -> list[Said]:
        """What is said of each, in their order."""
        if form.minimal:
            return [
                {"id": str(self.number(each.key)), "modified_date": mapping.moment(each.changed_at)} for each in rows
            ]
        today = clock.today()
        found = {
            each.enterprise.key: each for each in shown_many([each.key for each in rows if each.is_shown], today=today)
        }
        return [self._one(found.get(each.key), each, form.full) for each in rows]

    def _one(self, shown: Shown | None, row: Kept, full: bool) -> Said:
        return self.gone(row.key, row.changed_at) if shown is None else self.shown(shown, full=full)


SERVICES = Kind(lambda key: key, mapping.service, mapping.gone, PAGING | FORMS | FILTERS)
AT_LOCATIONS = Kind(
    mapping.beside, mapping.service_at_location, mapping.gone_from_a_place, PAGING | FORMS | FILTERS | PLACES
)
WHOLE = Form(minimal=False, full=True, lines=False)


@open_to_programs
def root(request: HttpRequest) -> HttpResponse:
    """What this is."""
    Parameters(request, frozenset()).done()
    return _json({"version": VERSION, "profile": PROFILE, "openapi_url": DESCRIPTION})


@open_to_programs
def services(request: HttpRequest) -> HttpResponseBase:
    """Services, a page at a time or all as lines."""
    return _listed(request, SERVICES)


@open_to_programs
def service(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service, the whole of it."""
    return _single(request, SERVICES, id)


@open_to_programs
def service_at_locations(request: HttpRequest) -> HttpResponseBase:
    """Services at their places, a page at a time or all as lines."""
    return _listed(request, AT_LOCATIONS)


@open_to_programs
def service_at_location(request: HttpRequest, id: UUID) -> HttpResponse:
    """One service at its place, the whole of both."""
    return _single(request, AT_LOCATIONS, mapping.beside(id))


@open_to_programs
def taxonomies(request: HttpRequest) -> HttpResponse:
    """The vocabularies."""
    return _paged(request, [mapping.taxonomy(each) for each in vocabularies()])


@open_to_programs
def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:
    """One vocabulary with its terms."""
    Parameters(request, frozenset()).done()
    found = vocabulary_of(id)
    if found is None:
        raise NotFound
    terms = [mapping.taxonomy_term(found, each) for each in found.terms.values()]
    return _json(mapping.taxonomy(found) | {"taxonomy_terms": terms})


@open_to_programs
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """The terms of every vocabulary."""
    return _paged(
        request, [mapping.taxonomy_term(each, term) for each in vocabularies() for term in each.terms.values()]
    )


@open_to_programs
def taxonomy_term(request: HttpRequest, id: UUID) -> HttpResponse:
    """One term."""
    Parameters(request, frozenset()).done()
    found = term_of(id)
    if found is None:
        raise NotFound
    return _json(mapping.taxonomy_term(*found))


@open_to_programs
def nothing_here(request: HttpRequest) -> HttpResponse:
    """The answer at an address that is none of these."""
    raise NotFound


def _listed(request: HttpRequest, kind: Kind) -> HttpResponseBase:
    parameters = Parameters(request, kind.parameters)
    asked, form, paging = parameters.asked(), parameters.form(), parameters.paging()
    parameters.done()
    if form.lines:
        return _lines(request, kind, asked, form)
    if form.minimal and not paging.is_said:
        paging = Paging(paging.number, MOST_AT_ONCE, False)
    page = for_programs.page(asked, today=clock.today(), first=paging.first, most=paging.size)
    return _json(_envelope(kind.said(page.rows, form), page.total, paging))


def _lines(request: HttpRequest, kind: Kind, asked: Asked, form: Form) -> StreamingHttpResponse:
    today = clock.today()

    def written() -> Iterator[bytes]:
        for batch in for_programs.batches(asked, today=today):
            yield b"".join(_bytes(each) + b"\n" for each in kind.said(batch, form))

    response = StreamingHttpResponse(written(), content_type="application/x-ndjson")
    told = sha256(f"{request.get_full_path()} {for_programs.state(today=today)}".encode()).hexdigest()
    response["ETag"] = f'W/"{told[:32]}"'
    return response


def _single(request: HttpRequest, kind: Kind, key: UUID) -> HttpResponse:
    Parameters(request, frozenset()).done()
    found = for_programs.one(key, today=clock.today())
    if found is None:
        raise NotFound
    return _json(kind.said([found], WHOLE)[0])


def _paged(request: HttpRequest, everything: Sequence[Said]) -> HttpResponse:
    parameters = Parameters(request, PAGING)
    paging = parameters.paging()
    parameters.done()
    return _json(_envelope(everything[paging.first : paging.first + paging.size], len(everything), paging))


def _envelope(contents: Sequence[Said], total: int, paging: Paging) -> Said:
    pages = -(-total // paging.size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": paging.number,
        "size": len(contents),
        "first_page": paging.number == 1,
        "last_page": paging.number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _json(said: Mapping[str, Any]) -> HttpResponse:
    return HttpResponse(_bytes(said), content_type="application/json")


def _bytes(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
