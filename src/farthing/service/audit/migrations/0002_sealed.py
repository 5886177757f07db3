"""Events can only be added."""

from typing import ClassVar

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    """Seals the table of events."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0001_initial")]
    operations: ClassVar[list[Seal]] = [Seal("audit_event")]
