"""What is written down about direct payments, each in one transaction and told to the audit."""

from farthing.base.refusal import Problem

SHORTEST_REASON = 20
"""Letters. A reason is a sentence that can be read to the person."""


def too_short(reason: str, field: str = "reason") -> list[Problem]:
    """What is wrong with a reason nobody would understand later."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    return [Problem(field, "is too short to be understood later", "Say in a sentence why")]
