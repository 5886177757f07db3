"""The plain e-mails of the directory. None holds an address, or what one side of an enquiry wrote."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

OWN_DESK = "/your-business/"
"""Where an enterprise sees to its own entry."""


def send(template: str, subject: str, to: str, **fields: Any) -> None:
    """Send an e-mail of ``jinja2/directory/``. Raises ``OSError`` where it cannot be handed over."""
    body = render_to_string(f"directory/{template}.txt", fields)
    send_mail(" ".join(subject.split()), body, None, [to])


def address_of(path: str) -> str:
    """The whole address of a page of this service."""
    return f"{settings.ADDRESS}{path}"
