"""Care as the ledger reads it: services at their rates, what was delivered, and the days on which care stops."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import F, Prefetch

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import FOR_EVER, Break, Care, Rate, TakenAs, Unit, Why
from farthing.ledger.care import Service as Reckoned
from farthing.service.care import charging
from farthing.service.care.models import (
    ChargedWithoutNotice,
    CostNotice,
    NeedsOutcome,
    Provider,
    Service,
    ServiceRate,
    Stop,
    Visit,
    VisitChange,
    VisitsFile,
)
from farthing.service.people.models import Person

MOST_VISITS = 500
"""So many fit on a page; six weeks of five a day are 210."""


def care_of(person: Person, days: Stretch, *, stopping: Collection[Why]) -> Care:
    """One person's care over some days, with nothing charged that was not told of. See ``cares_of``."""
    return cares_of([person], days, stopping=stopping)[person.pk]


def cares_of(persons: Iterable[Person], days: Stretch, *, stopping: Collection[Why]) -> dict[int, Care]:
    """The care of people over some days, by their keys. ``stopping`` are the reasons that stop a charge, as policy says.

    A hold always stops it, and so does a death. What may not be charged for yet, for want of a notice of its cost, is
    there as care that is not chargeable.
    """
    people = {person.pk: person for person in persons}
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    services = Service.objects.filter(person__in=people, starts_on__lte=last).exclude(ends_on__lt=first)
    reckoned = _reckoned(list(services.order_by("pk")))
    found = Stop.objects.filter(person__in=people, first__lte=last).exclude(last__lt=first)
    stops = _by_person(found.select_related("service"), stopping)
    delivered: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    visits = Visit.objects.filter(service__person__in=people, day__range=(first, last))
    for person, reference, day, amount in visits.values_list("service__person", "service__reference", "day", "amount"):
        key = reference, day.toordinal()
        delivered[person][key] = delivered[person].get(key, 0) + amount
    return {
        pk: Care(
            services=tuple(reckoned.get(pk, ())),
            breaks=tuple(stops.get(pk, ())),
            delivered=delivered.get(pk, {}),
            died=person.died_on.toordinal() if person.died_on else None,
        )
        for pk, person in people.items()
    }


def charged_from(service: Service) -> date | None:
    """From which day the law and the notice of its cost let a service be charged for; None where they do not."""
    return _charged_from([service]).get(service.pk)


def charged_since(services: Collection[Service]) -> dict[int, date]:
    """Of services as ``services_of`` gives them, by their keys, those that may be charged for, each with its first day."""
    told = {
        each.pk: [
            *(notice.issued_on for notice in each.notices.all()),
            *(without.since for without in each.charged_without_notice.all()),
        ]
        for each in services
    }
    return dict(_days_charged_from(services, told))


def services_of(person: Person) -> list[Service]:
    """A person's services with their rates and notices, those that run or are to come first, then by start."""
    found = person.services.select_related("provider", "agreed_by").order_by(
        F("ends_on").desc(nulls_first=True), "starts_on"
    )
    rates = Prefetch("rates", ServiceRate.objects.order_by("since"))
    notices = Prefetch("notices", CostNotice.objects.select_related("issued_by").order_by("issued_on"))
    overridden = Prefetch("charged_without_notice", ChargedWithoutNotice.objects.select_related("by").order_by("pk"))
    return list(found.prefetch_related(rates, notices, overridden))


def service_for(person: Person, reference: str) -> Service | None:
    """A person's service by its reference, as ``services_of`` gives it."""
    return next((each for each in services_of(person) if each.reference == reference), None)


def notice_for(person: Person, number: int) -> CostNotice | None:
    """A notice of the cost of one of a person's services, by its key."""
    return CostNotice.objects.filter(service__person=person, pk=number).select_related("service__person").first()


def notices_not_acknowledged(person: Person) -> list[CostNotice]:
    """The newest notice of each of a person's services, where nobody has said yet that they had it."""
    found = CostNotice.objects.filter(service__person=person).select_related("service__provider").order_by("issued_on")
    newest = {each.service_id: each for each in found}
    return [each for each in newest.values() if each.acknowledged_on is None]


def needs_of(person: Person) -> list[NeedsOutcome]:
    """What needs assessments came to, the latest first."""
    return list(person.needs_outcomes.select_related("reviewer").order_by("-decided_on", "-pk"))


