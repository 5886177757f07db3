"""What every command of the service needs first: the service itself, and who it is done by."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from farthing.base.refusal import Problem, Refusal
from farthing.cli.show import refuses

Command = TypeVar("Command", bound=Callable[..., Any])


def desk(command: Command) -> Command:
    """A command for which the service is loaded first; what it refuses is printed as every command prints it."""

    @refuses
    @wraps(command)
    def loaded(*args: Any, **options: Any) -> Any:
        load()
        return command(*args, **options)

    return loaded  # type: ignore[return-value]


def load() -> None:
    """Load the service. Raises ``Refusal`` where it is not installed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farthing.service.settings")
    try:
        import django
    except ModuleNotFoundError:
        hint = "Install it with: pip install 'farthing[service]'"
        raise Refusal(Problem("", "the service needs Django, which is not installed", hint)) from None
    django.setup()


def staff(email: str) -> Any:
    """The member of staff of an e-mail address. Raises ``Refusal`` where nobody has it."""
    from farthing.service.access.selectors import staff_named

    found = staff_named(email)
    if found is None:
        raise Refusal(Problem("--by", f"{email!r} is no member of staff", "Give the address they sign in with"))
    return found
