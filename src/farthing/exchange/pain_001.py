"""Credit transfers as an ISO 20022 customer credit transfer initiation, written and read back.

Two versions of the message, pain.001.001.03 and pain.001.001.09 (iso20022.org, message definitions of the payments
initiation set). For payments in pounds within the United Kingdom: the sort code as a member of the clearing system GBDSC,
the plain account number as an identification of another kind, and a service level that is not urgent (NURG).
Whether a bank carries that by Bacs, and what it asks besides (a local instrument, say), is for the council to agree with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree as Xml

from farthing.base.days import iso
from farthing.base.money import pence, pounds
from farthing.base.refusal import Problem, Refusal
from farthing.exchange.bank_details import BankAccount
from farthing.exchange.payments import Originator, Payment, check, totals_by_day
from farthing.exchange.working_days import WorkingDays

SORT_CODES_OF_THE_UNITED_KINGDOM = "GBDSC"
NOT_URGENT = "NURG"
LONGEST_NAME = 70
"""Of the 140 characters a message holds, what banks carry."""

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"


class Version(StrEnum):
    """Which version of the message a bank takes."""

    V03 = "pain.001.001.03"
    V09 = "pain.001.001.09"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a message says it pays: its version and name, how many payments, and their pence together."""

    version: Version
    message: str
    count: int
    total: int


