"""What the invented people have told: money, care and household as the invented caseload draws them, as answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from farthing.base.money import pounds
from farthing.case.assessment import still_waiting
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.caseload.population import table
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.law import law
from farthing.service.questions.answers import Answers, Item, Listed

Row = Mapping[str, Any]

CARE_HOMES = ("care_home", "care_home_temporary", "care_home_short_stay")
TOLD_FIRST = ("setting", "born", "tells_finances")
TOLD_OF_A_HOME = ("moved_in", "usual_rate", "fee", "nursing")
LISTS = ("capital", "income", "housing_costs", "disability_related_expenditure")

A_GIFT = "given_away"
"""Left out here: whether it was to avoid a charge has to be found, which the story of a gift tells."""


def rows(people: int, *, seed: int, on: date) -> list[dict[str, Any]]:
    """So many invented people as the invented caseload draws them for a day."""
    return [dict(each) for each in table(people, seed, on).to_pylist()]


def answers_of(row: Row, *, council: str, on: date, tells: bool = True) -> Answers:
    """What the person of a row tells: what the law asks of them on a day, and nothing that it does not."""
    row = {**row, "tells_finances": tells}
    in_a_home = row["setting"] in CARE_HOMES
    told = Answers()
    for name in (*TOLD_FIRST, *(TOLD_OF_A_HOME if in_a_home else ())):
        told = told.saying(name, _written(law().facts[name], row[name]))
    if not in_a_home:
        told = told.saying("weekly_cost", pounds(_weekly_cost(row)))
    if tells:
        for name in LISTS:
            told = _with_list(told, name, row[name])
    return completed(told, row, council=council, on=on)


def _with_list(told: Answers, name: str, items: list[Row]) -> Answers:
    declared = law().lists[name].facts
    listed = {}
    kept = (item for item in items if item["kind"] != A_GIFT)
    for number, item in enumerate(kept, 1):
        given = {fact: value for fact, value in item.items() if value is not None and fact != "kind"}
        said = {fact: _written(declared[fact], value) for fact, value in given.items()}
        listed[f"i{number}"] = Item(item["kind"], said, is_done=True)
    trail = (*told.trail, name, *(f"{name}.{key}" for key in listed))
    return Answers(told.about, told.said, {**told.lists, name: Listed(listed)}, told.passed, trail)


def completed(told: Answers, row: Row, *, council: str, on: date) -> Answers:
    """With whatever the law still waits for, until it waits for nothing that a person can tell of themselves."""
    while own := asked_of_person(told.case(council, on)):
        for name in own:
            fact = law().facts[name]
            told = told.saying(name, _written(fact, row[name]) if row.get(name) is not None else plainest(fact))
    return told


def asked_of_person(case: Mapping[str, Any]) -> list[str]:
    """The facts of the person that the law still waits for, and the person can tell."""
    waiting = still_waiting(read_case(tree_of(dict(case))))
    return [name for name in waiting if name in law().facts and not law().facts[name].of_council]


def plainest(fact: Fact) -> str:
    """What is said of a fact where nothing is out of the ordinary: no, none, nought."""
    if isinstance(fact.unit, Choices):
        return str(fact.unit.names[0])
    if fact.unit == "yes/no":
        return "false"
    return pounds(0) if "£" in str(fact.unit) else str(fact.least or 0)


def _written(fact: Fact, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return pounds(value) if "£" in str(fact.unit) else str(value)


def _weekly_cost(row: Row) -> int:
    return max(sum(each["weekly_cost"] or 0 for each in row["services"]), 85_00)
