from typing import ClassVar

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    """What was agreed, checked, paid or reclaimed stays as it is: the database refuses every change and deletion."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("direct_payments", "0001_initial")]
    operations: ClassVar[list[Seal]] = [
        Seal(f"direct_payments_{table}")
        for table in (
            "dedicatedaccount",
            "accountcheck",
            "agreement",
            "signing",
            "agreementstep",
            "payment",
            "paymentfile",
            "accountreturn",
            "spendingnotallowed",
            "reclaim",
            "review",
        )
    ]
