"""One endpoint a file. Each reads what was asked, calls a room below, and hands on what it says.

To bring in this folder is to put every endpoint into the interface.
"""

from farthing.service.api.endpoints import (
    ask,
    assess,
    list_applications,
    list_councils,
    list_rates,
    list_rules,
    one_application,
    one_council,
    one_decision,
    one_rate,
    one_rule,
    send_application,
)

__all__ = [
    "ask",
    "assess",
    "list_applications",
    "list_councils",
    "list_rates",
    "list_rules",
    "one_application",
    "one_council",
    "one_decision",
    "one_rate",
    "one_rule",
    "send_application",
]
