"""Drafting a decision, sending it back, and letting it reach far back."""

from farthing.service.design.forms import DateField, DesignForm, LongTextField


class DraftForm(DesignForm):
    """From which day a decision holds, and what it says to the person beside the figures."""

    effective_from = DateField(
        label="From which day does it hold?",
        called="the day it holds from",
        help_text="Any day, not only a Monday. The law and the figures of that day apply.",
    )
    explanation = LongTextField(
        label="Explanation for the person (optional)",
        help_text="It stands in the letter, a paragraph a line.",
        max_length=4000,
        rows=4,
        required=False,
    )


class SendBackForm(DesignForm):
    """Sending a draft back to whoever drafted it."""

    because = LongTextField(label="What is to be put right?", called="what is to be put right", max_length=2000, rows=3)


class BackdatingForm(DesignForm):
    """Approving that a decision reaches further back than the guard."""

    reason = LongTextField(
        label="Why is it right to go back so far?", called="why it is right", max_length=2000, rows=3
    )
