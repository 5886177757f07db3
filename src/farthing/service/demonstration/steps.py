"""The steps of a story: what is done to a case, each through the services that the pages use."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings

from farthing.base.refusal import Refusal
from farthing.law import law
from farthing.service.access.models import Account
from farthing.service.assessments.models import (
    AssessmentRequest,
    Decision,
    DecisionDraft,
    DepartureKind,
    How,
    Kind,
    Side,
)
from farthing.service.assessments.selectors.casework import tasks_of
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import casework, decisions, departures, evidence, requests
from farthing.service.assessments.services.beginning import apply_for_new_person, begin_for, tell_details
from farthing.service.assessments.services.evidence_wanted import ask_for_evidence, evidence_to_ask_for, usual_day
from farthing.service.assessments.services.facts import Saying, accept_as_told, verify
from farthing.service.assessments.services.handing_in import hand_in
from farthing.service.assessments.services.messages import write_to_council
from farthing.service.clock import day_of
from farthing.service.demonstration.case import Case, Part
from farthing.service.demonstration.money import asked_of_person, completed, plainest
from farthing.service.demonstration.papers import paper
from farthing.service.people.models import Authority, Channel, LetterForm, Person
from farthing.service.people.services import add_person, mark_proof_seen
from farthing.service.questions.answers import Answers

RELATIONSHIPS = ("Daughter", "Son", "Niece", "Friend", "Brother")


def begun(case: Case, at: datetime) -> AssessmentRequest:
    """An application that somebody has filled in and not handed in."""
    account = Account.objects.create_person(case.who.email)
    own = case.authority == Authority.SELF
    request = apply_for_new_person(
        account,
        given_name=case.who.given_name,
        family_name=case.who.family_name,
        authority=case.authority,
        relationship="" if own else RELATIONSHIPS[case.number % len(RELATIONSHIPS)],
        called=_name(case) if own else f"Robin {case.who.family_name}",
        answers=case.answers,
        at=at,
    )
    tell_details(request.person, _details(case), by=account, at=at, version=request.person.version)
    if case.answers.said["tells_finances"] == "false":
        requests.decline_details(request, by=account, at=at)
    request.refresh_from_db()
    return request


def received(case: Case, at: datetime) -> AssessmentRequest:
    """An application that has reached the council, the way the case says."""
    case.answers = completed(case.answers, {}, council=settings.FARTHING_COUNCIL, on=day_of(at))
    if case.how == How.ONLINE:
        request = begun(case, at)
        return hand_in(request, by=request.made_by, at=at)
    person = add_person(_details(case) | _named(case), by=case.officer, at=at)
    request = requests.begin(person, Kind.APPLICATION, by=case.officer, at=at, how=case.how, answers=case.answers)
    if case.answers.said["tells_finances"] == "false":
        requests.decline_details(request, by=case.officer, at=at)
    return requests.submit(request, by=case.officer, at=at)


def taken_up(case: Case, request: AssessmentRequest, at: datetime) -> Part:
    """An officer takes the case, looks at who acts for the person, and makes a note of it."""
    at = yield case.after(at, 1, 4)
    requests.assign(request, case.officer, by=case.officer, at=at, version=request.version)
    if request.acting_as is not None and case.number % 5:
        mark_proof_seen(request.acting_as, by=case.officer, at=at)
    if case.number % 4 == 0:
        casework.write_note(request.person, "Spoke on the telephone. Everything was clear.", by=case.officer, at=at)
    if case.number % 6 == 0:
        due = day_of(at) + timedelta(days=14)
        casework.set_task(
            request.person, "Ring to ask how things are", due_on=due, for_whom=case.officer, by=case.officer, at=at
        )
    if case.how in (How.VISIT, How.TELEPHONE):
        casework.record_visit(
            request.person,
            how=case.how,
            on=day_of(at),
            present=f"{_name(case)} and a friend",
            said="Went through income, savings and costs one by one.",
            by=case.officer,
            at=at,
            today=day_of(at),
        )
    return at


def verified(case: Case, request: AssessmentRequest, at: datetime) -> Part:
    """The officer verifies everything that was told, and finds out what the law still asks."""
    at = yield case.after(at, 1, 6)
    told = known_of(request.person).unverified()
    saying = Saying(by=case.officer, as_whom="The council", at=at, side=Side.VERIFIED)
    accept_as_told(request.person, told, saying)
    assert request.received_at is not None
    while asked := asked_of_person(_standing(request.person, day_of(request.received_at))):
        facts = [law().facts[name] for name in asked]
        verify(request.person, {(fact.section, "", fact.name): plainest(fact) for fact in facts}, saying)
    return at


def evidence_asked_for(case: Case, request: AssessmentRequest, at: datetime) -> Part:
    """The officer asks to see papers."""
    at = yield case.after(at, 1, 3)
    wanted = evidence_to_ask_for(known_of(request.person))
    ask_for_evidence(
        request, wanted, by_day=usual_day(day_of(at)), message="", by=case.officer, at=at, version=request.version
    )
    return at


def evidence_sent(case: Case, request: AssessmentRequest, at: datetime) -> Part:
    """The person sends a paper and a message with it."""
    at = yield case.after(at, 1, 5)
    content = paper("Bank of Nowhere", f"Statement of {_name(case)}", "Everything here is invented.", f"{day_of(at)}")
    evidence.add(request.person, [content], called="statement.pdf", proves="Bank statement", by=request.made_by, at=at)
    if request.how == How.ONLINE:
        write_to_council(request, "I have sent the statement. Is there anything else?", by=request.made_by, at=at)
    return at


def departed(
    case: Case,
    person: Person,
    kind: DepartureKind,
    at: datetime,
    *,
    reason: str,
    starts_on: date,
    approved: bool = True,
    item: str = "",
    waived: int | None = None,
    values: Mapping[str, str],
) -> Part:
    """The officer proposes to depart from the figures, and a manager approves."""
    at = yield case.after(at, 0, 2)
    departure = departures.propose(
        person,
        kind,
        reason=reason,
        starts_on=starts_on,
        by=case.officer,
        at=at,
        values=values,
        item=item,
        waived=waived,
    )
    if approved:
        at = yield case.after(at, 1, 3)
        departures.approve(departure, by=case.staff.manager, at=at)
    return at


def drafted(case: Case, request: AssessmentRequest, at: datetime, effective_from: date) -> DecisionDraft:
    """The officer drafts the decision."""
    return decisions.draft(request, effective_from=effective_from, explanation="", by=case.officer, at=at, version=None)


def sent_to_check(made: DecisionDraft, case: Case, at: datetime) -> None:
    """The officer sends the draft to be checked."""
    decisions.send_for_check(made, by=case.officer, at=at, version=made.version)


def decided(case: Case, request: AssessmentRequest, at: datetime, effective_from: date) -> Part:
    """What was to be done first is done, and the decision is drafted, checked where it must be, and sealed."""
    at = yield case.after(at, 0, 3)
    for task in tasks_of(request.person):
        casework.do_task(task, by=case.officer, at=at)
    made = drafted(case, request, at, effective_from)
    try:
        decisions.seal(made, by=case.officer, at=at, version=made.version)
    except Refusal:  # it is to be checked first: the service says so, as it does on the page
        sent_to_check(made, case, at)
        at = yield case.after(at, 1, 4)
        decisions.seal(made, by=case.staff.checker, at=at, version=made.version)
    return at


def changed(case: Case, decision: Decision, answers: Answers, at: datetime, says: str) -> AssessmentRequest:
    """A change of circumstances that has reached the council."""
    request = decision.request
    if request.acting_as is None:
        began = requests.begin(request.person, Kind.CHANGE, by=case.officer, at=at, how=How.TELEPHONE, answers=answers)
    else:
        began = begin_for(request.acting_as, Kind.CHANGE, by=request.made_by, at=at)
        requests.save_answers(began, answers)
    return requests.submit(began, by=began.made_by, at=at, says=says)


def decision_on(request: AssessmentRequest) -> Decision:
    """The sealed decision on a request."""
    return Decision.objects.select_related("person", "request__acting_as", "request__made_by").get(request=request)


def _standing(person: Person, on: date) -> dict[str, object]:
    return known_of(person).case(council=settings.FARTHING_COUNCIL, on=on)


def _name(case: Case) -> str:
    return f"{case.who.given_name} {case.who.family_name}"


def _named(case: Case) -> dict[str, object]:
    return {"given_name": case.who.given_name, "family_name": case.who.family_name}


def _details(case: Case) -> dict[str, object]:
    forms = (LetterForm.LARGE_PRINT, LetterForm.EASY_READ)
    return {
        "born": date.fromisoformat(str(case.answers.said["born"])),
        "nhs_number": case.who.nhs_number,
        "address": case.who.address,
        "postcode": case.who.postcode,
        "email": case.who.email if case.how == How.ONLINE else "",
        "telephone": case.who.telephone,
        "letters_as": forms[case.number % 2] if case.number % 9 == 0 else LetterForm.STANDARD,
        "letters_by": Channel.EMAIL if case.how == How.ONLINE and case.number % 3 == 0 else Channel.POST,
    }
