"""Keeps the token of a saved estimate out of the logs: whoever reads it could open the estimate."""

import logging
import re

_TOKEN = re.compile(r"/saved/[^/\s\"']+")
LOGGERS = ("django.request", "django.security.csrf", "django.server")
"""Those that write the address of a request."""


class WithoutTokens(logging.Filter):
    """Writes "/saved/…" for the address of any saved estimate."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, rewritten."""
        said = record.getMessage()
        hidden = _TOKEN.sub("/saved/…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


def keep_tokens_out() -> None:
    """Rewrite what the loggers of requests are told, before it goes anywhere."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(WithoutTokens())
