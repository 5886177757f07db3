from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """When the words and addresses of an enquiry and of a concern were deleted."""

    dependencies: ClassVar[list[Any]] = [("directory", "0004_what_is_told")]
    operations: ClassVar[list[Any]] = [
        migrations.AddField("enquiry", "wiped_at", models.DateTimeField(null=True)),
        migrations.AddField("concern", "wiped_at", models.DateTimeField(null=True)),
    ]
