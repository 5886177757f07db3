"""Requests, agreements and their steps, dedicated accounts, payments and their runs, returns and reviews.

What was agreed, checked, paid or reclaimed is sealed: the database refuses every change and deletion.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.exchange.bank_details import BankAccount
from farthing.service.direct_payments.conditions import ManagedBy as Who
from farthing.service.ledger.runs import RELEASED_LINE, Run, one_open
from farthing.service.people.models import Person
from farthing.service.references import LONGEST, new_reference


def request_reference() -> str:
    """A new reference for a request."""
    return new_reference("DR")


def agreement_reference() -> str:
    """A new reference for an agreement."""
    return new_reference("DA")


def single_payment_reference() -> str:
    """A new reference for a payment made once."""
    return new_reference("DS")


def reclaim_reference() -> str:
    """A new reference for a surplus that is reclaimed."""
    return new_reference("DC")


def run_reference() -> str:
    """A new reference for a payment run."""
    return new_reference("DX")


class ManagedBy(models.TextChoices):
    """Who receives and manages the payments."""

    PERSON = Who.PERSON, "The person"
    NOMINEE = Who.NOMINEE, "Somebody the person nominates"
    AUTHORISED = Who.AUTHORISED, "An authorised person, as the person lacks capacity"


class RequestState(models.TextChoices):
    """What became of a request."""

    ASKED = "asked", "To be decided"
    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Not granted"
    WITHDRAWN = "withdrawn", "Withdrawn"


class DirectPaymentRequest(models.Model):
    """That direct payments were asked for, who would manage them, the conditions as answered, and the reasons.

    ``answers`` says of each condition by its key whether it is met; ``reasons`` are what the person is told.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=request_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payment_requests")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.ASKED, db_index=True)
    managed_by = models.CharField(max_length=10, choices=ManagedBy.choices)
    receiver = models.CharField(max_length=150, blank=True)
    receiver_address = models.TextField(blank=True)
    receiver_agreed_on = models.DateField(null=True)
    says = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state="asked"), name="one_direct_payment_request_at_a_time"
            ),
        ]

    @property
    def paid_to(self) -> str:
        """The name of whoever receives the payments."""
        return self.receiver or self.person.full_name


class DedicatedAccount(models.Model):
    """The bank account kept for the direct payments of a person alone, as a bank takes it. Sealed: the newest stands.

    ``modulus`` is what the check of its figures said, or that it was not made. Its figures are shown by their end only.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payment_accounts")
    sort_code = models.CharField(max_length=6)
    account_number = models.CharField(max_length=8)
    name = models.CharField(max_length=150)
    roll_number = models.CharField(max_length=18, blank=True)
    modulus = models.CharField(max_length=20)
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    keyed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def at_bank(self) -> BankAccount:
        """The account as a file for the bank has it."""
        return BankAccount(self.sort_code, self.account_number, self.name, self.roll_number)


class AccountCheck(models.Model):
    """That somebody other than who keyed an account held it against a statement of the bank's. Sealed."""

    account = models.OneToOneField(DedicatedAccount, on_delete=models.PROTECT, related_name="check_made")
    seen = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Agreement(models.Model):
    """What was agreed: with whom, what it may be spent on, from which day. Sealed; a later one stands from its own day on.

    ``gross``, ``contribution`` and ``net`` are pence of a usual week as the care was planned then; what is paid follows
    the care as it is. ``parties`` are those who sign, each with ``role`` and ``name``.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=agreement_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payment_agreements")
    request = models.ForeignKey(DirectPaymentRequest, on_delete=models.PROTECT, related_name="agreements")
    account = models.ForeignKey(DedicatedAccount, on_delete=models.PROTECT, related_name="agreements")
    parties = models.JSONField()
    spent_on = models.JSONField()
    starts_on = models.DateField()
    gross = models.BigIntegerField()
    contribution = models.BigIntegerField()
    net = models.BigIntegerField()
    surplus_weeks = models.PositiveSmallIntegerField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()


class Signing(models.Model):
    """That all parties have signed an agreement, and where the signed paper is. Sealed. Nothing is paid before it."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="signing")
    signed_on = models.DateField()
    evidence = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class StepKind(models.TextChoices):
    """What becomes of an agreement from a day on."""

    PAUSED = "paused", "Paused"
    RESUMED = "resumed", "Goes on"
    ENDED = "ended", "Ended"


