"""The application, as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Named by its room, so its tables begin with "directory_"."""

    name = "farthing.service.directory"
    label = "directory"
