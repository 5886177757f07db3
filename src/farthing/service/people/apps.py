"""The application, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named by its room, so its tables begin with "people_"."""

    name = "farthing.service.people"
    label = "people"
