"""What becomes of files that people send as evidence: where they are kept, who opens them, and when they go."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.assessments.models import Evidence
from farthing.service.assessments.selectors.evidence import evidence_for, evidence_of
from farthing.service.assessments.services import evidence as services
from farthing.service.audit.models import Event
from farthing.service.uploads.scanner import VirusCheck
from farthing.service.uploads.storage import EVIDENCE, Store
from tests.service import cases
from tests.service.uploads import files_to_send as files
from tests.service.uploads import virus_scanner


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"
    return settings.EVIDENCE


@pytest.fixture
def scanner(settings, tmp_path):
    settings.VIRUS_SCANNER = virus_scanner.command(tmp_path)


@pytest.fixture
def account(db):
    return cases.person_account()


@pytest.fixture
def somebody(account):
    made = cases.person(by=account)
    cases.acting_for(made, account)
    return made


def sent(somebody, account, content: bytes = b"", *, proves: str = "Savings") -> Evidence:
    content = content or files.jpeg()
    return services.add(somebody, [content], called="a.jpg", proves=proves, by=account, at=cases.AT)


def test_a_file_is_kept_under_a_name_of_our_own_that_only_the_service_can_read(somebody, account, evidence_folder):
    kept = sent(somebody, account)
    place = evidence_folder / kept.stored_as[:2] / kept.stored_as
    assert place.read_bytes() and "a.jpg" not in str(place)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert (kept.type, kept.size) == ("image/jpeg", place.stat().st_size)


def test_the_same_file_sent_twice_is_kept_once(somebody, account, evidence_folder):
    assert sent(somebody, account) == sent(somebody, account)
    assert len([each for each in evidence_folder.rglob("*") if each.is_file()]) == 1


def test_one_file_more_than_may_wait_is_refused_and_leaves_nothing_behind(somebody, account, settings, evidence_folder):
    settings.MOST_FILES = 2
    for number in range(2):
        sent(somebody, account, files.jpeg((60 + number, 40)))
    with pytest.raises(Refusal, match="one more than 2"):
        sent(somebody, account, files.jpeg((90, 40)))
    assert len([each for each in evidence_folder.rglob("*") if each.is_file()]) == 2


def test_a_crash_between_file_and_row_leaves_no_row_and_the_file_is_swept(
    somebody, account, evidence_folder, monkeypatch
):
    def die(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "_entered", die)
    monkeypatch.setattr(Store, "drop", lambda store, name: None)  # as when the power goes: nobody tidies up
    with pytest.raises(KeyboardInterrupt):
        sent(somebody, account)
    monkeypatch.undo()
    (left,) = [each for each in evidence_folder.rglob("*") if each.is_file()]
    assert not Evidence.objects.exists()
    os.utime(left, (cases.AT.timestamp(), cases.AT.timestamp()))
    assert services.sweep_orphans(cases.AT + timedelta(hours=23)) == 0
    assert services.sweep_orphans(cases.AT + timedelta(hours=25)) == 1
    assert not left.exists()


def test_the_sweep_leaves_what_is_on_file(somebody, account, evidence_folder):
    kept = sent(somebody, account)
    os.utime(EVIDENCE.place_of(kept.stored_as), (0, 0))
    assert services.sweep_orphans(cases.AT) == 0
    assert EVIDENCE.opened(kept.stored_as).read()


def test_what_is_taken_back_is_deleted(somebody, account, django_capture_on_commit_callbacks):
    kept = sent(somebody, account)
    with django_capture_on_commit_callbacks(execute=True):
        services.take_back(kept, by=account, at=cases.AT)
        services.take_back(kept, by=account, at=cases.AT)
    assert evidence_of(somebody) == []
    assert not EVIDENCE.place_of(kept.stored_as).exists()
    assert Event.objects.filter(action="evidence taken back").count() == 1


def test_what_an_officer_has_seen_cannot_be_taken_back(somebody, account):
    kept = sent(somebody, account)
    services.look_at(kept, by=cases.staff(Role.OFFICER), at=cases.AT)
    with pytest.raises(Refusal, match="looked at by the council"):
        services.take_back(kept, by=account, at=cases.AT)


def test_what_was_held_back_is_checked_again(somebody, account, scanner, settings, django_capture_on_commit_callbacks):
    working, settings.VIRUS_SCANNER = settings.VIRUS_SCANNER, "/nowhere/scanner"
    clean = sent(somebody, account, files.jpeg((80, 40)))
    ill = sent(somebody, account)
    EVIDENCE.place_of(ill.stored_as).write_bytes(files.EICAR)
    assert services.check_held_back(cases.AT) == 0
    settings.VIRUS_SCANNER = working
    with django_capture_on_commit_callbacks(execute=True):
        assert services.check_held_back(cases.AT) == 2
    clean.refresh_from_db(), ill.refresh_from_db()
    assert (clean.virus_check, ill.virus_check) == (VirusCheck.CLEAN, VirusCheck.INFECTED)
    assert not EVIDENCE.place_of(ill.stored_as).exists()


def test_evidence_is_opened_by_whoever_sent_it_and_by_casework_and_nobody_else(somebody, account):
    kept = sent(somebody, account)
    another = cases.person_account()
    assert evidence_for(account, kept.reference) == kept
    assert evidence_for(another, kept.reference) is None
    cases.acting_for(cases.person(by=another), another)
    assert evidence_for(another, kept.reference) is None
    assert evidence_for(cases.staff(Role.OFFICER), kept.reference) == kept
    assert evidence_for(cases.staff(Role.FINANCE), kept.reference) is None


def test_somebody_else_who_acts_for_the_person_opens_it_once_their_authority_is_proved(somebody, account):
    from farthing.service.people.services import mark_proof_seen

    kept, daughter = sent(somebody, account), cases.person_account()
    acting = cases.acting_for(somebody, daughter)
    assert evidence_for(daughter, kept.reference) is None
    mark_proof_seen(acting, by=cases.staff(Role.OFFICER), at=cases.AT)
    assert evidence_for(daughter, kept.reference) == kept


def test_no_personal_name_is_kept_with_a_file(somebody, account):
    services.add(somebody, [files.jpeg()], called="Ada Invented.jpg", proves="Savings", by=account, at=cases.AT)
    row = Evidence.objects.values().get()
    assert "Ada" not in str(row)
    assert Path(EVIDENCE.place_of(row["stored_as"])).suffix == ""


def test_the_sweep_and_the_second_look_come_due_by_themselves():
    from farthing.service.jobs.due import everything_due

    names = [each.name for each in everything_due()]
    assert "farthing.service.assessments.due.sweep_orphans" in names
    assert "farthing.service.assessments.due.check_held_back" in names
