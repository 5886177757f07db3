"""The application, as Django knows it."""

from django.apps import AppConfig


class OfficerConfig(AppConfig):
    """Named by its room, so its tables begin with "officer_"."""

    name = "farthing.service.officer"
    label = "officer"
