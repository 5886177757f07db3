"""The enterprise's desk: beginning, the entry part by part, handing it in, space, and leaving."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.directory.entry import Entry
from farthing.service.directory.in_words import parts
from farthing.service.directory.models import Did, Enterprise, EntryVersion, Space, State
from farthing.service.directory.selectors import owned as selectors
from farthing.service.directory.selectors.history import Happened, history
from farthing.service.directory.selectors.shown import shown
from farthing.service.directory.services import entries as services
from farthing.service.public.enterprise.enquiries import waits_for_answer
from farthing.service.public.enterprise.forms import BeginForm, HandInForm, PartForm, PricesForm, WithdrawForm
from farthing.service.public.enterprise.own import OVERTAKEN, is_done, of_enterprise, press, signed_in
from farthing.service.public.enterprise.sections import SECTIONS, Section, untold
from farthing.service.public.own import account_of

SPACES = {
    Space.SPACE: "We have space",
    Space.FULL: "We are full",
    Space.UNKNOWN: "Ask us",
}
"""What an enterprise says of its space, by its own button."""

UNSENT = frozenset({State.DRAFT, State.REFUSED})
"""The states in which an entry is still to be handed in."""

TOLD = frozenset({Did.REFUSED.label, Did.SUSPENDED.label})
"""What an editor does that its owner is told the reason of."""


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Every enterprise of the account, or what it means to be listed."""
    found = [(each, _name(each)) for each in selectors.of_owner(account_of(request))]
    return render(request, "public/enterprise/home.html", {"enterprises": found})


@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to apply, with what an entry cannot be without."""
    account = account_of(request)
    form = BeginForm(request.POST if request.method == "POST" else None)
    begun: list[Enterprise] = []
    if is_done(form, lambda: begun.append(_begun(account, form.entry(account.email)))):
        return redirect("public:business", begun[0].reference)
    return render(request, "public/enterprise/begin.html", {"form": form})


@of_enterprise
def desk(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """What there is to do: the tasks before it is handed in, and afterwards how it stands."""
    newest = selectors.newest_entry(enterprise)
    if newest is None:
        return redirect("public:business_begin")
    told = Entry.of(newest.content)
    return _page(
        request,
        enterprise,
        "tasks" if enterprise.state in UNSENT else "desk",
        entry=told,
        tasks=[(name, each, each.is_told(told)) for name, each in SECTIONS.items()],
        checks=selectors.checks_of(enterprise, today=clock.today()),
        editor_said=_editor_said(enterprise, newest),
        waits=_waits(enterprise, newest),
        is_shown=shown(enterprise.key, today=clock.today()) is not None,
        unanswered=len([each for each in selectors.enquiries_of(enterprise) if waits_for_answer(each)]),
        spaces=[(each, words) for each, words in SPACES.items() if each != enterprise.space],
    )


@of_enterprise
def entry(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """The whole entry, with what everybody is shown of it and what nobody is."""
    newest = _newest(enterprise)
    said = {each.field: each for each in parts(Entry.of(newest.content))}
    listed = [(name, each, [said[field] for field in each.fields]) for name, each in SECTIONS.items() if each.fields]
    return _page(request, enterprise, "entry", sections=listed, waits=_waits(enterprise, newest))


@of_enterprise
def section(request: HttpRequest, enterprise: Enterprise, name: str) -> HttpResponse:
    """One part of the entry, to write or to change."""
    if name not in SECTIONS or enterprise.state not in services.MAY_BE_WRITTEN:
        raise Http404("There is no such part")
    newest, part = _newest(enterprise), SECTIONS[name]
    before, account = Entry.of(newest.content), account_of(request)
    form = part.form_of(before, request.POST if request.method == "POST" else None, version=enterprise.version)
    if is_done(form, lambda: _write(enterprise, form.changed(before), form, account)):
        _say_what_was_saved(request, enterprise)
        if name == "help":
            return redirect("public:business_section", enterprise.reference, "prices")
        return redirect("public:business", enterprise.reference)
    if form.is_bound and form.cleaned_data.get("version") != enterprise.version:
        form = _with_version_now(part, before, request, enterprise)
    groups = form.groups() if isinstance(form, PricesForm) else []
    return _page(request, enterprise, "section", section=part, form=form, groups=groups)


@of_enterprise
def hand_in(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Look everything over, declare that it is right, and hand it in."""
    if enterprise.state not in UNSENT:
        return redirect("public:business", enterprise.reference)
    newest = _newest(enterprise)
    told = Entry.of(newest.content)
    form = HandInForm(request.POST if request.method == "POST" else None)
    if is_done(form, lambda: services.hand_in(enterprise, by=account_of(request), at=clock.now())):
        messages.success(
            request, "We have it. We look at it, and write to you once it is published or if we ask something."
        )
        return redirect("public:business", enterprise.reference)
    checks = selectors.checks_of(enterprise, today=clock.today())
    missing = [each for each in checks if each.latest is None and not each.proofs]
    return _page(request, enterprise, "hand_in", form=form, parts=parts(told), missing=missing, untold=untold(told))


