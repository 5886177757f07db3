"""The application, as Django knows it."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Named by its room, so its tables begin with "assessments_"."""

    name = "farthing.service.assessments"
    label = "assessments"
