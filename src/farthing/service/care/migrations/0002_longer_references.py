from typing import ClassVar

from django.db import migrations, models

from farthing.service.care.models import file_reference, service_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("care", "0001_initial")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "service",
            "reference",
            models.CharField(default=service_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "visitsfile",
            "reference",
            models.CharField(default=file_reference, editable=False, max_length=18, unique=True),
        ),
    ]
