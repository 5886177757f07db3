"""The look of the service, as Django finds it."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates and static files; no tables."""

    name = "farthing.service.design"
