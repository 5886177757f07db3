"""What becomes of the invented cases: every state a case can be in, each with its story."""

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta

from farthing.service.assessments.models import AssessmentRequest, DepartureKind, How, Kind
from farthing.service.assessments.services import casework, decisions, requests
from farthing.service.assessments.services.handing_in import ask_for_review
from farthing.service.clock import day_of
from farthing.service.correspondence.channels import Answer
from farthing.service.correspondence.models import DeliveryState
from farthing.service.correspondence.selectors import letters_because
from farthing.service.correspondence.services import learn
from farthing.service.demonstration import steps
from farthing.service.demonstration.case import Case, Story
from farthing.service.people.services import record_death
from farthing.service.questions.answers import Item

Opening = Generator[datetime, datetime, tuple[AssessmentRequest, datetime]]
"""The part of a story that several begin with: it gives the request, and the moment it ended at."""


def draft_left_alone(case: Case) -> Story:
    """Somebody began online and has not handed it in."""
    at = yield case.starts
    steps.begun(case, at)


def waiting_for_an_officer(case: Case) -> Story:
    """It has come, and nobody has taken it up."""
    at = yield case.starts
    steps.received(case, at)


def being_assessed(case: Case) -> Story:
    """An officer has taken it up."""
    yield from _assessing(case)


def papers_wanted(case: Case) -> Story:
    """The council has asked to see papers."""
    request, at = yield from _assessing(case)
    yield from steps.evidence_asked_for(case, request, at)


def papers_sent(case: Case) -> Story:
    """The papers have come, and nobody has looked at them."""
    request, at = yield from _assessing(case)
    at = yield from steps.evidence_asked_for(case, request, at)
    yield from steps.evidence_sent(case, request, at)


def being_checked(case: Case) -> Story:
    """A second officer is to check it."""
    request, at = yield from _verified(case)
    at = yield case.after(at, 0, 2)
    made = steps.drafted(case, request, at, _received_on(request))
    steps.sent_to_check(made, case, at)


def sent_back(case: Case) -> Story:
    """The checker has sent it back."""
    request, at = yield from _verified(case)
    at = yield case.after(at, 0, 2)
    made = steps.drafted(case, request, at, _received_on(request))
    steps.sent_to_check(made, case, at)
    at = yield case.after(at, 1, 2)
    because = "The pension is paid every four weeks. Please look at the statement again."
    decisions.send_back(made, because=because, by=case.staff.checker, at=at, version=made.version)


def backdating_not_approved(case: Case) -> Story:
    """It would reach back more than eight weeks, and no manager has said yes."""
    request, at = yield from _verified(case)
    at = yield case.after(at, 0, 2)
    steps.drafted(case, request, at, _received_on(request) - timedelta(weeks=11))


def departure_not_approved(case: Case) -> Story:
    """An officer has proposed to waive some of the charge, and nobody has said yes."""
    request, at = yield from _verified(case)
    yield from steps.departed(
        case, request.person, DepartureKind.WAIVER, at, starts_on=_received_on(request), waived=20_00, values={}, approved=False,
        reason="A funeral had to be paid for, and there is nothing left to pay this from for a while.",
    )  # fmt: skip


def withdrawn(case: Case) -> Story:
    """The person wants no assessment after all."""
    request, at = yield from _assessing(case)
    at = yield case.after(at, 2, 6)
    requests.withdraw(request, by=case.officer, at=at, version=request.version)


def decided(case: Case) -> Story:
    """Decided, and nothing since."""
    request, at = yield from _decided(case)
    if case.number % 25 == 3:
        at = yield case.after(at, 5, 9)
        _letter_comes_back(request, at)


def changed_since(case: Case) -> Story:
    """Decided; then the money changed, and another decision replaced the first."""
    request, at = yield from _decided(case)
    at = yield case.after(at, 25, 50)
    decision = steps.decision_on(request)
    more = case.answers.with_item("income", "i90", Item("other", {"amount": "21.50", "every": "week"}, is_done=True))
    change = steps.changed(case, decision, more, at, "There is a little more money coming in each week now.")
    at = yield from steps.taken_up(case, change, at)
    at = yield from steps.verified(case, change, at)
    yield from steps.decided(case, change, at, _received_on(change))


def change_reported(case: Case) -> Story:
    """Decided; then a change was reported that nobody has looked at."""
    request, at = yield from _decided(case)
    at = yield case.after(at, 20, 40)
    less = case.answers.saying("tells_finances", "true")
    steps.changed(case, steps.decision_on(request), less, at, "My savings have gone down since the roof was mended.")


def review_open(case: Case) -> Story:
    """Decided; then somebody asked for it to be looked at again."""
    request, at = yield from _decided(case)
    at = yield case.after(at, 8, 20)
    _review_asked(request, case, at)


def reviewed(case: Case) -> Story:
    """Decided; then looked at again, and decided anew."""
    request, at = yield from _decided(case)
    at = yield case.after(at, 8, 20)
    review = _review_asked(request, case, at)
    at = yield from steps.taken_up(case, review, at)
    at = yield from steps.verified(case, review, at)
    yield from steps.decided(case, review, at, _received_on(review))


def died_since(case: Case) -> Story:
    """Decided; then the person died."""
    request, at = yield from _decided(case)
    at = yield case.after(at, 15, 40)
    person = request.person
    person.refresh_from_db()
    died_on = day_of(at) - timedelta(days=3)
    record_death(person, died_on, by=case.officer, at=at, today=day_of(at), version=person.version)
    casework.write_note(person, "The daughter rang. She will send the certificate.", by=case.officer, at=at)


