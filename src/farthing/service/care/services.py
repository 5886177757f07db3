"""Recording needs, planning services, changing them, telling people of the cost, and stopping care for a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.ledger.care import Rate, Unit
from farthing.ledger.care import Service as Reckoned
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.care import charging
from farthing.service.care.letter_fields import Telling, cost_notice_fields, letter_cause
from farthing.service.care.models import (
    CareChange,
    ChargedWithoutNotice,
    CostNotice,
    NeedsOutcome,
    Provider,
    Service,
    ServiceRate,
    Stop,
    StopReason,
    TakenAs,
    Visit,
    VisitChange,
)
from farthing.service.clock import day_of
from farthing.service.correspondence.services import send, write
from farthing.service.people.models import LetterForm, Person
from farthing.service.people.services import Overtaken

SHORTEST_REASON = 20
"""Letters. A reason is a sentence that can be read to the person."""

MOST_MINUTES, MOST_UNITS = 24 * 60, 24
"""What can be delivered of one visit at most."""


def record_needs(
    person: Person, *, is_eligible: bool, decided_on: date, review_by: date, says: str = "", by: Account, at: datetime
) -> NeedsOutcome:
    """Record what a needs assessment came to. Raises ``Refusal`` where it is to be reviewed before it was made."""
    if review_by <= decided_on:
        raise Refusal(Problem("review_by", "is not after the day it was decided", "Give a later day"))
    with transaction.atomic():
        outcome = NeedsOutcome.objects.create(
            person=person, is_eligible=is_eligible, decided_on=decided_on, review_by=review_by, reviewer=by, says=says.strip(),
            recorded_at=at,
        )  # fmt: skip
        record(action="needs recorded", actor=by.actor, about=person.reference, at=at, eligible=is_eligible)
    return outcome


def provider_named(name: str) -> Provider | None:
    """The provider of a name, put on the list where it is new; None for no name."""
    called = " ".join(name.split())
    return Provider.objects.get_or_create(name=called)[0] if called else None


def plan_service(
    person: Person,
    *,
    kind: str,
    unit: Unit,
    planned: Sequence[int],
    pence: int,
    starts_on: date,
    ends_on: date | None = None,
    is_by_delivery: bool = False,
    taken_as: TakenAs = TakenAs.ARRANGED,
    provider: Provider | None = None,
    by: Account,
    at: datetime,
) -> Service:
    """Plan a service at a rate in pence a unit. Raises ``Refusal`` with everything about it that cannot be."""
    problems = []
    if not charging.is_known(kind):
        problems.append(Problem("kind", "is not a kind of service", "Choose one of those on the page"))
    if ends_on is not None and ends_on < starts_on:
        problems.append(Problem("ends_on", "is before it starts", "Give a later day, or none"))
    rates = (Rate(starts_on.toordinal(), pence),)
    try:
        Reckoned("", "", unit, starts_on.toordinal(), rates, tuple(planned), is_by_delivery=is_by_delivery)
    except ValueError as error:
        problems.append(Problem("planned", f"cannot be: {error}", "Check what is planned on each day, and the rate"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        service = Service.objects.create(
            person=person, provider=provider, kind=kind, unit=unit, planned=list(planned), is_by_delivery=is_by_delivery,
            taken_as=taken_as, starts_on=starts_on, ends_on=ends_on, agreed_by=by, agreed_at=at,
        )  # fmt: skip
        ServiceRate.objects.create(service=service, since=starts_on, pence=pence)
        changed_from({person.pk: starts_on})
        record(action="service planned", actor=by.actor, about=person.reference, at=at, service=service.reference)
    return service


def end_service(service: Service, ends_on: date | None, *, by: Account, at: datetime, version: int) -> None:
    """End a service on any day, or take its end away. Raises ``Overtaken``, and ``Refusal`` for a day before it starts."""
    if ends_on is not None and ends_on < service.starts_on:
        problem = f"is before it starts on {in_words(service.starts_on.toordinal())}"
        raise Refusal(Problem("ends_on", problem, "Give a later day"))
    with transaction.atomic():
        ended = service.ends_on
        _change(service, version, ends_on=ends_on)
        changed_from({service.person_id: min(ended or date.max, ends_on or date.max)})
        record(action="service ended", actor=by.actor, about=service.person.reference, at=at, service=service.reference)


def change_rate(service: Service, *, since: date, pence: int, by: Account, at: datetime, version: int) -> None:
    """Give a service another rate from a day on. Raises ``Overtaken``, and ``Refusal`` before it starts or below nought."""
    if since < service.starts_on or pence < 0:
        what = "since" if since < service.starts_on else "pence"
        raise Refusal(Problem(what, "is before the service starts, or below nought", "Check the day and the rate"))
    with transaction.atomic():
        _change(service, version)
        ServiceRate.objects.update_or_create(service=service, since=since, defaults={"pence": pence})
        changed_from({service.person_id: since})
        record(action="rate changed", actor=by.actor, about=service.person.reference, at=at, service=service.reference)


def give_notice(
    service: Service, *, on: date, by: Account, at: datetime, with_letter: Telling | None = None
) -> CostNotice:
    """Record that the person was told in writing on a day what a service costs and what they would pay.

    ``with_letter`` has us write and send that letter, with what it is to say beside the care. Raises ``Refusal`` where a
    notice of that day is there already, and for a letter that is dated another day or has nothing to tell.
    """
    if with_letter and on != day_of(at):
        raise Refusal(Problem("on", "is not today, and the letter goes out today", "Give today as the day"))
    try:
        with transaction.atomic():
            notice = CostNotice.objects.create(service=service, issued_on=on, issued_by=by)
            changed_from({service.person_id: service.starts_on})
            if with_letter:
                _send_letter(notice, with_letter, by=by, at=at)
            record(action="cost notice given", actor=by.actor, about=service.person.reference, at=at,
                   service=service.reference)  # fmt: skip
    except IntegrityError as error:
        raise Refusal(
            Problem("on", "is a day on which it was told already", "Look at the notices there are")
        ) from error
    return notice


def _send_letter(notice: CostNotice, telling: Telling, *, by: Account, at: datetime) -> None:
    person = notice.service.person
    letter = write(
        "cost_notice",
        person=person,
        cause=letter_cause(notice),
        fields=cost_notice_fields(notice.service, telling, on=notice.issued_on),
        form=LetterForm.STANDARD if person.letters_as == LetterForm.STANDARD else LetterForm.LARGE_PRINT,
        at=at,
        by=by.actor,
    )
    send(letter, at=at, by=by.actor)


def acknowledge(notice: CostNotice, *, on: date, who: str, by: Account, at: datetime) -> None:
    """Record who said on a day that they had the notice. Doing it twice keeps the first."""
    with transaction.atomic():
        if CostNotice.objects.filter(pk=notice.pk, acknowledged_on=None).update(
            acknowledged_on=on, acknowledged_by=who.strip()
        ):
            record(action="cost notice acknowledged", actor=by.actor, about=notice.service.person.reference, at=at,
                   service=notice.service.reference)  # fmt: skip
        notice.refresh_from_db()


def charge_without_notice(service: Service, *, since: date, reason: str, by: Account, at: datetime) -> None:
    """Let a service be charged for from a day on though no notice was given. Raises ``Refusal`` without a reason."""
    _refuse_short(reason)
    with transaction.atomic():
        ChargedWithoutNotice.objects.create(service=service, since=since, reason=reason.strip(), by=by, at=at)
        changed_from({service.person_id: service.starts_on})
        record(action="charged without notice", actor=by.actor, about=service.person.reference, at=at,
               service=service.reference)  # fmt: skip


def stop_care(
    person: Person,
    reason: StopReason,
    *,
    first: date,
    last: date | None = None,
    service: Service | None = None,
    by: Account,
    at: datetime,
) -> Stop:
    """Record days on which care stops, of one service or of all. Raises ``Refusal`` where they end before they begin."""
    if last is not None and last < first:
        raise Refusal(Problem("last", "is before the first day", "Give a later day, or none"))
    if service is not None and service.person_id != person.pk:
        raise Refusal(Problem("service", "is somebody else's", "Choose one of this person's services"))
    with transaction.atomic():
        stop = Stop.objects.create(
            person=person, service=service, reason=reason, first=first, last=last, recorded_by=by, recorded_at=at
        )
        changed_from({person.pk: first})
        record(action="care stopped", actor=by.actor, about=person.reference, at=at, reason=str(reason))
    return stop


def care_goes_on(stop: Stop, *, last: date, by: Account, at: datetime) -> None:
    """Record the last day of a stop. Raises ``Refusal`` before its first day."""
    if last < stop.first:
        raise Refusal(Problem("last", "is before the first day", "Give a later day"))
    with transaction.atomic():
        Stop.objects.filter(pk=stop.pk).update(last=last)
        stop.refresh_from_db()
        changed_from({stop.person_id: stop.first})
        record(action="care goes on", actor=by.actor, about=stop.person.reference, at=at, reason=stop.reason)


def key_visit(service: Service, *, day: date, amount: int, outside_reference: str, by: Account, at: datetime) -> Visit:
    """Key one visit by hand. Raises ``Refusal`` for a day without the service, an amount of nought, or one keyed already."""
    if not service.starts_on <= day <= (service.ends_on or date.max):
        raise Refusal(Problem("day", "is not a day of this service", "Check the day, or the end of the service"))
    if service.person.died_on and day > service.person.died_on:
        raise Refusal(Problem("day", "is after the person died", "Check the day with the provider"))
    _refuse_amount(service, amount)
    try:
        with transaction.atomic():
            changed_from({service.person_id: day})
            visit = Visit.objects.create(
                service=service, day=day, amount=amount, outside_reference=outside_reference, keyed_by=by, recorded_at=at
            )  # fmt: skip
            record(
                action="visit keyed", actor=by.actor, about=service.person.reference, at=at, service=service.reference
            )
    except IntegrityError as error:
        raise Refusal(
            Problem("outside_reference", "was recorded already", "Check it against the visits on file")
        ) from error
    return visit


def change_visit(visit: Visit, *, amount: int, reason: str, by: Account, at: datetime, version: int) -> None:
    """Put right what was delivered: minutes or units. Raises ``Overtaken``, and ``Refusal`` as ``key_visit`` does."""
    _refuse_amount(visit.service, amount)
    _put_right(visit, amount, "visit changed", reason=reason, by=by, at=at, version=version)


def take_back(visit: Visit, *, reason: str, by: Account, at: datetime, version: int) -> None:
    """Take back a visit that was not made: it stays on file, with nothing delivered. Raises as ``change_visit`` does."""
    _put_right(visit, 0, "visit taken back", reason=reason, by=by, at=at, version=version)


def wait_for_turn(people: Iterable[int]) -> None:
    """Let nobody else change the care of people, by their keys, until the caller's transaction ends."""
    list(Person.objects.select_for_update().filter(pk__in=set(people)).order_by("pk").values_list("pk"))


