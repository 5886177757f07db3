from importlib import import_module
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from farthing.service.sealing import Seal

DID = [
    ("began", "began the entry"),
    ("handed in", "handed the entry in"),
    ("published", "published the entry"),
    ("updated", "changed prices, hours or how to be reached, published at once"),
    ("refused", "did not accept the entry"),
    ("suspended", "suspended the enterprise"),
    ("restored", "let the enterprise be shown again"),
    ("withdrew", "took the entry back"),
    ("said space", "said that there is space"),
    ("said full", "said that it is full"),
    ("said ask", "said to ask whether there is space"),
    ("left feed", "no longer named it"),
    ("feed stopped", "stopped reading the directory it came from"),
]
SEARCHED = import_module("farthing.service.directory.migrations.0003_searched")


def keep_words_again(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes a table anew to change a column, and drops the triggers on it."""
    if editor.connection.vendor == "sqlite":
        SEARCHED.forwards(apps, editor, only="CREATE TRIGGER")


class Migration(migrations.Migration):
    """What nobody told is None in a listing, feeds are read whole once more, and one may be stopped with the reason."""

    dependencies: ClassVar[list[Any]] = [
        ("directory", "0003_searched"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar[list[Any]] = [
        migrations.AddField("feed", "whole_next", models.BooleanField(default=True)),
        migrations.AddField("feedreading", "reasons", models.JSONField(default=list)),
        migrations.RunPython(migrations.RunPython.noop, keep_words_again),
        migrations.AddField("listing", "any_age", models.BooleanField(default=False)),
        migrations.AlterField("listing", "travels", models.PositiveIntegerField(null=True)),
        migrations.RunPython(keep_words_again, migrations.RunPython.noop),
        migrations.AlterField("step", "did", models.CharField(choices=DID, max_length=30)),
        migrations.CreateModel(
            name="FeedStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_read", models.BooleanField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="directory.feed"
                    ),
                ),
            ],
        ),
        Seal("directory_feedstep"),
    ]
