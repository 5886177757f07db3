"""Writing letters and queueing them: both in the caller's transaction, so that what it seals always gets its letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from farthing import letters
from farthing.base.refusal import Problem, Refusal
from farthing.service.audit.services import THE_SERVICE, Entry, record, record_many
from farthing.service.correspondence import rendering
from farthing.service.correspondence.channels import Answer, Channel, channel, channel_for
from farthing.service.correspondence.channels.print_folder import CHANNEL as PRINT
from farthing.service.correspondence.models import Delivery, DeliveryState, Letter, PrintedLetter
from farthing.service.people.models import Channel as Wish
from farthing.service.people.models import LetterForm, Person

FEW = 16
"""So many letters are printed faster here than other processes are started."""


def letter_in_form(name: str, form: str) -> str:
    """The letter to write for somebody who wants a form: ``decision_easy_read`` for ``decision``, where there is one."""
    easy = f"{name}_{LetterForm.EASY_READ}"
    return easy if form == LetterForm.EASY_READ and easy in letters.letters() else name


def write(
    name: str,
    *,
    person: Person | None,
    cause: str,
    fields: Mapping[str, Any],
    form: str = LetterForm.STANDARD,
    at: datetime,
    by: str,
) -> Letter:
    """Write a letter: its fields are checked and sealed. The same letter for the same cause is written once only.

    ``cause`` is what it is written for ("decision D-7K3M-2QXT-H4WR"); a second call gives the first letter. ``form`` is the
    person's (``letters_as``); easy read is a letter of its own (``letter_in_form``). ``by`` is the actor for the audit.
    Raises ``Refusal`` for fields that do not fit the letter, and for a letter to somebody who has died.
    """
    letters.letter(name).check(fields)
    _check_whom(person, fields)
    with transaction.atomic():
        letter, is_new = Letter.objects.get_or_create(
            cause=cause,
            name=name,
            defaults={"person": person, "form": form, "fields": fields, "written_at": at, "written_by": by},
        )
        if is_new:
            tell("letter written", letter, by=by, at=at, name=name)
    return letter


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A letter to be written with others. See ``write``."""

    name: str
    person: Person
    cause: str
    fields: Mapping[str, Any]
    form: str = LetterForm.STANDARD


def write_and_send_many(wanted: Sequence[ToWrite], *, at: datetime, by: str) -> None:
    """Write and queue many letters as ``write`` and ``send`` do one; those written for their cause already are passed over.

    Raises ``Refusal`` as they do, and then writes none.
    """
    for each in wanted:
        letters.letter(each.name).check(each.fields)
        _check_whom(each.person, each.fields)
    with transaction.atomic():
        causes = [each.cause for each in wanted]
        written = set(Letter.objects.filter(cause__in=causes).values_list("cause", "name"))
        new = Letter.objects.bulk_create(
            Letter(
                person=each.person, name=each.name, form=each.form, cause=each.cause, fields=each.fields, written_at=at,
                written_by=by,
            )
            for each in wanted
            if (each.cause, each.name) not in written
        )  # fmt: skip
        ways = [(letter, *_choose(letter)) for letter in new]
        Delivery.objects.bulk_create(
            Delivery(letter=letter, channel=way.name, said=said[:500], made_at=at, try_after=at, changed_at=at)
            for letter, way, said in ways
        )
        told = [
            Entry(action, by, at, letter.person.reference, {"letter": letter.reference, **more})
            for letter, way, _ in ways
            if letter.person
            for action, more in (("letter written", {"name": letter.name}), ("letter queued", {"channel": way.name}))
        ]
        record_many(told)


def send(letter: Letter, *, at: datetime, by: str = THE_SERVICE) -> Delivery:
    """Queue a letter by the way its person chose, as far as the settings and the letter allow. A second call changes nothing."""
    with transaction.atomic():
        if earlier := letter.deliveries.order_by("-id").first():
            return earlier
        way, said = _choose(letter)
        return queue(letter, way, said, at=at, by=by)


def queue(letter: Letter, way: Channel, said: str, *, at: datetime, by: str) -> Delivery:
    """Queue a letter by one channel, unless it is queued by it already. ``said`` is why this channel was taken."""
    with transaction.atomic():
        delivery, is_new = Delivery.objects.get_or_create(
            letter=letter,
            channel=way.name,
            defaults={"said": said[:500], "made_at": at, "try_after": at, "changed_at": at},
        )
        if is_new:
            tell("letter queued", letter, by=by, at=at, channel=way.name)
    return delivery


def send_again(delivery: Delivery, *, at: datetime, by: str) -> Delivery:
    """Queue a delivery that failed once more, on an officer's word.

    A letter that came back is not sent again: it wants another address, hence another letter. Raises ``Refusal`` for a
    delivery that has not failed.
    """
    with transaction.atomic():
        failed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.FAILED)
        if not failed.update(state=DeliveryState.WAITING, tries=0, said="Asked for again", try_after=at, changed_at=at):
            raise Refusal(
                Problem("delivery", "has not failed", "Look at the letter's page again: it may be on its way")
            )
        tell("letter sent again", delivery.letter, by=by, at=at, channel=delivery.channel)
    delivery.refresh_from_db()
    return delivery


def learn(reference: str, way: str, answer: Answer, *, at: datetime) -> bool:
    """Take in what the channel named ``way`` says of a letter, in whatever order it is said. Gives whether it was news.

    What is known never goes back: from sent it may become delivered or failed, and from any of them returned.
    """
    with transaction.atomic():
        found = Delivery.objects.select_for_update(of=("self",)).select_related("letter__person")
        delivery = found.filter(letter__reference=reference, channel=way).first()
        if delivery is None or not _is_news(delivery, answer):
            return False
        delivery.state, delivery.said, delivery.changed_at = answer.state, answer.said[:500], at
        delivery.outside_reference = answer.outside_reference
        delivery.save(update_fields=["state", "said", "changed_at", "outside_reference"])
        tell_of(delivery, at=at)
    return True


