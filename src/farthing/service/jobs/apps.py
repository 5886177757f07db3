"""The application, as Django knows it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Named by its room, so its tables begin with "jobs_"."""

    name = "farthing.service.jobs"
    label = "jobs"
