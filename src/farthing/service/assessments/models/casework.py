"""What goes on around a case: notes, tasks, visits, and messages between the council and the person."""

from django.conf import settings
from django.db import models

from farthing.service.assessments.models.requests import AssessmentRequest
from farthing.service.people.models import Person


class Note(models.Model):
    """What an officer wrote down for colleagues. Never changed; a later note puts it right."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()


class Task(models.Model):
    """Something to be done by a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks")
    says = models.CharField(max_length=300)
    due_on = models.DateField(null=True)
    for_whom = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="tasks")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)


class Visit(models.Model):
    """An assessment made by telephone or at home: when, who was there, what was said."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    how = models.CharField(max_length=20)
    on = models.DateField()
    present = models.CharField(max_length=300)
    record = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class Message(models.Model):
    """A message between the council and the person, or whoever acts for them, about a request."""

    request = models.ForeignKey(AssessmentRequest, on_delete=models.PROTECT, related_name="messages")
    from_council = models.BooleanField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
