from typing import ClassVar

from django.db import migrations, models

from farthing.service.assessments.models.decisions import decision_reference
from farthing.service.assessments.models.evidence import evidence_reference
from farthing.service.assessments.models.requests import request_reference
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("assessments", "0002_sealed")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "assessmentrequest",
            "reference",
            models.CharField(default=request_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "decision",
            "reference",
            models.CharField(default=decision_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "evidence",
            "reference",
            models.CharField(default=evidence_reference, editable=False, max_length=18, unique=True),
        ),
    ]
