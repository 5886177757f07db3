"""Care as the ledger reads it: services at their rates, what was delivered, and the days on which care stops."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import FOR_EVER, Break, Care, Rate, TakenAs, Unit, Why
from farthing.ledger.care import Service as Reckoned
from farthing.service.care import charging
from farthing.service.care.models import ChargedWithoutNotice, CostNotice, Service, ServiceRate, Stop, Visit
from farthing.service.people.models import Person


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
    stops = _by_person(Stop.objects.filter(person__in=people, first__lte=last).exclude(last__lt=first), stopping)
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


def waiting_for_notice(person: Person) -> list[Service]:
    """A person's services that may be charged for by the law and are not, because nobody was told of the cost."""
    services = [each for each in person.services.order_by("pk") if charging.is_ever_charged(each.kind)]
    charged = _charged_from(services)
    return [each for each in services if each.pk not in charged]


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
    return {
        each.pk: max(date.fromordinal(charging.first_day_not_free(each.kind, each.starts_on)), min(told[each.pk]))
        for each in services
        if told[each.pk] and charging.is_ever_charged(each.kind)
    }


def _by_person(stops: Iterable[Stop], stopping: Collection[Why]) -> Mapping[int, list[Break]]:
    found: dict[int, list[Break]] = defaultdict(list)
    references = dict(Service.objects.filter(stops__in=stops).values_list("pk", "reference"))
    for stop in stops:
        if (why := Why(stop.reason)) is Why.HOLD or why in stopping:
            last = stop.last.toordinal() if stop.last else FOR_EVER
            service = references[stop.service_id] if stop.service_id else ""
            found[stop.person_id].append(Break(why, Stretch(stop.first.toordinal(), last), service))
    return found
