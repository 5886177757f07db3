"""What pages read: a person's direct payments, runs and their lines, what is due, and whose review is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Min, QuerySet

from farthing.base.refusal import Refusal
from farthing.councils.billing import billing
from farthing.ledger.posting import Account
from farthing.service.direct_payments.amounts import UsualWeek, in_order, newest_agreements, running_days, usual_week
from farthing.service.direct_payments.drafting import owed_people
from farthing.service.direct_payments.models import (
    AccountReturn,
    Agreement,
    DedicatedAccount,
    DirectPaymentRequest,
    Payment,
    PaymentRun,
    Review,
    RunLine,
    SinglePayment,
    StepKind,
)
from farthing.service.direct_payments.reckoning import review_due, surplus
from farthing.service.ledger.selectors import balances_of
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class OfPerson:
    """All there is on a person's direct payments. ``due`` is what the council owes in pence, below nought paid too much.

    ``agreement`` is the one signed last, ``offered`` a newer one that nobody has signed. ``week`` is a usual week from today
    on, or from the day the newest agreement starts; None where there is none. ``review_by`` is None before anything is paid.
    """

    request: DirectPaymentRequest | None
    agreement: Agreement | None
    offered: Agreement | None
    is_running: bool
    account: DedicatedAccount | None
    week: UsualWeek | None
    due: int
    payments: list[Payment]
    single_payments: list[SinglePayment]
    returns: list[AccountReturn]
    reviews: list[Review]
    review_by: date | None

    @property
    def left_over(self) -> int:
        """The pence of the newest return above the weeks that may stay in the account, where none was reclaimed yet."""
        if self.agreement is None or not self.returns or hasattr(self.returns[0], "reclaim"):
            return 0
        return surplus(self.returns[0].closing, gross=self.agreement.gross, weeks=self.agreement.surplus_weeks)


@dataclass(frozen=True, slots=True)
class Due:
    """Whom the council owes direct payments, and how much in pence."""

    person: Person
    amount: int


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """Whose direct payments are to be reviewed, and by which day."""

    person: Person
    by: date


def of_person(person: Person, *, today: date) -> OfPerson:
    """All there is on a person's direct payments."""
    agreements = list(Agreement.objects.filter(person=person).select_related("signing").order_by("-id"))
    signed = [each for each in agreements if hasattr(each, "signing")]
    running = in_order(running_days([person]), person)
    reviews = list(Review.objects.filter(person=person).order_by("-held_on"))
    payments = list(Payment.objects.filter(person=person).select_related("run", "account").order_by("-id"))
    first_paid = min((each.run.pays_on for each in payments if each.run.pays_on), default=None)
    accounts = DedicatedAccount.objects.filter(person=person).select_related("check_made")
    return OfPerson(
        request=DirectPaymentRequest.objects.filter(person=person).order_by("-id").first(),
        agreement=max(signed, key=lambda each: each.signing.pk, default=None),
        offered=next((each for each in agreements[:1] if each not in signed), None),
        is_running=any(days.first <= today.toordinal() <= days.last for days in running),
        account=accounts.order_by("-id").first(),
        week=_week(person, max([today, *(each.starts_on for each in agreements[:1])])),
        due=-balances_of([person], Account.DIRECT_PAYMENT_DUE)[person.pk],
        payments=payments,
        single_payments=list(SinglePayment.objects.filter(agreement__person=person).order_by("-id")),
        returns=list(AccountReturn.objects.filter(person=person).prefetch_related("not_allowed").select_related("reclaim")
                     .order_by("-last")),
        reviews=reviews,
        review_by=review_due(first_paid, [each.held_on for each in reviews]) if first_paid else None,
    )  # fmt: skip


def single_payment_for(person: Person, reference: str) -> SinglePayment | None:
    """A person's single payment by its reference."""
    return SinglePayment.objects.filter(agreement__person=person, reference=reference).first()


def due_payments() -> list[Due]:
    """Everybody the council owes direct payments by what is posted, the most first: paid with the next run."""
    people = list(Person.objects.filter(pk__in=owed_people()).order_by("pk"))
    balances = balances_of(people, Account.DIRECT_PAYMENT_DUE)
    return sorted(
        (Due(person, -balances[person.pk]) for person in people), key=lambda due: (-due.amount, due.person.pk)
    )


def reviews_due(until: date) -> list[ReviewDue]:
    """Whose review is due by a day, the longest due first (SI 2014/2871 reg 7): all that were paid and have not ended."""
    first_paid = dict(Payment.objects.values_list("person").annotate(day=Min("run__pays_on")).order_by())
    going_on = _going_on(first_paid)
    held: dict[int, list[date]] = {}
    for key, day in Review.objects.filter(person__in=going_on).values_list("person", "held_on"):
        held.setdefault(key, []).append(day)
    found = [ReviewDue(each, review_due(first_paid[each.pk], held.get(each.pk, ()))) for each in going_on]
    return sorted((each for each in found if each.by <= until), key=lambda due: (due.by, due.person.pk))


def runs() -> QuerySet[PaymentRun]:
    """Payment runs, the newest first."""
    return PaymentRun.objects.select_related("begun_by", "released_by").order_by("-number")


def run_by(reference: str) -> PaymentRun | None:
    """A payment run by its reference."""
    return PaymentRun.objects.filter(reference=reference).first()


def lines_of(run: PaymentRun) -> QuerySet[RunLine]:
    """The lines of a run: first those left out of the file, then by what is paid, the most first."""
    return run.lines.select_related("person").order_by("-left_out", "-pays", "person")


def _going_on(keys: Iterable[int]) -> list[Person]:
    """The people alive whose newest signed agreement has not ended."""
    ended = newest_agreements().filter(steps__kind=StepKind.ENDED).values("person")
    return list(Person.objects.filter(pk__in=list(keys), died_on=None).exclude(pk__in=ended).order_by("pk"))


def _week(person: Person, today: date) -> UsualWeek | None:
    try:
        return usual_week(person, today, billing(settings.FARTHING_COUNCIL))
    except Refusal:
        return None
