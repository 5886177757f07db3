"""The application, as Django knows it."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Named by its room, so its tables begin with "correspondence_"."""

    name = "farthing.service.correspondence"
    label = "correspondence"

    def ready(self) -> None:
        """Have the settings for sending checked with all others."""
        from farthing.service.correspondence import checks  # noqa: F401 - it asks for the models, which are there now
