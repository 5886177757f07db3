from typing import ClassVar

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    """What is posted or issued stays as it is: the database refuses every change and deletion."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("ledger", "0001_initial")]
    operations: ClassVar[list[Seal]] = [Seal("ledger_ledgerentry")]