def light_touch(case: Case) -> Story:
    """Assessed with a light touch."""
    yield from _decided_after(
        case, DepartureKind.LIGHT_TOUCH, reason="It is plain that the care can be paid for, and they have agreed to pay.",
        light_touch="not_over_limit", light_touch_contribution="85.00",
    )  # fmt: skip


def deprivation_found(case: Case) -> Story:
    """Money was given away to avoid a charge: it is counted as if it were still there."""
    given = {"value": "40000.00", "received": (day_of(case.starts) - timedelta(days=90)).isoformat()}
    case.answers = case.answers.with_item("capital", "i91", Item("given_away", given, is_done=True))
    yield from _decided_after(
        case, DepartureKind.DEPRIVATION, item="i91",
        reason="It was given to a nephew a month after the needs assessment, which they knew of.",
        avoiding_charge_was_motive="true", care_was_foreseeable="true",
    )  # fmt: skip


def left_out_by_discretion(case: Case) -> Story:
    """Something is left out of the capital by the council's discretion."""
    item = next(iter(case.answers.lists["capital"].items))
    yield from _decided_after(
        case, DepartureKind.DISREGARD, item=item, disregard_agreed="true",
        reason="It was collected by friends towards a wheelchair, and is kept for that alone.",
    )  # fmt: skip


def left_more(case: Case) -> Story:
    """The council leaves the person more each week than it must."""
    yield from _decided_after(
        case, DepartureKind.HIGHER_PROTECTED_INCOME, agreed_extra_allowance="15.00",
        reason="The flat is damp and costs far more to heat than others of its size.",
    )  # fmt: skip


def cost_not_accepted(case: Case) -> Story:
    """A disability cost is not accepted."""
    cost = Item("gardening", {"amount": "18.00", "every": "week"}, is_done=True)
    case.answers = case.answers.with_item("disability_related_expenditure", "i92", cost)
    yield from _decided_after(
        case, DepartureKind.COST_REFUSED, item="i92", agreed="false",
        reason="The garden is shared and the landlord keeps it, so this is not paid because of a disability.",
    )  # fmt: skip


def part_waived(case: Case) -> Story:
    """Some of the charge is waived."""
    yield from _decided_after(
        case, DepartureKind.WAIVER, waived=25_00,
        reason="The boiler broke and has to be paid for this winter; looked at again in the spring.",
    )  # fmt: skip


def _decided_after(
    case: Case, kind: DepartureKind, *, reason: str, item: str = "", waived: int | None = None, **values: str
) -> Story:
    request, at = yield from _verified(case)
    on = _received_on(request)
    at = yield from steps.departed(
        case, request.person, kind, at, reason=reason, starts_on=on, item=item, waived=waived, values=values
    )
    yield from steps.decided(case, request, at, on)


def _assessing(case: Case) -> Opening:
    at = yield case.starts
    request = steps.received(case, at)
    at = yield from steps.taken_up(case, request, at)
    return request, at


def _verified(case: Case) -> Opening:
    request, at = yield from _assessing(case)
    at = yield from steps.verified(case, request, at)
    return request, at


def _decided(case: Case) -> Opening:
    request, at = yield from _verified(case)
    at = yield from steps.decided(case, request, at, _received_on(request))
    return request, at


def _received_on(request: AssessmentRequest) -> date:
    assert request.received_at is not None
    return day_of(request.received_at)


def _review_asked(request: AssessmentRequest, case: Case, at: datetime) -> AssessmentRequest:
    decision, says = steps.decision_on(request), "I think the cost of my taxis to the day centre was left out."
    if request.acting_as is not None:
        return ask_for_review(decision, request.acting_as, says=says, by=request.made_by, at=at)
    review = requests.begin(
        request.person, Kind.REVIEW, by=case.officer, at=at, how=How.TELEPHONE, about_decision=decision
    )
    return requests.submit(review, by=case.officer, at=at, says=says)


def _letter_comes_back(request: AssessmentRequest, at: datetime) -> None:
    for letter in letters_because(f"decision {steps.decision_on(request).reference}"):
        for delivery in letter.deliveries.all():
            came_back = Answer(delivery.outside_reference, "Came back: not known here", DeliveryState.RETURNED)
            learn(letter.reference, delivery.channel, came_back, at=at)


Telling = Callable[[Case], Story]

OLD_ENOUGH, LATELY, WEEKS_AGO = (60, 360), (1, 5), (9, 20)
"""Between how many days ago a case came, by what has become of it since."""

STORIES: tuple[tuple[Telling, int, tuple[int, int]], ...] = (
    (draft_left_alone, 8, (1, 20)),
    (waiting_for_an_officer, 14, LATELY),
    (being_assessed, 14, WEEKS_AGO),
    (being_assessed, 8, (33, 50)),
    (papers_wanted, 8, WEEKS_AGO),
    (papers_sent, 10, (14, 24)),
    (being_checked, 10, (16, 24)),
    (sent_back, 4, (18, 25)),
    (backdating_not_approved, 4, (16, 24)),
    (departure_not_approved, 4, (16, 24)),
    (withdrawn, 8, OLD_ENOUGH),
    (changed_since, 26, (120, 360)),
    (change_reported, 6, (70, 95)),
    (review_open, 6, (50, 60)),
    (reviewed, 10, (90, 360)),
    (died_since, 8, (90, 360)),
    (light_touch, 8, OLD_ENOUGH),
    (deprivation_found, 6, OLD_ENOUGH),
    (left_out_by_discretion, 5, OLD_ENOUGH),
    (left_more, 6, OLD_ENOUGH),
    (cost_not_accepted, 9, OLD_ENOUGH),
    (part_waived, 6, OLD_ENOUGH),
    (decided, 112, OLD_ENOUGH),
)
"""Each story, how many of three hundred people it is told of, and between how many days ago it began."""
