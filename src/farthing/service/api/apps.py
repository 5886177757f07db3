"""The application, as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Named by its room, so its tables begin with "api_"."""

    name = "farthing.service.api"
    label = "api"
