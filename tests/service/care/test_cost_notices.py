"""A notice of what a service costs is given as a letter, with the amounts and the day from which it is charged for."""

from datetime import date, timedelta

import pytest

from farthing.base.refusal import Refusal
from farthing.ledger.care import Unit
from farthing.ledger.charge import Contribution
from farthing.service.access.models import Role
from farthing.service.assessments.letter_fields import top
from farthing.service.care import selectors, services
from farthing.service.care.letter_fields import Telling, letter_cause
from farthing.service.care.models import CostNotice
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.selectors import letters_because
from farthing.service.correspondence.services import pdf
from farthing.service.people.models import LetterForm
from farthing.service.people.services import record_death
from tests.service import cases
from tests.service.cases import AT, TODAY

pytestmark = pytest.mark.django_db

STARTS = TODAY + timedelta(5)


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def ada(officer):
    return cases.person(by=officer)


@pytest.fixture
def plan(officer):
    def planned(person, **more):
        given = {"kind": "home_care", "unit": Unit.HOUR, "planned": (90,) * 7, "pence": 2_000, "starts_on": STARTS}
        return services.plan_service(person, **{**given, **more}, by=officer, at=AT)

    return planned


@pytest.fixture
def tell(officer):
    """Gives notice of a service by letter; the person pays 86.15 a week unless said otherwise."""

    def telling(service, weekly=8_615, on=TODAY):
        decided = () if weekly == "undecided" else (Contribution(1, weekly, "D-2222-2222"),)
        told = Telling(top(service.person, service.reference, on), decided)
        notice = services.give_notice(service, on=on, by=officer, at=AT, with_letter=told)
        return letters_because(letter_cause(notice))[0]

    return telling


def test_the_letter_says_what_the_care_costs_and_what_the_person_pays_of_it(ada, plan, tell):
    service = plan(ada, provider=None)
    letter = tell(service)
    fields = letter.fields
    assert (fields["total"], fields["pays"], fields["council_pays"]) == (
        "£210.00 a week", "£86.15 a week", "£123.85 a week",
    )  # fmt: skip
    (line,) = fields["services"]
    assert (line["label"], line["rate"], line["cost"]) == ("Home care", "£20.00 an hour", "£210.00")
    assert line["planned"] == "10 hours 30 minutes a week" and line["starts"] == fields["starts"] == "30 November 2026"
    assert "D-2222-2222" in fields["by_what"][0] and letter.deliveries.count() == 1
    assert pdf(letter).startswith(b"%PDF")
    assert selectors.charged_from(service) == STARTS


def test_a_notice_that_comes_after_the_start_says_that_no_earlier_day_is_charged(ada, plan, tell):
    fields = tell(plan(ada, starts_on=TODAY - timedelta(20))).fields
    assert fields["starts"] == "25 November 2026"
    assert "Nothing is charged for it for any day before 25 November 2026." in fields["headline"][1]


def test_where_nobody_has_decided_the_letter_says_so_and_names_the_most(ada, plan, tell):
    fields = tell(plan(ada), "undecided").fields
    assert fields["pays"] == "At most £210.00 a week" and "not worked out yet" in fields["headline"][0]


def test_whoever_pays_the_full_cost_is_told_so(ada, plan, tell):
    fields = tell(plan(ada), None).fields
    assert (fields["pays"], fields["council_pays"]) == ("£210.00 a week", "£0.00 a week")
    assert "full cost" in fields["by_what"][0]


def test_the_amounts_are_of_all_the_care_of_that_week_and_each_line_has_its_own(ada, plan, tell):
    plan(ada, unit=Unit.DAY, planned=(1, 0, 0, 0, 0, 0, 0), pence=4_800, kind="day_service")
    fields = tell(plan(ada)).fields
    assert fields["total"] == "£258.00 a week"
    assert sorted(each["cost"] for each in fields["services"]) == ["£210.00", "£48.00"]


def test_reablement_is_told_from_the_day_on_which_it_is_no_longer_free(ada, plan, tell):
    assert tell(plan(ada, kind="reablement")).fields["starts"] == "11 January 2027"


def test_a_letter_goes_out_once_a_day_and_never_with_another_date(ada, plan, tell):
    service = plan(ada)
    tell(service)
    with pytest.raises(Refusal, match="told already"):
        tell(service)
    with pytest.raises(Refusal, match="not today"):
        tell(plan(ada), on=TODAY - timedelta(1))
    assert Letter.objects.count() == CostNotice.objects.count() == 1


@pytest.mark.parametrize("kind", ["carers_support", "aftercare_s117", "minor_adaptation"])
def test_no_letter_goes_out_about_what_is_never_charged_for_and_no_notice_is_kept(ada, plan, tell, kind):
    with pytest.raises(Refusal, match="not one that will be charged"):
        tell(plan(ada, kind=kind))
    assert not Letter.objects.exists() and not CostNotice.objects.exists()


def test_nobody_who_died_is_told_what_care_will_cost(ada, plan, tell, officer):
    service = plan(ada, starts_on=date(2026, 6, 1))
    record_death(ada, TODAY, by=officer, at=AT, today=TODAY, version=ada.version)
    service.person.refresh_from_db()
    with pytest.raises(Refusal):
        tell(service)
    assert not CostNotice.objects.exists()


def test_large_print_is_written_for_whoever_wants_it(officer, plan, tell):
    person = cases.person(by=officer, letters_as=LetterForm.LARGE_PRINT)
    assert tell(plan(person)).form == LetterForm.LARGE_PRINT
