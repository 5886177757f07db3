"""Random ways through the questions: each page is answered with something its form would let through, or passed."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from farthing.base.money import pounds
from farthing.base.refusal import Refusal
from farthing.case.assessment import Assessment
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.law import law
from farthing.service.questions.answers import Answers, Item
from farthing.service.questions.pages import FactPage, ItemPage, KindsPage, case_of, facts_to_ask, is_described, settled

COUNCIL, TODAY = "cambridgeshire", date(2026, 11, 25)
MUST_BE_ANSWERED = {"setting", "tells_finances"}
MOST_PAGES = 120


@dataclass
class Way:
    """A way through the questions: the names of the pages, the range before each, and what was known in the end."""

    names: list[str] = field(default_factory=list)
    ranges: list[tuple[int, int | None]] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    assessment: Assessment | None = None


@st.composite
def ways(draw, passes=True):
    """A way from the first question to the end."""
    way = Way()
    for _ in range(MOST_PAGES):
        way.answers, way.assessment, page = settled(way.answers, COUNCIL, TODAY)
        way.ranges.append(way.assessment.range_of("weekly_charge"))
        if page is None:
            return way
        way.answers = _answered(draw, way, page, passes)
    raise AssertionError(f"The questions do not end: {way.names[-8:]}")


def _answered(draw, way, page, passes):
    answers = way.answers
    if isinstance(page, FactPage):
        way.names.append(page.fact)
        if passes and page.fact not in MUST_BE_ANSWERED and draw(st.integers(0, 4)) == 0:
            return answers.passing(page.fact)
        return _taken(answers, answers.saying(page.fact, draw(written(law().facts[page.fact]))), page.fact)
    if isinstance(page, KindsPage):
        way.names.append(page.list_name)
        if passes and draw(st.integers(0, 5)) == 0:
            return answers.passing(page.list_name)
        kinds = law().lists[page.list_name].facts["kind"].unit.names
        return answers.having(page.list_name, draw(st.lists(st.sampled_from(kinds), max_size=3, unique=True)))
    return _item_answered(draw, way, page)


def _item_answered(draw, way, page: ItemPage):
    answers = way.answers
    item = answers.lists[page.list_name].items[page.key]
    facts = facts_to_ask(answers, page.list_name, page.key, COUNCIL, TODAY)
    way.names.append(f"{page.list_name}.{page.key}: {[fact.name for fact in facts]}")
    said = dict(item.said)
    for fact in facts:
        if fact.left_out is None or draw(st.booleans()):
            said[fact.name] = draw(written(fact))
    done = answers.with_item(page.list_name, page.key, Item(item.kind, said, is_done=True))
    taken = _taken(answers, done, f"{page.list_name}.{page.key}")
    if taken is done and not is_described(done, page.list_name, page.key, COUNCIL, TODAY):
        return done.with_item(page.list_name, page.key, Item(item.kind, said))
    return taken


def _taken(before: Answers, after: Answers, name: str) -> Answers:
    """The answers after, or passed where the door does not take them, as somebody does who cannot put them right."""
    try:
        case_of(after.described(), COUNCIL, TODAY)
    except Refusal:
        list_name, dot, key = name.partition(".")
        if dot:
            return before.without_item(list_name, key)
        return before.passing(name)
    return after


def written(fact: Fact):
    """Values of a fact as a case file writes them."""
    if isinstance(fact.unit, Choices):
        return st.sampled_from(fact.unit.names)
    if fact.unit == "yes/no":
        return st.sampled_from(["true", "false"])
    if fact.unit == "date":
        days = st.dates(date(1925, 1, 1), date(2026, 11, 24)).map(date.isoformat)
        return st.one_of(days, st.none()) if fact.empty is not None else days
    if "£" in fact.unit:
        return st.one_of(st.integers(0, 60_000), st.integers(0, 50_000_000), st.just(1_425_000)).map(pounds)
    return st.integers(fact.least or 0, fact.most or 20).map(str)
