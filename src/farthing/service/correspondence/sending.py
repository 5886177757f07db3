"""Sending what is queued, each letter exactly once, whenever the sender is stopped.

A sender first takes a letter in hand, in a transaction of its own; then it asks the channel whether an earlier try
arrived, and sends only if none did; then it records the answer, unless it has lost the letter to another meanwhile.
What a stopped sender had in hand is queued again after a while.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet

from farthing.service.correspondence.channels import Answer, Channel, TryLater, WillNotGo, channels
from farthing.service.correspondence.models import Delivery, DeliveryState
from farthing.service.correspondence.rendering import Printed
from farthing.service.correspondence.services import learn, render_many, tell_of, withheld
from farthing.service.jobs import stopping
from farthing.service.people.models import Channel as Wish

Now = Callable[[], datetime]

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long to wait after each try that did not go. After one more it is given up, and officers are told."""
MOST_TRIES = len(WAITS) + 1

LOST_AFTER = timedelta(minutes=15)
"""A letter in hand for so long has lost its sender: longer than any answer may take, and long enough for Notify to list it."""

ASK_AGAIN = timedelta(hours=1)
ASK_FOR = timedelta(days=30)
"""How often, and for how long after it was queued, to ask what became of a letter."""


def send_waiting(now: Now, *, told: Callable[[int], None] = lambda sent: None) -> int:
    """Send every letter whose time has come. ``told`` hears how many went so far. Gives how many went."""
    sent = 0
    queue_lost_again(now())
    for way in channels().values():
        for went in _send_all(way, now):
            sent += went
            told(sent)
    return sent


def count_waiting(at: datetime) -> int:
    """How many letters there are to send."""
    return Delivery.objects.filter(state=DeliveryState.WAITING, try_after__lte=at).count()


def queue_lost_again(at: datetime) -> int:
    """Queue again the letters whose sender was stopped. Gives how many."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, changed_at__lt=at - LOST_AFTER)
    return lost.update(
        state=DeliveryState.WAITING, claim="", try_after=at, changed_at=at, said="The sender was stopped"
    )


def ask_after_sent(now: Now) -> int:
    """Ask the channels that know what became of the letters they took. Gives how many had news."""
    news = 0
    for way in channels().values():
        for delivery in _to_ask_after(way, now()):
            if stopping.asked():
                return news
            try:
                answer = way.news(delivery.outside_reference)
            except TryLater:
                break
            Delivery.objects.filter(pk=delivery.pk).update(try_after=now() + ASK_AGAIN)
            news += answer is not None and learn(delivery.letter.reference, way.name, answer, at=now())
    return news


def _to_ask_after(way: Channel, at: datetime) -> list[Delivery]:
    sent = Delivery.objects.filter(
        channel=way.name, state=DeliveryState.SENT, try_after__lte=at, made_at__gt=at - ASK_FOR
    )
    return list(sent.select_related("letter").order_by("try_after")[:500])


def _send_all(way: Channel, now: Now) -> Iterator[int]:
    """Send all that waits for a channel, handful by handful, until none is left or the channel cannot be used at all."""
    while not stopping.asked() and (in_hand := _take_in_hand(way, now())):
        for place, (delivery, made) in enumerate(_made(in_hand, way)):
            if stopping.asked():
                _give_back(in_hand[place:])
                return
            try:
                yield _send_one(way, delivery, made, now())
            except TryLater as later:
                _put_back(delivery, str(later), now())
                if later.for_all:
                    _give_back(in_hand[place + 1 :])
                    return


def _take_in_hand(way: Channel, at: datetime) -> list[Delivery]:
    """Take letters that wait, for this sender alone. It is committed before anything goes out."""
    claim = uuid4().hex
    ready = Delivery.objects.filter(channel=way.name, state=DeliveryState.WAITING, try_after__lte=at)
    with transaction.atomic(durable=True):
        oldest = ready.select_for_update(skip_locked=True).order_by("try_after", "id")
        first = list(oldest.values_list("id", flat=True)[: way.at_once])
        ready.filter(id__in=first).update(state=DeliveryState.SENDING, claim=claim, tries=F("tries") + 1, changed_at=at)
    mine = Delivery.objects.filter(claim=claim, state=DeliveryState.SENDING)
    return list(mine.select_related("letter__person").order_by("try_after", "id"))


def _made(in_hand: list[Delivery], way: Channel) -> Iterator[tuple[Delivery, Printed]]:
    if way.wish == Wish.POST:
        yield from zip(in_hand, render_many(delivery.letter for delivery in in_hand), strict=True)
    else:
        yield from ((delivery, Printed(b"")) for delivery in in_hand)


def _send_one(way: Channel, delivery: Delivery, made: Printed, at: datetime) -> bool:
    """Send one letter, unless it arrived before. Gives whether it has gone. Raises ``TryLater``."""
    if answer := way.earlier(delivery.letter):
        return _record(delivery, answer, at)
    if why_not := withheld(delivery.letter) or made.cannot or _tried_too_often(delivery):
        _record(delivery, _failed(delivery, why_not), at)
        return False
    try:
        return _record(delivery, way.carry(delivery.letter, made.pdf), at)
    except WillNotGo as refused:
        _record(delivery, _failed(delivery, str(refused)), at, never_taken=True)
        return False


def _failed(delivery: Delivery, why: str) -> Answer:
    return Answer(delivery.outside_reference, why, DeliveryState.FAILED)


def _tried_too_often(delivery: Delivery) -> str:
    return f"It was tried {MOST_TRIES} times. {delivery.said}" if delivery.tries > MOST_TRIES else ""


def _record(delivery: Delivery, answer: Answer, at: datetime, *, never_taken: bool = False) -> bool:
    """Record what the channel answered. Gives False where the letter was lost to another sender meanwhile."""
    delivery.state, delivery.said, delivery.outside_reference = (
        answer.state,
        answer.said[:500],
        answer.outside_reference,
    )
    with transaction.atomic(durable=True):
        kept = _still_in_hand(delivery).update(
            state=delivery.state,
            said=delivery.said,
            outside_reference=delivery.outside_reference,
            claim="",
            try_after=at + ASK_AGAIN,
            changed_at=at,
        )
        if kept:
            tell_of(delivery, at=at, never_taken=never_taken)
    return bool(kept)


def _put_back(delivery: Delivery, why: str, at: datetime) -> None:
    if delivery.tries >= MOST_TRIES:
        said = f"It was tried {delivery.tries} times. {why}"
        _record(delivery, _failed(delivery, said), at)
        return
    wait = WAITS[delivery.tries - 1]
    waiting = {"state": DeliveryState.WAITING, "claim": "", "said": why[:500], "try_after": at + wait, "changed_at": at}
    _still_in_hand(delivery).update(**waiting)


def _give_back(in_hand: list[Delivery]) -> None:
    """Queue again letters that were in hand and not tried."""
    for delivery in in_hand:
        _still_in_hand(delivery).update(state=DeliveryState.WAITING, claim="", tries=F("tries") - 1)


def _still_in_hand(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, claim=delivery.claim)
