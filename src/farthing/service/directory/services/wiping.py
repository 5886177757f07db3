"""Deleting what people wrote, and how to reach them, once it was kept as long as the council says.

What stays is that somebody asked or was worried, of which enterprise, of what kind and when: reports count it.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from farthing.base import days
from farthing.councils.directory import directory, has_directory
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.clock import day_of
from farthing.service.directory.models import Concern, Enquiry, EnquiryMessage


def close_quiet(at: datetime) -> int:
    """Close the enquiries in which nobody wrote for so long. Gives how many."""
    if not has_directory(settings.FARTHING_COUNCIL):
        return 0
    quiet_since = _months_before(at, directory(settings.FARTHING_COUNCIL).keeps.quiet)
    still_open = Enquiry.objects.filter(closed_at=None).annotate(last=Max("messages__at"))
    closed = 0
    for enquiry in still_open.filter(Q(last__date__lt=quiet_since) | Q(last=None)).select_related("enterprise"):
        with transaction.atomic():
            standing = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
            if standing.closed_at or standing.messages.filter(at__date__gte=quiet_since).exists():
                continue
            Enquiry.objects.filter(pk=enquiry.pk).update(closed_at=at)
            record(action="directory enquiry closed", actor=THE_SERVICE, about=enquiry.enterprise.reference, at=at,
                   enquiry=enquiry.reference)  # fmt: skip
            closed += 1
    return closed


def wipe(at: datetime) -> int:
    """Delete the words, names and addresses of what was closed long enough ago. Gives of how many."""
    if not has_directory(settings.FARTHING_COUNCIL):
        return 0
    keeps = directory(settings.FARTHING_COUNCIL).keeps
    closed = Q(wiped_at=None, closed_at__isnull=False)
    enquiries = Enquiry.objects.filter(closed, closed_at__date__lt=_months_before(at, keeps.enquiries))
    concerns = Concern.objects.filter(closed, closed_at__date__lt=_months_before(at, keeps.concerns))
    wiped = sum(_wiped_enquiry(each, at) for each in enquiries.select_related("enterprise").order_by("pk"))
    return wiped + sum(_wiped_concern(each, at) for each in concerns.select_related("enterprise").order_by("pk"))


@transaction.atomic
def _wiped_enquiry(enquiry: Enquiry, at: datetime) -> bool:
    still_there = Enquiry.objects.filter(pk=enquiry.pk, wiped_at=None)
    if not still_there.update(wiped_at=at, name="", email="", asked_from=""):
        return False
    EnquiryMessage.objects.filter(enquiry=enquiry).update(says="")
    record(action="directory enquiry wiped", actor=THE_SERVICE, about=enquiry.enterprise.reference, at=at,
           enquiry=enquiry.reference)  # fmt: skip
    return True


@transaction.atomic
def _wiped_concern(concern: Concern, at: datetime) -> bool:
    still_there = Concern.objects.filter(pk=concern.pk, wiped_at=None)
    if not still_there.update(wiped_at=at, says="", name="", email="", asked_from="", outcome=""):
        return False
    record(action="directory concern wiped", actor=THE_SERVICE, about=concern.enterprise.reference, at=at,
           concern=concern.reference)  # fmt: skip
    return True


def _months_before(at: datetime, months: int) -> date:
    return date.fromordinal(days.moved_back(day_of(at).toordinal(), 0, months))
