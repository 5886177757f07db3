from typing import ClassVar

from django.db import migrations, models

from farthing.service.correspondence.models import letter_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("correspondence", "0002_sealed")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "letter",
            "reference",
            models.CharField(default=letter_reference, editable=False, max_length=18, unique=True),
        ),
    ]
