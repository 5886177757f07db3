"""Beginning an application or a change of circumstances: once, however often the button is pressed."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.access.services import name_account
from farthing.service.assessments.models import AssessmentRequest, Kind
from farthing.service.assessments.selectors.requests import answers_known_to, draft_for, draft_named
from farthing.service.assessments.services.casework import set_task
from farthing.service.assessments.services.requests import begin
from farthing.service.audit.services import record
from farthing.service.people.models import Authority, Channel, Person, Representation
from farthing.service.people.selectors import people_with_nhs_number
from farthing.service.people.services import add_person, change_details, state_authority
from farthing.service.questions.answers import Answers


def apply_for_new_person(
    account: Account,
    *,
    given_name: str,
    family_name: str,
    authority: Authority,
    relationship: str,
    called: str,
    answers: Answers,
    at: datetime,
) -> AssessmentRequest:
    """Begin an application for somebody the council is told of for the first time; their record is made with it.

    ``called`` is the name of whoever applies, ``answers`` what they told an estimate. Doing it twice gives the first.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        name_account(account, called, at=at)
        if begun := draft_named(account, given_name, family_name, authority):
            return begun
        told = answers.said.get("born")
        details = {
            "given_name": given_name,
            "family_name": family_name,
            "born": date.fromisoformat(told) if told else None,
            "email": account.email,
            "letters_by": Channel.POST,
        }
        person = add_person(details, by=account, at=at)
        acting = state_authority(person, account, authority, relationship=relationship, at=at)
        made = begin(person, Kind.APPLICATION, by=account, at=at, acting_as=acting, answers=_put_to(acting, answers))
        if answers.are_begun:
            record(action="estimate handed over", actor=account.actor, about=person.reference, at=at,
                   request=made.reference)  # fmt: skip
        return made


def begin_for(
    acting: Representation, kind: Kind, *, answers: Answers | None = None, by: Account, at: datetime
) -> AssessmentRequest:
    """Begin a request about somebody the account acts for already, with what is known of them. Twice gives the first.

    Raises ``Refusal`` for an application by somebody who has yet to prove an authority over a record they did not make.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.pk)
        if begun := draft_for(by, acting.person, kind):
            return begun
        if kind == Kind.APPLICATION and not acting.is_proved:
            raise Refusal(
                Problem(
                    "", "needs proof of your right to act first", "Send us a copy, or bring it to us", called="this"
                )
            )
        known = answers_known_to(acting)
        told = answers if answers is not None and not known.are_begun else known
        return begin(acting.person, kind, by=by, at=at, acting_as=acting, answers=_put_to(acting, told))


def tell_details(person: Person, details: dict[str, object], *, by: Account, at: datetime, version: int) -> None:
    """Change what an applicant tells of a person. Raises ``Overtaken``.

    An NHS number that another record has is not taken over, and whoever gave it is not told whose it is; an officer is
    asked to look whether the two are one person.
    """
    try:
        change_details(person, details, by=by, at=at, version=version)
    except Refusal:
        number = str(details.get("nhs_number", ""))
        same = [each for each in people_with_nhs_number(number) if each.pk != person.pk] if number else []
        if not same:
            raise
        with transaction.atomic():
            change_details(person, {**details, "nhs_number": ""}, by=by, at=at, version=version)
            says = (
                f"The NHS number given for {person.reference} is that of {same[0].reference}. See whether they are one."
            )
            set_task(person, says, due_on=None, for_whom=None, by=by, at=at)


def _put_to(acting: Representation, answers: Answers) -> Answers:
    return replace(answers, about="you" if acting.authority == Authority.SELF else "them")
