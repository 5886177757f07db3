"""Decisions, facts and notes can only be added."""

from django.db import migrations

from farthing.service.sealing import seal


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [
        seal("assessments_decision"),
        seal("assessments_toldfact"),
        seal("assessments_note"),
    ]
