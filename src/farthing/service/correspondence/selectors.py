"""Reading letters back: whose they are, what waits, what could not be sent, what came back."""

from django.db.models import Count

from farthing.service.correspondence.models import Delivery, DeliveryState, Letter
from farthing.service.people.models import Person


def letters_of(person: Person) -> list[Letter]:
    """A person's letters with their deliveries, the newest first."""
    return list(Letter.objects.filter(person=person).prefetch_related("deliveries").order_by("-written_at", "-id"))


def letter_for(reference: str) -> Letter | None:
    """The letter of a reference, with its person and deliveries."""
    return Letter.objects.filter(reference=reference).select_related("person").prefetch_related("deliveries").first()


def letters_because(cause: str) -> list[Letter]:
    """The letters written for a cause ("decision D-7K3M-2QXT-H4WR"), with their deliveries, the oldest first."""
    return list(Letter.objects.filter(cause=cause).prefetch_related("deliveries").order_by("id"))


def waiting(*, most: int = 200) -> list[Delivery]:
    """Deliveries still to be sent, the oldest first."""
    return _in(DeliveryState.WAITING, DeliveryState.SENDING, most=most)


def failed(*, most: int = 200) -> list[Delivery]:
    """Deliveries for an officer to look at: those that could not be sent and those that came back, the oldest first."""
    return _in(DeliveryState.FAILED, DeliveryState.RETURNED, most=most)


def counts() -> dict[str, int]:
    """How many deliveries are in each state; a state without any is left out."""
    counted = Delivery.objects.values_list("state").annotate(Count("id")).order_by("state")
    return dict(counted)


def _in(*states: DeliveryState, most: int) -> list[Delivery]:
    return list(Delivery.objects.filter(state__in=states).select_related("letter__person").order_by("id")[:most])