def pdf(letter: Letter) -> bytes:
    """A letter's PDF: made from its sealed fields the first time, and kept. Raises ``Refusal``."""
    kept = _kept([letter])
    if letter.pk in kept:
        return kept[letter.pk]
    wanted = _wanted(letter)
    return _keep(letter, letters.render(wanted.name, wanted.fields, form=wanted.form, at=wanted.at))


def render_many(wanted: Iterable[Letter], processes: int = 2) -> Iterator[rendering.Printed]:
    """The PDFs of many letters, in their order and kept; made in several processes where they are more than a few."""
    every = list(wanted)
    kept = _kept(every)
    new = [_wanted(letter) for letter in every if letter.pk not in kept]
    made = map(rendering.printed, new) if len(new) <= FEW else rendering.printed_in_processes(new, processes=processes)
    for letter in every:
        if letter.pk in kept:
            yield rendering.Printed(kept[letter.pk])
        else:
            printed = next(made)
            yield printed if printed.cannot else rendering.Printed(_keep(letter, printed.pdf))


def tell(action: str, letter: Letter, *, by: str, at: datetime, **details: Any) -> None:
    """Tell the audit what was done with a letter, about the person it is for."""
    about = letter.person.reference if letter.person else letter.reference
    record(action=action, actor=by, about=about, at=at, letter=letter.reference, **details)


def tell_of(delivery: Delivery, *, at: datetime, never_taken: bool = False) -> None:
    """Tell the audit what became of a letter, and queue one that failed by another way, where there is a safe one.

    A failed e-mail is followed by post. A letter goes to the print folder only where the channel surely never took it
    (``never_taken``), so that nobody gets it twice.
    """
    letter = delivery.letter
    tell(f"letter {delivery.state}", letter, by=THE_SERVICE, at=at, channel=delivery.channel)
    if delivery.state != DeliveryState.FAILED or withheld(letter):
        return
    if channel(delivery.channel).wish == Wish.EMAIL:
        posting, said = _by_post(letter)
        queue(letter, posting, f"The e-mail did not go. {said}".strip(), at=at, by=THE_SERVICE)
    elif never_taken:
        queue(letter, PRINT, delivery.said, at=at, by=THE_SERVICE)


def withheld(letter: Letter) -> str:
    """Why a letter must not go out, though it was written; empty where it may."""
    if letter.person and letter.person.died_on and not _is_to_estate(letter.fields):
        return "The person has died. Write to the personal representatives instead"
    return ""


def _choose(letter: Letter) -> tuple[Channel, str]:
    """How a letter goes, and why not as was wished."""
    person = letter.person
    if person is None or person.died_on or person.letters_by != Wish.EMAIL:
        return _by_post(letter)
    emailing = channel_for(settings.CHANNEL, Wish.EMAIL)
    why_not = emailing.cannot(letter) if emailing else "This service sends no e-mail"
    if emailing and not why_not:
        return emailing, ""
    posting, said = _by_post(letter)
    return posting, f"{why_not}. {said}".strip()


def _by_post(letter: Letter) -> tuple[Channel, str]:
    posting = channel_for(settings.CHANNEL, Wish.POST) or PRINT
    why_not = posting.cannot(letter)
    return (PRINT, f"{why_not}. It goes to the print folder.") if why_not else (posting, "")


def _is_news(delivery: Delivery, answer: Answer) -> bool:
    same_try = delivery.outside_reference == answer.outside_reference
    if delivery.state in (DeliveryState.WAITING, DeliveryState.SENDING):
        return not same_try  # the try whose name is kept failed before the letter was queued again
    return same_try and _RANK[answer.state] > _RANK[DeliveryState(delivery.state)]


_RANK = {
    DeliveryState.WAITING: 0,
    DeliveryState.SENDING: 1,
    DeliveryState.SENT: 2,
    DeliveryState.DELIVERED: 3,
    DeliveryState.FAILED: 3,
    DeliveryState.RETURNED: 4,
}


def _check_whom(person: Person | None, fields: Mapping[str, Any]) -> None:
    if person is None or "to" not in fields:
        return
    if person.died_on and not _is_to_estate(fields):
        say = "Address the letter to the personal representatives: set to.estate"
        raise Refusal(Problem("to.estate", "is false, and the person has died", say))
    if _is_to_estate(fields) and not person.died_on:
        say = "Record the death first, or address the letter to the person"
        raise Refusal(Problem("to.estate", "is true, and nothing says that the person has died", say))


def _is_to_estate(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("to", {}).get("estate"))


def _kept(wanted: Iterable[Letter]) -> dict[int, bytes]:
    found = PrintedLetter.objects.filter(letter__in=[letter.pk for letter in wanted])
    return {number: bytes(content) for number, content in found.values_list("letter_id", "content")}


def _keep(letter: Letter, content: bytes) -> bytes:
    """Keep a PDF, unless somebody kept one meanwhile: what was made first stands."""
    kept, _ = PrintedLetter.objects.get_or_create(letter=letter, defaults={"content": content})
    return bytes(kept.content)


def _wanted(letter: Letter) -> rendering.Wanted:
    form = letters.Form.LARGE_PRINT if letter.form == LetterForm.LARGE_PRINT else letters.Form.STANDARD
    return rendering.Wanted(letter.name, letter.fields, form, letter.written_at)