@of_enterprise
@require_POST
def space(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Say whether there is space. It is shown at once."""
    told = request.POST.get("space", "")
    if told not in Space.values:
        raise Http404("There is no such answer")
    chosen = Space(told)
    said = {
        Space.SPACE: "People now see that you have space.",
        Space.FULL: "People now see that you are full.",
        Space.UNKNOWN: "People are now told to ask you.",
    }
    return press(
        request,
        lambda: services.tell_space(enterprise, chosen, by=account_of(request), at=clock.now()),
        said=said[chosen],
        then=reverse("public:business", args=[enterprise.reference]),
    )


@of_enterprise
def withdraw(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """Leave the directory, once that is confirmed."""
    if enterprise.state not in services.MAY_BE_WRITTEN:
        return redirect("public:business", enterprise.reference)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    account = account_of(request)
    if is_done(
        form,
        lambda: services.withdraw(enterprise, reason=form.cleaned_data["reason"], by=account, at=clock.now()),
    ):
        messages.success(request, "You are no longer in the directory.")
        return redirect("public:business", enterprise.reference)
    return _page(request, enterprise, "withdraw", form=form)


def _begun(account: Account, entry: Entry) -> Enterprise:
    """An enterprise with its first entry. One that was begun before, and of which nothing was written, is taken again."""
    empty = (
        each
        for each in selectors.of_owner(account)
        if each.state == State.DRAFT and selectors.newest_entry(each) is None
    )
    enterprise = next(empty, None) or services.begin(account, at=clock.now())
    services.write(enterprise, entry, by=account, at=clock.now(), version=enterprise.version)
    return enterprise


def _write(enterprise: Enterprise, entry: Entry, form: PartForm, account: Account) -> None:
    version = form.cleaned_data["version"] or 0
    services.write(enterprise, entry, by=account, at=clock.now(), version=version)


def _newest(enterprise: Enterprise) -> EntryVersion:
    newest = selectors.newest_entry(enterprise)
    if newest is None:
        raise Http404("Nothing is written yet")
    return newest


def _name(enterprise: Enterprise) -> str:
    newest = selectors.newest_entry(enterprise)
    return Entry.of(newest.content).name if newest else "Not named yet"


def _editor_said(enterprise: Enterprise, newest: EntryVersion) -> Happened | None:
    """Why the editor did not accept what was written last, or suspended the enterprise; None where that is past."""
    latest = next((each for each in reversed(history(enterprise)) if each.what in TOLD), None)
    if latest is None or enterprise.state in (State.REFUSED, State.SUSPENDED):
        return latest
    return latest if latest.entry is not None and latest.entry.pk == newest.pk else None


def _waits(enterprise: Enterprise, newest: EntryVersion) -> bool:
    """Whether what was written last of a published enterprise is not shown yet, and the editor has not refused it."""
    is_newer = enterprise.state == State.PUBLISHED and enterprise.published_id != newest.pk
    return is_newer and _editor_said(enterprise, newest) is None


def _say_what_was_saved(request: HttpRequest, enterprise: Enterprise) -> None:
    if enterprise.state not in (State.PUBLISHED, State.WAITING):
        messages.success(request, "Saved.")
    elif enterprise.state == State.PUBLISHED and not _waits(enterprise, _newest(enterprise)):
        messages.success(request, "Saved. Everybody sees it now.")
    else:
        messages.success(request, "Saved. The council looks at it before it is shown.")


def _with_version_now(part: Section, before: Entry, request: HttpRequest, enterprise: Enterprise) -> PartForm:
    """What was typed, to be saved over what was changed meanwhile, once that is known."""
    typed = request.POST.copy()
    typed["version"] = str(enterprise.version)
    form = part.form_of(before, typed, version=enterprise.version)
    form.add_error(None, OVERTAKEN)
    return form


def _page(request: HttpRequest, enterprise: Enterprise, template: str, **known: Any) -> HttpResponse:
    may_write = enterprise.state in services.MAY_BE_WRITTEN
    named = {"enterprise": enterprise, "name": _name(enterprise), "may_write": may_write, **known}
    return render(request, f"public/enterprise/{template}.html", named)
