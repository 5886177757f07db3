"""What is refused at a door: which field, what is wrong, what to do, where the rule comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``law`` is the rule behind it, where there is one.

    ``field`` is its place ("capital[1].value") and ``called`` what people call it, where the place does not say ("this
    decision"). ``problem`` goes on from there ("is below nought"); only where there is neither is it a sentence by itself.
    """

    field: str
    problem: str
    what_to_do: str
    law: str | None = None
    called: str = ""

    def __str__(self) -> str:
        about = self.field or self.called
        where = f"{about} " if about else ""
        behind = f" ({self.law})" if self.law else ""
        return f"{where}{self.problem}. {self.what_to_do}{behind}"


class Refusal(Exception):
    """Raised at a door with everything that is wrong, so that it can all be put right at once."""

    def __init__(self, *problems: Problem):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
