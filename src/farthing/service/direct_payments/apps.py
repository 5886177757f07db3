"""The application, as Django knows it."""

from django.apps import AppConfig


class DirectPaymentsConfig(AppConfig):
    """Named by its room, so its tables begin with "direct_payments_"."""

    name = "farthing.service.direct_payments"
    label = "direct_payments"
