from typing import ClassVar

from django.db import migrations, models

from farthing.service.direct_payments.models import (
    agreement_reference,
    reclaim_reference,
    request_reference,
    run_reference,
    single_payment_reference,
)
from farthing.service.lengthening import Lengthen


class Migration(migrations.Migration):
    """References are long enough never to be drawn twice."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("direct_payments", "0002_sealed")]
    operations: ClassVar[list[Lengthen]] = [
        Lengthen(
            "agreement",
            "reference",
            models.CharField(default=agreement_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "directpaymentrequest",
            "reference",
            models.CharField(default=request_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "paymentrun",
            "reference",
            models.CharField(default=run_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "reclaim",
            "reference",
            models.CharField(default=reclaim_reference, editable=False, max_length=18, unique=True),
        ),
        Lengthen(
            "singlepayment",
            "reference",
            models.CharField(default=single_payment_reference, editable=False, max_length=18, unique=True),
        ),
    ]
