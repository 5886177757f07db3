"""Making listings: what is searched, there exactly as long as an enterprise may be shown. Nothing else writes them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from farthing.service.directory.checks import FOR_EVER, all_hold_until, needed_checks, newest
from farthing.service.directory.entry import Entry, Per
from farthing.service.directory.grid import to_the_kilometre
from farthing.service.directory.models import (
    Check,
    CheckKind,
    Enterprise,
    Listing,
    ListingHours,
    ListingTerm,
    Space,
    State,
)
from farthing.service.directory.places import NotPlaced, Place, name_of, place_of
from farthing.service.directory.search import listing_words

AT_ONCE = 500
"""Enterprises refreshed in one transaction."""


def entry_of(enterprise: Enterprise) -> Entry:
    """The published entry of an enterprise. Raises ``ValueError`` where none was published."""
    if enterprise.published is None:
        raise ValueError(f"{enterprise.reference} has no published entry")
    return Entry.of(enterprise.published.content)


def refresh(enterprises: Iterable[Enterprise], *, today: date) -> None:
    """Make, renew or drop the listings of enterprises, by how they stand in the database. Twice is as good as once."""
    keys = sorted({enterprise.pk for enterprise in enterprises})
    for first in range(0, len(keys), AT_ONCE):
        _refresh(keys[first : first + AT_ONCE], today)


@transaction.atomic
def _refresh(keys: Sequence[int], today: date) -> None:
    found = Enterprise.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("published")
    enterprises = list(found.order_by("pk"))
    checks = _checks_that_count([each.pk for each in enterprises if each.state == State.PUBLISHED])
    before = Listing.objects.in_bulk(keys)
    made, terms, hours = [], [], []
    for enterprise in enterprises:
        if (listed := _listed(enterprise, checks[enterprise.pk], before.get(enterprise.pk), today)) is None:
            continue
        entry = entry_of(enterprise)
        made.append(listed)
        terms += [ListingTerm(listing=listed, term=term) for term in sorted(_terms(entry))]
        hours += [
            ListingHours(listing=listed, day=each.day, opens=each.opens, closes=each.closes) for each in entry.hours
        ]
    Listing.objects.filter(pk__in=before).delete()
    Listing.objects.bulk_create(made)
    ListingTerm.objects.bulk_create(terms, batch_size=1000)
    ListingHours.objects.bulk_create(hours, batch_size=1000)


def _checks_that_count(keys: Sequence[int]) -> dict[int, dict[CheckKind, Check]]:
    by_enterprise: defaultdict[int, list[Check]] = defaultdict(list)
    for check in Check.objects.filter(enterprise_id__in=keys):
        by_enterprise[check.enterprise_id].append(check)
    return defaultdict(dict, {key: newest(each) for key, each in by_enterprise.items()})


def _listed(
    enterprise: Enterprise, counting: dict[CheckKind, Check], before: Listing | None, today: date
) -> Listing | None:
    """The listing an enterprise has today; None where it may not be shown. Another council vouches for its own."""
    if enterprise.state != State.PUBLISHED or enterprise.published is None:
        return None
    entry = entry_of(enterprise)
    until = FOR_EVER if enterprise.feed_id else all_hold_until(needed_checks(entry), counting)
    if until < today or (place := _place(entry, before)) is None:
        return None
    name_words, words = listing_words(entry, place.name)
    easting, northing = to_the_kilometre(place.easting, place.northing)
    return Listing(
        enterprise=enterprise,
        name=entry.name,
        place=place.name,
        easting=easting,
        northing=northing,
        travels=entry.travels,
        shown_until=None if until == FOR_EVER else until,
        name_words=name_words,
        words=words,
        hourly=min(
            (each.pence for each in entry.offers if each.per == Per.HOUR and each.pence is not None), default=None
        ),
        minimum_age=entry.minimum_age,
        maximum_age=entry.maximum_age,
        any_age=entry.any_age,
        has_space=enterprise.space == Space.SPACE,
        drives=entry.drives is True,
        takes_direct_payments=entry.takes_direct_payments is True,
        welcomes_self_funders=entry.welcomes_self_funders is True,
        changed_at=enterprise.changed_at,
    )


def _place(entry: Entry, before: Listing | None) -> Place | None:
    """Where an enterprise is. A postcode that has ended since is where it was, one no longer known where it was listed."""
    found = place_of(entry.postcode)
    where = found.was if isinstance(found, NotPlaced) else found
    if where is not None:
        return Place(name_of(where.easting, where.northing), where.easting, where.northing)
    return Place(before.place, before.easting, before.northing) if before else None


def _terms(entry: Entry) -> set[str]:
    return {
        *(each.kind for each in entry.offers),
        *entry.helps,
        *(f"language:{language}" for language in entry.languages),
    }
