from typing import ClassVar

from django.db import migrations, models

from farthing.service.jobs.models import job_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("jobs", "0001_initial")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "job", "reference", models.CharField(default=job_reference, editable=False, max_length=18, unique=True)
        ),
    ]
