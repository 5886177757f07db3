"""Drafting a run: for each person what is to be issued and why, a chunk at a time, so that it can be stopped and go on."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from farthing.councils.billing import Billing
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.charge import Charge, Undecided
from farthing.ledger.documents import Documents, Issued, documents, may_be_invoiced, reaches_too_far_back
from farthing.ledger.explanation import what_changed
from farthing.service.billing.kept import as_kept, to_keep
from farthing.service.billing.models import (
    BillingAccount,
    BillingRun,
    Hold,
    LineState,
    Paper,
    PaperKind,
    RunLine,
    paper_name,
)
from farthing.service.care.models import Service
from farthing.service.jobs.services import Advance
from farthing.service.ledger import runs
from farthing.service.ledger.charges import Known, known_of, policy
from farthing.service.ledger.seen import Seen, is_otherwise, seen_of
from farthing.service.people.models import Person


def draft(run: BillingRun, *, now: Callable[[], datetime], advance: Advance) -> None:
    """Draft what is not drafted yet of a run. Done again, it goes on where it was stopped, and alters no line."""
    rules = policy()
    runs.draft(run, concerned(run, rules), lambda people: _lines(run, people, rules), now=now, advance=advance)


def concerned(run: BillingRun, rules: Billing) -> QuerySet[Person]:
    """The people a run looks at and has no line for: not billed for care of its period yet, behind, or otherwise than known."""
    days = rules.calendar.period(run.period)
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    if run.person_id:
        people = Person.objects.filter(pk=run.person_id)
    else:
        account = BillingAccount.objects.filter(person=OuterRef("pk"))
        services = Service.objects.filter(person=OuterRef("pk"), starts_on__lte=last)
        with_care = services.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        alive = Q(died_on=None) | Q(died_on__gte=first)
        people = Person.objects.filter(
            alive & Exists(with_care) & ~Exists(account.filter(billed_until__gte=run.period))
            | Exists(services) & ~Exists(account)
            | Q(pk__in=_ended_later_than_billed(rules, first))
            | is_otherwise(BillingAccount)
            | Exists(standing().filter(person=OuterRef("pk")).exclude(retraction=None))
        )
    return people.exclude(pk__in=run.lines.values("person"))


def _ended_later_than_billed(rules: Billing, first: date) -> set[int]:
    """The keys of the people whose care ended before a period's first day, but after the last that they were billed for.

    It ends with the service or with the person, whichever comes first.
    """
    ended = Service.objects.filter(Q(ends_on__lt=first) | Q(person__died_on__lt=first))
    rows = ended.filter(person__billing_account__billed_until__gt=0).values_list(
        "person", "person__billing_account__billed_until", "ends_on", "person__died_on"
    )
    return {
        person
        for person, until, *ends in rows
        if min(end for end in ends if end).toordinal() > rules.calendar.period(until).last
    }


def _lines(run: BillingRun, people: Sequence[Person], rules: Billing) -> Iterator[RunLine]:
    seen = seen_of(people, BillingAccount, until="billed_until")
    until = {key: max(run.period, each.until) for key, each in seen.items()}
    last = rules.calendar.period(max(until.values())).last
    papers = _papers(people)
    starts = dict(
        Service.objects.filter(person__in=people, starts_on__lte=date.fromordinal(last))
        .values_list("person").annotate(first=Min("starts_on")).order_by()
    )  # fmt: skip
    look_from = {
        person.pk: _look_from(rules, seen[person.pk], starts.get(person.pk), papers[person.pk], until[person.pk])
        for person in people
    }
    issued = _issued(papers, look_from)
    held = set(Hold.objects.filter(person__in=people, ended_at=None).values_list("person", flat=True))
    known: dict[int, Known] = {}
    by_start = defaultdict(list)
    for person in people:
        by_start[look_from[person.pk]].append(person)
    for number, alike in by_start.items():
        known |= known_of(alike, Stretch(rules.calendar.period(number).first, last), rules)
    for person in people:
        line = RunLine(
            run=run, person=person, seen_change=seen[person.pk].change, seen_decision=known[person.pk].decision,
            died_on=person.died_on,
        )  # fmt: skip
        if _is_early(rules, seen[person.pk], starts.get(person.pk), run.period):
            line.state = LineState.EARLY
        else:
            periods = range(look_from[person.pk], until[person.pk] + 1)
            _fill(line, known[person.pk], periods, papers[person.pk], issued, rules)
        if person.pk in held and line.state in (LineState.READY, LineState.APPROVAL):
            line.state = LineState.HELD
        yield line


def _is_early(rules: Billing, seen: Seen, starts: date | None, period: int) -> bool:
    """Whether care began too late in the period for a first bill."""
    if seen.until or starts is None:
        return False
    return not may_be_invoiced(rules.calendar, max(starts.toordinal(), rules.calendar.first_day), period)


def _fill(
    line: RunLine,
    known: Known,
    periods: range,
    papers: Sequence[Paper],
    all_issued: Mapping[int, Issued],
    rules: Billing,
) -> None:
    """Put into a line what is to be issued for these periods, what it comes to, and how it differs from last time."""
    period = periods[-1]
    issued = {paper.name: all_issued[paper.pk] for paper in papers if paper.pk in all_issued}
    retracted = {paper.name for paper in papers if hasattr(paper, "retraction")}
    looked_at = [all_issued[paper.pk] for paper in papers if paper.last_period >= periods[0]]
    try:
        charges = known.charges(rules, periods)
    except Undecided as undecided:
        line.state = LineState.UNDECIDED
        line.says = [f"{str(undecided)[0].upper()}{str(undecided)[1:]}."]
        return
    found = documents(charges, looked_at, until=period, retracted=retracted)
    line.total = found.total
    line.drafted = {
        **to_keep(found.invoiced),
        "mirrored": [paper.pk for paper in papers if paper.name in {each.number for each in found.mirrored}],
    }
    line.before = sum(paper.total for paper in papers if paper.last_period == period - 1)
    line.differs = abs(line.total - line.before)
    line.says = list(_says(found, issued, period))
    far = reaches_too_far_back(found, today=line.run.issued_on.toordinal())
    line.state = LineState.APPROVAL if far else LineState.READY


def _says(found: Documents, issued: Mapping[str, Issued], period: int) -> Iterator[str]:
    """What changed: of each period taken back, week by week; of a period invoiced for the first time, against the last."""
    before = {number: charge for each in found.mirrored for number, charge in each.charges.items()}
    if found.invoiced and not issued:
        yield "This is the first bill."
    for each in found.mirrored:
        yield f"{each.number} is taken back."
    for number, charge in sorted(found.invoiced.items()):
        if number in before:
            was = {week.days.first: week for week in before[number].weeks}
            for week in charge.weeks:
                yield from what_changed(was.get(week.days.first), week)
    for number, charge in sorted(before.items()):
        if number not in found.invoiced:
            for week in charge.weeks:
                yield from what_changed(week, None)
    if period in found.invoiced and period not in before:
        last = next((each.charges[period - 1] for each in issued.values() if period - 1 in each.charges), None)
        if last and last.weeks and found.invoiced[period].weeks:
            yield from what_changed(last.weeks[-1], found.invoiced[period].weeks[-1])


def _look_from(rules: Billing, seen: Seen, starts: date | None, papers: Sequence[Paper], period: int) -> int:
    """The number of the first period to work out: of what was not billed yet, or of what is otherwise than when it was."""
    calendar = rules.calendar
    days = [seen.since] if seen.since else []
    if seen.until == 0 and starts:
        days.append(starts)
    numbers = [calendar.number_of(max(day.toordinal(), calendar.first_day)) for day in days]
    numbers += [min(seen.until + 1, period)] if seen.until else []
    numbers += [paper.first_period for paper in papers if hasattr(paper, "retraction")]
    look_from, reached = period + 1, min([period, *numbers])
    while reached < look_from:  # an invoice is looked at whole, and so are those of the days it reaches back to
        look_from = reached
        reached = min([look_from, *(paper.first_period for paper in papers if paper.last_period >= look_from)])
    return look_from


def standing() -> QuerySet[Paper]:
    """Invoices that no credit note has mirrored."""
    return Paper.objects.filter(kind=PaperKind.INVOICE, mirrored_by=None)


def _papers(people: Sequence[Person]) -> dict[int, list[Paper]]:
    """The invoices of people that stand, by person, without the charges on them."""
    found: dict[int, list[Paper]] = {person.pk: [] for person in people}
    rows = standing().filter(person__in=people).select_related("retraction").defer("charges", "says")
    for paper in rows.order_by("number"):
        found[paper.person_id].append(paper)
    return found


def _issued(papers: Mapping[int, Sequence[Paper]], look_from: Mapping[int, int]) -> dict[int, Issued]:
    """Invoices with the charges on them, by key: those that are looked at anew, and the last one before them."""
    wanted = [
        paper.pk for person, theirs in papers.items() for paper in theirs if paper.last_period >= look_from[person] - 1
    ]
    rows = Paper.objects.filter(pk__in=wanted).values_list("pk", "kind", "number", "charges")
    return {key: Issued(paper_name(PaperKind(kind), number), as_kept(charges)) for key, kind, number, charges in rows}


def charges_of(line: RunLine) -> dict[int, Charge]:
    """The charges a line is to invoice, by period."""
    return as_kept(line.drafted) if line.drafted else {}
