"""What is checked of an enterprise, and what that means, in plain words. It is information, and never advice."""

from dataclasses import dataclass
from datetime import date

from farthing.service.directory.models import CheckKind
from farthing.service.directory.selectors.shown import Checked

MEANS = {
    CheckKind.IDENTITY: "The council saw proof of who runs it.",
    CheckKind.DBS: "The Disclosure and Barring Service looked for convictions, and for a bar from work with adults who need "
    "care. It shows what was known on the day it was made.",
    CheckKind.INSURANCE: "It pays if somebody is hurt or something is broken through the work.",
    CheckKind.TRAINING: "The council saw that training for this work was done.",
    CheckKind.REFERENCES: "The council asked people who know the work.",
    CheckKind.CQC: "The Care Quality Commission registers and inspects it. Its reports are on the website of the commission.",
    CheckKind.NO_CQC: "It told the council why the help it gives need not be registered.",
}
"""By kind of check."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A check as the page shows it. ``runs_out_on`` is None where it does not run out."""

    name: str
    means: str
    seen_on: date
    runs_out_on: date | None
    says: str


def meant(check: Checked) -> Meant:
    """A check with what it means."""
    kind = CheckKind(check.kind)
    return Meant(str(kind.label), MEANS[kind], check.seen_on, check.runs_out_on, check.says)
