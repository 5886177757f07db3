"""The app's settings."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The kept ledger."""

    name = "farthing.service.ledger"
