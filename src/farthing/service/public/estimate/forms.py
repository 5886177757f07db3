"""The form that begins an estimate."""

from farthing.service.design.forms import Choice, ChoiceField, DesignForm


class BeginForm(DesignForm):
    """Whom the questions are put about."""

    about = ChoiceField(
        [Choice("you", "Me"), Choice("them", "Somebody else")],
        label="Who is this for?",
        error_messages={"required": "Select who this is for"},
    )
