"""The conditions on which a council must make direct payments, and what a person is told where one is not met.

Care Act 2014 s31 for an adult who can ask for them, s32 for one who lacks the capacity to ask; whom they may never be made
to is in SI 2014/2871 Schedule 1. Each is answered by an officer: none of them can be worked out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from farthing.base.refusal import Problem, Refusal


class ManagedBy(StrEnum):
    """Who receives and manages the payments."""

    PERSON = "person"
    NOMINEE = "nominee"
    AUTHORISED = "authorised"


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be so. ``otherwise`` is what the person is told where it is not."""

    key: str
    says: str
    otherwise: str
    law: str


_NEEDS = Condition(
    "needs",
    "There is a personal budget for needs the council must or will meet.",
    "There is no personal budget that a direct payment could be a part of.",
    "Care Act 2014 ss31(1) and 32(1)",
)
_CAPACITY = Condition(
    "capacity",
    "The person has the capacity to ask for direct payments.",
    "The person lacks the capacity to ask; somebody authorised may ask for them.",
    "Care Act 2014 s31, Condition 1",
)
_NOMINEE_AGREES = Condition(
    "nominee_agrees",
    "The person nominated agrees to receive the payments.",
    "The person nominated has not agreed to receive the payments.",
    "Care Act 2014 s31, Condition 1",
)
_LACKS_CAPACITY = Condition(
    "lacks_capacity",
    "The person lacks the capacity to ask for direct payments.",
    "The person can ask for direct payments, so nobody else may ask for them.",
    "Care Act 2014 s32(1)",
)
_AUTHORISED = Condition(
    "authorised",
    "Whoever asks is authorised, or is suitable and supported by those who are.",
    "Whoever asks is neither authorised nor supported by those who are.",
    "Care Act 2014 s32(4) and Condition 1",
)
_NOT_EXCLUDED = Condition(
    "not_excluded",
    "No court order or licence for drugs or alcohol excludes the person.",
    "A court order or licence means that the council may not make direct payments.",
    "SI 2014/2871 Schedule 1",
)
_BEST_INTERESTS = Condition(
    "best_interests",
    "The authorised person will act in the person's best interests when arranging care.",
    "We are not satisfied that the authorised person would act in the person's best interests.",
    "Care Act 2014 s32, Condition 3",
)
_CAPABLE = Condition(
    "capable",
    "Whoever receives the payments can manage them, alone or with help that is to be had.",
    "Whoever would receive the payments could not manage them, even with help.",
    "Care Act 2014 s31, Condition 3; s32, Condition 4",
)
_APPROPRIATE = Condition(
    "appropriate",
    "Direct payments are an appropriate way to meet the needs.",
    "Direct payments are not an appropriate way to meet the needs.",
    "Care Act 2014 s31, Condition 4; s32, Condition 5",
)

CONDITIONS: Mapping[ManagedBy, tuple[Condition, ...]] = {
    ManagedBy.PERSON: (_NEEDS, _CAPACITY, _NOT_EXCLUDED, _CAPABLE, _APPROPRIATE),
    ManagedBy.NOMINEE: (_NEEDS, _CAPACITY, _NOMINEE_AGREES, _NOT_EXCLUDED, _CAPABLE, _APPROPRIATE),
    ManagedBy.AUTHORISED: (
        _NEEDS, _LACKS_CAPACITY, _AUTHORISED, _NOT_EXCLUDED, _BEST_INTERESTS, _CAPABLE, _APPROPRIATE,
    ),
}  # fmt: skip
"""What must be answered, by who manages the payments. All of it must be so."""


def not_met(managed_by: ManagedBy, answers: Mapping[str, bool]) -> list[Condition]:
    """The conditions that are not met. Raises ``Refusal`` with each that nobody answered, or that is not one of them."""
    if problems := list(_unanswered(managed_by, answers)):
        raise Refusal(*problems)
    return [each for each in CONDITIONS[managed_by] if not answers[each.key]]


def _unanswered(managed_by: ManagedBy, answers: Mapping[str, bool]) -> Iterator[Problem]:
    wanted = {each.key: each for each in CONDITIONS[managed_by]}
    for key, each in wanted.items():
        if key not in answers:
            yield Problem(key, "is not answered", f'Say whether this is so: "{each.says}"', each.law)
    for key in answers:
        if key not in wanted:
            yield Problem(key, "is no condition here", "Leave it out")
