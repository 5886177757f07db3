"""An estimate as the letter of that name is handed it, to be printed."""

from typing import Any

from django.conf import settings

from farthing.councils import council as find_council
from farthing.service.public.estimate.guidance import ADVISERS, steps
from farthing.service.public.estimate.result import Line, Result
from farthing.service.questions.answers import Answers

DRAWN_BY = (
    "<style>text{font-family:'Liberation Sans';font-size:14px;fill:#1a1c1f}"
    ".farthing-chart__axis{stroke:#484949}.farthing-chart__grid{stroke:#cecece}"
    ".farthing-chart__limit{stroke:#1a1c1f;stroke-dasharray:6 4}"
    ".farthing-chart__line{fill:none;stroke:#1d5b79;stroke-width:3}"
    ".farthing-chart__here{fill:#b10e1e;stroke:#ffffff;stroke-width:2}</style>"
)
"""A page has these in its style sheet; a drawing in a letter brings its own."""


def fields(answers: Answers, found: Result) -> dict[str, Any]:
    """The fields of the letter "estimate". It goes to nobody by name."""
    return {
        "council": _council(),
        "to": None,
        "about": None,
        "reference": None,
        "date": found.day,
        "salutation": None,
        "headline": [f"Estimate: {found.lead[:1].lower()}{found.lead[1:]} {found.amount}.", *found.sentences],
        "chapters": [{"name": name, "lines": [_line(line) for line in lines]} for name, lines in found.chapters],
        "assumed": [*found.assumed, *(each.says for each in found.left_out)],
        "remarks": [*found.remarks, *found.of_figures],
        "may_change": [f"{says}: {charge}." for says, charge in found.changes],
        "chart": _chart(found),
        "next": steps(answers.about),
        "advice": [each.in_print() for each in ADVISERS],
        "law_edition": found.edition,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "label": line.label,
        "amount": line.amount,
        "note": line.note or None,
        "law": line.cited,
        "why": line.why,
    }


def _chart(found: Result) -> dict[str, str] | None:
    if found.drawn is None:
        return None
    return {"svg": str(found.drawn.chart).replace("<title", f"{DRAWN_BY}<title", 1), "alt": found.drawn.says}


def _council() -> dict[str, Any]:
    council = find_council(settings.FARTHING_COUNCIL)
    asked = next(iter(council.contacts.values()), None)
    contact = {
        "name": asked.name if asked else council.name,
        "telephone": asked.telephone if asked else "see the council's website",
        "open": asked.open if asked else None,
        "address": list(asked.address) if asked else [],
    }
    return {"name": council.name, "colour": settings.LETTER_COLOUR, "logo": None, "contact": contact}