def write(
    payments: Sequence[Payment],
    originator: Originator,
    *,
    made_on: int,
    working_days: WorkingDays,
    version: Version = Version.V03,
) -> bytes:
    """The message of the payments, made on a day given as a day number; the same payments give the same bytes.

    It has no time of day: it is dated the first minute of that day. Payments are grouped by day, in order. Raises
    ``Refusal`` with everything a bank would refuse.
    """
    check(payments, originator, made_on=made_on, working_days=working_days)
    document = Xml.Element("Document", {"xmlns": _NAMESPACE + version})
    message = Xml.SubElement(document, "CstmrCdtTrfInitn")
    name = message_name(originator)
    _header(message, name, payments, originator, made_on)
    for number, day in enumerate(totals_by_day(payments), 1):
        that_day = [payment for payment in payments if payment.day == day]
        _day_of_payments(message, f"{name}-{number}", day, that_day, originator, version)
    Xml.indent(document)
    written: bytes = Xml.tostring(document, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def message_name(originator: Originator) -> str:
    """The name of the message with the bank, made of the payer's number and the file's serial number alone."""
    return f"{originator.service_user_number}-{originator.file_serial:06}"


def read(content: bytes) -> Totals:
    """Read what a message says it pays, checked against the payments in it.

    Raises ``Refusal`` where it is no whole message of these versions, or its counts and sums are not those of its payments.
    """
    version, message = _message(content)
    at = {"": _NAMESPACE + version}
    totals = Totals(
        version,
        _text(message, "GrpHdr/MsgId", at),
        _whole_number(_text(message, "GrpHdr/NbOfTxs", at), "GrpHdr/NbOfTxs"),
        _pence(_text(message, "GrpHdr/CtrlSum", at), "GrpHdr/CtrlSum"),
    )
    count = total = 0
    for day in message.iterfind("PmtInf", at):
        amounts = [
            _pence(amount.text or "", "PmtInf/CdtTrfTxInf/Amt/InstdAmt")
            for amount in day.iterfind("CdtTrfTxInf/Amt/InstdAmt", at)
        ]
        _same("PmtInf/NbOfTxs", _whole_number(_text(day, "NbOfTxs", at), "PmtInf/NbOfTxs"), len(amounts))
        _same("PmtInf/CtrlSum", _pence(_text(day, "CtrlSum", at), "PmtInf/CtrlSum"), sum(amounts))
        count, total = count + len(amounts), total + sum(amounts)
    _same("GrpHdr/NbOfTxs", totals.count, count)
    _same("GrpHdr/CtrlSum", totals.total, total)
    return totals


def _header(message: Xml.Element, name: str, payments: Sequence[Payment], originator: Originator, made_on: int) -> None:
    header = Xml.SubElement(message, "GrpHdr")
    _put(header, "MsgId", name)
    _put(header, "CreDtTm", f"{iso(made_on)}T00:00:00")
    _count_and_sum(header, payments)
    party = _put(header, "InitgPty")
    _put(party, "Nm", _cut(originator.name))
    _put(party, "Id/OrgId/Othr/Id", originator.service_user_number)


def _day_of_payments(
    message: Xml.Element, name: str, day: int, payments: Sequence[Payment], originator: Originator, version: Version
) -> None:
    group = Xml.SubElement(message, "PmtInf")
    _put(group, "PmtInfId", name)
    _put(group, "PmtMtd", "TRF")
    _put(group, "BtchBookg", "true")
    _count_and_sum(group, payments)
    _put(group, "PmtTpInf/SvcLvl/Cd", NOT_URGENT)
    _put(group, "ReqdExctnDt" if version is Version.V03 else "ReqdExctnDt/Dt", iso(day))
    _put(group, "Dbtr/Nm", _cut(originator.account.name))
    _put(_account_number(group, "DbtrAcct", originator.account), "Ccy", "GBP")
    _sort_code(group, "DbtrAgt", originator.account)
    for payment in payments:
        _payment(group, payment)


def _payment(group: Xml.Element, payment: Payment) -> None:
    """A payment: a building society is told the roll number where another bank is told the reference, as in a Bacs file."""
    transfer = Xml.SubElement(group, "CdtTrfTxInf")
    _put(transfer, "PmtId/EndToEndId", payment.reference)
    _put(transfer, "Amt/InstdAmt", pounds(payment.amount)).set("Ccy", "GBP")
    _sort_code(transfer, "CdtrAgt", payment.to)
    _put(transfer, "Cdtr/Nm", _cut(payment.to.name))
    _account_number(transfer, "CdtrAcct", payment.to)
    _put(transfer, "RmtInf/Ustrd", payment.to.roll_number or payment.reference)


def _count_and_sum(within: Xml.Element, payments: Sequence[Payment]) -> None:
    _put(within, "NbOfTxs", str(len(payments)))
    _put(within, "CtrlSum", pounds(sum(payment.amount for payment in payments)))


def _account_number(within: Xml.Element, name: str, account: BankAccount) -> Xml.Element:
    element = _put(within, name)
    _put(element, "Id/Othr/Id", account.account_number)
    return element


def _sort_code(within: Xml.Element, name: str, account: BankAccount) -> None:
    member = _put(within, f"{name}/FinInstnId/ClrSysMmbId")
    _put(member, "ClrSysId/Cd", SORT_CODES_OF_THE_UNITED_KINGDOM)
    _put(member, "MmbId", account.sort_code)


def _put(within: Xml.Element, path: str, text: str | None = None) -> Xml.Element:
    """Put an element inside another, and inside that the next of the path; the innermost has the text."""
    for name in path.split("/"):
        within = Xml.SubElement(within, name)
    within.text = text
    return within


def _cut(name: str) -> str:
    return name[:LONGEST_NAME].rstrip()


def _message(content: bytes) -> tuple[Version, Xml.Element]:
    if b"<!" in content:
        raise _wrong("message", "declares more than a message holds")
    try:
        document = Xml.fromstring(content)
    except Xml.ParseError as error:
        raise _wrong("message", f"is not whole: {error}") from None
    for version in Version:
        if document.tag == f"{{{_NAMESPACE}{version}}}Document":
            message = document.find("CstmrCdtTrfInitn", {"": _NAMESPACE + version})
            if message is not None:
                return version, message
    raise _wrong("message", f"is none of {', '.join(Version)}")


def _text(within: Xml.Element, path: str, at: dict[str, str]) -> str:
    found = within.findtext(path, None, at)
    if not found:
        raise _wrong(path, "is missing")
    return found


def _pence(text: str, path: str) -> int:
    try:
        return pence(text)
    except ValueError as wrong:
        raise _wrong(path, str(wrong)) from None


def _whole_number(text: str, path: str) -> int:
    if re.fullmatch("[0-9]{1,15}", text) is None:
        raise _wrong(path, f"is not a number: {text!r}")
    return int(text)


def _same(path: str, said: int, found: int) -> None:
    if said != found:
        raise _wrong(path, f"says {said}, and the payments are {found}")


def _wrong(path: str, problem: str) -> Refusal:
    return Refusal(Problem(path, problem, "Make the file again; send none that does not read back"))
