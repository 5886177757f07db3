"""Care and bills of the invented people: planned for those with a decision, billed for the last four weeks, one run to review."""

from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

from django.conf import settings

from farthing.base.refusal import Refusal
from farthing.councils.billing import sends_bills
from farthing.ledger.care import Unit
from farthing.service.access.models import Account
from farthing.service.assessments.models import Decision
from farthing.service.billing import services as billing
from farthing.service.billing.drafting import draft
from farthing.service.billing.models import LineState
from farthing.service.billing.releasing import release
from farthing.service.care import services as care
from farthing.service.care.models import Provider, Service, StopReason, TakenAs
from farthing.service.care.visits import bring_in
from farthing.service.clock import day_of
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from farthing.service.direct_payments.drafting import draft as draft_payments
from farthing.service.direct_payments.services import accounts, agreements, requests
from farthing.service.direct_payments.services import runs as payment_runs
from farthing.service.ledger.charges import policy
from farthing.service.people.models import Person

PROVIDERS = ("Nowhere Home Care", "Invented Carers", "The Madeup Day Service")
AT_HOME = "own_home"

EVERY_DAY = (1,) * 7
WEEKDAYS = (60,) * 5 + (0, 0)
PLANS = (
    ("home_care", Unit.HOUR, (60,) * 7, 2_180, TakenAs.ARRANGED),
    ("home_care", Unit.HOUR, WEEKDAYS, 2_240, TakenAs.ARRANGED),
    ("day_service", Unit.DAY, (1, 0, 1, 0, 1, 0, 0), 4_850, TakenAs.ARRANGED),
    ("home_care", Unit.WEEK, EVERY_DAY, 21_500, TakenAs.DIRECT_PAYMENT),
    ("home_care", Unit.VISIT, (2,) * 7, 1_190, TakenAs.ARRANGED),
)
"""What is planned in turn: kind, what it is priced by, on each day, pence a unit, and how it is taken. What is delivered
of the first is charged, and comes in a file."""

ONE_IN_HOSPITAL, ONE_NOT_TOLD, ONE_HELD = 11, 13, 17
"""Of so many people one was in hospital for a week; one was never told of the cost; the bills of one are on hold."""


def plan_and_bill(now: datetime, *, officer: Account, clerk: Account, drawn: Random) -> None:
    """Plan care for everybody with a decision that still holds, and bill the last four weeks that have ended.

    Afterwards a few things change, and the run that follows from them waits to be reviewed.
    """
    if not sends_bills(settings.FARTHING_COUNCIL):
        return
    calendar, today = policy().calendar, day_of(now)
    ended = calendar.number_of(today.toordinal()) - 1
    if ended < 1:
        return
    first = date.fromordinal(calendar.period(ended).first)
    providers = [Provider.objects.get_or_create(name=name)[0] for name in PROVIDERS]
    people = [each.person for each in _standing()]
    for number, person in enumerate(people):
        _plan(person, number, first, providers, officer, now, drawn)
    bring_in(BytesIO(_visits(people, first, drawn)), by=clerk, at=now)
    _bill(ended, clerk, now)
    _pay_directly(people, officer, clerk, now)
    for service in Service.objects.filter(person__in=people).order_by("id")[:3]:
        care.change_rate(service, since=first + timedelta(14), pence=2_600, by=officer, at=now, version=service.version)
    run = billing.begin_run_here(ended, by=clerk, at=now)
    draft(run, now=lambda: now, advance=lambda done, total: None)


def _standing() -> list[Decision]:
    found = Decision.objects.filter(superseded_by=None, person__died_on=None).select_related("person")
    return [each for each in found.order_by("id") if _setting(each.person) == AT_HOME]


def _setting(person: Person) -> str | None:
    return next((each.value for each in person.facts.filter(fact="setting").order_by("-id")), None)


