"""Why a week comes to what it does, and why it came to something else before: sentences for invoices and reviews."""

from collections.abc import Iterator

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.base.money import shown
from farthing.ledger.care import Cost, Unit, Why
from farthing.ledger.charge import ChargedWeek, Part

NOT_CHARGED = {
    Why.DEATH: "after the death",
    Why.HOSPITAL: "in hospital",
    Why.ABSENCE: "away from home",
    Why.HOLD: "care was on hold",
}
_UNITS = {Unit.DAY: "day", Unit.NIGHT: "night", Unit.VISIT: "visit", Unit.WEEK: "day"}


def why(week: ChargedWeek) -> tuple[str, ...]:
    """Why a week comes to what is charged for it: what is out of the ordinary, and which of the two limits holds."""
    return tuple(_why(week))


def what_changed(before: ChargedWeek | None, after: ChargedWeek | None) -> tuple[str, ...]:
    """What is different between a week as it was invoiced and as it is now, a sentence each; none where nothing is."""
    if before and after:
        return tuple(_changes(before, after))
    if after:
        return ("This week was not charged before.",)
    return ("This week is no longer charged.",) if before else ()


def quantity(cost: Cost, amount: int) -> str:
    """An amount of a service in words: "3 hours 30 minutes", "12 visits"."""
    if cost.service.unit is Unit.HOUR:
        hours, minutes = divmod(amount, 60)
        return " ".join(filter(None, (_counted(hours, "hour"), _counted(minutes, "minute")))) or "none"
    return _counted(amount, _UNITS[cost.service.unit]) or "none"


def _why(week: ChargedWeek) -> Iterator[str]:
    for reason, days in _uncharged(week).items():
        yield f"{_counted(days, 'day')} not charged: {NOT_CHARGED[reason]}."
    if len(week.parts) > 1 or any(part.charged_days < DAYS_IN_A_WEEK for part in week.parts):
        for part in week.parts:
            yield _of_part(part)
    if week.cost == 0:
        yield "No care was given that can be charged for."
    elif week.charge < week.contribution:
        yield f"The care cost {shown(week.cost)}, less than the contribution of {shown(week.contribution)}, so its cost is charged."
    if week.waived:
        yield f"{shown(min(week.waived, week.cost, week.contribution))} of it is not charged: the council waives it."
    if week.into_account:
        yield f"{shown(week.into_account)} of it is paid into the direct payment account."


def _of_part(part: Part) -> str:
    since = f"From {in_words(part.days.first)}: {_counted(part.charged_days, 'day')}"
    if part.weekly is None:
        return f"{since} at the full cost, {shown(part.contribution)}."
    return f"{since} at {shown(part.weekly)} a week, {shown(part.contribution)}."


def _changes(before: ChargedWeek, after: ChargedWeek) -> Iterator[str]:
    was, now = ({each.service.reference: each for each in week.costs} for week in (before, after))
    for reference in sorted({*was, *now}):
        yield from _service_changed(was.get(reference), now.get(reference))
    if before.contribution != after.contribution:
        decided = after.parts[-1].decision if after.parts else ""
        anew = bool(decided) and decided not in {part.decision for part in before.parts}
        by_decision = f", by decision {decided}" if anew else ""
        yield f"The contribution is {shown(after.contribution)}{by_decision}; it was {shown(before.contribution)}."
    if before.charge != after.charge:
        yield f"The charge is {shown(after.charge)}; it was {shown(before.charge)}."
    elif before.invoiced != after.invoiced:
        yield f"{shown(after.invoiced)} of the charge is invoiced; it was {shown(before.invoiced)}."


def _service_changed(was: Cost | None, now: Cost | None) -> Iterator[str]:
    known = now or was
    if known is None or (
        was and now and (was.amount, was.cost, was.uncharged) == (now.amount, now.cost, now.uncharged)
    ):
        return
    before = f"{quantity(was, was.amount)}, {shown(was.cost)}" if was else "none"
    after = f"{quantity(now, now.amount)}, {shown(now.cost)}" if now else "none"
    yield f"{known.service.says}: {after}; it was {before}."


def _uncharged(week: ChargedWeek) -> dict[Why, int]:
    """For each reason, how many days of the service most concerned were left out."""
    found: dict[Why, int] = {}
    for cost in week.costs:
        for reason, days in cost.uncharged:
            found[reason] = max(found.get(reason, 0), days)
    return found


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""
