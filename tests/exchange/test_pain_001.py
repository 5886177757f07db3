"""A credit transfer message is what ISO 20022 says it is, and pays exactly what it was handed."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from farthing.base.money import pence
from farthing.base.refusal import Refusal
from farthing.exchange.pain_001 import Totals, Version, message_name, read, write
from tests.exchange.drawn import PAYERS, PAYMENTS
from tests.exchange.invented import COUNCIL, MADE_ON, ONE_DAY, SEVERAL_DAYS, SOCIETY, WORKING_DAYS

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = pytest.mark.parametrize("version", Version)


def written(payments=ONE_DAY, originator=COUNCIL, version=Version.V03) -> bytes:
    return write(payments, originator, made_on=MADE_ON, working_days=WORKING_DAYS, version=version)


@cache
def schema(version: Version) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{version}.xsd"))


def found(content: bytes, path: str) -> list[str]:
    """The texts at a path, whose names are written without the namespace."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    return [element.text for element in etree.fromstring(content).xpath(f"//{steps}")]


@VERSIONS
@pytest.mark.parametrize("payments", [ONE_DAY, SEVERAL_DAYS])
def test_a_message_is_valid_by_the_published_schema(version, payments):
    schema(version).assertValid(etree.fromstring(written(payments, version=version)))


@VERSIONS
def test_the_schema_would_find_a_message_that_is_wrong(version):
    wrong = written(version=version).replace(b"<PmtMtd>TRF", b"<PmtMtd>XXX")
    assert not schema(version).validate(etree.fromstring(wrong))


@VERSIONS
@given(payments=PAYMENTS, payer=PAYERS)
def test_every_message_is_valid_and_pays_what_it_was_handed(version, payments, payer):
    content = written(payments, payer, version)
    schema(version).assertValid(etree.fromstring(content))
    total = sum(payment.amount for payment in payments)
    assert read(content) == Totals(version, message_name(payer), len(payments), total)
    paid = dict(zip(found(content, "PmtId/EndToEndId"), map(pence, found(content, "Amt/InstdAmt")), strict=True))
    assert paid == {payment.reference: payment.amount for payment in payments}
    assert written(payments, payer, version) == content


@VERSIONS
def test_accounts_are_given_by_sort_code_and_plain_number(version):
    content = written(version=version)
    assert set(found(content, "ClrSysMmbId/ClrSysId/Cd")) == {"GBDSC"}
    assert found(content, "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId") == [each.to.sort_code for each in ONE_DAY]
    assert found(content, "CdtrAcct/Id/Othr/Id") == [each.to.account_number for each in ONE_DAY]
    assert found(content, "DbtrAgt/FinInstnId/ClrSysMmbId/MmbId") == [COUNCIL.account.sort_code]
    assert found(content, "DbtrAcct/Id/Othr/Id") == [COUNCIL.account.account_number]
    assert etree.fromstring(content).xpath("//@Ccy") == ["GBP"] * len(ONE_DAY)


def test_a_building_society_is_told_the_roll_number_and_others_the_reference():
    assert found(written(), "RmtInf/Ustrd") == ["DP0000101", "DP0000102", SOCIETY.roll_number]


@VERSIONS
def test_several_days_are_a_group_each_with_its_own_count_and_sum(version):
    content = written(SEVERAL_DAYS, version=version)
    day = "ReqdExctnDt" if version is Version.V03 else "ReqdExctnDt/Dt"
    assert found(content, day) == ["2026-05-07", "2026-05-11"]
    assert found(content, "PmtInf/NbOfTxs") == ["3", "2"]
    assert found(content, "PmtInf/CtrlSum") == ["123536.79", "575.00"]
    assert found(content, "GrpHdr/CtrlSum") == ["124111.79"]


def test_a_message_is_named_by_the_payer_and_the_serial_number_and_says_nothing_of_people():
    content = written()
    assert found(content, "GrpHdr/MsgId") == ["123456-000007"]
    assert found(content, "PmtInf/PmtInfId") == ["123456-000007-1"]


@given(version=st.sampled_from(Version), data=st.data())
def test_a_message_cut_off_anywhere_is_refused(version, data):
    content = written(SEVERAL_DAYS, version=version).rstrip()
    kept = data.draw(st.integers(0, len(content) - 1))
    with pytest.raises(Refusal):
        read(content[:kept])


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (b">80.00<", b">81.00<", "PmtInf/CtrlSum says 12353679, and the payments are 12353779"),
        (b">80.00<", b">8e1<", "Amt/InstdAmt is not an amount of money: '8e1'"),
        (b"<NbOfTxs>3<", b"<NbOfTxs>4<", "PmtInf/NbOfTxs says 4, and the payments are 3"),
        (b"<NbOfTxs>3<", b"<NbOfTxs>three<", "GrpHdr/NbOfTxs is not a number: 'three'"),
        (b"pain.001.001.03", b"pain.008.001.08", "is none of pain.001.001.03, pain.001.001.09"),
        (b"<Document", b'<!DOCTYPE Document [<!ENTITY a "a">]><Document', "declares more than a message holds"),
        (b"<MsgId>123456-000007</MsgId>", b"", "GrpHdr/MsgId is missing"),
    ],
)
def test_a_message_that_was_altered_is_refused_by_its_place(old, new, wrong):
    assert old in written()
    with pytest.raises(Refusal) as refused:
        read(written().replace(old, new))
    assert wrong in str(refused.value)


def test_a_message_whose_header_disagrees_with_its_groups_is_refused():
    altered = written(SEVERAL_DAYS).replace(b"<CtrlSum>124111.79<", b"<CtrlSum>124111.78<")
    with pytest.raises(Refusal, match="GrpHdr/CtrlSum says 12411178, and the payments are 12411179"):
        read(altered)
