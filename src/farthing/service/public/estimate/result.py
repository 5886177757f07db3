"""What an estimate says, in the order the page and the letter say it: the answer, its working, and what goes with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.case import statement as statement_lines
from farthing.case.assessment import Assessment
from farthing.case.changes import changes
from farthing.case.curve import CHARGE, Curve, curve
from farthing.case.statement import headline, statement
from farthing.case.words import per_week
from farthing.engine.asking import Unknown
from farthing.engine.figures import period_name
from farthing.law import edition, law
from farthing.service.design import legislation
from farthing.service.design.chart import Limit, in_pounds, steps_chart
from farthing.service.public.estimate.labels import label
from farthing.service.questions.answers import Answers
from farthing.service.questions.forms import wording
from farthing.service.questions.voice import spoken

WORKED_OUT = frozenset({"pension_age_reached"})
"""Left out, it is worked out from another answer: nothing is taken for granted."""

STEPS_A_ROW = 4
"""Of the tariff, in the table beside the chart: it then has a row for every thousand pounds."""


ABOUT_A_FIGURE = "A figure was worked out"
"""How the remark begins that a figure was derived (``case.assessment``)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working. ``rule`` names the page that says why."""

    label: str
    amount: str
    note: str
    rule: str
    why: str
    cited: str
    law: list[legislation.Part]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was taken for granted because nobody said otherwise. ``fact`` names the question that tells it."""

    says: str
    fact: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A question that would narrow the answer down. ``page`` names the page that asks it."""

    says: str
    page: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The chart with the rows of its table: savings and what is then paid a week, in pence."""

    chart: Markup
    says: str
    caption: str
    column: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """An estimate as it is shown. ``lead`` and ``amount`` are the answer; ``sentences`` go with it.

    ``of_figures`` says where a figure rests on something that nobody has published or read.
    """

    lead: str
    amount: str
    sentences: list[str]
    chapters: list[tuple[str, list[Line]]]
    unknown: list[Untold]
    assumed: list[str]
    left_out: list[LeftOut]
    remarks: list[str]
    of_figures: list[str]
    changes: list[tuple[str, str]]
    drawn: Drawn | None
    edition: str
    day: str


def result(answers: Answers, assessment: Assessment) -> Result:
    """All that is said of an estimate. ``assessment`` is one made as an estimate."""
    about = answers.about
    lead, amount = _answer(assessment, about)
    return Result(
        lead=lead,
        amount=amount,
        sentences=[spoken(each, about) for each in _sentences(assessment)],
        chapters=[
            (spoken(name, about), [_line(each, about) for each in lines]) for name, lines in statement(assessment)
        ],
        unknown=list(_untold(answers, assessment)),
        assumed=[spoken(each, about) for each in assessment.assumptions if each in _presumed()],
        left_out=[LeftOut(spoken(law().facts[name].meaning, about), name) for name in _offered(answers, assessment)],
        remarks=[spoken(each, about) for each in assessment.remarks if not each.startswith(ABOUT_A_FIGURE)],
        of_figures=[
            *(each for each in assessment.assumptions if each not in _presumed()),
            *(each for each in assessment.remarks if each.startswith(ABOUT_A_FIGURE)),
        ],
        changes=[(each.says, per_week(each.weekly_charge)) for each in changes(assessment)],
        drawn=_drawn(assessment, about),
        edition=f"{period_name(assessment.on)}, {edition()}",
        day=in_words(assessment.on),
    )


@cache
def _presumed() -> frozenset[str]:
    """What an estimate may assume of the person; any other assumption is of the council's policy."""
    of_lists = {held.presuming_empty for held in law().lists.values()}
    return frozenset({fact.presuming for fact in law().facts.values()} | of_lists)


def _answer(assessment: Assessment, about: str) -> tuple[str, str]:
    """The answer as words and an amount."""
    who = "You" if about == "you" else "The person"
    charge, most_asked = assessment.values[CHARGE], assessment.value("maximum_weekly_contribution")
    full_cost = assessment.values["pays_full_cost"] is True
    if not isinstance(charge, Unknown):
        return (f"{who} would pay the full cost" if full_cost else f"{who} would pay"), per_week(charge)
    if full_cost:
        return f"{who} would pay", "the full cost of the care"
    if most_asked is not None and assessment.values["pays_full_cost"] is False:
        return f"{who} would pay at most", per_week(most_asked)
    least, most = assessment.range_of(CHARGE)
    if most is not None:
        return f"{who} would pay", f"{shown(least)} to {shown(most)} a week"
    if least:
        return f"{who} would pay at least", per_week(least)
    return f"What {who.lower()} would pay", "cannot be said yet"


