from typing import ClassVar

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    """What was written, decided and checked stays as it is: the database refuses every change and deletion."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("directory", "0001_initial")]
    operations: ClassVar[list[Seal]] = [
        Seal("directory_entryversion"),
        Seal("directory_step"),
        Seal("directory_check"),
    ]
