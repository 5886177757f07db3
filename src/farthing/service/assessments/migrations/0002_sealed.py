"""Decisions, facts and notes can only be added."""

from django.db import migrations

from farthing.service.sealing import Seal


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        Seal("assessments_decision"),
        Seal("assessments_toldfact"),
        Seal("assessments_note"),
    ]
