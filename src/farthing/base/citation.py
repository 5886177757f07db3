"""Where the law says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the law, and whether somebody has read it there.

    ``law`` names the provision ("SI 2014/2672 reg 25(1)"); ``checked`` is false where the rule was written
    from general knowledge and its wording or number has still to be read.
    """

    law: str
    checked: bool = True

    def __str__(self) -> str:
        return self.law
