"""What the endpoints answer, as it is declared to other programs and checked on its way out."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, create_model

from farthing.engine.kinds import Choices
from farthing.law import ALSO, ANSWERS, BESIDE, law
from farthing.service.assessments.models import How, Kind, State

Value = str | int | bool | None
Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="Pounds and pence")]


# Working out


class Range(Schema):
    """The least and the most the charge can be on what is told; ``most`` is null where there is no known limit."""

    least: Amount
    most: Amount | None


class Asked(Schema):
    """A question still to be asked, where its answer goes in the case, and the rule that needs it."""

    field: str
    question: str
    why: str
    law: str


class AskedNext(Asked):
    """A question with what helps to answer it."""

    hint: str
    evidence: str


class Asking(Schema):
    """What is still to be asked, the next question first. ``certain`` once nothing that is asked can change the answer."""

    certain: bool
    weekly_charge: Range
    questions: list[AskedNext]


class StepTaken(Schema):
    """One step the answer turned on: what the law says, what it was worked out from, where the law says so."""

    rule: str
    says: str
    value: Value
    unit: str
    because: dict[str, Value | list[Value]]
    law: str
    checked: bool = Field(description="Whether somebody has compared the rule with the text of the law")


class FigureUsed(Schema):
    """A figure of the law that the answer turned on."""

    figure: str
    says: str
    value: Value
    since: str
    source: str
    status: str
    law: str


class DirectPayment(Schema):
    """How the budget is paid where the person has a direct payment."""

    gross: Amount | None
    net: Amount | None
    paid_in_by_person: Amount | None
    invoiced: Amount | None


class AnswerAlways(Schema):
    """What every answer holds. An amount is null where it is not known yet, or has no meaning for this case."""

    council: str
    on: str
    figures: str = Field(description="The charging year whose figures were used")
    code: str = Field(description="The edition of the law as written here")
    estimate: bool
    direct_payment: DirectPayment | None
    top_up_agreement_must_say: list[str]
    range: Range
    steps: list[StepTaken]
    figures_used: list[FigureUsed]
    remarks: list[str]
    assumptions: list[str]
    left_out: list[str]
    still_to_ask: list[Asked]


_GROUPED = ("direct_payment_gross", "direct_payment_net", "paid_into_account", "contribution_invoiced")


def _answered(name: str) -> Any:
    rule = law().rules[name]
    unit = "choice" if isinstance(rule.unit, Choices) else str(rule.unit)
    kind: Any = bool if unit == "yes/no" else Amount if "£" in unit else str if unit in ("choice", "date") else int
    return kind | None, Field(description=rule.says)


ANSWERED = tuple(name for name in dict.fromkeys((*BESIDE, *ANSWERS, *ALSO)) if name not in _GROUPED)

Answer = create_model(
    "Answer", __base__=AnswerAlways, __doc__=AnswerAlways.__doc__, **{name: _answered(name) for name in ANSWERED}
)


# The law


class FigureOnADay(Schema):
    """A figure as it stands on a day. An amount is pounds and pence in text, any other number a number of its unit."""

    value: Value
    unit: str
    since: str
    source: str
    status: str
    law: str


class FiguresOfADay(Schema):
    """The figures known on a day, by name."""

    on: str
    figures: dict[str, FigureOnADay]


class DatedValue(Schema):
    """What a figure was from a day, where that was read, and when somebody last compared the two."""

    since: str
    value: Value
    status: str
    source: list[str]
    checked: str
    note: str | None


class FigureOverTime(Schema):
    """Every value a figure has had, the oldest first."""

    figure: str
    says: str
    unit: str
    law: str
    known_until: str
    values: list[DatedValue]


class Cited(Schema):
    """A provision of law, and whether somebody has compared the rule with its text."""

    law: str
    checked: bool


class RuleSaid(Schema):
    """A rule: the sentence the law says, what it needs, where the law says so, and where it is written here."""

    rule: str
    says: str
    unit: str
    law: list[Cited]
    since: str
    each: str | None
    needs: list[str]
    place: str


class Rules(Schema):
    """Rules in the order the law is written."""

    rules: list[RuleSaid]


class CouncilNamed(Schema):
    """A council and what is known of it, in a sentence."""

    council: str
    name: str
    says: str


class CouncilsNamed(Schema):
    """Every council whose choices are known."""

    councils: list[CouncilNamed]


class Choice(Schema):
    """How a council fills a choice the law left it, and where that is stated. ``shown`` is the value in words."""

    says: str
    value: Value
    shown: str
    why: str
    law: str


class CouncilOnADay(CouncilNamed):
    """A council with its choices on a day, by name."""

    slots: dict[str, Choice]


# The council's own records


class PersonNamed(Schema):
    """Whom an application or a decision is about."""

    reference: str
    given_name: str
    family_name: str


class Application(Schema):
    """An application as it stands."""

    reference: str
    kind: Kind
    state: State
    how: How
    person: PersonNamed
    received_at: datetime | None
    decide_by: date | None = Field(description="The last day the council means to decide by")
    ended_at: datetime | None
    decision: str | None = Field(description="The reference of the decision, once there is one")


class Applications(Schema):
    """A page of applications, the newest first. ``next`` is the number of the next page, null on the last."""

    applications: list[Application]
    page: int
    next: int | None


class DecisionMade(Schema):
    """A sealed decision. ``digest`` is over everything that is sealed in it."""

    reference: str
    application: str
    person: PersonNamed
    council: str
    effective_from: date
    weekly_charge: Amount = Field(description="What is charged a week, after anything waived")
    charge_before_waiver: Amount
    waived: Amount
    maximum_weekly_contribution: Amount | None
    pays_full_cost: bool
    outcome: str
    law_edition: str
    supersedes: str | None
    superseded_by: str | None
    sealed_at: datetime
    digest: str
