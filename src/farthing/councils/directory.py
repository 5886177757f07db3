"""Reading whom a council's directory of care micro-enterprises turns to, and when it reminds of a check.

A council's folder holds it in ``directory.yaml``, beside ``policy.yaml``. A council without the file has no directory.
What no page of the council gives is ``invented``: it may be shown, and a service in production refuses to use it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from farthing.base.refusal import Problem, Refusal
from farthing.councils.policy import Council, council
from farthing.engine import sheets

_NUMBER = re.compile(r"[0-9][0-9 ]{2,15}")

MOST_MONTHS = 600

TEAMS = ("safeguarding", "complaints", "editor")
"""Those a directory turns to: where somebody may be harmed, for a complaint, and for what an entry says."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """Whom to ring at once where somebody may be being harmed. ``open`` is the hours in words.

    ``out_of_hours`` is the number outside them, None where there is none.
    """

    telephone: str
    open: str
    out_of_hours: str | None


@dataclass(frozen=True, slots=True)
class Keeps:
    """How many months words and addresses are kept once an enquiry or a concern is closed.

    An enquiry in which nobody wrote for ``quiet`` months is closed by itself.
    """

    enquiries: int
    concerns: int
    quiet: int


@dataclass(frozen=True, slots=True)
class Directory:
    """Whom a council's directory turns to. ``teams`` are e-mail addresses by the names in ``TEAMS``.

    ``urgent`` is whom people are told to ring about safeguarding, before they write anything.
    ``reminds`` are the days before a check runs out on which its enterprise is reminded, the longest first.
    ``assumed`` and ``invented`` give the reason for what no page states, by the part of the file.
    """

    teams: Mapping[str, str]
    urgent: Urgent
    keeps: Keeps
    reminds: tuple[int, ...]
    assumed: Mapping[str, str]
    invented: Mapping[str, str]
    place: str


def has_directory(key: str) -> bool:
    """Whether the council of that key keeps a directory."""
    return _file(key).exists()


@cache
def directory(key: str) -> Directory:
    """The directory of the council of that key. Raises ``Refusal`` where it keeps none, or its file is wrong."""
    found = council(key)
    if not has_directory(key):
        problem = f"is missing: {found.name} keeps no directory of care micro-enterprises"
        raise Refusal(Problem(f"{found.key}/directory.yaml", problem, "Write the file as another council's is written"))
    return read_directory(_file(key), found)


def _file(key: str) -> Path:
    return Path(__file__).parent / key / "directory.yaml"


def read_directory(file: Path, of: Council) -> Directory:
    """Read a council's ``directory.yaml``. Raises ``Refusal`` with what is wrong, with its file and line."""
    root = sheets.root(file)
    given = sheets.fields(root, root, f"the directory of {of.name}", " ".join((*TEAMS, "urgent", "keeps", "reminds")))
    teams = {name: sheets.fields(given[name], given[name], name, "email", "invented") for name in TEAMS}
    urgent = sheets.fields(given["urgent"], given["urgent"], "urgent", "telephone open", "out_of_hours page invented")
    keeps = sheets.fields(given["keeps"], given["keeps"], "keeps", "enquiries concerns quiet", "page because")
    sheets.need(
        ("page" in keeps) != ("because" in keeps), given["keeps"], "keeps has no page", "Give its page, or say why"
    )
    reminds = sheets.fields(given["reminds"], given["reminds"], "reminds", "days_before", "because")
    return Directory(
        teams={name: _address(told["email"], name) for name, told in teams.items()},
        urgent=_urgent(urgent, given["urgent"]),
        keeps=Keeps(*(_months(keeps[name], name) for name in Keeps.__slots__)),
        reminds=_days(reminds["days_before"]),
        assumed=_reasons({"reminds": reminds, "keeps": keeps}, "because"),
        invented=_reasons({**teams, "urgent": urgent}, "invented"),
        place=sheets.place_of(root).rpartition(":")[0],
    )


def _address(node: yaml.Node, of: str) -> str:
    address = sheets.text_of(node, f"{of} email")
    name, at, host = address.partition("@")
    sheets.need(
        name and at and "." in host and " " not in address, node, f"{of} has no e-mail address", "Write name@host"
    )
    return address


def _urgent(told: Mapping[str, yaml.Node], at: yaml.Node) -> Urgent:
    """Read with the page that gives it, or with why it is invented."""
    sheets.need(
        ("page" in told) != ("invented" in told), at, "urgent has no page", "Give its page, or say why it is invented"
    )
    out_of_hours = _telephone(told["out_of_hours"]) if "out_of_hours" in told else None
    return Urgent(_telephone(told["telephone"]), sheets.text_of(told["open"], "urgent open"), out_of_hours)


def _telephone(node: yaml.Node) -> str:
    number = sheets.text_of(node, "urgent telephone")
    sheets.need(
        _NUMBER.fullmatch(number), node, f"urgent has no telephone number: {number!r}", "Write figures and spaces"
    )
    return number


def _months(node: yaml.Node, of: str) -> int:
    months = sheets.read(node, of, sheets.whole_number, "Write months like 12")
    sheets.need(0 < months <= MOST_MONTHS, node, f"{of} is not from 1 to {MOST_MONTHS} months", "Write months like 12")
    return months


def _days(node: yaml.Node) -> tuple[int, ...]:
    sheets.need(
        isinstance(node, yaml.SequenceNode) and node.value, node, "days_before is not a list", 'Write ["30", "7"]'
    )
    days = tuple(sheets.read(each, "days_before", sheets.whole_number, "Write it like 30") for each in node.value)
    sheets.need(
        days == tuple(sorted(set(days), reverse=True)), node, "days_before go up", "Give the longest first, each once"
    )
    return days


def _reasons(told: Mapping[str, Mapping[str, yaml.Node]], kind: str) -> dict[str, str]:
    return {name: sheets.text_of(given[kind], f"{name} {kind}") for name, given in told.items() if kind in given}
