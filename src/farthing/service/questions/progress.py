"""How far the questions have come: the range the answer lies in, and how much is left to ask."""

from farthing.base.money import shown
from farthing.case.assessment import Assessment
from farthing.service.questions.answers import Answers
from farthing.service.questions.pages import pages_left


def so_far(assessment: Assessment) -> str:
    """The range the weekly charge lies in, as far as it is known, in a sentence."""
    least, most = assessment.range_of("weekly_charge")
    if least == most:
        return f"So far: {shown(least)} a week."
    if most is not None:
        return f"So far: between {shown(least)} and {shown(most)} a week."
    if least:
        return f"So far: at least {shown(least)} a week."
    return "We need to know more to narrow this down."


def left(answers: Answers, assessment: Assessment) -> str:
    """How many questions there are still to come at most, in words."""
    to_come = pages_left(answers, assessment)
    if to_come > 1:
        return f"At most {to_come} more questions. Often there are fewer."
    return "This is the last question." if to_come else ""
