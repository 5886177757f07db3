"""Where a citation can be read: each part of it with its address at legislation.gov.uk or on GOV.UK, where one is known."""

import re
from dataclasses import dataclass

LEGISLATION = "https://www.legislation.gov.uk"
GUIDANCE = "https://www.gov.uk/government/publications/care-act-statutory-guidance/care-and-support-statutory-guidance"

ACTS = {
    "Care Act 2014": "ukpga/2014/23",
    "Mental Health Act 1983": "ukpga/1983/20",
    "Pensions Act 1995": "ukpga/1995/26",
    "Pensions Act 2014": "ukpga/2014/19",
    "Social Security Contributions and Benefits Act 1992": "ukpga/1992/4",
    "State Pension Credit Act 2002": "ukpga/2002/16",
}

_INSTRUMENT = re.compile(r"SI (\d{4})/(\d+)(?: (.*))?")
_PROVISION = re.compile(r"(regs?|ss?|Sch|Part) ?(\d+[A-Z]?)(?:.*? paras? (\d+[A-Z]?))?")
_KINDS = {"reg": "regulation", "regs": "regulation", "s": "section", "ss": "section", "Sch": "schedule", "Part": "part"}


@dataclass(frozen=True, slots=True)
class Part:
    """One provision. ``words`` is how it is cited; ``address`` where it can be read, "" where that is not known."""

    words: str
    address: str


def parts(cited: str) -> list[Part]:
    """The provisions of a citation ("SI 2014/2672 reg 25(1); CASSG 8.46"), in order."""
    return [Part(words, address(words)) for words in cited.split("; ") if words]


def address(words: str) -> str:
    """Where one provision can be read: its first regulation, section or paragraph; "" where no address can be formed."""
    if words.startswith("CASSG"):
        return GUIDANCE
    if found := _INSTRUMENT.fullmatch(words):
        year, number, provision = found.groups()
        return f"{LEGISLATION}/uksi/{year}/{number}{_tail(provision or '')}"
    for name, act in ACTS.items():
        if words.startswith(name):
            return f"{LEGISLATION}/{act}{_tail(words.removeprefix(name).strip())}"
    return ""


def _tail(provision: str) -> str:
    found = _PROVISION.match(provision)
    if found is None:
        return ""
    kind, number, paragraph = found.groups()
    return f"/{_KINDS[kind]}/{number}" + (f"/paragraph/{paragraph}" if paragraph and kind == "Sch" else "")
