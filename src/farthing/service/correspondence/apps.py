"""The application, as Django knows it."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Named by its room, so its tables begin with "correspondence_"."""

    name = "farthing.service.correspondence"
    label = "correspondence"
