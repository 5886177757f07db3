"""What is checked of the settings for sending, before the service starts."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from farthing.base.refusal import Refusal
from farthing.service.correspondence.channels import channel_for
from farthing.service.people.models import Channel as Wish


@register
def sending_is_set_up(**given: Any) -> list[Error]:
    """That letters have a way to go, and Notify its key."""
    try:
        channel_for(settings.CHANNEL, Wish.POST)
    except Refusal as refusal:
        return [Error(str(refusal), id="correspondence.E001")]
    if settings.CHANNEL == "notify" and not settings.NOTIFY["key"]:
        return [Error("FARTHING_NOTIFY_KEY is not set", "Set it to the key of GOV.UK Notify", id="correspondence.E002")]
    return []
