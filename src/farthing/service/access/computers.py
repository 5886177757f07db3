"""The computer a request comes from, to count tries by."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def computer_of(request: HttpRequest) -> str:
    """The network address of whoever asks: behind a proxy of ours, the one that proxy saw."""
    if settings.BEHIND_PROXY and (seen := request.META.get("HTTP_X_FORWARDED_FOR")):
        return str(seen).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def digest_of_computer(request: HttpRequest) -> str:
    """A digest that the same computer always has, and from which its address cannot be read."""
    return salted_hmac("farthing.access.computers", computer_of(request), algorithm="sha256").hexdigest()
