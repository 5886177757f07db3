"""What is refused at a door: which field, what is wrong, what to do, where the rule comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``field`` is its place ("capital[1].value"); ``law`` the rule behind it, where there is one."""

    field: str
    problem: str
    what_to_do: str
    law: str | None = None

    def __str__(self) -> str:
        where = f"{self.field} " if self.field else ""
        behind = f" ({self.law})" if self.law else ""
        return f"{where}{self.problem}. {self.what_to_do}{behind}"


class Refusal(Exception):
    """Raised at a door with everything that is wrong, so that it can all be put right at once."""

    def __init__(self, *problems: Problem):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
