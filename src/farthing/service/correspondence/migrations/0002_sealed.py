"""Letters can only be added."""

from typing import ClassVar

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    """Seals the tables of letters and of their PDFs."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("correspondence", "0001_initial")]
    operations: ClassVar[list[Seal]] = [
        Seal("correspondence_letter"),
        Seal("correspondence_printedletter"),
    ]
