"""Proofs: kept safe, opened by few, and never a row without its file or a file without its row for long."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.audit.models import Event
from farthing.service.directory.models import CheckKind, Enterprise, Proof
from farthing.service.directory.selectors.owned import checks_of
from farthing.service.directory.services import editing, entries, proofs
from farthing.service.uploads.scanner import VirusCheck
from tests.service.cases import AT, TODAY, person_account, picture, staff
from tests.service.directory.invented import editor, regulated, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PROOFS = tmp_path / "proofs"
    return Path(settings.PROOFS)


def sent(enterprise: Enterprise, kind: CheckKind = CheckKind.DBS, number: int = 0) -> Proof:
    """A picture sent by whoever owns the enterprise."""
    called = f"certificate-{number}.png"
    return proofs.send(enterprise, kind, [picture(number)], called=called, by=enterprise.owner, at=AT)


def files(folder: Path) -> list[str]:
    """The names of the files there are."""
    return [each.name for each in folder.glob("??/*")]


def test_a_proof_is_kept_and_opened_by_its_owner_an_editor_and_an_auditor_and_by_nobody_else(folder: Path):
    enterprise = waiting()
    proof = sent(enterprise)
    assert files(folder) == [proof.kept_as] and proof.type == "image/jpeg" and proof.name == "certificate-0.png"
    for by in (enterprise.owner, editor(), staff(Role.AUDITOR)):
        with proofs.opened(proof, by=by, at=AT) as file:
            assert len(file.read()) == proof.bytes
    for by in (person_account(), staff(Role.OFFICER)):
        with pytest.raises(Refusal, match="somebody else"):
            proofs.opened(proof, by=by, at=AT)
    assert Event.objects.filter(action="directory proof seen", about=enterprise.reference).count() == 3


def test_a_proof_stands_by_the_check_it_is_for():
    enterprise = waiting(regulated())
    first, second, reason = sent(enterprise), sent(enterprise, number=1), sent(enterprise, CheckKind.NO_CQC, 2)
    by_kind = {each.kind: each.proofs for each in checks_of(enterprise, today=TODAY)}
    assert by_kind[CheckKind.DBS] == (second, first) and by_kind[CheckKind.CQC] == (reason,)


def test_a_check_names_a_proof_of_its_own_kind_and_enterprise():
    enterprise, by = waiting(), editor()
    elsewhere, insurance = sent(waiting()), sent(enterprise, CheckKind.INSURANCE)
    for wrong in (elsewhere, insurance):
        with pytest.raises(Refusal, match="something else"):
            editing.record_check(enterprise, CheckKind.DBS, seen_on=TODAY, runs_out_on=None, proof=wrong, by=by, at=AT)
    right = sent(enterprise)
    check = editing.record_check(enterprise, CheckKind.DBS, seen_on=TODAY, runs_out_on=None, proof=right, by=by, at=AT)
    assert check.proof == right


def test_the_same_file_sent_twice_is_kept_once(folder: Path):
    enterprise = waiting()
    assert sent(enterprise) == sent(enterprise) and len(files(folder)) == 1


def test_what_is_no_picture_or_paper_is_refused_and_leaves_no_file(folder: Path):
    enterprise = waiting()
    with pytest.raises(Refusal, match="not a PDF or a picture"):
        proofs.send(enterprise, CheckKind.DBS, [b"<html>"], called="a.html", by=enterprise.owner, at=AT)
    assert not Proof.objects.exists() and files(folder) == []


def test_nobody_sends_a_proof_for_somebody_else_or_for_one_withdrawn(folder: Path):
    enterprise = waiting()
    with pytest.raises(Refusal, match="somebody else"):
        proofs.send(enterprise, CheckKind.DBS, [picture()], called="a.png", by=person_account(), at=AT)
    entries.withdraw(enterprise, reason="Enough", by=enterprise.owner, at=AT)
    with pytest.raises(Refusal, match="withdrawn"):
        sent(enterprise)
    assert files(folder) == []


def test_one_file_too_many_in_a_day_is_refused_and_leaves_no_file(folder: Path, settings: Any):
    settings.MOST_FILES = 2
    enterprise = waiting()
    for number in range(2):
        sent(enterprise, number=number)
    with pytest.raises(Refusal, match="one more than 2"):
        sent(enterprise, number=3)
    assert len(files(folder)) == 2


def test_a_crash_before_the_row_is_written_leaves_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def crashes(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(proofs, "record", crashes)
    with pytest.raises(KeyboardInterrupt):
        sent(waiting())
    assert not Proof.objects.exists() and files(folder) == []


def test_a_file_that_no_proof_names_is_swept_away_after_a_day(folder: Path):
    proof = sent(waiting())
    orphan = folder / "ab" / "ab0123"
    orphan.parent.mkdir()
    orphan.write_bytes(b"left by a crash")
    for file in folder.glob("??/*"):
        os.utime(file, (AT.timestamp(), AT.timestamp()))
    assert proofs.sweep_orphans(AT + timedelta(hours=23)) == 0
    assert proofs.sweep_orphans(AT + timedelta(hours=25)) == 1 and files(folder) == [proof.kept_as]


@pytest.mark.parametrize(("answer", "then", "left"), [("true", VirusCheck.CLEAN, 1), ("false", VirusCheck.INFECTED, 0)])
def test_a_file_held_back_is_opened_by_nobody_until_the_scanner_has_spoken(
    answer: str, then: VirusCheck, left: int, folder: Path, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.VIRUS_SCANNER = "no-such-scanner"
    enterprise = waiting()
    proof = sent(enterprise)
    with pytest.raises(Refusal, match="held back"):
        proofs.opened(proof, by=editor(), at=AT)
    assert proofs.check_held_back(AT) == 0
    settings.VIRUS_SCANNER = answer
    with django_capture_on_commit_callbacks(execute=True):
        assert proofs.check_held_back(AT) == 1
    proof.refresh_from_db()
    assert proof.virus_check == then and len(files(folder)) == left
