"""This service's own council, as its directory needs it."""

from django.conf import settings

from farthing.base.refusal import Problem, Refusal
from farthing.councils.directory import Directory, directory


def directory_here() -> Directory:
    """Whom the directory of this service's council turns to. Raises ``Refusal`` where the council keeps none.

    In production it is refused too where an address in it is invented.
    """
    found = directory(settings.FARTHING_COUNCIL)
    if settings.IN_PRODUCTION and found.invented:
        what_to_do = f"Put the council's own in {found.place}"
        raise Refusal(*(Problem(name, "has an invented e-mail address", what_to_do) for name in found.invented))
    return found
