"""Reading how a council bills: its calendar, what stops a charge, how bills are paid, its account and payment numbers.

A council's folder holds it in ``billing.yaml``, beside ``policy.yaml`` and with its pages. A council without the file
sends no bills. What no page says is assumed, and says why; what is ``invented`` may be shown and never be sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import yaml

from farthing.base import days
from farthing.base.refusal import Problem, Refusal
from farthing.councils.policy import Council, Page, council
from farthing.engine import sheets
from farthing.exchange.payment_barcode import CheckRule, Layout, Symbology
from farthing.ledger.billing_periods import Calendar
from farthing.ledger.care import Why
from farthing.ledger.charge import CapPeriod

MAY_STOP_A_CHARGE = (Why.HOSPITAL, Why.ABSENCE)
"""What a council settles. A hold and a death stop a charge everywhere."""


@dataclass(frozen=True, slots=True)
class WayToPay:
    """A way in which the council takes money, with what to do, a sentence each. ``page`` says so."""

    name: str
    how: tuple[str, ...]
    page: Page


@dataclass(frozen=True, slots=True)
class CouncilAccount:
    """The account bills are paid into, as it is printed on a slip."""

    name: str
    bank: str
    sort_code: str
    account_number: str


@dataclass(frozen=True, slots=True)
class Billing:
    """How a council bills. ``stopped_by`` are the reasons, beside a hold and a death, for which care is not charged.

    ``assumed`` gives the reason for what no page states, by the part of the file; ``invented`` for what is made up.
    """

    calendar: Calendar
    cap: CapPeriod
    stopped_by: tuple[Why, ...]
    days_to_pay: int
    ways: tuple[WayToPay, ...]
    cannot_pay: tuple[str, ...]
    account: CouncilAccount
    layout: Layout
    assumed: Mapping[str, str]
    invented: Mapping[str, str]
    place: str


def sends_bills(key: str) -> bool:
    """Whether the council of that key says how it bills."""
    return _file(key).exists()


@cache
def billing(key: str) -> Billing:
    """How the council of that key bills. Raises ``Refusal`` where it does not, or its file is wrong."""
    found = council(key)
    if not sends_bills(key):
        problem = f"says nothing of how {found.name} bills"
        raise Refusal(Problem(f"{found.key}/billing.yaml", problem, "Write the file as another council's is written"))
    return read_billing(_file(key), found)


def _file(key: str) -> Path:
    return Path(__file__).parent / key / "billing.yaml"


def read_billing(file: Path, of: Council) -> Billing:
    """Read a council's ``billing.yaml``. Raises ``Refusal`` with what is wrong, with its file and line."""
    root = sheets.root(file)
    given = sheets.fields(root, root, "billing", "calendar charge paying account payment_number")
    part = partial(_part, given)
    calendar = part("calendar", "first_day fewest_days_for_first_invoice", "because")
    charge = part("charge", "looked_at_over stopped_by", "because")
    paying = part("paying", "days_to_pay ways cannot_pay", "because")
    account = part("account", "name bank sort_code account_number", "invented")
    number = part("payment_number", "prefix length check_rule with_amount symbology", "invented")
    told = {"calendar": calendar, "charge": charge, "paying": paying, "account": account, "payment_number": number}
    return Billing(
        calendar=Calendar(
            sheets.read(calendar["first_day"], "first_day", days.day),
            sheets.read(calendar["fewest_days_for_first_invoice"], "fewest_days_for_first_invoice", sheets.whole_number),
        ),
        cap=CapPeriod(sheets.one_of(charge["looked_at_over"], "looked_at_over", *CapPeriod)),
        stopped_by=tuple(
            Why(sheets.one_of(each, "stopped_by", *MAY_STOP_A_CHARGE)) for each in _list(charge["stopped_by"], "stopped_by")
        ),
        days_to_pay=sheets.read(paying["days_to_pay"], "days_to_pay", sheets.whole_number),
        ways=tuple(_ways(paying["ways"], of)),
        cannot_pay=tuple(sheets.text_of(each, "cannot_pay") for each in _list(paying["cannot_pay"], "cannot_pay")),
        account=CouncilAccount(*(sheets.text_of(account[name], name) for name in CouncilAccount.__slots__)),
        layout=_layout(number),
        assumed=dict(_reasons(told, "because")),
        invented=dict(_reasons(told, "invented")),
        place=sheets.place_of(root).rpartition(":")[0],
    )  # fmt: skip


def _part(given: Mapping[str, yaml.Node], name: str, must: str, may: str) -> dict[str, yaml.Node]:
    return sheets.fields(given[name], given[name], name, must, may)


def _list(node: yaml.Node, of: str) -> list[yaml.Node]:
    sheets.need(isinstance(node, yaml.SequenceNode), node, f"{of} is not a list", "Write it [one, another]")
    return list(node.value)


def _ways(node: yaml.Node, of: Council) -> Iterator[WayToPay]:
    for each in _list(node, "ways"):
        given = sheets.fields(each, each, "a way to pay", "name how page")
        page = sheets.one_of(given["page"], "page", *of.pages)
        how = tuple(sheets.text_of(line, "how") for line in _list(given["how"], "how"))
        yield WayToPay(sheets.text_of(given["name"], "name"), how, of.pages[page])


def _layout(given: Mapping[str, yaml.Node]) -> Layout:
    return Layout(
        prefix=sheets.text_of(given["prefix"], "prefix"),
        length=sheets.read(given["length"], "length", sheets.whole_number),
        check_rule=CheckRule(sheets.one_of(given["check_rule"], "check_rule", *CheckRule)),
        with_amount=sheets.one_of(given["with_amount"], "with_amount", "yes", "no") == "yes",
        symbology=Symbology(sheets.one_of(given["symbology"], "symbology", *Symbology)),
    )


def _reasons(told: Mapping[str, Mapping[str, yaml.Node]], kind: str) -> Iterator[tuple[str, str]]:
    for name, given in told.items():
        if kind in given:
            yield name, sheets.text_of(given[kind], f"{name} {kind}")
