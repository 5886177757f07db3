from typing import ClassVar

from django.db import migrations, models

from farthing.service.billing.models import run_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("billing", "0002_sealed")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "billingrun",
            "reference",
            models.CharField(default=run_reference, editable=False, max_length=18, unique=True),
        ),
    ]
