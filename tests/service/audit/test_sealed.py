"""A sealed table only grows: the database refuses a change or a deletion, whoever asks and by whatever way."""

import pytest
from django.db import DatabaseError, connection, transaction

from farthing.service.audit.models import Event
from tests.service.audit.test_recording import several

pytestmark = pytest.mark.django_db

WAYS = {
    "save": lambda event: event.save(),
    "update": lambda event: Event.objects.update(actor="x"),
    "bulk_update": lambda event: Event.objects.bulk_update([event], ["actor"]),
    "delete": lambda event: event.delete(),
    "delete all": lambda event: Event.objects.all().delete(),
    "raw delete": lambda event: Event.objects.all()._raw_delete("default"),
    "SQL update": lambda event: sql("UPDATE audit_event SET actor = 'x'"),
    "SQL delete": lambda event: sql("DELETE FROM audit_event"),
    "upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, update_fields=["actor"], unique_fields=["id"]
    ),
}


def sql(statement: str) -> None:
    """Run a statement as anybody with a connection could."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("way", WAYS)
def test_an_event_cannot_be_changed_or_deleted(way):
    event = several(2)[0]
    event.actor = "somebody else"
    with pytest.raises(DatabaseError, match="audit_event is sealed"), transaction.atomic():
        WAYS[way](event)
    assert set(Event.objects.values_list("actor", flat=True)) == {"sam@example.gov.uk"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_events_cannot_be_truncated():
    several(1)
    with pytest.raises(DatabaseError, match="audit_event is sealed"), transaction.atomic():
        sql("TRUNCATE audit_event")


def test_an_event_can_still_be_added():
    several(2)
    assert Event.objects.count() == 2
