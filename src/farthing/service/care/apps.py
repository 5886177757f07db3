"""The application, as Django knows it."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Named by its room, so its tables begin with "care_"."""

    name = "farthing.service.care"
    label = "care"