def stops_of(person: Person) -> list[Stop]:
    """The days on which care stops or stopped, the latest first."""
    return list(person.stops.select_related("service", "recorded_by").order_by("-first", "-pk"))


def visits_of(person: Person, since: date) -> list[Visit]:
    """What was delivered to a person from a day on, the latest first; those taken back too."""
    found = Visit.objects.filter(service__person=person, day__gte=since).select_related("service", "file", "keyed_by")
    return list(found.order_by("-day", "-pk")[:MOST_VISITS])


def visit_for(person: Person, number: int) -> Visit | None:
    """A person's visit by its key."""
    found = Visit.objects.filter(service__person=person, pk=number)
    return found.select_related("service__person", "file", "keyed_by").first()


def changes_of(visit: Visit) -> list[VisitChange]:
    """How a visit was put right, the first time first."""
    return list(visit.changes.select_related("by").order_by("pk"))


def providers() -> list[str]:
    """The names of everybody who gives care."""
    return list(Provider.objects.order_by("name").values_list("name", flat=True))


def files(*, most: int = 50) -> list[VisitsFile]:
    """The files of visits that were brought in, the latest first, without what was refused of them."""
    return list(VisitsFile.objects.select_related("by").defer("refused").order_by("-pk")[:most])


def file_for(reference: str) -> VisitsFile | None:
    """A file of visits by its reference."""
    return VisitsFile.objects.filter(reference=reference).select_related("by").first()


def _reckoned(services: list[Service]) -> dict[int, list[Reckoned]]:
    rates: dict[int, list[Rate]] = defaultdict(list)
    for service, since, pence in (
        ServiceRate.objects.filter(service__in=services).order_by("since").values_list("service", "since", "pence")
    ):
        rates[service].append(Rate(since.toordinal(), pence))
    charged = _charged_from(services)
    found: dict[int, list[Reckoned]] = defaultdict(list)
    for each in services:
        found[each.person_id] += _parts(each, tuple(rates[each.pk]), charged.get(each.pk))
    return found


def _parts(service: Service, rates: tuple[Rate, ...], charged: date | None) -> Iterator[Reckoned]:
    """A service in one part, or in two where it is charged for from a later day than it starts on."""
    starts, ends = service.starts_on.toordinal(), service.ends_on.toordinal() if service.ends_on else FOR_EVER
    since = charged.toordinal() if charged else ends + 1
    for first, last, is_chargeable in ((starts, min(since - 1, ends), False), (max(since, starts), ends, True)):
        if first <= last:
            yield Reckoned(
                reference=service.reference,
                says=charging.in_words(service.kind),
                unit=Unit(service.unit),
                starts=first,
                ends=last,
                rates=rates,
                planned=tuple(service.planned),
                is_by_delivery=service.is_by_delivery,
                is_chargeable=is_chargeable,
                taken_as=TakenAs(service.taken_as),
            )


def _charged_from(services: list[Service]) -> dict[int, date]:
    """The later of the first day the law does not make free, and the day of the notice, where that came after the start."""
    told: dict[int, list[date]] = defaultdict(list)
    notices = CostNotice.objects.filter(service__in=services).values_list("service", "issued_on")
    overridden = ChargedWithoutNotice.objects.filter(service__in=services).values_list("service", "since")
    for service, day in (*notices, *overridden):
        told[service].append(day)
    return dict(_days_charged_from(services, told))


def _days_charged_from(services: Iterable[Service], told: Mapping[int, Collection[date]]) -> Iterator[tuple[int, date]]:
    for each in services:
        if (days := told.get(each.pk)) and charging.is_ever_charged(each.kind):
            yield each.pk, max(date.fromordinal(charging.first_day_not_free(each.kind, each.starts_on)), min(days))


def _by_person(stops: Iterable[Stop], stopping: Collection[Why]) -> Mapping[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    for stop in stops:
        if (why := Why(stop.reason)) is Why.HOLD or why in stopping:
            last = stop.last.toordinal() if stop.last else FOR_EVER
            service = stop.service.reference if stop.service else ""
            found[stop.person_id].append(Break(why, Stretch(stop.first.toordinal(), last), service))
    return found
