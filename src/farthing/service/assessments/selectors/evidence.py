"""What evidence there is, who may open it, and what is still wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from farthing.base.refusal import Problem, Refusal
from farthing.engine.facts import Fact
from farthing.engine.kinds import Kinds
from farthing.law import law
from farthing.service.access.gates import CASEWORK
from farthing.service.access.models import Account
from farthing.service.assessments.models import Evidence
from farthing.service.people.models import Authority, Person, Representation
from farthing.service.people.selectors import representation_of
from farthing.service.questions.answers import Answers
from farthing.service.uploads.scanner import NOT_HANDED_OUT, VirusCheck
from farthing.service.uploads.storage import EVIDENCE

PROOF_OF_AUTHORITY = {
    Authority.POWER_OF_ATTORNEY: "The power of attorney, with every page",
    Authority.DEPUTY: "The order of the Court of Protection",
    Authority.APPOINTEE: "The letter that says you are the appointee (BF57)",
    Authority.NOMINEE: "A signed note from the person that says you may act for them",
}
"""What shows that somebody may act for another."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something the council wants to see. ``about`` says of what, ``shows`` what will do: "Statement, certificate"."""

    about: str
    shows: str

    @property
    def words(self) -> str:
        """The whole of it, as it is written in a list and kept with a file."""
        return f"{self.about}: {self.shows}"[:200]


def evidence_of(person: Person) -> list[Evidence]:
    """What was sent about a person and not taken back, oldest first."""
    return list(person.evidence.filter(taken_back_at=None).select_related("sent_by", "seen_by").order_by("id"))


def not_looked_at(person: Person) -> list[Evidence]:
    """What was sent about a person and the council has not looked at yet."""
    return list(person.evidence.filter(taken_back_at=None, seen_at=None).order_by("id"))


def evidence_sent_by(person: Person, account: Account) -> list[Evidence]:
    """What an account sent about a person and did not take back, oldest first."""
    return list(person.evidence.filter(taken_back_at=None, sent_by=account).order_by("id"))


def evidence_for(account: Account, reference: str) -> Evidence | None:
    """A piece of evidence, for those who may open it: whoever sent it and acts for the person, and the council's casework.

    Somebody whose authority the council has seen proof of may open what others sent about the person too.
    """
    evidence = Evidence.objects.filter(reference=reference, taken_back_at=None).select_related("person").first()
    if evidence is None:
        return None
    if account.works_for_council:
        return evidence if account.roles & CASEWORK else None
    acting = representation_of(account, evidence.person)
    if acting is None or not (evidence.sent_by_id == account.pk or acting.is_proved):
        return None
    return evidence


def open_evidence(evidence: Evidence) -> BinaryIO:
    """The file of a piece of evidence, to read. Raises ``Refusal`` for one that is held back or was deleted."""
    if evidence.virus_check in NOT_HANDED_OUT:
        said = VirusCheck(evidence.virus_check).label
        raise Refusal(Problem("", f"cannot be opened. {said}", "Ask the person to send it again", called="this file"))
    return EVIDENCE.opened(evidence.stored_as)


def evidence_wanted(answers: Answers, acting_as: Representation | None) -> list[Wanted]:
    """What the council wants to see, from what was told: as the law's own facts say, each thing once."""
    return list(dict.fromkeys([*_of_authority(acting_as), *_of_answers(answers)]))


def _of_authority(acting_as: Representation | None) -> Iterator[Wanted]:
    if acting_as is not None and acting_as.proof_seen_at is None:
        proof = PROOF_OF_AUTHORITY.get(Authority(acting_as.authority))
        if proof:
            yield Wanted("Your right to act", proof)


def _of_answers(answers: Answers) -> Iterator[Wanted]:
    if answers.said.get("tells_finances") == "false":
        return
    for name, value in answers.said.items():
        fact = law().facts.get(name)
        if fact is not None and fact.evidence and not fact.of_council and value not in (None, "false"):
            yield Wanted(SHORT.get(name, fact.question.rstrip("?")), fact.evidence)
    for list_name, listed in answers.lists.items():
        held = law().lists.get(list_name)
        if held is None or held.of_council:
            continue
        table = held.facts["kind"].unit
        for item in listed.items.values():
            kind = table.says(item.kind) if isinstance(table, Kinds) and item.kind in table else item.kind
            shows = [fact.evidence for fact in held.facts.values() if _is_shown(fact, item.said)]
            if shows:
                yield Wanted(kind, ". ".join(dict.fromkeys(shows)))


SHORT = {
    "born": "Date of birth",
    "disability_benefit": "Disability benefit",
    "enhanced_disability_benefit": "Enhanced disability benefit",
    "carers_allowance": "Carer's Allowance",
    "pension_age_before_april_2016": "State Pension age",
}
"""What a fact is about, in fewer words than its question."""


def _is_shown(fact: Fact, said: object) -> bool:
    return bool(fact.evidence) and fact.name in said  # type: ignore[operator]
