"""What is paid: four weeks in advance, net of the contribution, by what the care and the agreement are on each day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from farthing.base.refusal import Refusal
from farthing.exchange import bacs_standard_18, pain_001
from farthing.ledger.care import Unit
from farthing.ledger.posting import Account, Reason
from farthing.service.audit.models import Event
from farthing.service.care import services as care
from farthing.service.care.models import StopReason, TakenAs
from farthing.service.direct_payments import files
from farthing.service.direct_payments.models import LineState, Payment, PaymentAccount, PaymentRun, SinglePaymentKind
from farthing.service.direct_payments.selectors import due_payments, of_person
from farthing.service.direct_payments.services import agreements, runs, single_payments
from farthing.service.jobs import services as jobs
from farthing.service.jobs.models import Job
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.selectors import balances_of, trial_balance
from farthing.service.people.services import record_death
from tests.service.direct_payments.invented import (
    FIRST_DAY,
    GROSS,
    PAYS,
    REASON,
    account,
    agreed,
    before,
    day,
    decided_to_pay,
    drafted,
    paid,
    planned,
    released,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pays_from")]
NET = GROSS - PAYS


def amounts(person):
    return list(Payment.objects.filter(person=person).order_by("id").values_list("amount", flat=True))


def due(person):
    return -balances_of([person], Account.DIRECT_PAYMENT_DUE)[person.pk]


def test_of_48_pounds_less_28_the_council_pays_20_a_week_four_weeks_in_advance(officer, clerk, manager):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    assert (agreement.gross, agreement.contribution, agreement.net) == (4_800, 2_800, 2_000)
    run = paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [8_000] and due(ada) == 0
    assert LedgerEntry.objects.filter(reason=Reason.DIRECT_PAYMENT).count() == 4
    paid_out = LedgerEntry.objects.get(reason=Reason.PAID_OUT)
    assert (paid_out.amount, paid_out.comes_from, paid_out.of) == (8_000, "DP-00001", "DP-00001-000001")
    assert sum(trial_balance().values()) == 0 and trial_balance()[Account.BANK] == -8_000
    read = bacs_standard_18.read(bytes(run.file.content))
    assert [(each.reference, each.amount, each.to.account_number) for each in read.payments] == [
        ("DP-00001-000001", 8_000, "66374958")
    ]
    assert PaymentAccount.objects.get(person=ada).paid_until == 1


def test_the_money_is_there_by_the_first_day_it_is_for(officer, clerk, manager):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    run = paid(1, by=clerk, released_by=manager)
    assert (run.made_on, run.pays_on) == (date(2026, 3, 23), date(2026, 3, 27))  # a Friday: it is there on Monday


def test_a_run_too_late_for_that_pays_on_the_next_working_day_over_easter(officer, clerk, manager):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    late = datetime(2026, 4, 2, 10, tzinfo=UTC)
    assert paid(1, by=clerk, released_by=manager, at=late).pays_on == date(2026, 4, 7)


def test_a_second_run_of_the_same_period_pays_nothing(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    again = paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [8_000] and not again.payments.exists() and files.put_in_place(again) is None


def test_nothing_is_paid_before_an_agreement_is_signed(officer, clerk, manager):
    somebody(by=officer)
    assert not paid(1, by=clerk, released_by=manager).payments.exists()


def test_an_agreement_that_starts_on_a_thursday_pays_that_week_by_its_days(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk, starts_on=FIRST_DAY + timedelta(3))
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [GROSS * 4 // 7 - PAYS * 4 // 7 + 3 * NET]


@pytest.mark.parametrize("pays_in", [True, False])
def test_of_mixed_care_the_contribution_goes_to_the_larger_part(officer, clerk, manager, pays_in):
    ada = somebody(by=officer, pence=10_000)
    arranged = 6_000 if pays_in else 10_000
    planned(ada, by=officer, pence=arranged, taken_as=TakenAs.ARRANGED)
    agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [4 * (10_000 - PAYS if pays_in else 10_000)]


@pytest.mark.parametrize("later", range(0, 28, 3))
def test_a_pause_on_any_day_takes_the_days_from_it_off_the_next_payment(officer, clerk, manager, later):
    ada = somebody(by=officer, weekly=0, pence=7_000)
    agreement = agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    agreements.pause(agreement, since=day(1, later), reason=REASON, by=officer, at=before(2))
    agreements.resume(agreement, since=day(2, 2), reason=REASON, by=officer, at=before(2))
    paid(2, by=clerk, released_by=manager)
    off = 1_000 * (28 - later)
    assert sum(amounts(ada)) == 28_000 + max(26_000 - off, 0)
    assert due(ada) == min(26_000 - off, 0)


def test_a_pause_stops_what_is_charged_for_the_care_as_well(officer, clerk):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    agreements.pause(agreement, since=day(1, 7), reason=REASON, by=officer, at=before(1))
    stop = ada.stops.get()
    assert (stop.reason, stop.first, stop.last) == (StopReason.HOLD, day(1, 7), None)
    agreements.resume(agreement, since=day(1, 9), reason=REASON, by=officer, at=before(1))
    stop.refresh_from_db()
    assert stop.last == day(1, 8)


def test_steps_follow_each_other_and_only_on_the_days_an_agreement_runs(officer, clerk):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    given = {"reason": REASON, "by": officer, "at": before(1)}
    with pytest.raises(Refusal, match="running"):
        agreements.resume(agreement, since=day(1), **given)
    with pytest.raises(Refusal, match="is before 30 March 2026"):
        agreements.pause(agreement, since=day(1, -1), **given)
    agreements.pause(agreement, since=day(1, 3), **given)
    with pytest.raises(Refusal, match="paused"):
        agreements.pause(agreement, since=day(1, 5), **given)
    with pytest.raises(Refusal, match="is before 3 April 2026"):
        agreements.resume(agreement, since=day(1, 3), **given)
    agreements.end(agreement, last=day(1, 9), **given)
    with pytest.raises(Refusal, match="ended"):
        agreements.resume(agreement, since=day(1, 20), **given)


def test_an_end_on_any_day_ends_the_care_taken_by_it(officer, clerk, manager):
    ada = somebody(by=officer, weekly=0, pence=7_000)
    agreement = agreed(ada, by=officer, checker=clerk)
    agreements.end(agreement, last=day(1, 9), reason=REASON, by=officer, at=before(1))
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [10_000] and ada.services.get().ends_on == day(1, 9)
    assert not of_person(ada, today=day(1, 10)).is_running


def test_a_change_in_the_middle_of_a_period_is_paid_or_taken_off_with_the_next(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    service = ada.services.get()
    care.change_rate(service, since=day(1, 14), pence=6_200, by=officer, at=before(2), version=service.version)
    decided_to_pay(ada, 3_500, day(1, 21), by=officer, at=before(2))
    line = drafted(2, by=clerk).lines.get()
    assert line.pays == 4 * 2_700 + 2 * 1_400 - 700
    assert line.says[1] == "£21.00 more for earlier weeks, from 13 April 2026 on."


def test_another_agreement_stands_from_its_own_day_on(officer, clerk, manager):
    ada = somebody(by=officer)
    first = agreed(ada, by=officer, checker=clerk)
    changed = agreements.offer(
        first.request, starts_on=day(1, 14), spent_on=["Swimming."], account=first.account, surplus_weeks=8, by=officer,
        at=before(1),
    )  # fmt: skip
    agreements.sign(changed, signed_on=before(1).date(), evidence="E-3", by=officer, at=before(1))
    agreements.end(changed, last=day(1, 20), reason=REASON, by=officer, at=before(1))
    with pytest.raises(Refusal, match="not before 13 April 2026"):
        agreements.pause(first, since=day(1, 15), reason=REASON, by=officer, at=before(1))
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [3 * NET]


def test_nothing_is_paid_for_days_after_a_death_and_what_was_paid_too_much_is_told(officer, clerk, manager):
    ada = somebody(by=officer, weekly=0, pence=7_000)
    agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    record_death(ada, day(1, 9), by=officer, at=before(2), today=before(2).date(), version=ada.version)
    run = paid(2, by=clerk, released_by=manager)
    assert amounts(ada) == [28_000] and due(ada) == -18_000
    assert run.lines.get().posts == -18_000 and not run.payments.exists()


def test_what_is_due_for_days_before_a_death_is_left_to_the_estate(officer, clerk, manager):
    ada = somebody(by=officer, weekly=0, pence=7_000)
    agreed(ada, by=officer, checker=clerk)
    record_death(ada, day(1, 1), by=officer, at=before(2), today=before(2).date(), version=ada.version)
    line = paid(2, by=clerk, released_by=manager).lines.get()
    assert (line.left_out, line.pays, line.posts) == (LineState.DIED, 0, 2_000) and due(ada) == 2_000


def test_a_payee_without_a_checked_account_is_left_out_told_of_and_paid_once_it_is_checked(officer, clerk, manager):
    ada, ben = somebody(by=officer), somebody(by=officer)
    agreed(ada, by=officer, checker=None)
    agreed(ben, by=officer, checker=clerk)
    run = paid(1, by=clerk, released_by=manager)
    line = run.lines.get(person=ada)
    assert (line.left_out, line.pays, amounts(ada), amounts(ben)) == (LineState.NO_ACCOUNT, 0, [], [8_000])
    assert "£80.00 is not in the file" in line.says[-1]
    assert [(each.person, each.amount) for each in due_payments()] == [(ada, 8_000)]
    account(ada, by=officer, checker=clerk, number="66374959")
    paid(2, by=clerk, released_by=manager)
    assert amounts(ada) == [16_000] and due_payments() == []


def test_nobody_who_has_not_been_decided_on_is_paid(officer, clerk, manager):
    ada = somebody(by=officer, starts=day(1, 7))
    agreed(ada, by=officer, checker=clerk, starts_on=day(1, 7))
    planned(ada, by=officer, starts_on=FIRST_DAY, taken_as=TakenAs.ARRANGED)
    line = drafted(1, by=clerk).lines.get()
    assert (line.state, line.pays) == (LineState.UNDECIDED, 0) and "nobody has decided" in line.says[0].lower()


def test_who_changed_since_the_draft_waits_for_the_next_run(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    run = drafted(1, by=clerk)
    decided_to_pay(ada, 1_000, FIRST_DAY, by=officer, at=before(1))
    released(run, by=manager, at=before(1))
    assert run.lines.get().state == LineState.CHANGED and amounts(ada) == [] and due(ada) == 0
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [4 * 3_800]


def test_another_account_since_the_draft_is_not_paid_into_before_it_is_reviewed(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    run = drafted(1, by=clerk)
    account(ada, by=officer, checker=clerk, number="11111111")
    released(run, by=manager, at=before(1))
    assert run.lines.get().state == LineState.CHANGED and amounts(ada) == []


def test_a_start_up_payment_is_paid_with_the_next_run_once_somebody_else_approves_it(officer, clerk, manager):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    asked = single_payments.ask_once(
        agreement, kind=SinglePaymentKind.START_UP, amount=15_000, reason="Insurance and an advertisement.", by=officer,
        at=before(2),
    )  # fmt: skip
    with pytest.raises(Refusal, match="asked for by you"):
        single_payments.approve_once(asked, by=officer, at=before(2))
    assert due(ada) == 0
    single_payments.approve_once(asked, by=manager, at=before(2))
    with pytest.raises(Refusal, match="approved already"):
        single_payments.approve_once(asked, by=manager, at=before(2))
    assert due(ada) == 15_000
    paid(2, by=clerk, released_by=manager)
    assert amounts(ada) == [8_000, 23_000] and due(ada) == 0


def test_care_by_the_hour_is_paid_in_advance_as_it_is_planned(officer, clerk, manager):
    ada = somebody(by=officer, weekly=1_000, unit=Unit.HOUR, planned=(60, 0, 60, 0, 60, 0, 0), pence=1_600)
    agreed(ada, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    assert amounts(ada) == [4 * 3_800]


def test_of_two_runs_the_second_is_refused_while_the_first_is_open(clerk):
    first = drafted(1, by=clerk)
    with pytest.raises(Refusal, match="DP-00001, of period 1"):
        runs.begin_run_here(1, by=clerk, at=before(1))
    runs.abandon_run(first, by=clerk, at=before(1))
    assert drafted(1, by=clerk).name == "DP-00002"


@pytest.mark.parametrize("period", [-1, 1, 4])
def test_only_the_current_and_the_coming_period_are_paid(clerk, period):
    with pytest.raises(Refusal, match="neither the current nor the coming one"):
        runs.begin_run_here(period, by=clerk, at=before(3))


def test_whoever_begins_a_run_does_not_release_it(clerk):
    with pytest.raises(Refusal, match="begun by you"):
        runs.release_run_here(drafted(1, by=clerk), by=clerk, at=before(1))


def test_nothing_is_released_before_it_is_set_whom_the_money_comes_from(officer, clerk, manager, settings):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    settings.PAYS_FROM = {}
    run = drafted(1, by=clerk)
    with pytest.raises(Refusal, match="FARTHING_PAYS_FROM_SORT_CODE is not set"):
        runs.release_run_here(run, by=manager, at=before(1))
    assert PaymentRun.objects.get().state == "review"


def test_what_the_bank_would_refuse_is_found_before_anything_is_posted(officer, clerk, manager, settings):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    settings.PAYS_FROM = {**settings.PAYS_FROM, "service_user": "12"}
    run = drafted(1, by=clerk)
    with pytest.raises(Refusal, match="not six figures"):
        runs.release_run_here(run, by=manager, at=before(1))
    assert not LedgerEntry.objects.exists() and PaymentRun.objects.get().state == "review"


@pytest.mark.parametrize("form", ["bacs_standard_18", "pain.001.001.03", "pain.001.001.09"])
def test_a_file_is_made_once_comes_to_the_ledgers_total_and_is_the_same_made_again(
    officer, clerk, manager, settings, form
):
    settings.PAYS_FROM = {**settings.PAYS_FROM, "form": form}
    for number in range(3):
        agreed(somebody(by=officer, weekly=100 * number), by=officer, checker=clerk)
    run = paid(1, by=clerk, released_by=manager)
    content = bytes(run.file.content)
    payments = list(run.payments.order_by("reference"))
    assert files.written(run, payments) == content == files.place_of(run).read_bytes()
    assert run.file.total == files.paid_out_by(run) == 4 * (3 * GROSS - 300)
    total = bacs_standard_18.read(content).total if form == "bacs_standard_18" else pain_001.read(content).total
    assert total == run.file.total
    settings.PAYS_FROM = {}
    assert files.written(run, payments) == content


def test_a_file_cut_off_half_way_is_recognised_and_put_right(officer, clerk, manager):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    run = paid(1, by=clerk, released_by=manager)
    place, content = files.place_of(run), bytes(run.file.content)
    place.write_bytes(content[: len(content) // 2])
    assert not files.is_whole(run.file, place)
    with pytest.raises(Refusal):
        bacs_standard_18.read(place.read_bytes())
    files.put_in_place(run)
    assert files.is_whole(run.file, place) and place.read_bytes() == content
    assert [each.name for each in place.parent.iterdir()] == ["DP-00001.txt"]


def test_a_payment_made_is_never_changed(officer, clerk, manager):
    agreed(somebody(by=officer), by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    for change in (lambda: Payment.objects.update(amount=1), lambda: Payment.objects.all().delete()):
        with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
            change()


def test_neither_the_audit_nor_a_file_name_says_whose_account_it_is(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    run = paid(1, by=clerk, released_by=manager)
    told = " ".join(f"{event.action} {event.about} {event.details}" for event in Event.objects.all())
    assert not any(
        secret in told + files.place_of(run).name for secret in ("66374958", "089999", "MADEUP", ada.family_name)
    )
    runs.take_file(run, by=manager, at=before(1))
    assert Event.objects.filter(action="payment file taken").count() == 1


def test_who_has_ended_and_is_settled_is_in_no_later_run(officer, clerk, manager):
    ada, ben = somebody(by=officer), somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    agreed(ben, by=officer, checker=clerk)
    paid(1, by=clerk, released_by=manager)
    record_death(ben, day(1, 27), by=officer, at=before(3), today=before(3).date(), version=ben.version)
    agreements.end(agreement, last=day(1, 27), reason=REASON, by=officer, at=before(2))
    assert paid(2, by=clerk, released_by=manager).lines.count() == 2
    assert not paid(3, by=clerk, released_by=manager).lines.exists()


def test_an_end_told_long_before_is_paid_up_to_though_a_run_is_left_out(officer, clerk, manager):
    ada = somebody(by=officer)
    agreement = agreed(ada, by=officer, checker=clerk)
    agreements.end(agreement, last=day(2, 6), reason=REASON, by=officer, at=before(1))
    paid(1, by=clerk, released_by=manager)
    paid(3, by=clerk, released_by=manager)
    assert amounts(ada) == [4 * NET, NET]
    assert not paid(4, by=clerk, released_by=manager).lines.exists()


def test_a_run_is_drafted_and_released_by_the_worker(officer, clerk, manager):
    ada = somebody(by=officer)
    agreed(ada, by=officer, checker=clerk)
    run = runs.begin_run(1, by=clerk, at=before(1))
    for said in ("1 of 1 people drafted", "1 of 1 people paid"):
        job = Job.objects.latest("id")
        jobs.run(job.reference, now=lambda: before(1))
        job.refresh_from_db()
        assert (job.state, job.said) == ("done", said) or job.result
        run.refresh_from_db()
        if run.state == "review":
            runs.release_run(run, by=manager, at=before(1))
    assert run.state == "released" and amounts(ada) == [8_000]
