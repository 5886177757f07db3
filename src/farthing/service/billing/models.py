"""Billing runs with a line for each person, the papers they issued, what people are billed by, holds and retractions."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.service.ledger.runs import RELEASED_LINE, Run, one_open
from farthing.service.people.models import Person
from farthing.service.references import LONGEST, new_reference


def run_reference() -> str:
    """A new reference for a billing run."""
    return new_reference("R")


class BillingAccount(models.Model):
    """How far a person is billed, and what of them the last bill took into account. Its key is their account number.

    ``billed_until`` is the number of the last period a run settled, nought before the first. ``seen_change`` is the
    number of the newest change of care, ``seen_decision`` the key of the newest decision, ``died_on`` the death known.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="billing_account")
    billed_until = models.PositiveIntegerField(default=0)
    seen_change = models.PositiveIntegerField(default=0)
    seen_decision = models.BigIntegerField(default=0)
    died_on = models.DateField(null=True)


class BillingRun(Run):
    """A run over one period that has ended: of everybody, or of ``person`` alone."""

    reference = models.CharField(max_length=LONGEST, unique=True, default=run_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="billing_runs")
    issued_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [one_open("one_billing_run_is_open_at_a_time")]

    @property
    def name(self) -> str:
        """How people name it: by its reference."""
        return self.reference


class LineState(models.TextChoices):
    """What becomes of one person in a run."""

    READY = "ready", "Ready to be released"
    APPROVAL = "approval", "Reaches back more than eight weeks: waits for approval"
    UNDECIDED = "undecided", "Nobody has decided what is to be paid"
    HELD = "held", "On hold"
    EARLY = "early", "Care began too late in the period: billed with the next"
    CHANGED = "changed", "Changed since it was drafted: billed with the next run"
    RELEASED = RELEASED_LINE, "Released"


class RunLine(models.Model):
    """One person in a run: what is to be issued, and how it differs from last time.

    ``drafted`` holds the charges of the periods to be invoiced and the numbers of the papers to be mirrored. ``total``
    is what the person owes more, in pence; ``before`` is what the last run brought. ``differs`` is how far the two lie
    apart, for putting outliers first, and ``says`` what changed, a sentence each.
    """

    run = models.ForeignKey(BillingRun, on_delete=models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="billing_lines")
    state = models.CharField(max_length=10, choices=LineState.choices)
    total = models.BigIntegerField(default=0)
    before = models.BigIntegerField(default=0)
    differs = models.BigIntegerField(default=0)
    says = models.JSONField(default=list)
    drafted = models.JSONField(default=dict)
    seen_change = models.PositiveIntegerField(default=0)
    seen_decision = models.BigIntegerField(default=0)
    died_on = models.DateField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_because = models.TextField(blank=True)
    instalments = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "person"], name="one_line_a_person_in_a_run"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["run", "state", "-differs"])]


class PaperKind(models.TextChoices):
    """What kind of paper it is."""

    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"


class Paper(models.Model):
    """An invoice, or the credit note that mirrors one. Sealed: the database refuses every change and deletion.

    ``number`` counts papers of its kind without a gap. ``total`` is what it charges in pence, below nought on a credit
    note. ``charges`` are those of the periods from ``first_period`` to ``last_period``, as they were. ``earlier`` is the
    balance before the run that issued it.
    """

    kind = models.CharField(max_length=12, choices=PaperKind.choices)
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="papers")
    run = models.ForeignKey(BillingRun, on_delete=models.PROTECT, related_name="papers")
    mirrors = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="mirrored_by")
    first_period = models.PositiveIntegerField()
    last_period = models.PositiveIntegerField()
    charges = models.JSONField()
    total = models.BigIntegerField()
    earlier = models.BigIntegerField()
    says = models.JSONField(default=list)
    instalments = models.PositiveSmallIntegerField(default=1)
    issued_on = models.DateField(db_index=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "number"], name="a_number_is_one_papers"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "last_period"])]

    @property
    def name(self) -> str:
        """How people name it: I-000012, C-000003."""
        return paper_name(PaperKind(self.kind), self.number)

    @property
    def letter_cause(self) -> str:
        """What its letter is written for."""
        return f"{'invoice' if self.kind == PaperKind.INVOICE else 'credit note'} {self.name}"

    @property
    def may_be_taken_back(self) -> bool:
        """Whether it is an invoice that no credit note has mirrored, and that is not to be."""
        return self.kind == PaperKind.INVOICE and not hasattr(self, "mirrored_by") and not hasattr(self, "retraction")


def paper_name(kind: PaperKind, number: int) -> str:
    """How people name a paper by its kind and number."""
    return f"{'I' if kind is PaperKind.INVOICE else 'C'}-{number:06}"


class PaperNumber(models.Model):
    """The last number given to a kind of paper. It is counted up in the transaction that issues the paper, so none is lost."""

    kind = models.CharField(max_length=12, choices=PaperKind.choices, unique=True)
    last = models.PositiveIntegerField(default=0)


class Hold(models.Model):
    """That nothing is billed to a person until it is ended, and why."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="billing_holds")
    reason = models.TextField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_hold_on_a_person_at_a_time"
            ),
        ]


class Retraction(models.Model):
    """That an invoice is to be taken back by a credit note in the next run, whatever it says, and why."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="retraction")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
