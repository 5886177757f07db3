"""Loading the invented council: every story told in the order of time, so that all that follows from it is in order too."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from django.conf import settings
from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.assessments.models import How
from farthing.service.clock import LONDON, day_of
from farthing.service.correspondence.channels import Answer
from farthing.service.correspondence.models import DeliveryState
from farthing.service.correspondence.selectors import waiting as waiting_to_go
from farthing.service.correspondence.services import learn
from farthing.service.demonstration.bills import plan_and_bill
from farthing.service.demonstration.case import Case, Story, in_office_hours
from farthing.service.demonstration.directory import keep_directory
from farthing.service.demonstration.invented import Identity, identities
from farthing.service.demonstration.money import answers_of, rows
from farthing.service.demonstration.staff import Staff, make_everybody
from farthing.service.demonstration.stories import STORIES, Telling, decided, draft_left_alone
from farthing.service.people.models import Authority
from farthing.service.people.selectors import anybody
from farthing.service.references import references_drawn_from

PEOPLE = 300
SEED = 20260
STAFF_CAME = timedelta(days=420)
LETTERS_GO_AT = time(17, 30)
STILL_TO_PRINT = timedelta(days=4)
"""Letters of the last days are left for the print run, to be seen at work."""
DETAILS_DECLINED_BY_EVERY = 23
"""One in so many of those decided chose not to give details."""

HOW = (How.ONLINE, How.ONLINE, How.ONLINE, How.TELEPHONE, How.POST, How.VISIT)
AUTHORITIES = (
    Authority.SELF, Authority.POWER_OF_ATTORNEY, Authority.SELF, Authority.DEPUTY, Authority.SELF, Authority.APPOINTEE,
    Authority.POWER_OF_ATTORNEY, Authority.NOMINEE,
)  # fmt: skip


def load(
    now: datetime,
    *,
    people: int = PEOPLE,
    seed: int = SEED,
    stories: Sequence[tuple[Telling, int, tuple[int, int]]] = STORIES,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Load the invented council as it would stand ``now``, with so many people of those that ``stories`` tell of.

    The directory has as many enterprises as there are people, 40 at most. ``told`` hears how many days of its year are
    done, and of how many.
    Raises ``Refusal`` in production, and where there are people already.
    """
    _refuse_where_it_does_not_belong()
    with references_drawn_from(Random(seed)):
        staff = make_everybody(now - STAFF_CAME)
        cases = list(_cases(people, seed, stories, staff, now))
        _tell([(telling(case), case) for telling, case in cases], now, told)
        plan_and_bill(now, officer=staff.officers[0], clerk=staff.clerk, drawn=Random(seed + 2))
        keep_directory(now, enterprises=people, editor=staff.editor, drawn=Random(seed + 3))


def _refuse_where_it_does_not_belong() -> None:
    if settings.IN_PRODUCTION:
        raise Refusal(
            Problem("", "this is a service in production", "Load the demonstration where nobody is real, elsewhere")
        )
    if anybody():
        raise Refusal(Problem("", "there are people here already", "Give FARTHING_DATA an empty folder"))


def _cases(
    people: int, seed: int, stories: Sequence[tuple[Telling, int, tuple[int, int]]], staff: Staff, now: datetime
) -> Iterator[tuple[Telling, Case]]:
    drawn = Random(seed + 1)
    plan = [(telling, ago) for telling, count, ago in stories for _ in range(count)]
    drawn.shuffle(plan)
    money: dict[date, list[dict[str, object]]] = {}
    for who, (telling, ago) in zip(identities(people, seed), plan, strict=False):
        came = now - timedelta(days=drawn.randint(*ago))
        starts = in_office_hours(day_of(came), drawn)
        month = day_of(starts).replace(day=1)
        if month not in money:
            money[month] = rows(people, seed=seed + month.toordinal(), on=month)
        yield telling, _case(who, telling, starts, staff, money[month][who.number - 1], drawn)


def _case(
    who: Identity, telling: Telling, starts: datetime, staff: Staff, row: dict[str, object], drawn: Random
) -> Case:
    tells = telling is not decided or who.number % DETAILS_DECLINED_BY_EVERY != 0
    return Case(
        number=who.number,
        who=who,
        answers=answers_of(row, council=settings.FARTHING_COUNCIL, on=day_of(starts), tells=tells),
        staff=staff,
        starts=starts,
        how=How.ONLINE if telling is draft_left_alone else HOW[who.number % len(HOW)],
        authority=AUTHORITIES[who.number % len(AUTHORITIES)],
        drawn=Random(drawn.random()),
    )


@transaction.atomic
def _go_on(story: Story, at: datetime) -> datetime | None:
    """Let a story go on, and say when it goes on again; None at its end."""
    try:
        return story.send(at)
    except StopIteration:
        return None


def _post(at: datetime) -> None:
    """Let the letters of the day go, as if they had been printed and posted: none is printed again a year later."""
    for delivery in waiting_to_go():
        taken = Answer(f"{delivery.letter.reference}.pdf", "Printed and posted", DeliveryState.SENT)
        learn(delivery.letter.reference, delivery.channel, taken, at=at)


def _tell(stories: list[tuple[Story, Case]], now: datetime, told: Callable[[int, int], None]) -> None:
    waiting = [(next(story), case.number, story) for story, case in stories]
    heapify(waiting)
    first = waiting[0][0]
    while waiting and waiting[0][0] <= now:
        evening = datetime.combine(day_of(waiting[0][0]), LETTERS_GO_AT, LONDON)
        evening = min(max(evening, waiting[0][0]), now)
        while waiting and waiting[0][0] <= evening:
            at, number, story = heappop(waiting)
            if (goes_on := _go_on(story, at)) is not None:
                heappush(waiting, (goes_on, number, story))
        if now - evening > STILL_TO_PRINT:
            _post(evening)
        told((evening - first).days, (now - first).days)
