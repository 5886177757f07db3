from typing import ClassVar

from django.db import migrations, models

from farthing.service.people.models import person_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("people", "0001_initial")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "person",
            "reference",
            models.CharField(default=person_reference, editable=False, max_length=18, unique=True),
        ),
    ]
