"""Keeps the tokens of saved estimates and of enquiries out of the logs: whoever reads one could open what it leads to."""

import logging
import re

_TOKEN = re.compile(r"/(saved|directory/enquiries)/[^/\s\"']+")
LOGGERS = ("django.request", "django.security.csrf", "django.server")
"""Those that write the address of a request."""


class WithoutTokens(logging.Filter):
    """Writes "/saved/…" for the address of any saved estimate, and "/directory/enquiries/…" for that of any enquiry."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, rewritten."""
        said = record.getMessage()
        hidden = _TOKEN.sub(r"/\1/…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


def keep_tokens_out() -> None:
    """Rewrite what the loggers of requests are told, before it goes anywhere."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(WithoutTokens())
