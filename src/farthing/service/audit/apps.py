"""The application, as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Named by its room, so its tables begin with "audit_"."""

    name = "farthing.service.audit"
    label = "audit"
