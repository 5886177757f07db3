"""Entries of the ledger. The database refuses every change and deletion."""

from typing import ClassVar

from django.db import models

from farthing.ledger.posting import Account, Reason
from farthing.service.people.models import Person


class LedgerEntry(models.Model):
    """An amount in pence moved from the account credited to the one debited; below nought it is moved back.

    ``reason``, ``first``, ``last`` and ``of`` say what it is for, as ``farthing.ledger.posting.Key`` does, and
    ``comes_from`` names the paper or file it was posted with ("I-000012").
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ledger_entries")
    reason = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Reason])
    first = models.DateField()
    last = models.DateField()
    of = models.CharField(max_length=40, blank=True)
    debited = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Account])
    credited = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Account])
    amount = models.BigIntegerField()
    comes_from = models.CharField(max_length=40, db_index=True)
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=254)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "first"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="an_entry_moves_something"),
            models.CheckConstraint(
                condition=~models.Q(debited=models.F("credited")), name="an_entry_moves_between_two_accounts"
            ),
        ]
