"""Billing runs: what is drafted, reviewed and released, and that nothing released is ever changed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.billing import services
from farthing.service.billing.models import BillingAccount, BillingRun, LineState, Paper, PaperKind
from farthing.service.care import services as care
from farthing.service.care.models import StopReason
from farthing.service.correspondence.models import Delivery, Letter
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.runs import RunState
from farthing.service.ledger.selectors import balances_of, trial_balance
from farthing.service.people.services import record_death
from tests.service import cases
from tests.service.billing.invented import (
    FIRST_DAY,
    PAYS,
    after,
    billed,
    decided_to_pay,
    drafted,
    finance,
    planned,
    released,
    somebody,
)

pytestmark = pytest.mark.django_db
REASON = "The visits were keyed for somebody else."


@pytest.fixture
def clerk():
    return finance()


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


def names(run):
    return [paper.name for paper in run.papers.order_by("kind", "number")]


def owed(person):
    return balances_of([person])[person.pk]


def test_four_weeks_are_drafted_reviewed_and_released_as_one_invoice(clerk, officer):
    ada = somebody(by=officer)
    run = drafted(1, by=clerk)
    line = run.lines.get()
    assert (run.state, line.state, line.total, line.before) == (RunState.REVIEW, LineState.READY, 4 * PAYS, 0)
    assert Paper.objects.count() == LedgerEntry.objects.count() == Letter.objects.count() == 0
    released(run, by=clerk, at=after(1))
    paper = run.papers.get()
    assert (paper.name, paper.total, paper.earlier, paper.issued_on) == ("I-000001", 4 * PAYS, 0, after(1).date())
    assert owed(ada) == 4 * PAYS and sum(trial_balance().values()) == 0
    assert LedgerEntry.objects.filter(comes_from="I-000001").count() == 4
    assert Letter.objects.get().name == "invoice" and Delivery.objects.count() == 1
    assert run.state == RunState.RELEASED and not run.is_open


def test_a_second_run_that_changes_nothing_issues_nothing(clerk, officer):
    somebody(by=officer)
    billed(1, by=clerk)
    again = billed(1, by=clerk)
    assert names(again) == [] and LedgerEntry.objects.count() == 4


def test_each_period_has_its_own_invoice_and_shows_what_was_owed_before(clerk, officer):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    second = billed(2, by=clerk).papers.get()
    assert (second.total, second.earlier) == (4 * PAYS, 4 * PAYS)
    fields = Letter.objects.get(cause=f"invoice {second.name}").fields
    assert fields["total"] == "£689.20" and fields["slip"]["amount"] == "£689.20"
    assert owed(ada) == 8 * PAYS


def test_care_that_starts_late_in_a_period_is_billed_with_the_next(clerk, officer):
    somebody(by=officer, starts=FIRST_DAY + timedelta(22))
    assert drafted(1, by=clerk).lines.get().state == LineState.EARLY
    services.abandon_run(BillingRun.objects.get(is_open=True), by=clerk, at=after(1))
    assert billed(2, by=clerk).papers.get().total == 4 * PAYS + PAYS * 6 // 7


def test_two_runs_at_once_are_refused(clerk, officer):
    somebody(by=officer)
    first = drafted(1, by=clerk)
    with pytest.raises(Refusal, match=f"another is open: {first.reference}"):
        drafted(1, by=clerk)
    services.abandon_run(first, by=clerk, at=after(1))
    assert billed(1, by=clerk).papers.count() == 1


def test_a_period_that_has_not_ended_is_not_billed(clerk):
    with pytest.raises(Refusal, match="ends on 24 May 2026"):
        services.begin_run(2, by=clerk, at=after(1))


def test_a_decision_about_the_past_mirrors_the_invoice_and_bills_the_days_anew(clerk, officer):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    decided_to_pay(ada, 7_000, FIRST_DAY + timedelta(14), by=officer, at=after(1))
    run = billed(2, by=clerk)
    assert names(run) == ["C-000001", "I-000002"]
    note, invoice = run.papers.order_by("kind")
    assert note.mirrors.name == "I-000001" and note.total == -4 * PAYS
    assert invoice.total == 2 * PAYS + 2 * 7_000 + 4 * 7_000 and owed(ada) == invoice.total
    assert any("it was £86.15" in each for each in note.says)
    told = Letter.objects.get(name="credit_note").fields
    assert told["invoice"] == "I-000001" and told["credited"] == "-£344.60"


def test_nothing_is_charged_after_a_death_and_what_was_is_given_back(clerk, officer):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    record_death(ada, FIRST_DAY + timedelta(13), today=after(1).date(), by=officer, at=after(1), version=ada.version)
    run = billed(2, by=clerk)
    assert owed(ada) == 2 * PAYS
    assert {letter.fields["to"]["estate"] for letter in Letter.objects.filter(cause__contains="000002")} == {True}
    assert billed(3, by=clerk).papers.count() == 0 and run.papers.count() == 2


def test_days_in_hospital_are_not_charged(clerk, officer):
    ada = somebody(by=officer)
    care.stop_care(ada, StopReason.HOSPITAL, first=FIRST_DAY, last=FIRST_DAY + timedelta(6), by=officer, at=after(0))
    assert billed(1, by=clerk).papers.get().total == 3 * PAYS


def test_a_hold_keeps_a_bill_back_and_what_was_kept_back_comes_once_it_ends(clerk, officer):
    ada = somebody(by=officer)
    held = services.hold(ada, reason="The family disputes the visits of April.", by=clerk, at=after(0))
    run = billed(1, by=clerk)
    assert run.lines.get().state == LineState.HELD and run.papers.count() == 0
    services.end_hold(held, by=clerk, at=after(1))
    assert billed(1, by=clerk).papers.get().total == 4 * PAYS


def test_what_was_kept_back_comes_even_when_the_care_has_ended_by_then_as_it_was_planned_to(clerk, officer):
    somebody(by=officer)
    ada = somebody(by=officer, ends_on=FIRST_DAY + timedelta(28 + 6))
    billed(1, by=clerk)
    held = services.hold(ada, reason="The family disputes the visits of May.", by=clerk, at=after(1))
    billed(2, by=clerk)
    services.end_hold(held, by=clerk, at=after(3))
    run = drafted(3, by=clerk)
    services.approve_line(run.lines.get(person=ada), reason=REASON, instalments=1, by=clerk, at=after(3))
    assert released(run, by=clerk, at=after(3)).papers.get(person=ada).total == PAYS
    assert not drafted(4, by=clerk).lines.filter(person=ada).exists()


def test_once_the_last_bill_is_out_nobody_who_has_died_is_in_a_run_though_no_service_was_ended(clerk, officer):
    ada = somebody(by=officer)
    record_death(ada, FIRST_DAY + timedelta(13), by=officer, at=after(1), today=after(1).date(), version=ada.version)
    assert billed(1, by=clerk).papers.get().total == 2 * PAYS
    assert billed(2, by=clerk).lines.count() == 0


def test_what_was_kept_back_of_somebody_who_died_comes_even_where_the_death_was_known_to_the_bill_before(
    clerk, officer
):
    ada = somebody(by=officer)
    record_death(ada, FIRST_DAY + timedelta(28), by=officer, at=after(1), today=after(1).date(), version=ada.version)
    billed(1, by=clerk)
    held = services.hold(ada, reason="The family disputes the visits of April.", by=clerk, at=after(1))
    billed(2, by=clerk)
    services.end_hold(held, by=clerk, at=after(3))
    assert drafted(3, by=clerk).lines.get(person=ada).total > 0


def test_a_second_run_looks_at_nobody_but_those_of_whom_something_is_otherwise(clerk, officer):
    ada, _ = somebody(by=officer), somebody(by=officer)
    billed(1, by=clerk)
    assert billed(1, by=clerk).lines.count() == 0
    decided_to_pay(ada, 7_000, FIRST_DAY, by=officer, at=after(1))
    run = billed(1, by=clerk)
    assert run.lines.get().person == ada and names(run) == ["C-000001", "I-000003"]


def test_what_changed_after_the_draft_is_left_for_the_next_run(clerk, officer):
    ada = somebody(by=officer)
    run = drafted(1, by=clerk)
    decided_to_pay(ada, 7_000, FIRST_DAY, by=officer, at=after(1))
    released(run, by=clerk, at=after(1))
    assert run.lines.get().state == LineState.CHANGED and owed(ada) == 0
    assert billed(1, by=clerk).papers.get().total == 28_000


def test_care_nobody_has_decided_on_is_not_billed_and_says_from_when(clerk, officer):
    person = cases.person(by=officer)
    planned(person, by=officer, at=after(0))
    line = billed(1, by=clerk).lines.get()
    assert line.state == LineState.UNDECIDED and "from 30 March 2026" in line.says[0]
    assert not BillingAccount.objects.exists()


def test_the_full_cost_is_billed_where_no_details_were_given(clerk, officer):
    somebody(by=officer, weekly=None)
    assert billed(1, by=clerk).papers.get().total == 4 * 30_000


def test_one_person_alone_is_billed_and_nobody_else(clerk, officer):
    ada, _ = somebody(by=officer), somebody(by=officer)
    run = billed(1, by=clerk, person=ada)
    assert [line.person for line in run.lines.all()] == [ada]
    assert billed(1, by=clerk).papers.count() == 1


def test_a_retracted_invoice_is_mirrored_by_the_next_run_whatever_it_says(clerk, officer):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    services.retract(Paper.objects.get(), reason=REASON, by=clerk, at=after(1))
    assert names(billed(1, by=clerk, person=ada)) == ["C-000001", "I-000002"]
    assert owed(ada) == 4 * PAYS
    assert names(billed(2, by=clerk)) == ["I-000003"]


def test_more_than_eight_weeks_back_waits_for_approval_and_offers_instalments(clerk, officer):
    somebody(by=officer)
    run = drafted(3, by=clerk)
    line = run.lines.get()
    assert line.state == LineState.APPROVAL
    with pytest.raises(Refusal, match="reason"):
        services.approve_line(line, reason="late", instalments=6, by=clerk, at=after(3))
    services.approve_line(line, reason="The provider sent its visits late.", instalments=6, by=clerk, at=after(3))
    released(run, by=clerk, at=after(3))
    assert run.papers.get().total == 12 * PAYS
    assert "You may pay it in 6 parts, every four weeks: £172.30 first." in Letter.objects.get().fields["headline"]


def test_what_was_not_approved_is_not_released_and_is_there_again_in_the_next_run(clerk, officer):
    somebody(by=officer)
    assert billed(3, by=clerk).papers.count() == 0
    assert drafted(3, by=clerk).lines.get().state == LineState.APPROVAL


@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 1", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("ledger_ledgerentry", "amount"), ("billing_paper", "total")])
def test_the_database_refuses_to_change_or_delete_what_was_posted_or_issued(clerk, officer, table, column, change):
    somebody(by=officer)
    billed(1, by=clerk)
    with pytest.raises(DatabaseError, match="is sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column))


def test_numbers_have_no_gap_whatever_was_given_up(clerk, officer):
    for _ in range(3):
        somebody(by=officer)
    services.abandon_run(drafted(1, by=clerk), by=clerk, at=after(1))
    billed(1, by=clerk)
    billed(2, by=clerk)
    numbers = Paper.objects.filter(kind=PaperKind.INVOICE).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_the_lines_furthest_from_last_time_come_first(clerk, officer):
    usual, dearer = somebody(by=officer), somebody(by=officer)
    billed(1, by=clerk)
    decided_to_pay(dearer, 20_000, date(2026, 4, 27), by=officer, at=after(1))
    run = drafted(2, by=clerk)
    first, second = run.lines.order_by("-differs")
    assert (first.person, second.person) == (dearer, usual)
    assert (first.before, first.total, second.differs) == (4 * PAYS, 80_000, 0)
    assert any("The contribution is £200.00" in each for each in first.says)


def test_a_bill_begins_with_the_first_week_of_care_whenever_the_decision_began(clerk, officer):
    person = cases.person(by=officer)
    decided_to_pay(person, PAYS, FIRST_DAY, by=officer, at=after(0))
    planned(person, by=officer, at=after(2), starts_on=FIRST_DAY + timedelta(28 * 2 + 7))
    paper = billed(3, by=clerk).papers.get()
    assert (paper.first_period, paper.last_period, paper.total) == (3, 3, 3 * PAYS)
    weeks = Letter.objects.get().fields["weeks"]
    assert [week["name"][:11] for week in weeks] == ["1 June 2026", "8 June 2026", "15 June 202"]


def test_a_run_of_an_earlier_period_leaves_later_invoices_as_they_are(clerk, officer):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    billed(2, by=clerk)
    again = drafted(1, by=clerk, person=ada, at=after(2))
    assert [(line.total, line.drafted["mirrored"]) for line in again.lines.all()] == [(0, [])]


def test_a_run_of_everybody_finds_who_has_no_care_any_more_and_whose_past_was_recorded_otherwise(clerk, officer):
    decided, stopped, died, _ = (somebody(by=officer, ends_on=FIRST_DAY + timedelta(27)) for _ in range(4))
    billed(1, by=clerk)
    billed(2, by=clerk)
    assert drafted(3, by=clerk).lines.count() == 0
    services.abandon_run(BillingRun.objects.get(is_open=True), by=clerk, at=after(3))
    decided_to_pay(decided, 7_000, FIRST_DAY, by=officer, at=after(2))
    care.stop_care(
        stopped, StopReason.HOSPITAL, first=FIRST_DAY, last=FIRST_DAY + timedelta(6), by=officer, at=after(2)
    )
    record_death(died, FIRST_DAY, today=after(2).date(), by=officer, at=after(2), version=died.version)
    run = drafted(3, by=clerk)
    assert [(line.person, line.total) for line in run.lines.order_by("person")] == [
        (decided, 4 * (7_000 - PAYS)), (stopped, -PAYS), (died, PAYS * 1 // 7 - 4 * PAYS),
    ]  # fmt: skip
