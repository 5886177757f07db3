"""The steps of a person's direct payment: what each asks for, what it does, and when it can be taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from farthing.service.access.models import Account
from farthing.service.clock import day_of
from farthing.service.design.forms import DesignForm
from farthing.service.direct_payments.conditions import ManagedBy
from farthing.service.direct_payments.models import Agreement, RequestState, SinglePaymentKind
from farthing.service.direct_payments.selectors import OfPerson
from farthing.service.direct_payments.services import accounts, agreements, requests, reviews, single_payments
from farthing.service.officer.payments import forms
from farthing.service.people.models import Person

Act = Callable[[Person, OfPerson, Any, Account, datetime], object]
"""Carries a step out, with the form as it was filled in."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``is_open`` says whether it can be taken now; ``said`` is told once it is."""

    words: str
    form: Callable[..., DesignForm]
    act: Act
    is_open: Callable[[OfPerson], bool]
    said: str


def open_steps(known: OfPerson) -> dict[str, Step]:
    """The steps that can be taken now, by name."""
    return {name: step for name, step in STEPS.items() if step.is_open(known)}


def form_of(name: str, known: OfPerson, sent: Any, *, today: date) -> DesignForm:
    """The form of a step, as it was sent or empty."""
    if name == "decide":
        return forms.DecideForm(known.request, sent)  # type: ignore[arg-type]
    days = ("starts_on", "signed_on", "day", "held_on", "receiver_agreed_on", "last")
    return STEPS[name].form(sent, initial=dict.fromkeys(days, today) if name in ("sign", "review") else {})


def _ask(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    given = form.cleaned_data
    return requests.ask(person, **{**given, "managed_by": ManagedBy(given["managed_by"])}, by=by, at=at)


def _decide(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    assert known.request is not None
    return requests.decide(known.request, form.answers(), says=form.cleaned_data["says"], by=by, at=at)


def _account(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return accounts.key_account(person, **form.cleaned_data, by=by, at=at)


def _check(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    assert known.account is not None
    accounts.check_account(known.account, **form.cleaned_data, by=by, at=at)
    return known.account


def _offer(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    assert known.request is not None and known.account is not None
    given = form.cleaned_data
    spent_on = given["spent_on"].splitlines()
    return agreements.offer(
        known.request, starts_on=given["starts_on"], spent_on=spent_on, account=known.account,
        surplus_weeks=given["surplus_weeks"], by=by, at=at,
    )  # fmt: skip


def _sign(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    assert known.offered is not None
    return agreements.sign(known.offered, **form.cleaned_data, by=by, at=at)


def _pause(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return agreements.pause(
        _signed(known), since=form.cleaned_data["day"], reason=form.cleaned_data["reason"], by=by, at=at
    )


def _resume(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return agreements.resume(
        _signed(known), since=form.cleaned_data["day"], reason=form.cleaned_data["reason"], by=by, at=at
    )


def _end(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return agreements.end(
        _signed(known), last=form.cleaned_data["day"], reason=form.cleaned_data["reason"], by=by, at=at
    )


def _once(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    given = form.cleaned_data
    return single_payments.ask_once(
        _signed(known),
        kind=SinglePaymentKind(given["kind"]),
        amount=given["amount"],
        reason=given["reason"],
        by=by,
        at=at,
    )


def _return(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return reviews.record_return(person, **form.cleaned_data, received_on=day_of(at), by=by, at=at)


def _not_allowed(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return reviews.record_not_allowed(known.returns[0], **form.cleaned_data, by=by, at=at)


def _reclaim(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    given, agreed = form.cleaned_data, _signed(known)
    return reviews.agree_reclaim(
        known.returns[0], **given, gross=agreed.gross, weeks=agreed.surplus_weeks, by=by, at=at
    )


def _review(person: Person, known: OfPerson, form: Any, by: Account, at: datetime) -> object:
    return reviews.record_review(person, **form.cleaned_data, by=by, at=at)


def _signed(known: OfPerson) -> Agreement:
    assert known.agreement is not None
    return known.agreement


def _is_asked(known: OfPerson) -> bool:
    return known.request is not None and known.request.state == RequestState.ASKED


def _is_granted(known: OfPerson) -> bool:
    return known.request is not None and known.request.state == RequestState.GRANTED


def _is_signed(known: OfPerson) -> bool:
    return known.agreement is not None


STEPS: Mapping[str, Step] = {
    "ask": Step("Record that it is asked for", forms.AskForm, _ask, lambda known: not _is_asked(known),
                "Recorded. Now decide it by the law's conditions."),
    "decide": Step("Decide by the law's conditions", forms.DecideForm, _decide, _is_asked, "Decided. The reasons are kept."),
    "account": Step("Key the account", forms.AccountForm, _account, _is_granted, "Keyed. Somebody else checks it."),
    "check": Step("Check the account", forms.CheckForm, _check,
                  lambda known: known.account is not None and not hasattr(known.account, "check_made"), "Checked."),
    "offer": Step("Offer an agreement", forms.OfferForm, _offer, lambda known: _is_granted(known) and known.account is not None,
                  "Offered. The letter to sign is in the queue."),
    "sign": Step("Record that it is signed", forms.SignForm, _sign, lambda known: known.offered is not None,
                 "Signed. It is paid with the next run."),
    "pause": Step("Pause it", forms.StepForm, _pause, _is_signed, "Paused."),
    "resume": Step("Let it go on", forms.StepForm, _resume, _is_signed, "It goes on."),
    "end": Step("End it", forms.StepForm, _end, _is_signed, "It ends after that day."),
    "once": Step("Ask for a single payment", forms.OnceForm, _once, _is_signed, "Asked for. Somebody else approves it."),
    "return": Step("Record a return", forms.ReturnForm, _return, _is_signed, "Recorded."),
    "not-allowed": Step("Record spending the plan does not allow", forms.NotAllowedForm, _not_allowed,
                        lambda known: bool(known.returns), "Recorded with the return."),
    "reclaim": Step("Reclaim what is left over", forms.ReclaimForm, _reclaim, lambda known: known.left_over > 0,
                    "Recorded. It is owed from now on."),
    "review": Step("Record a review", forms.ReviewForm, _review, _is_signed, "Recorded."),
}  # fmt: skip
"""Every step, in the order in which they are usually taken."""
