from typing import ClassVar

from django.db import migrations, models

from farthing.service.directory.models import concern_reference, enquiry_reference, enterprise_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("directory", "0005_wiped")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "concern",
            "reference",
            models.CharField(default=concern_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "enquiry",
            "reference",
            models.CharField(default=enquiry_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "enterprise",
            "reference",
            models.CharField(default=enterprise_reference, editable=False, max_length=18, unique=True),
        ),
    ]
