"""The page on which care micro-enterprises are found. It is only asked for, so that what was looked for can be kept or sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from farthing.base import money
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.design.refused import in_a_sentence
from farthing.service.directory.places import PLACES_FROM, NotPlaced, Place, miles
from farthing.service.directory.search import Found, Result, search
from farthing.service.directory.selectors.shown import Shown, shown_many
from farthing.service.directory.terms import kinds_of_help
from farthing.service.public.directory.forms import WITHIN, FindForm
from farthing.service.public.directory.rings import Mark, rings
from farthing.service.public.directory.where import in_an_address, is_a_home, place_typed
from farthing.service.public.directory.whom_to_call import customer_services

PAGE = 20
MOST_DIGITS = 6
EVERYBODY = {"words": ""}
"""What is asked to see everybody: without a question the page only asks what is looked for."""


@dataclass(frozen=True, slots=True)
class Card:
    """An enterprise as it stands in the list. ``number`` is that of its mark on the map too.

    ``away`` is how far it is in words, "" where no place was given.
    """

    number: int
    address: str
    name: str
    place: str
    away: str
    price: str
    help: tuple[str, ...]
    has_space: bool
    takes_direct_payments: bool
    elsewhere: str


@seen_by(Who.EVERYBODY)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask what is looked for, and list what is found."""
    form = FindForm(request.GET if request.GET else None)
    known: dict[str, object] = {"form": form, "found": None, "not_placed": None, "place": None}
    if form.is_valid():
        typed = form.cleaned_data["where"]
        place = place_typed(typed) if typed else None
        if isinstance(place, NotPlaced):
            form.add_error("where", in_a_sentence(place.of_field("where")))
            known["not_placed"] = [(each, _address(request, where=each)) for each in _instead(place)]
        elif place and is_a_home(place):
            return redirect(_address(request, where=in_an_address(place)))
        else:
            known.update(_found(request, form, place))
    return render(request, "public/directory/find.html", {**known, "places_from": PLACES_FROM})


def _found(request: HttpRequest, form: FindForm, place: Place | None) -> dict[str, object]:
    today = clock.today()
    found = search(form.wanted(place), today=today, page=_page(request.GET), size=PAGE)
    keys = [each.listing.enterprise.key for each in found.results]
    by_key = {each.enterprise.key: each for each in shown_many(keys, today=today)}
    cards = [
        _card(number, result, by_key[result.listing.enterprise.key])
        for number, result in enumerate(found.results, (found.page - 1) * PAGE + 1)
        if result.listing.enterprise.key in by_key
    ]
    within = form.cleaned_data["within"]
    farther = next((each for each in WITHIN if within and each > int(within)), None)
    return {
        "found": found,
        "place": place,
        "cards": cards,
        "map": _map(place, cards, found) if place and cards else None,
        "customer_services": customer_services(),
        "pages": _pages(request, found),
        "wider": _address(request, within=str(farther)) if farther else "",
        "farther": farther,
        "without_words": _address(request, words="") if form.cleaned_data["words"] else "",
        "only_here": reverse("public:find", query={"where": form.cleaned_data["where"]}) if place else "",
    }


def _card(number: int, result: Result, shown: Shown) -> Card:
    listing, known = result.listing, kinds_of_help()
    return Card(
        number=number,
        address=reverse("public:enterprise", args=[shown.enterprise.key]),
        name=listing.name,
        place=listing.place,
        away="" if result.metres is None else miles(result.metres),
        price="" if listing.hourly is None else f"From {money.shown(listing.hourly)} an hour",
        help=tuple(known[each.kind].name for each in shown.entry.offers if each.kind in known),
        has_space=listing.has_space,
        takes_direct_payments=listing.takes_direct_payments,
        elsewhere=shown.enterprise.feed.name if shown.enterprise.feed else "",
    )


def _map(place: Place, cards: Sequence[Card], found: Found) -> Markup:
    at = {number: result.listing for number, result in enumerate(found.results, (found.page - 1) * PAGE + 1)}
    marks = [
        Mark(each.number, each.name, each.address, at[each.number].easting, at[each.number].northing) for each in cards
    ]
    return rings(
        title=f"Care micro-enterprises around {place.name}",
        description="Each number is that of the list on this page. Places are rounded to the kilometre.",
        easting=place.easting,
        northing=place.northing,
        marks=marks,
    )


def _instead(place: NotPlaced) -> list[str]:
    """What may be looked for instead of a place that is none: where an ended postcode was, or names that are like it."""
    return [in_an_address(place.was)] if place.was else list(place.perhaps)


def _page(told: QueryDict) -> int:
    """The page asked for; the first where none is named that can be."""
    typed = told.get("page", "")
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 1


def _pages(request: HttpRequest, found: Found) -> dict[str, object] | None:
    """What the pagination is handed; None for a single page."""
    if found.pages <= 1:
        return None
    near = [each for each in range(1, found.pages + 1) if each in (1, found.pages) or abs(each - found.page) <= 1]
    items: list[dict[str, object]] = []
    for before, each in zip([0, *near], near, strict=False):
        if each > before + 1:
            items.append({"ellipsis": True})
        items.append({"number": each, "href": _address(request, page=str(each)), "current": each == found.page})
    told: dict[str, object] = {"items": items}
    if found.page > 1:
        told["previous"] = {"href": _address(request, page=str(found.page - 1))}
    if found.page < found.pages:
        told["next"] = {"href": _address(request, page=str(found.page + 1))}
    return told


def _address(request: HttpRequest, **changed: str) -> str:
    """The address of this page with something else looked for, on its first page; of everybody where nothing is."""
    told = {name: request.GET.getlist(name) for name in FindForm.base_fields}
    told |= {name: [value] for name, value in changed.items()}
    kept = {name: [each for each in values if each] for name, values in told.items()}
    return reverse("public:find", query={name: values for name, values in kept.items() if values} or EVERYBODY)
