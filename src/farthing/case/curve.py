"""How the charge goes with savings: the same law read again and again, with nothing different but the capital."""

from collections.abc import Iterator
from dataclasses import dataclass

from farthing.case.assessment import Assessment, policy_of
from farthing.engine.asking import Unknown, complete
from farthing.engine.law import Plan
from farthing.engine.one import read
from farthing.law import plan

CHARGE, CONTRIBUTION = "weekly_charge", "maximum_weekly_contribution"


@dataclass(frozen=True, slots=True)
class Curve:
    """What is paid a week by savings, all in pence. From each point's savings on, its amount holds.

    ``of`` names what is paid: the charge, or where the cost of the care is not known the most that could be asked for.
    ``here`` is the person's own point, None where their savings are not known. ``lower`` and ``upper`` are the limits.
    """

    of: str
    points: tuple[tuple[int, int], ...]
    here: tuple[int, int] | None
    lower: int
    upper: int


def curve(assessment: Assessment) -> Curve | None:
    """The curve for a case; None where savings change nothing, or too much else is unknown to draw it."""
    lower, upper = assessment.values["lower_limit_in_force"], assessment.values["upper_limit_in_force"]
    if isinstance(lower, Unknown) or isinstance(upper, Unknown):
        return None
    for of in (CHARGE, CONTRIBUTION):
        points = tuple(_points(assessment, of, lower, upper))
        if len({amount for _, amount in points}) > 1:
            return Curve(of, _without_repeats(points), _here(assessment, of), lower, upper)
    return None


def _points(assessment: Assessment, of: str, lower: int, upper: int) -> Iterator[tuple[int, int]]:
    """A point wherever the amount can change: at nothing, just above each step of the tariff, just above the limit."""
    wanted = plan((of, "pays_full_cost"))
    policy = policy_of(assessment.council, assessment.on, wanted)
    base = {**complete(policy, assessment.told), **_settled_without_capital(assessment, wanted)}
    step = assessment.policy.settled["tariff_step"]
    for capital in (0, *range(lower + 1, upper + 1, step), upper + 1):
        values = read(policy, {**base, "assessable_capital": capital})
        amount = values[of]
        full_cost = of == CONTRIBUTION and values["pays_full_cost"] is not False
        if not isinstance(amount, Unknown) and not full_cost:
            yield capital, amount


def _settled_without_capital(assessment: Assessment, wanted: Plan) -> dict[str, object]:
    """The value of every rule that no capital can change, so that it is not read again for each point."""
    moved = {"assessable_capital"}
    settled: dict[str, object] = {}
    for step in wanted.case_steps:
        name = step.rule.name
        if name in moved or moved.intersection(step.keys):
            moved.add(name)
        else:
            settled[name] = assessment.values[name]
    return settled


def _without_repeats(points: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    kept = list(points[:1])
    for point in points[1:]:
        if point[1] != kept[-1][1]:
            kept.append(point)
    return tuple(kept)


def _here(assessment: Assessment, of: str) -> tuple[int, int] | None:
    capital, amount = assessment.values["assessable_capital"], assessment.values[of]
    if isinstance(capital, Unknown) or isinstance(amount, Unknown):
        return None
    return capital, amount
