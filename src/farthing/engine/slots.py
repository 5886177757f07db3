"""What the law leaves a council to settle: declared beside the rules, filled in ``councils/``."""

from dataclasses import dataclass
from typing import Any

from farthing.base.citation import Citation
from farthing.engine.kinds import Choices


@dataclass(frozen=True, slots=True)
class Slot:
    """A choice the law leaves open. ``least`` and ``most`` are its lawful bounds in the slot's unit, None where open."""

    name: str
    says: str
    unit: Any
    law: Citation
    least: int | None = None
    most: int | None = None


def slot(
    name: str,
    *,
    says: str,
    unit: str | Choices,
    law: str,
    checked: bool = True,
    least: int | None = None,
    most: int | None = None,
) -> Slot:
    """Declare a slot; ``law`` is what leaves it open, ``least`` and ``most`` the bounds it must keep (pence for money)."""
    return Slot(name, says, unit, Citation(law, checked), least, most)
