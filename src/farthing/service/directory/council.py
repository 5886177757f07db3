"""This service's own council, as its directory needs it."""

from django.conf import settings

from farthing.base.refusal import Problem, Refusal
from farthing.councils.directory import Directory, Keeps, Urgent, directory, has_directory


def directory_here() -> Directory:
    """Whom the directory of this service's council turns to. Raises ``Refusal`` where the council keeps none.

    In production it is refused too where something in it is invented.
    """
    found = directory(settings.FARTHING_COUNCIL)
    if settings.IN_PRODUCTION and found.invented:
        what_to_do = f"Put the council's own in {found.place}"
        raise Refusal(*(Problem(name, "is invented", what_to_do) for name in found.invented))
    return found


def urgent_here() -> Urgent | None:
    """Whom to ring at once about safeguarding; None where the council keeps no directory, or would have people ring nobody."""
    if not has_directory(settings.FARTHING_COUNCIL):
        return None
    found = directory(settings.FARTHING_COUNCIL)
    return None if settings.IN_PRODUCTION and "urgent" in found.invented else found.urgent


def kept_here() -> Keeps | None:
    """How long what people write in the directory is kept; None where the council keeps no directory."""
    return directory(settings.FARTHING_COUNCIL).keeps if has_directory(settings.FARTHING_COUNCIL) else None
