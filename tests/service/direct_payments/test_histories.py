"""Whatever happens between the runs, what was paid is what it all comes to when it is worked out afresh."""

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farthing.base.refusal import Refusal
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Unit
from farthing.ledger.posting import Account, Reason
from farthing.service.access.models import Role
from farthing.service.care import services as care
from farthing.service.care.models import StopReason, TakenAs
from farthing.service.direct_payments.amounts import in_order, running_days, should_be_paid
from farthing.service.direct_payments.models import Agreement, LineState, Payment, SinglePayment, SinglePaymentKind
from farthing.service.direct_payments.services import agreements, single_payments
from farthing.service.ledger.charges import known_of, policy
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.selectors import balances_of, trial_balance
from farthing.service.people.services import record_death
from tests.effort import tries
from tests.service import cases
from tests.service.direct_payments.invented import (
    FIRST_DAY,
    REASON,
    agreed,
    before,
    day,
    decided_to_pay,
    paid,
    planned,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pays_from")]
PERIODS = 3
LAST = day(PERIODS + 1, -1)
A_DAY = 1_000

settled = settings(
    max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
DAYS = st.integers(-3, 28 * PERIODS - 1).map(lambda number: FIRST_DAY + timedelta(number))


class Told:
    """What happens to one person, told by the people of the council."""

    def __init__(self, person, officer, clerk):
        self.person, self.officer, self.clerk = person, officer, clerk
        self.at, self.numbers = before(1), count(1)

    @property
    def agreement(self):
        return Agreement.objects.filter(person=self.person, signing__isnull=False).order_by("-signing__id").first()

    def tell(self, what, on, number):
        """Tell what happens on a day. What cannot be is refused and changes nothing."""
        self.person.refresh_from_db()
        with suppress(Refusal):
            getattr(self, what)(on, number)
            return True
        return False

    def plans(self, on, number):
        as_what = TakenAs.ARRANGED if number % 3 == 0 else TakenAs.DIRECT_PAYMENT
        unit, units = (Unit.DAY, [number % 2, 1, 0, 1, 1, 0, 2]) if number % 2 else (Unit.WEEK, [1] * 7)
        planned(self.person, by=self.officer, at=self.at, starts_on=on, unit=unit, planned=units,
                pence=977 * number, taken_as=as_what)  # fmt: skip

    def decides(self, on, number):
        weekly = None if number == 7 else 803 * number
        decided_to_pay(self.person, weekly, on, by=self.officer, at=self.at, waived=11 * (number % 4))

    def costs_more(self, on, number):
        service = self.person.services.order_by("pk").first()
        care.change_rate(service, since=on, pence=1_501 * number, by=self.officer, at=self.at, version=service.version)

    def stays_in_hospital(self, on, number):
        care.stop_care(
            self.person, StopReason.HOSPITAL, first=on, last=on + timedelta(number), by=self.officer, at=self.at
        )

    def pauses(self, on, number):
        agreements.pause(self.agreement, since=on, reason=REASON, by=self.officer, at=self.at)

    def resumes(self, on, number):
        agreements.resume(self.agreement, since=on, reason=REASON, by=self.officer, at=self.at)

    def ends(self, on, number):
        agreements.end(self.agreement, last=on, reason=REASON, by=self.officer, at=self.at)

    def agrees_anew(self, on, number):
        before_it = self.agreement
        new = agreements.offer(before_it.request, starts_on=on, spent_on=["Care."], account=before_it.account,
                               surplus_weeks=8, by=self.officer, at=self.at)  # fmt: skip
        agreements.sign(new, signed_on=self.at.date(), evidence="E-9", by=self.officer, at=self.at)

    def is_paid_once(self, on, number):
        asked = single_payments.ask_once(self.agreement, kind=SinglePaymentKind.ONE_OFF, amount=1_111 * number,
                                         reason=REASON, by=self.officer, at=self.at)  # fmt: skip
        single_payments.approve_once(asked, by=self.clerk, at=self.at)

    def dies(self, on, number):
        today, version = self.at.date(), self.person.version
        record_death(self.person, min(on, today), by=self.officer, at=self.at, today=today, version=version)


WHAT = [
    "plans",
    "decides",
    "costs_more",
    "stays_in_hospital",
    "pauses",
    "resumes",
    "ends",
    "agrees_anew",
    "is_paid_once",
]
EVENTS = st.tuples(st.integers(1, PERIODS), st.sampled_from([*WHAT, "dies"]), DAYS, st.integers(1, 9))


@settled
@given(st.lists(EVENTS, max_size=8))
@cases.undone()
def test_what_was_paid_and_is_due_is_what_all_of_it_comes_to_afresh(events):
    officer, clerk, manager = (cases.staff(role) for role in (Role.OFFICER, Role.FINANCE, Role.MANAGER))
    ada = somebody(by=officer, pence=9_100)
    agreed(ada, by=officer, checker=clerk)
    told = Told(ada, officer, clerk)
    for period in range(1, PERIODS + 1):
        told.at = before(period)
        for _, what, on, number in (each for each in events if each[0] == period):
            told.tell(what, on, number)
        run = paid(period, by=clerk, released_by=manager)
    ada.refresh_from_db()
    lines = list(run.lines.filter(person=ada))
    rules = policy()
    whole = Stretch(FIRST_DAY.toordinal(), rules.calendar.period(PERIODS).last)
    known, running = known_of([ada], whole, rules)[ada.pk], in_order(running_days([ada]), ada)
    should = sum(should_be_paid(ada.reference, known, running, rules, range(1, PERIODS + 1)).values())
    once = sum(
        SinglePayment.objects.filter(agreement__person=ada).exclude(approved_at=None).values_list("amount", flat=True)
    )
    was_paid = sum(Payment.objects.filter(person=ada).values_list("amount", flat=True))
    due = -balances_of([ada], Account.DIRECT_PAYMENT_DUE)[ada.pk]
    posted = sum(LedgerEntry.objects.filter(person=ada, reason=Reason.DIRECT_PAYMENT).values_list("amount", flat=True))
    assert posted == should
    assert was_paid + due == should + once
    assert due <= 0 or all(line.left_out == LineState.DIED for line in lines)
    assert sum(trial_balance().values()) == 0


STEPS = st.tuples(st.integers(1, PERIODS), st.sampled_from(["pauses", "resumes", "ends", "dies"]), DAYS)


@settled
@given(st.lists(STEPS, max_size=6))
@cases.undone()
def test_a_plain_list_of_the_days_an_agreement_runs_comes_to_what_was_posted(steps):
    officer, clerk, manager = (cases.staff(role) for role in (Role.OFFICER, Role.FINANCE, Role.MANAGER))
    ada = somebody(by=officer, weekly=0, unit=Unit.DAY, pence=A_DAY)
    agreed(ada, by=officer, checker=clerk)
    told, every_day = Told(ada, officer, clerk), [FIRST_DAY + timedelta(number) for number in range(28 * PERIODS)]
    runs_on, died = dict.fromkeys(every_day, True), LAST
    for period in range(1, PERIODS + 1):
        told.at = before(period)
        for _, what, on in (each for each in steps if each[0] == period):
            if not told.tell(what, on, 0):
                continue
            if what == "dies":
                died = ada.died_on
            else:
                first = on + timedelta(1) if what == "ends" else on
                runs_on |= {each: what == "resumes" for each in every_day if each >= first}
        paid(period, by=clerk, released_by=manager)
    until = day(period + 1, -1)
    entries = LedgerEntry.objects.filter(person=ada, reason=Reason.DIRECT_PAYMENT)
    assert sum(entries.values_list("amount", flat=True)) == A_DAY * sum(
        runs for each, runs in runs_on.items() if each <= min(until, died)
    )