def _plan(
    person: Person, number: int, first: date, providers: list[Provider], officer: Account, now: datetime, drawn: Random
) -> None:
    kind, unit, planned, pence, taken_as = PLANS[number % len(PLANS)]
    decided_from = person.decisions.order_by("id").values_list("effective_from", flat=True)[0]
    starts = max(first + timedelta(drawn.randrange(14)) if number % 3 == 0 else first, decided_from)
    care.record_needs(
        person, is_eligible=True, decided_on=starts, review_by=starts + timedelta(365), says="Help with washing and meals.",
        by=officer, at=now,
    )  # fmt: skip
    service = care.plan_service(
        person, kind=kind, unit=unit, planned=planned, pence=pence, starts_on=starts, taken_as=taken_as,
        provider=providers[number % len(providers)], is_by_delivery=number % len(PLANS) == 0, by=officer, at=now,
    )  # fmt: skip
    if number % ONE_NOT_TOLD:
        care.give_notice(service, on=starts, by=officer, at=now)
    if number % ONE_IN_HOSPITAL == 5:
        care.stop_care(
            person,
            StopReason.HOSPITAL,
            first=first + timedelta(9),
            last=None if number == 5 else first + timedelta(15),
            by=officer,
            at=now,
        )
    if number % ONE_HELD == 7:
        billing.hold(person, reason="The family disputes the first weeks of care.", by=officer, at=now)


def _visits(people: list[Person], first: date, drawn: Random) -> bytes:
    """A provider's file of visits, most of them as planned, and two rows that cannot be."""
    lines = ["service reference,person reference,day,start time,minutes,visit reference"]
    for service in (
        Service.objects.filter(person__in=people, is_by_delivery=True).order_by("id").select_related("person")
    ):
        since = max(first, service.starts_on)
        for day in range((first + timedelta(28) - since).days):
            minutes = drawn.choice((60, 60, 60, 45, 75))
            on = since + timedelta(day)
            lines.append(
                f"{service.reference},{service.person.reference},{on},09:{drawn.randrange(60):02},{minutes},N{len(lines)}"
            )
    lines += [f"SV-2222-2222,P-2222-2222,{first},09:00,60,N-unknown", "cut short"]
    return "\n".join([*lines, ""]).encode()


def _pay_directly(people: list[Person], officer: Account, clerk: Account, now: datetime) -> None:
    """Agree on a direct payment with those who take their care so, and draft the coming four weeks of it."""
    calendar = policy().calendar
    coming = calendar.number_of(day_of(now).toordinal()) + 1
    starts = date.fromordinal(calendar.period(coming).first)
    taking = [each for each in people if each.services.filter(taken_as=TakenAs.DIRECT_PAYMENT).exists()]
    for number, person in enumerate(taking):
        request = requests.ask(person, by=officer, at=now)
        answers = {each.key: True for each in CONDITIONS[ManagedBy.PERSON]}
        requests.decide(request, answers, by=officer, at=now)
        account = accounts.key_account(
            person,
            sort_code="00-99-99",
            account_number=f"{number + 1:08}",
            name=person.full_name[:18],
            by=officer,
            at=now,
        )
        accounts.check_account(account, seen="An invented statement", by=clerk, at=now)
        try:
            agreement = agreements.offer(
                request,
                starts_on=starts,
                spent_on=["A personal assistant"],
                account=account,
                surplus_weeks=8,
                by=officer,
                at=now,
            )
        except Refusal:  # the contribution is as much as the care costs: nothing is paid directly
            continue
        agreements.sign(agreement, signed_on=day_of(now), evidence="Paper 1", by=officer, at=now)
    run = payment_runs.begin_run_here(coming, by=clerk, at=now)
    draft_payments(run, now=lambda: now, advance=lambda done, total: None)


def _bill(period: int, clerk: Account, now: datetime) -> None:
    run = billing.begin_run_here(period, by=clerk, at=now)
    draft(run, now=lambda: now, advance=lambda done, total: None)
    for line in run.lines.filter(state=LineState.APPROVAL)[:2]:
        billing.approve_line(
            line, reason="The decision came late, through no fault of theirs.", instalments=4, by=clerk, at=now
        )
    billing.release_run_here(run, by=clerk, at=now)
    release(run, now=lambda: now, advance=lambda done, total: None)
