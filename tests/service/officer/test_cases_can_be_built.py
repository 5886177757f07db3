"""The invented cases of these tests are real cases: they go from the first word to a sealed decision and its letter."""

import pytest

from farthing.service.access.models import Role
from farthing.service.assessments.models import State
from farthing.service.assessments.services.decisions import proposal_for
from farthing.service.correspondence.selectors import letters_of
from tests.service import cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("answers", [cases.at_home(), cases.in_a_care_home()])
def test_a_case_goes_from_application_to_letter(answers):
    officer = cases.staff(Role.OFFICER)
    request = cases.verified(cases.application(answers=answers, by=officer), by=officer)
    proposal, _ = proposal_for(request.person, cases.TODAY, today=cases.TODAY)
    assert [str(each) for each in proposal.problems] == []
    decision = cases.decided(request, by=officer)
    request.refresh_from_db()
    assert request.state == State.DECIDED
    assert decision.weekly_charge > 0
    assert [letter.cause for letter in letters_of(request.person)] == [f"decision {decision.reference}"]


def test_each_decision_supersedes_the_one_before():
    officer = cases.staff(Role.OFFICER)
    first, second, third = cases.decided_often(cases.person(by=officer), 3, by=officer)
    assert [each.supersedes for each in (first, second, third)] == [None, first, second]
