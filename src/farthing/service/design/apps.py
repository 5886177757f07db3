"""The look of the service, as Django finds it."""

from django.apps import AppConfig
from django.core import checks


class DesignConfig(AppConfig):
    """Templates and static files; no tables."""

    name = "farthing.service.design"

    def ready(self) -> None:
        from farthing.service.design.contrast import check_look

        checks.register(check_look)
