"""The application, as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Named by its room, so its tables begin with "access_"."""

    name = "farthing.service.access"
    label = "access"
