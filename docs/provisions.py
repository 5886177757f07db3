"""Citations taken apart, so that the index of the law finds every one by its single regulation, section or paragraph."""

import re
from collections.abc import Iterator
from typing import Any

INSTRUMENTS = {
    "SI 2014/2672": "The Care and Support (Charging and Assessment of Resources) Regulations 2014 (SI 2014/2672)",
    "Care Act 2014": "The Care Act 2014",
    "SI 2014/2671": "The Care and Support (Deferred Payment) Regulations 2014 (SI 2014/2671)",
    "SI 2014/2670": "The Care and Support and After-care (Choice of Accommodation) Regulations 2014 (SI 2014/2670)",
    "CASSG": "The Care and Support Statutory Guidance (CASSG)",
}
"""Those that most rules cite, in the order of the index; the others follow by name."""

SHAPES = (
    (r"regs? (\d.*)", "reg {}"),
    (r"ss?(\d.*)", "s{}"),
    (r"(\d+\.\d.*)", "{}"),
    (r"Sch (\d+) paras? (\d.*)", "Sch {} para {}"),
    (r"Annex ([A-Z]) (\d.*)", "Annex {} {}"),
)
"""How provisions are written, and how each single one is called in the index."""


def places(citation: str) -> Iterator[tuple[str, str]]:
    """Each instrument and provision that a citation names: "regs 3, 4" is two, "paras 1 to 4" is four."""
    for part in citation.replace("Care and Support Statutory Guidance", "CASSG").split("; "):
        found = re.fullmatch(r"(SI \d+/\d+|CASSG|.*? Act \d{4}) (.*)", part)
        instrument, provision = found.groups() if found else (part, "")
        shapes = [(re.fullmatch(shape, provision), said) for shape, said in SHAPES]
        fitting = next(((shape, said) for shape, said in shapes if shape), None)
        if fitting is None:
            yield instrument, provision
        else:
            *outer, numbers = fitting[0].groups()
            yield from ((instrument, fitting[1].format(*outer, number)) for number in _numbers(numbers))


def _numbers(text: str) -> Iterator[str]:
    for piece in re.split(r", | and ", text):
        found = re.match(r"(\d+\.)?(\d+[A-Z]?)(?: to (?:\d+\.)?(\d+))?", piece)
        if found and found[3]:
            yield from (f"{found[1] or ''}{number}" for number in range(int(found[2]), int(found[3]) + 1))
        elif found:
            yield f"{found[1] or ''}{found[2]}"


def provision_order(provision: str) -> tuple[Any, ...]:
    """Regulations, sections and chapters first, then schedules, then annexes; each by its letter and numbers."""
    kind = ["S", "A"].index(provision[0]) + 1 if provision.startswith(("Sch", "Annex")) else 0
    letter = "".join(re.findall(r"Annex ([A-Z])", provision))
    return kind, letter, *(int(each) for each in re.findall(r"\d+", provision))
