"""Every page of a full case is there, asks the database little, and is entered in the audit record once."""

import pytest
from django.test import override_settings
from django.urls import reverse

from farthing.service.access.models import Role
from farthing.service.assessments.models import DepartureKind
from farthing.service.assessments.selectors.casework import decisions_of
from farthing.service.assessments.selectors.evidence import evidence_of
from farthing.service.assessments.selectors.reports import REPORTS
from farthing.service.assessments.services import departures
from farthing.service.audit.selectors import events_about
from farthing.service.correspondence.selectors import letters_of
from farthing.service.jobs import services as jobs
from tests.service import cases
from tests.service.access.signed_in import browser_of

MOST_QUERIES = 20

pytestmark = [pytest.mark.django_db, pytest.mark.on_both]


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The folder of the evidence of the full case."""
    return tmp_path_factory.mktemp("evidence")


@pytest.fixture(autouse=True)
def _evidence_of_the_full_case(settings, papers):
    settings.EVIDENCE = papers


@pytest.fixture(scope="module")
def full(standing, papers):
    """A case that has everything, there for every test."""
    officer = cases.staff(Role.OFFICER)
    with override_settings(EVIDENCE=papers):
        request = cases.full_case(by=officer)
    cases.drafted(request, by=officer)
    departures.propose(
        request.person,
        DepartureKind.HIGHER_PROTECTED_INCOME,
        reason="The heating has to be on all day because of the illness.",
        starts_on=cases.TODAY,
        values={"agreed_extra_allowance": "10.00"},
        by=officer,
        at=cases.AT,
    )
    return request


def pages_of(request):
    """Every page about a person, by name."""
    person = request.person
    reference, asked = person.reference, request.reference
    plain = ["person", "person_details", "person_death", "request_new", "facts", "facts_accept", "evidence",
             "departures", "departure_new", "decisions", "letters", "notes", "task_new", "visit_new", "messages",
             "timeline"]  # fmt: skip
    yield from ((name, reverse(f"officer:{name}", args=[reference])) for name in plain)
    yield "fact", reverse("officer:fact", args=[reference, "partner"])
    yield "item_new", reverse("officer:item_new", args=[reference, "capital"])
    yield "item_new of a kind", reverse("officer:item_new", args=[reference, "capital"]) + "?kind=home"
    yield "item", reverse("officer:item", args=[reference, "capital", "i1"])
    yield "item_take_away", reverse("officer:item_take_away", args=[reference, "capital", "i1"])
    yield "list_complete", reverse("officer:list_complete", args=[reference, "services"])
    one = evidence_of(person)[0].reference
    yield "evidence_file", reverse("officer:evidence_file", args=[reference, one])
    yield "evidence_proves", reverse("officer:evidence_proves", args=[reference, one])
    yield "ask_for_evidence", reverse("officer:ask_for_evidence", args=[reference, asked])
    for kind in DepartureKind:
        yield f"departure_propose {kind}", reverse("officer:departure_propose", args=[reference, kind])
    yield "departure", reverse("officer:departure", args=[reference, person.departures.get().pk])
    yield "draft", reverse("officer:draft", args=[reference, asked])
    yield "preview", reverse("officer:preview", args=[reference, asked])
    yield "decision", reverse("officer:decision", args=[reference, decisions_of(person)[0].reference])
    yield "letter", reverse("officer:letter", args=[reference, letters_of(person)[0].reference])
    yield "assign", reverse("officer:assign", args=[asked])


def test_every_page_of_a_full_case_asks_the_database_little(desk, full, django_assert_max_num_queries):
    for name, address in pages_of(full):
        with django_assert_max_num_queries(MOST_QUERIES, info=name):
            answer = desk.get(address)
        assert answer.status_code == 200, name


def test_every_page_of_a_full_case_is_seen_once_in_the_audit_record(desk, officer, full):
    for name, address in pages_of(full):
        before = len(events_about(full.person.reference, most=10_000))
        desk.get(address)
        latest = events_about(full.person.reference, most=10_000)
        assert len(latest) == before + 1, name
        assert latest[0].action.endswith("seen") and latest[0].actor == officer.actor, name


def test_the_pages_beside_cases_ask_the_database_little(full, manager, django_assert_max_num_queries):
    browser = browser_of(manager)
    job = jobs.begin("Print letters", by=manager.actor, at=cases.AT, total=10)
    addresses = [reverse(f"officer:{name}") for name in ("worklist", "search", "shortcuts", "person_new",
                 "failed_letters", "reports")]  # fmt: skip
    addresses += [
        reverse("officer:worklist") + f"?tab={tab}" for tab in ("all", "overdue", "soon", "check", "nonsense")
    ]
    addresses += [reverse("officer:report", args=[name]) for name in REPORTS]
    addresses += [reverse("officer:report_csv", args=[name]) for name in REPORTS]
    addresses.append(reverse("officer:job", args=[job.reference]))
    for address in addresses:
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert browser.get(address).status_code == 200, address


def test_what_is_not_there_is_not_found(desk, officer):
    person = cases.person(by=officer)
    other = cases.application(by=officer)
    decision = cases.decided(cases.verified(cases.application(by=officer), by=officer), by=officer)
    letter = letters_of(decision.person)[0]
    sent = cases.evidence(other.person, by=officer)
    missing = [
        reverse("officer:person", args=["P-2222-2222"]),
        reverse("officer:draft", args=[person.reference, other.reference]),
        reverse("officer:preview", args=[other.person.reference, other.reference]),
        reverse("officer:decision", args=[person.reference, decision.reference]),
        reverse("officer:letter", args=[person.reference, letter.reference]),
        reverse("officer:evidence_file", args=[person.reference, sent.reference]),
        reverse("officer:fact", args=[person.reference, "no_such_fact"]),
        reverse("officer:fact", args=[person.reference, "light_touch"]),
        reverse("officer:item", args=[person.reference, "capital", "i9"]),
        reverse("officer:item_new", args=[person.reference, "weeks"]),
        reverse("officer:departure_propose", args=[person.reference, "whim"]),
        reverse("officer:departure", args=[person.reference, 999999]),
        reverse("officer:report", args=["no-such-report"]),
        reverse("officer:job", args=["J-2222-2222"]),
        reverse("officer:assign", args=[decision.request.reference]),
    ]
    for address in missing:
        assert desk.get(address).status_code == 404, address


def test_the_first_page_of_each_role_is_one_it_may_see(db):
    for role in Role:
        answer = browser_of(cases.staff(role)).get(reverse("officer:worklist"), follow=True)
        assert answer.status_code == 200, role
