"""What follows from a check that runs out: its enterprise is reminded before, and is shown no longer after."""

import logging
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from farthing.base.days import in_words
from farthing.councils.directory import has_directory
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.clock import day_of
from farthing.service.directory import listing
from farthing.service.directory.checks import FOR_EVER, reminder_reached
from farthing.service.directory.council import directory_here
from farthing.service.directory.mail import OWN_DESK, address_of, send
from farthing.service.directory.models import CheckKind, Enterprise, Listing, State
from farthing.service.directory.selectors.editing import with_needed_checks

log = logging.getLogger(__name__)


def hide(at: datetime) -> int:
    """Drop the listings whose last day has passed, so that copies elsewhere learn of it too. Gives how many."""
    today = day_of(at)
    hidden = 0
    for passed in Listing.objects.filter(shown_until__lt=today).select_related("enterprise").order_by("pk"):
        with transaction.atomic():
            standing = Enterprise.objects.select_for_update().get(pk=passed.pk)
            listing.refresh([standing], today=today)
            if Listing.objects.filter(pk=standing.pk).exists():
                continue  # a newer check was recorded in between
            Enterprise.objects.filter(pk=standing.pk).update(changed_at=at)
            record(action="directory enterprise hidden", actor=THE_SERVICE, about=standing.reference, at=at)
            hidden += 1
    return hidden


def remind(at: datetime) -> int:
    """E-mail the owners of published enterprises, once for each day of a reminder that has come. Gives how many.

    One whose e-mail cannot be handed over is reminded the next time.
    """
    if not has_directory(settings.FARTHING_COUNCIL):
        return 0
    today, days_before = day_of(at), directory_here().reminds
    published = Enterprise.objects.filter(state=State.PUBLISHED, feed=None).exclude(owner=None).exclude(published=None)
    reminded = 0
    for enterprise, checks in with_needed_checks(published):
        holding = [(kind, last) for kind, last in checks if today <= last < FOR_EVER]
        reached = reminder_reached((last for _, last in holding), days_before, today)
        if reached is None or (enterprise.reminded_of is not None and enterprise.reminded_of >= reached):
            continue
        soon = [(kind, last) for kind, last in holding if (last - today).days <= days_before[0]]
        reminded += _remind(enterprise, soon, reached, at)
    return reminded


def _remind(enterprise: Enterprise, soon: list[tuple[CheckKind, date]], reached: date, at: datetime) -> bool:
    """Whether it was this call that reminded. It is noted and e-mailed together: where the e-mail fails, it is not noted."""
    assert enterprise.owner is not None
    checks = [(kind.label, in_words(last.toordinal())) for kind, last in soon]
    name = listing.entry_of(enterprise).name
    as_read = Enterprise.objects.filter(pk=enterprise.pk, reminded_of=enterprise.reminded_of)
    try:
        with transaction.atomic():
            if not as_read.update(reminded_of=reached):
                return False
            record(action="directory reminder sent", actor=THE_SERVICE, about=enterprise.reference, at=at,
                   checks=[str(kind) for kind, _ in soon])  # fmt: skip
            send("runs_out", "A check runs out soon", enterprise.owner.email, name=name, checks=checks,
                 address=address_of(OWN_DESK))  # fmt: skip
    except OSError as error:
        log.error("%s could not be reminded of a check: %s", enterprise.reference, type(error).__name__)
        return False
    return True
