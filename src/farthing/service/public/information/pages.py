"""The pages of information: which there are, in which order, and what each is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InformationPage:
    """One page. ``name`` is its URL name and its template's; ``about`` says in a sentence what is on it."""

    name: str
    title: str
    about: str
    gives_figures: bool = True

    @property
    def at(self) -> str:
        """Its address."""
        return self.name.replace("_", "-")


PAYING = (
    InformationPage("care_at_home", "Paying for care at home", "What there is to pay when care comes to you."),
    InformationPage("care_in_a_care_home", "Paying for a care home", "What counts, and what you keep for yourself."),
    InformationPage("never_charged", "What nobody pays for", "Care and support that is always free."),
    InformationPage("the_value_of_your_home", "The value of your home", "When your home counts, and when it does not."),
    InformationPage("giving_money_away", "Giving money or property away", "What happens if you give things away."),
    InformationPage(
        "not_giving_details", "Not telling us about your money", "You may choose not to. This is what follows."
    ),
)
ARRANGING = (
    InformationPage("direct_payments", "Direct payments", "Money to arrange care yourself."),
    InformationPage("care_micro_enterprises", "Care micro-enterprises", "Small local services, and how to pay them."),
    InformationPage(
        "deferred_payments", "Deferred payments", "Pay for a care home later, out of the value of your home."
    ),
    InformationPage("top_ups", "Top-ups", "When a care home costs more than the council would pay."),
    InformationPage("independent_advice", "Independent advice", "Who can advise you on money.", gives_figures=False),
)
ABOUT = (
    InformationPage("accessibility", "Accessibility statement", "How we make this service work.", gives_figures=False),
    InformationPage("privacy", "Privacy", "What we keep about you, and why.", gives_figures=False),
    InformationPage("cookies", "Cookies", "What we keep on your device.", gives_figures=False),
    InformationPage("contact", "Contact", "Whom to ask.", gives_figures=False),
)
START = InformationPage("start", "Paying for care", "Who pays for care, and how much.")
