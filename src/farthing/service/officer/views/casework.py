"""Notes, tasks, visits, messages, and the timeline of a case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.base.refusal import Problem, Refusal
from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.access.selectors import staff_with
from farthing.service.assessments.selectors import casework as selectors
from farthing.service.assessments.selectors.timeline import timeline as happenings
from farthing.service.assessments.services import casework as services
from farthing.service.officer.carrying_out import answer, press
from farthing.service.officer.forms.casework import MessageForm, NoteForm, TaskForm, VisitForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, look


@seen_by(CASEWORK)
def notes(request: HttpRequest, reference: str) -> HttpResponse:
    """Notes, tasks and visits; and a form for one more note."""
    person = find_person(reference)
    look(request, person)
    form = NoteForm(request.POST or None)
    context = case_page(
        request,
        person,
        "notes",
        notes=selectors.notes_of(person),
        tasks=selectors.tasks_of(person),
        visits=selectors.visits_of(person),
    )
    return answer(
        request,
        "officer/notes.html",
        context,
        person=person,
        form=form,
        act=lambda: services.write_note(person, form.cleaned_data["text"], by=account_of(request), at=clock.now()),
        then=reverse("officer:notes", args=[reference]),
        said="The note is kept.",
    )


@seen_by(CHANGES)
def new_task(request: HttpRequest, reference: str) -> HttpResponse:
    """Set something to be done."""
    person = find_person(reference)
    look(request, person)
    form = TaskForm(staff_with(*CHANGES), request.POST or None, today=clock.today())
    return answer(
        request,
        "officer/task_new.html",
        case_page(request, person, "notes"),
        person=person,
        form=form,
        act=lambda: services.set_task(
            person,
            form.cleaned_data["says"],
            due_on=form.cleaned_data["due_on"],
            for_whom=form.whom(),
            by=account_of(request),
            at=clock.now(),
        ),
        then=reverse("officer:notes", args=[reference]),
        said="The task is set.",
    )


@seen_by(CHANGES)
@require_POST
def task_done(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record that a task is done."""
    found = selectors.task_for(find_person(reference), number)
    if found is None:
        raise Http404("This person has no such task")
    return press(
        request,
        act=lambda: services.do_task(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:notes", args=[reference]),
        said="The task is done.",
    )


@seen_by(CHANGES)
def new_visit(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an assessment by telephone or at home."""
    person = find_person(reference)
    look(request, person)
    today = clock.today()
    form = VisitForm(request.POST or None, initial={"on": today}, today=today)
    return answer(
        request,
        "officer/visit_new.html",
        case_page(request, person, "notes"),
        person=person,
        form=form,
        act=lambda: services.record_visit(
            person,
            how=form.cleaned_data["how"],
            on=form.cleaned_data["on"],
            present=form.cleaned_data["present"],
            said=form.cleaned_data["record"],
            by=account_of(request),
            at=clock.now(),
            today=today,
        ),
        then=reverse("officer:notes", args=[reference]),
        said="The record is kept.",
    )


@seen_by(CASEWORK)
def messages(request: HttpRequest, reference: str) -> HttpResponse:
    """Messages both ways; and a form for one more, where a request is open."""
    person = find_person(reference)
    look(request, person)
    account = account_of(request)
    found = selectors.messages_of(person)
    if request.method == "GET" and account.roles & CHANGES:
        services.read_messages(person, by=account, at=clock.now())
    context = case_page(request, person, "messages", sent=found)
    about = context["open_request"] or next(iter(context["requests"]), None)
    form = MessageForm(request.POST or None)

    def act() -> None:
        if about is None:
            raise Refusal(Problem("text", "has no request to be about", "Enter a request first"))
        services.send_message(about, form.cleaned_data["text"], by=account, at=clock.now())

    return answer(
        request,
        "officer/messages.html",
        {**context, "about": about},
        person=person,
        form=form,
        act=act,
        then=reverse("officer:messages", args=[reference]),
        said="The message is sent.",
    )


@seen_by(CASEWORK)
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, and on request who looked."""
    person = find_person(reference)
    look(request, person)
    looks = request.GET.get("looks") == "yes"
    context = case_page(request, person, "timeline", happened=happenings(person, looks=looks), looks=looks)
    return render(request, "officer/timeline.html", context)
