"""Letters: what was sent to whom, how, what came back; the PDF; sending again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.correspondence import selectors, services
from farthing.service.correspondence.models import Letter
from farthing.service.officer.carrying_out import press
from farthing.service.officer.letters_shown import COLOURS, NAMES
from farthing.service.officer.looking import CASE_AND_FINANCE, CHANGES, account_of, case_page, find_person, look
from farthing.service.people.models import Person


@seen_by(CASEWORK)
def letters(request: HttpRequest, reference: str) -> HttpResponse:
    """A person's letters with each try to send them."""
    person = find_person(reference)
    look(request, person)
    context = case_page(request, person, "letters", letters=selectors.letters_of(person), names=NAMES, colours=COLOURS)
    return render(request, "officer/letters.html", context)


@seen_by(CASE_AND_FINANCE)
@require_safe
def pdf(request: HttpRequest, reference: str, letter_reference: str) -> HttpResponse:
    """The letter itself, to be shown in the browser."""
    person = find_person(reference)
    found = _find(person, letter_reference)
    content = services.pdf(found)
    look(request, person, "letter seen", letter=found.reference)
    answered = HttpResponse(content, content_type="application/pdf")
    answered.headers["Content-Disposition"] = f'inline; filename="{found.reference}.pdf"'
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


@seen_by(CHANGES)
@require_POST
def send_again(request: HttpRequest, reference: str, letter_reference: str) -> HttpResponse:
    """Queue a letter that could not be sent once more."""
    found = _find(find_person(reference), letter_reference)
    deliveries = list(found.deliveries.all())
    if not deliveries:
        raise Http404("This letter was never queued")
    return press(
        request,
        act=lambda: services.send_again(deliveries[-1], at=clock.now(), by=account_of(request).actor),
        then=reverse("officer:letters", args=[reference]),
        said="The letter is queued again.",
    )


@seen_by(CASEWORK)
def failed(request: HttpRequest) -> HttpResponse:
    """Letters that could not be sent or came back."""
    context = {"here": "letters", "failed": selectors.failed(), "names": NAMES, "colours": COLOURS}
    return render(request, "officer/letters_failed.html", context)


def _find(person: Person, reference: str) -> Letter:
    found = selectors.letter_for(reference)
    if found is None or found.person_id != person.pk:
        raise Http404("This person has no letter of that reference")
    return found
