"""The invented council: nobody in it is anybody, every state is there, and it is the same each time."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.access.second_factors import Answer, check
from farthing.service.access.selectors import staff_accounts, staff_named
from farthing.service.assessments.models import AssessmentRequest, Decision, State
from farthing.service.assessments.rechecking import recheck_decisions
from farthing.service.assessments.sealed import digest
from farthing.service.audit.models import Event
from farthing.service.audit.selectors import verify
from farthing.service.demonstration import loading, stories
from farthing.service.demonstration.case import Case
from farthing.service.demonstration.invented import FAMILY, Identity, identities
from farthing.service.demonstration.loading import PEOPLE, load
from farthing.service.demonstration.staff import PASSWORD, sign_ins
from farthing.service.demonstration.stories import STORIES, Telling
from farthing.service.people.models import Person
from tests.browser import demonstration
from tests.databases import Databases
from tests.service.cases import undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

ENDS_IN = {
    stories.draft_left_alone: State.DRAFT,
    stories.waiting_for_an_officer: State.RECEIVED,
    stories.being_assessed: State.ASSESSING,
    stories.papers_wanted: State.EVIDENCE_WANTED,
    stories.papers_sent: State.EVIDENCE_WANTED,
    stories.being_checked: State.CHECKING,
    stories.sent_back: State.ASSESSING,
    stories.backdating_not_approved: State.ASSESSING,
    stories.departure_not_approved: State.ASSESSING,
    stories.withdrawn: State.WITHDRAWN,
    stories.change_reported: State.RECEIVED,
    stories.review_open: State.RECEIVED,
}
"""What the newest request of a story ends in; of those not named, in a decision."""


@pytest.fixture(autouse=True)
def evidence_folder(settings: Any, tmp_path: Any) -> None:
    settings.EVIDENCE = tmp_path / "evidence"


def test_each_story_can_be_told_and_ends_as_it_says(monkeypatch: pytest.MonkeyPatch):
    told_of: dict[str, Telling] = {}
    makes_a_case = loading._case

    def noted(who: Identity, telling: Telling, *rest: Any) -> Case:
        told_of[who.nhs_number] = telling
        return makes_a_case(who, telling, *rest)

    monkeypatch.setattr(loading, "_case", noted)
    load(NOW, people=len(STORIES), stories=[(telling, 1, ago) for telling, _, ago in STORIES])
    ended = {told_of[each.nhs_number]: each.requests.order_by("id").last().state for each in Person.objects.all()}
    assert ended == {telling: ENDS_IN.get(telling, State.DECIDED) for telling, _, _ in STORIES}
    assert all(digest(each.sealed) == each.digest for each in Decision.objects.all())
    assert [found for found in recheck_decisions() if found] == []
    assert verify() is None
    times = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times) and times[-1] <= NOW


def test_the_same_seed_gives_the_same_people_with_the_same_references():
    def told() -> list[tuple[str, ...]]:
        load(NOW, people=5)
        people = list(Person.objects.order_by("nhs_number").values_list("reference", "given_name", "family_name"))
        return people + list(AssessmentRequest.objects.order_by("reference").values_list("reference", "state"))

    seen = []
    for _ in range(2):
        with undone():
            seen.append(told())
    assert seen[0] == seen[1] and len({each[0] for each in seen[0]}) == len(seen[0])


def test_nobody_in_it_could_be_anybody():
    everybody = identities(PEOPLE, seed=1)
    assert {each.family_name for each in everybody} <= set(FAMILY)
    for each in everybody:
        assert re.fullmatch(r"ZZ99 \d[A-Z]{2}", each.postcode)
        assert re.fullmatch(r"01632 960\d{3}", each.telephone)
        assert each.email.endswith("@example.org") and each.email.isascii()
        assert each.nhs_number.startswith("999")
    for unlike in ("nhs_number", "email", "telephone"):
        assert len({getattr(each, unlike) for each in everybody}) == PEOPLE


def test_three_hundred_people_are_told_of_in_every_state():
    assert sum(count for _, count, _ in STORIES) == PEOPLE
    assert set(ENDS_IN.values()) | {State.DECIDED} == set(State)


WHAT_MANY_HAVE = """
from django.db.models import F
from farthing.service.assessments.models import AssessmentRequest, Decision, Departure, Kind, Task
from farthing.service.correspondence.models import DeliveryState, Letter
from farthing.service.people.models import Person
tell({
    "people": Person.objects.count(),
    "decisions": Decision.objects.count(),
    "departures": Departure.objects.count(),
    "letters sent": Letter.objects.filter(deliveries__state=DeliveryState.SENT).count(),
    "changes": AssessmentRequest.objects.filter(kind=Kind.CHANGE).count(),
    "tasks done": Task.objects.exclude(done_at=None).count(),
    "tasks left behind": Task.objects.filter(done_at=None, made_at__lt=F("person__decisions__sealed_at")).count(),
})
"""


def test_many_people_have_decisions_letters_and_departures(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path, "demonstration") as own:
        has = own.run(WHAT_MANY_HAVE)
    assert (has.pop("people"), has.pop("tasks left behind")) == (demonstration.PEOPLE, 0)
    assert has.pop("decisions") > 15 and all(has.values()), has


def test_it_is_not_loaded_in_production_nor_where_there_are_people(settings: Any):
    settings.IN_PRODUCTION = True
    with pytest.raises(Refusal, match="in production"):
        load(NOW, people=1)
    assert not staff_accounts().exists()
    settings.IN_PRODUCTION = False
    load(NOW, people=1)
    with pytest.raises(Refusal, match="people here already"):
        load(NOW, people=1)


def test_each_role_can_sign_in_with_the_password_and_the_code_that_are_printed():
    load(NOW, people=1)
    assert {each.role for each in sign_ins()} == set(Role)
    for each in sign_ins():
        account = staff_named(each.email)
        assert account is not None and account.roles == {each.role} and account.check_password(PASSWORD)
        real = datetime.now(UTC)
        assert check(account, each.code(real), at=real).answer == Answer.RIGHT


def test_the_pages_say_that_everyone_is_invented(settings: Any):
    settings.DEMONSTRATION = True
    assert "Everyone in it is invented" in Client().get("/").content.decode()