class AgreementStep(models.Model):
    """That an agreement is paused, goes on or has ended from a day on, and why. Sealed: another step is added.

    ``stops`` are the keys of the stops of care that came with a pause.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    since = models.DateField()
    reason = models.TextField()
    stops = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SinglePaymentKind(models.TextChoices):
    """What a payment made once is."""

    START_UP = "start_up", "To start with"
    ONE_OFF = "one_off", "For one purpose"


class SinglePayment(models.Model):
    """A payment made once, and why. It is due from the day somebody other than who asked approves it."""

    reference = models.CharField(max_length=LONGEST, unique=True, default=single_payment_reference, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="single_payments")
    kind = models.CharField(max_length=10, choices=SinglePaymentKind.choices)
    amount = models.BigIntegerField()
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_single_payment_pays_something"),
        ]


class PaymentAccount(models.Model):
    """How far a person is paid, and what of them the last payment took into account.

    ``paid_until`` is the number of the last period paid, nought before the first. ``seen_change`` is the number of the
    newest change of care, ``seen_decision`` the key of the newest decision, ``died_on`` the death known.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="payment_account")
    paid_until = models.PositiveIntegerField(default=0)
    seen_change = models.PositiveIntegerField(default=0)
    seen_decision = models.BigIntegerField(default=0)
    died_on = models.DateField(null=True)


class PaymentRun(Run):
    """A run that pays a period in advance.

    ``number`` counts the runs. ``made_on`` is the day its file is of, ``pays_on`` the day Bacs processes it, ``form`` the
    form of the file and ``originator`` what it says of the council: all settled when it is let go, so that the file is
    the same whenever it is made.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=run_reference, editable=False)
    number = models.PositiveIntegerField(unique=True)
    made_on = models.DateField(null=True)
    pays_on = models.DateField(null=True)
    form = models.CharField(max_length=20, blank=True)
    originator = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [one_open("one_payment_run_is_open_at_a_time")]

    @property
    def name(self) -> str:
        """How it is named beside what it posted: DP-00001."""
        return f"DP-{self.number:05}"


class LineState(models.TextChoices):
    """What becomes of one person in a run."""

    READY = "ready", "Ready to be released"
    NO_ACCOUNT = "no_account", "No account that was checked: left out of the file"
    DIED = "died", "The person has died: settled with the estate, not by this file"
    UNDECIDED = "undecided", "Nobody has decided what is to be paid"
    CHANGED = "changed", "Changed since it was drafted: paid with the next run"
    RELEASED = RELEASED_LINE, "Released"


class RunLine(models.Model):
    """One person in a run. ``drafted`` holds what is to be posted, ``pays`` the pence that go into the file.

    ``balance`` is what stood on the person's account of direct payments due before, below nought what the council owed.
    """

    run = models.ForeignKey(PaymentRun, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payment_lines")
    state = models.CharField(max_length=10, choices=LineState.choices)
    left_out = models.CharField(max_length=10, blank=True)
    account = models.ForeignKey(DedicatedAccount, on_delete=models.PROTECT, null=True, related_name="+")
    balance = models.BigIntegerField(default=0)
    posts = models.BigIntegerField(default=0)
    pays = models.BigIntegerField(default=0)
    says = models.JSONField(default=list)
    drafted = models.JSONField(default=list)
    seen_change = models.PositiveIntegerField(default=0)
    seen_decision = models.BigIntegerField(default=0)
    died_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "person"], name="one_line_a_person_in_a_payment_run"),
        ]


class Payment(models.Model):
    """One sum to one account, as it stands in the file. Sealed. ``reference`` is what the bank statement shows."""

    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payments")
    account = models.ForeignKey(DedicatedAccount, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=18, unique=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "person"], name="one_payment_a_person_in_a_run"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_payment_pays_something"),
        ]


class PaymentFile(models.Model):
    """The file of a run as it was made, once. Sealed. ``digest`` tells a file that was cut off from a whole one."""

    run = models.OneToOneField(PaymentRun, on_delete=models.PROTECT, related_name="file")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    total = models.BigIntegerField()


class AccountReturn(models.Model):
    """What the dedicated account did over some days, in pence, and the reference of the evidence. Sealed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payment_returns")
    first = models.DateField()
    last = models.DateField()
    opening = models.BigIntegerField()
    paid_in = models.BigIntegerField()
    paid_out = models.BigIntegerField()
    closing = models.BigIntegerField()
    evidence = models.CharField(max_length=100)
    received_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class SpendingNotAllowed(models.Model):
    """Spending that the plan does not allow, found in a return, and why it does not. Sealed."""

    account_return = models.ForeignKey(AccountReturn, on_delete=models.PROTECT, related_name="not_allowed")
    amount = models.BigIntegerField()
    reason = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Reclaim(models.Model):
    """That a surplus is paid back, as agreed with whoever manages the account on a day. Sealed."""

    reference = models.CharField(max_length=LONGEST, unique=True, default=reclaim_reference, editable=False)
    account_return = models.OneToOneField(AccountReturn, on_delete=models.PROTECT, related_name="reclaim")
    amount = models.BigIntegerField()
    agreed_with = models.CharField(max_length=150)
    agreed_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Review(models.Model):
    """That it was looked at whether direct payments are right for somebody (SI 2014/2871 reg 7), and what was found. Sealed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_payment_reviews")
    held_on = models.DateField()
    is_appropriate = models.BooleanField()
    says = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