def _sentences(assessment: Assessment) -> list[str]:
    """What goes with the answer: after the first sentence of the headline, which is the answer itself."""
    if not isinstance(assessment.values[CHARGE], Unknown):
        return headline(assessment)[1:]
    if assessment.values["pays_full_cost"] is False and assessment.value("maximum_weekly_contribution") is not None:
        return [
            "Whatever the care costs, the council cannot ask for more than this. If the care costs less, less is paid."
        ]
    return []


def _line(line: statement_lines.Line, about: str) -> Line:
    name = line.rule.partition("[")[0]
    key = line.rule.replace("[", ".").removesuffix("]")
    words = line.label if law().rules[name].each else label(name, about)
    return Line(
        words, shown(line.amount), line.note, key, law().rules[name].says, line.law, legislation.parts(line.law)
    )


def _untold(answers: Answers, assessment: Assessment) -> Iterator[Untold]:
    """What the answer still waits for, each page once."""
    seen = set()
    for each in assessment.still_to_ask:
        name, bracket, rest = each.fact.partition("[")
        declared = law().lists[name] if name in law().lists else law().facts[name]
        page = f"{name}.{list(answers.lists[name].items)[int(rest.partition(']')[0])]}" if bracket else name
        if page not in seen and not declared.of_council:
            seen.add(page)
            yield Untold(each.question if bracket else wording(declared, answers.about), page)


def _offered(answers: Answers, assessment: Assessment) -> Iterator[str]:
    """What may be left out, matters, and was not told: what the person may want to tell after all."""
    for name, fact in law().facts.items():
        left_out = (
            fact.left_out is not None and not fact.of_council and name not in answers.said and name not in WORKED_OUT
        )
        if left_out and name in assessment.turned_on and fact.meaning in assessment.left_out:
            yield name


def _drawn(assessment: Assessment, about: str) -> Drawn | None:
    found = curve(assessment)
    if found is None:
        return None
    who = "you" if about == "you" else "the person"
    what = f"What {who} would pay a week" if found.of == CHARGE else f"The most {who} would be asked for a week"
    across_to = found.upper + (found.upper - found.lower) // 2
    says = _described(found, what)
    here = found.here if found.here and found.here[0] <= across_to else None
    chart = steps_chart(
        "savings",
        title=f"{what}, by savings",
        description=says,
        points=found.points,
        across_to=across_to,
        here=here,
        here_words="Now",
        limits=[Limit(found.lower, "Lower limit"), Limit(found.upper, "Upper limit")],
    )
    return Drawn(chart, says, f"{what}, by savings and property that count", "A week", list(_rows(assessment, found)))


def _described(found: Curve, what: str) -> str:
    (_, first), (_, last) = found.points[0], found.points[-1]
    here = f" Now: {shown(found.here[1])} with savings of {in_pounds(found.here[0])}." if found.here else ""
    return (
        f"{what} is {shown(first)} with savings up to {in_pounds(found.lower)}. It rises in steps above that."
        f" The highest amount shown is {shown(last)}.{here}"
    )


def _rows(assessment: Assessment, found: Curve) -> Iterator[list[str]]:
    yield [f"Up to {in_pounds(found.lower)}", shown(_at(found, found.lower))]
    for savings in range(found.lower, found.upper, assessment.policy.settled["tariff_step"] * STEPS_A_ROW):
        if savings > found.lower:
            yield [in_pounds(savings), shown(_at(found, savings))]
    yield [in_pounds(found.upper), shown(_at(found, found.upper))]
    if found.of == CHARGE:
        yield [f"More than {in_pounds(found.upper)}", shown(found.points[-1][1])]


def _at(found: Curve, savings: int) -> int:
    return next(amount for start, amount in reversed(found.points) if start <= savings)
