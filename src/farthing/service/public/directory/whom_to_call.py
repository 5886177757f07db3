"""Whom to call at the council about help itself, and not about paying for it."""

from django.conf import settings

from farthing.councils import Contact
from farthing.councils import council as find_council

CUSTOMER_SERVICES = "customer_services"


def customer_services() -> Contact | None:
    """Those at the council who answer anybody about anything; None where the council names none."""
    return find_council(settings.FARTHING_COUNCIL).contacts.get(CUSTOMER_SERVICES)
