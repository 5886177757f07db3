"""Reports count what happened, name nobody, and come as a file that a spreadsheet takes for text and figures only."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from farthing.service.access.models import Role
from farthing.service.assessments.models import Kind
from farthing.service.assessments.selectors.reports import REPORTS, Report
from farthing.service.officer.spreadsheets import as_text, file_of
from tests.service import cases
from tests.service.access.signed_in import browser_of

pytestmark = pytest.mark.on_both


def written(report):
    return file_of(report.name, report.columns, report.rows, money=report.money, at=cases.AT).getvalue().decode()


def rows(name, today=cases.TODAY):
    return {row[0]: row[1:] for row in REPORTS[name](today).rows}


def decided_after(days, by, **more):
    request = cases.application(by=by, at=cases.AT - timedelta(days=days), **more)
    return cases.decided(cases.verified(request, by=by), by=by)


def test_the_days_from_application_to_decision_are_counted_by_month(officer):
    for days in (2, 10, 30):
        decided_after(days, officer)
    assert rows("days-to-decide")["November 2026"] == (3, 10, 30, 66)
    assert rows("days-to-decide")["October 2026"] == (0, None, None, None)


def test_a_report_reaches_twelve_months_back_over_the_turn_of_the_year(db):
    months = list(rows("outcomes", date(2026, 1, 31)))
    assert (len(months), months[0], months[-1]) == (12, "February 2025", "January 2026")


def test_what_waits_is_counted_with_what_is_overdue(officer):
    cases.application(by=officer, at=cases.AT - timedelta(days=40))
    cases.application(by=officer)
    assert rows("waiting")["Received"] == (2, 1, 40)
    assert rows("waiting")["All open"] == (2, 1, 40)


def test_outcomes_are_counted(officer):
    decided_after(1, officer)
    assert sum(rows("outcomes")["November 2026"][:-1]) == rows("outcomes")["November 2026"][-1] == 1


def test_disability_costs_asked_and_allowed_are_added_up_in_pence(officer):
    decided_after(1, officer)
    assert rows("disability-costs")["November 2026"] == (1, 1, 450, 450, 100)


def test_a_review_that_lowers_the_charge_is_counted_as_such(officer):
    first = decided_after(3, officer)
    answers = cases.at_home(weekly_cost="50.00")
    review = cases.application(
        first.person, answers, by=officer, kind=Kind.REVIEW, says="Too high.", about_decision=first
    )
    cases.decided(cases.verified(review, by=officer), by=officer)
    assert rows("reviews")["November 2026"] == (1, 1, 0, 0)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_in_a_file_can_be_taken_for_a_formula(text):
    assert as_text(text) == f"'{text}"
    report = Report("x", "X", "", (text, "n"), ((text, 1),), drawn=1)
    assert all(line[0].startswith("'") for line in csv.reader(StringIO(written(report), newline="")))


def test_the_file_holds_the_figures_of_the_page(officer):
    decided_after(1, officer)
    browser = browser_of(cases.staff(Role.ANALYST))
    answer = browser.get(reverse("officer:report_csv", args=["disability-costs"]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="disability-costs-2026-11-25.csv"'
    lines = list(csv.reader(StringIO(answer.getvalue().decode())))
    assert lines[-1] == ["November 2026", "1", "1", "4.50", "4.50", "100"]


def test_no_report_names_a_person_or_a_reference(officer):
    decision = decided_after(1, officer)
    browser = browser_of(cases.staff(Role.ANALYST))
    for name in REPORTS:
        for page in ("report", "report_csv"):
            text = browser.get(reverse(f"officer:{page}", args=[name])).getvalue().decode()
            for secret in (decision.person.family_name, decision.person.reference, decision.reference):
                assert secret not in text
