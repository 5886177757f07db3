"""The application, as Django knows it."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Named by its room, so its tables begin with "billing_"."""

    name = "farthing.service.billing"
    label = "billing"