def changed_from(days: Mapping[int, date]) -> None:
    """Note, in the caller's transaction, from which day on the care of each person, by key, was recorded otherwise."""
    wait_for_turn(days)  # which numbers them one after another
    rows = CareChange.objects.filter(person__in=days).values_list("person").annotate(number=Max("number"))
    last = dict(rows.order_by())
    CareChange.objects.bulk_create(
        CareChange(person_id=person, number=last.get(person, 0) + 1, since=since) for person, since in days.items()
    )


def _refuse_amount(service: Service, amount: int) -> None:
    most = MOST_MINUTES if service.unit == Unit.HOUR else MOST_UNITS
    if service.unit == Unit.WEEK:
        problem = Problem("amount", "is not asked for: the service is priced by the week", "Key no visits of it")
    elif amount < 1:
        problem = Problem("amount", "is nought or less", "Give what was delivered")
    elif amount > most:
        problem = Problem("amount", f"is more than {most:,}", "Give what was delivered: minutes, or units")
    else:
        return
    raise Refusal(problem)


def _put_right(visit: Visit, amount: int, action: str, *, reason: str, by: Account, at: datetime, version: int) -> None:
    _refuse_short(reason)
    person = visit.service.person
    with transaction.atomic():
        changed_from({person.pk: visit.day})
        before, rows = visit.amount, Visit.objects.filter(pk=visit.pk, version=version)
        if not rows.update(version=F("version") + 1, amount=amount):
            raise Overtaken
        VisitChange.objects.create(visit=visit, before=before, after=amount, reason=reason.strip(), by=by, at=at)
        visit.refresh_from_db(fields=["amount", "version"])
        record(action=action, actor=by.actor, about=person.reference, at=at, service=visit.service.reference)


def _refuse_short(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(Problem("reason", "is too short to be understood later", "Say in a sentence why"))


def _change(service: Service, version: int, **changed: Any) -> None:
    rows = Service.objects.filter(pk=service.pk, version=version)
    if not rows.update(version=F("version") + 1, **changed):
        raise Overtaken
    service.refresh_from_db()
