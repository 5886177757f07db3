"""Invented people and their cases, built as the pages build them: through services only.

officer, checker = staff(Role.OFFICER), staff(Role.CHECKER)
request = application(by=officer)                # handed in, nothing verified yet
verified(request, by=officer)                    # everything that was told is accepted
decision = decided(request, by=officer)          # drafted, checked where it must be, sealed
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.db import transaction
from PIL import Image

from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import (
    AssessmentRequest,
    Decision,
    DecisionDraft,
    DraftState,
    Evidence,
    How,
    Kind,
    Side,
)
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import decisions, requests
from farthing.service.assessments.services.evidence import add as add_evidence
from farthing.service.assessments.services.facts import Saying, accept_as_told
from farthing.service.clock import day_of
from farthing.service.people.models import Authority, Person, Representation
from farthing.service.people.services import add_person
from farthing.service.questions.answers import Answers, Item
from tests.service.access.signed_in import make_staff

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""The moment the tests take it to be, where they do not need another."""
TODAY = day_of(AT)


@contextmanager
def undone() -> Iterator[None]:
    """What is done meanwhile is undone at the end: one example of a test meets nobody of another."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


_numbers = count(1)


def staff(*roles: Role, name: str = "") -> Account:
    """A member of staff with these roles; their address says which."""
    number = next(_numbers)
    says = name or f"{roles[0].value if roles else 'nobody'} {number}".replace("_", " ").title()
    return make_staff(*roles, email=f"{says.replace(' ', '.').lower()}@council.example", name=says)


def person_account() -> Account:
    """The account of somebody who is no member of staff."""
    return Account.objects.create_person(f"someone-{next(_numbers)}@home.example")


def person(*, by: Account, at: datetime = AT, **details: Any) -> Person:
    """An invented person."""
    usual = {
        "given_name": "Ada",
        "family_name": f"Invented-{next(_numbers)}",
        "born": date(1941, 3, 2),
        "address": "1 Nowhere Road\nExampleton",
        "postcode": "ZZ99 1AA",
    }
    return add_person({**usual, **details}, by=by, at=at)


def acting_for(
    somebody: Person, account: Account, authority: Authority = Authority.POWER_OF_ATTORNEY
) -> Representation:
    """That an account says it acts for a person; nobody has seen proof."""
    return Representation.objects.create(
        person=somebody, account=account, authority=authority, relationship="Daughter", stated_at=AT
    )


def at_home(**said: str | None) -> Answers:
    """Answers of a pensioner cared for at home who pays a contribution. ``said`` changes facts of the person's own."""
    own = {
        "setting": "own_home",
        "tells_finances": "true",
        "born": "1941-03-02",
        "partner": "none",
        "responsible_for_children": "0",
        "gets_carer_premium": "false",
        "pension_age_before_april_2016": "true",
        "weekly_cost": "180.00",
    }
    return (
        Answers(said={**own, **said}, trail=("setting",))
        .with_item("capital", "i1", Item("bank_account", {"value": "15100.00"}, is_done=True))
        .with_item("income", "i1", Item("state_pension", {"amount": "184.90", "every": "week"}, is_done=True))
        .with_item("income", "i2", Item("occupational_pension", {"amount": "310.00", "every": "month"}, is_done=True))
        .with_item(
            "income", "i3", Item("attendance_allowance_higher", {"amount": "114.60", "every": "week"}, is_done=True)
        )
        .with_item("housing_costs", "i1", Item("council_tax", {"amount": "1460.00", "every": "year"}, is_done=True))
        .with_item(
            "disability_related_expenditure",
            "i1",
            Item("community_alarm", {"amount": "4.50", "every": "week"}, is_done=True),
        )
    )


def in_a_care_home(**said: str | None) -> Answers:
    """Answers of somebody in a care home for good, whose house stands empty: the full cost after twelve weeks."""
    own = {
        "setting": "care_home",
        "tells_finances": "true",
        "born": "1935-06-20",
        "partner": "none",
        "responsible_for_children": "0",
        "pension_age_before_april_2016": "true",
        "moved_in": "2026-05-01",
        "usual_rate": "1000.00",
        "fee": "1000.00",
        "nursing": "none",
    }
    return (
        Answers(said={**own, **said}, trail=("setting",))
        .with_item("capital", "i1", Item("bank_account", {"value": "20000.00"}, is_done=True))
        .with_item("capital", "i2", Item("home", {"value": "300000.00", "occupied_by": "none"}, is_done=True))
        .with_item("income", "i1", Item("state_pension", {"amount": "241.30", "every": "week"}, is_done=True))
    )


