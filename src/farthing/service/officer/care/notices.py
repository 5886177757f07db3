"""Telling a person what a service costs, recording that they had it, and charging without."""

from django.http import Http404, HttpRequest, HttpResponse

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.assessments.letter_fields import top
from farthing.service.care import charging, selectors, services
from farthing.service.care.letter_fields import Telling
from farthing.service.care.models import Service
from farthing.service.ledger.charges import contributions_of
from farthing.service.officer.care.answering import PLANS, answer_care, find_service
from farthing.service.officer.care.forms import BY_LETTER, AcknowledgedForm, NoticeForm, WithoutNoticeForm
from farthing.service.officer.care.shown import services_shown
from farthing.service.officer.looking import account_of, find_person, look


@seen_by(PLANS)
def give(request: HttpRequest, reference: str, service_reference: str) -> HttpResponse:
    """Tell the person what a service costs, or record that they were told."""
    person = find_person(reference)
    look(request, person)
    found, today = find_service(person, service_reference), clock.today()
    form = NoticeForm(request.POST or None, today=today)

    def act() -> None:
        by_letter = form.cleaned_data["how"] == BY_LETTER
        services.give_notice(
            found,
            on=today if by_letter else form.cleaned_data["on"],
            by=account_of(request),
            at=clock.now(),
            with_letter=_telling(found) if by_letter else None,
        )

    said = "The notice is given. The service is charged for from its start, or from this day where that is later."
    return answer_care(request, person, "notice", form, act=act, said=said, service=services_shown([found])[0])


@seen_by(PLANS)
def acknowledged(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record that somebody said they had a notice."""
    person = find_person(reference)
    look(request, person)
    notice = selectors.notice_for(person, number)
    if notice is None:
        raise Http404("This person was given no such notice")
    form = AcknowledgedForm(request.POST or None, today=clock.today())
    return answer_care(
        request,
        person,
        "acknowledged",
        form,
        act=lambda: services.acknowledge(notice, **form.cleaned_data, by=account_of(request), at=clock.now()),
        said="It is recorded that the notice was had.",
        notice=notice,
        kind=charging.in_words(notice.service.kind),
    )


@seen_by(PLANS)
def without(request: HttpRequest, reference: str, service_reference: str) -> HttpResponse:
    """Charge for a service though no notice was given, by name and with a reason."""
    person = find_person(reference)
    look(request, person)
    found = find_service(person, service_reference)
    form = WithoutNoticeForm(request.POST or None)
    return answer_care(
        request,
        person,
        "without_notice",
        form,
        act=lambda: services.charge_without_notice(found, **form.cleaned_data, by=account_of(request), at=clock.now()),
        said="The service is charged for without a notice. Your name and your reason are kept with it.",
        service=services_shown([found])[0],
    )


def _telling(service: Service) -> Telling:
    person = service.person
    contributions, _ = contributions_of([person]).get(person.pk, ((), 0))
    return Telling(top(person, service.reference, clock.today()), contributions)
