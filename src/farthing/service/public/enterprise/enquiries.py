"""What people ask an enterprise, and its answers. Neither side is shown the other's address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.directory.models import Enquiry, Enterprise
from farthing.service.directory.selectors.owned import enquiries_of, enquiry_of
from farthing.service.directory.services.enquiries import close, say
from farthing.service.public.enterprise.forms import ReplyForm
from farthing.service.public.enterprise.own import is_done, of_enterprise, press
from farthing.service.public.own import refuse


def waits_for_answer(enquiry: Enquiry) -> bool:
    """Whether the last word of an open enquiry is the asker's."""
    talk = list(enquiry.messages.all())
    return enquiry.closed_at is None and bool(talk) and not max(talk, key=lambda each: each.pk).by_enterprise


@of_enterprise
def enquiries(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Everything that was asked, those that wait for an answer first."""
    asked = [(each, waits_for_answer(each)) for each in enquiries_of(enterprise)]
    known = {"enterprise": enterprise, "asked": sorted(asked, key=lambda each: not each[1])}
    return render(request, "public/enterprise/enquiries.html", known)


@of_enterprise
def enquiry(request: HttpRequest, enterprise: Enterprise, enquiry_reference: str) -> HttpResponse:
    """One question with what was said, and a form to answer it."""
    found = enquiry_of(enterprise, enquiry_reference)
    if found is None:
        refuse(request, enquiry_reference)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if is_done(form, lambda: say(found, form.cleaned_data["says"], by_enterprise=True, at=clock.now())):
        messages.success(request, "Sent.")
        return redirect("public:business_enquiry", enterprise.reference, enquiry_reference)
    talk = sorted(found.messages.all(), key=lambda each: each.pk)
    known = {"enterprise": enterprise, "enquiry": found, "talk": talk, "form": form}
    return render(request, "public/enterprise/enquiry.html", known)


@of_enterprise
@require_POST
def close_enquiry(request: HttpRequest, enterprise: Enterprise, enquiry_reference: str) -> HttpResponse:
    """Close a question: no more is written on either side."""
    found = enquiry_of(enterprise, enquiry_reference)
    if found is None:
        refuse(request, enquiry_reference)
    return press(
        request,
        lambda: close(found, at=clock.now()),
        said="The question is closed.",
        then=reverse("public:business_enquiries", args=[enterprise.reference]),
    )