def application(
    somebody: Person | None = None,
    answers: Answers | None = None,
    *,
    by: Account,
    at: datetime = AT,
    kind: Kind = Kind.APPLICATION,
    how: How = How.TELEPHONE,
    says: str = "",
    about_decision: Decision | None = None,
) -> AssessmentRequest:
    """A request that was handed in: its answers are told, nothing is verified."""
    begun = requests.begin(
        somebody or person(by=by, at=at),
        kind,
        by=by,
        at=at,
        how=how,
        answers=answers or at_home(),
        about_decision=about_decision,
    )
    return requests.submit(begun, by=by, at=at, says=says)


def verified(request: AssessmentRequest, *, by: Account, at: datetime = AT) -> AssessmentRequest:
    """The request with everything told accepted as it was told."""
    told = known_of(request.person).unverified()
    accept_as_told(request.person, told, Saying(by=by, as_whom="The council", at=at, side=Side.VERIFIED))
    return request


def drafted(
    request: AssessmentRequest, *, by: Account, at: datetime = AT, effective_from: date | None = None
) -> DecisionDraft:
    """A draft of the decision on a request, from the day it is drafted unless another is given."""
    return decisions.draft(
        request, effective_from=effective_from or day_of(at), explanation="", by=by, at=at, version=None
    )


def decided(
    request: AssessmentRequest,
    *,
    by: Account,
    at: datetime = AT,
    effective_from: date | None = None,
    checker: Account | None = None,
) -> Decision:
    """A sealed decision on a request that is verified; ``checker`` is made where none is given and one is needed."""
    made = drafted(request, by=by, at=at, effective_from=effective_from)
    proposal, _ = decisions.proposal_for(request.person, made.effective_from, today=day_of(at))
    if decisions.stops_for_backdating(proposal):
        manager = staff(Role.MANAGER)
        decisions.approve_backdating(made, reason="The person was ill", by=manager, at=at, version=made.version)
    if decisions.needs_check(proposal):
        checker = checker or staff(Role.CHECKER)
        decisions.send_for_check(made, by=by, at=at, version=made.version)
        assert made.state == DraftState.CHECKING
        return decisions.seal(made, by=checker, at=at, version=made.version)
    return decisions.seal(made, by=by, at=at, version=made.version)


def decided_often(somebody: Person, times: int, *, by: Account, at: datetime = AT) -> list[Decision]:
    """Several decisions, each superseding the one before, a week apart and the last at ``at``."""
    made = []
    for number in range(times):
        when = at - timedelta(weeks=times - 1 - number)
        answers = at_home(weekly_cost=f"{150 + number}.00")
        kind = Kind.APPLICATION if number == 0 else Kind.CHANGE
        request = verified(application(somebody, answers, by=by, at=when, kind=kind), by=by, at=when)
        made.append(decided(request, by=by, at=when))
    return made


def picture(number: int = 0) -> bytes:
    """A small PNG, another one for each number."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), (number * 20 % 256, 80, 120)).save(drawn, "PNG")
    return drawn.getvalue()


def evidence(somebody: Person, *, by: Account, at: datetime = AT, number: int = 0) -> Evidence:
    """A file sent in and looked into, as the pages do it."""
    called, proves = f"statement-{number}.png", f"Bank statement {number}"
    return add_evidence(somebody, [picture(number)], called=called, proves=proves, by=by, at=at)


def full_case(*, by: Account, at: datetime = AT) -> AssessmentRequest:
    """An open request of somebody with 40 facts and more, 10 files of evidence and 5 decisions before it."""
    somebody = person(by=by, at=at)
    decided_often(somebody, 5, by=by, at=at - timedelta(weeks=1))
    answers = at_home(weekly_cost="190.00")
    for number in range(2, 8):
        account = Item("bank_account", {"value": f"{number}00.00", "owners": "2"}, is_done=True)
        cost = Item("laundry", {"amount": f"{number}.00", "every": "week"}, is_done=True)
        answers = answers.with_item("capital", f"i{number}", account)
        answers = answers.with_item("disability_related_expenditure", f"i{number}", cost)
    request = verified(application(somebody, answers, by=by, at=at, kind=Kind.CHANGE), by=by, at=at)
    for number in range(10):
        evidence(somebody, by=by, at=at, number=number)
    requests.assign(request, by, by=by, at=at, version=request.version)
    assert len(list(known_of(somebody).all_known())) >= 40
    return request
