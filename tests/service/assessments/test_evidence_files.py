"""What becomes of files that people send: those that are what they say are kept as safe copies, the others refused."""

import os
import stat
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.assessments.models import Evidence
from farthing.service.assessments.selectors.evidence import evidence_for, evidence_of
from farthing.service.assessments.services import evidence as services
from farthing.service.audit.models import Event
from farthing.service.uploads import inspection
from farthing.service.uploads.receiving import receive
from farthing.service.uploads.scanner import VirusCheck
from farthing.service.uploads.storage import EVIDENCE, Store
from tests.service import cases
from tests.service.assessments import files_to_send as files

SCANNER = """
import pathlib, sys, time
content = pathlib.Path(sys.argv[1]).read_bytes()
if b"SLOW" in content: time.sleep(30)
if b"BROKEN" in content: sys.exit(2)
sys.exit(1 if b"EICAR-STANDARD" in content else 0)
"""


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"
    return settings.EVIDENCE


@pytest.fixture
def scanner(settings, tmp_path):
    """A stand-in that finds the virus test file, and breaks or dawdles when a file tells it to."""
    script = tmp_path / "scanner.py"
    script.write_text(SCANNER)
    settings.VIRUS_SCANNER = f"{sys.executable} {script}"


def taken(content: bytes) -> tuple[str, bytes]:
    received = receive([content], called="statement.pdf")
    return received.type, received.content


def refused(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        receive([content], called="statement.pdf")
    return str(refusal.value)


def looks_of(content: bytes) -> tuple[tuple[int, int], tuple[int, ...], tuple[int, ...]]:
    """The size of a picture, and the colours at its top left and bottom left."""
    with Image.open(BytesIO(content)) as picture:
        assert picture.format == "JPEG"
        assert not picture.getexif()
        _, height = picture.size
        return picture.size, picture.getpixel((1, 1)), picture.getpixel((1, height - 2))


def is_red(colour: tuple[int, ...]) -> bool:
    return colour[0] > 150 and colour[1] < 90


def test_a_photo_is_drawn_anew_without_what_the_camera_wrote():
    sent = files.jpeg(maker="Invented Camera Works")
    assert b"Invented Camera" in sent
    kind, kept = taken(sent)
    size, top, bottom = looks_of(kept)
    assert (kind, size) == ("image/jpeg", (64, 48))
    assert is_red(top) and not is_red(bottom)
    assert b"Invented Camera" not in kept


def test_a_photo_taken_sideways_stands_upright():
    _, kept = taken(files.jpeg((64, 48), orientation=3))
    _, top, bottom = looks_of(kept)
    assert is_red(bottom) and not is_red(top)
    assert looks_of(taken(files.jpeg((64, 48), orientation=6))[1])[0] == (48, 64)


def test_a_picture_that_can_be_seen_through_gets_white_paper_behind_it():
    _, top, _ = looks_of(taken(files.png())[1])
    assert min(top) > 250


def test_a_photo_of_an_iphone_is_taken():
    kind, kept = taken(files.HEIC)
    size, top, _ = looks_of(kept)
    assert (kind, size) == ("image/jpeg", (48, 32))
    assert is_red(top)


def test_a_script_behind_a_photo_is_gone():
    _, kept = taken(files.jpeg() + b"<script>alert(1)</script>")
    assert b"<script>" not in kept


def test_a_pdf_keeps_its_pages_and_loses_what_lies_behind_it():
    kind, kept = taken(files.pdf() + b"\n<script>alert(1)</script>" + files.zip_bomb())
    assert kind == "application/pdf"
    assert b"<script>" not in kept and b"PK\x03\x04" not in kept
    with pikepdf.open(BytesIO(kept)) as read:
        assert b"Invented bank statement" in read.pages[0].Contents.read_bytes()


def test_the_same_pdf_gives_the_same_copy():
    sent = files.pdf()
    assert taken(sent) == taken(sent)


def test_a_pdf_that_only_says_which_page_to_open_at_is_taken():
    assert taken(files.pdf_that_opens_at_a_page())[0] == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"MZ" + bytes(200),
        files.EICAR,
        files.zip_bomb(),
        b"just words",
        b"<script>alert(1)</script>" + files.pdf(),
        b"",
    ],
    ids=["html", "svg", "program", "virus test file", "zip bomb", "text", "script before a pdf", "nothing"],
)
def test_what_is_no_pdf_and_no_picture_is_refused_whatever_it_is_called(content):
    said = refused(content)
    assert "is not a PDF or a picture" in said
    assert "Send a PDF, a JPEG, a PNG" in said


@pytest.mark.parametrize(
    "content", [files.pdf_with_script(), files.pdf_with_attachment(), files.pdf_that_launches()],
    ids=["script", "attachment", "launch"],
)  # fmt: skip
def test_a_pdf_that_holds_a_program_or_another_file_is_refused(content):
    assert "holds a program or another file" in refused(content)


@pytest.mark.parametrize(
    "locked", [{"owner": "o", "user": "u"}, {"owner": "o", "user": ""}], ids=["to open", "to change"]
)
def test_a_locked_pdf_is_refused_and_the_reason_said(locked):
    assert "is locked with a password" in refused(files.pdf(**locked))


@pytest.mark.parametrize("content", [files.jpeg((640, 480))[:-400], files.pdf()[:60]], ids=["jpeg", "pdf"])
def test_a_file_that_did_not_arrive_whole_is_refused(content):
    said = refused(content)
    assert "did not arrive whole" in said or "no pages" in said


def test_a_picture_of_too_many_dots_is_refused_before_it_is_opened():
    assert "is too large a picture" in refused(files.png_that_says_it_is(100_000, 100_000))


def test_a_picture_that_lies_about_its_size_is_refused():
    assert "damaged" in refused(files.png_that_says_it_is(6_000, 6_000))


def test_a_pdf_that_unpacks_to_gigabytes_is_refused_and_harms_nothing():
    bomb = files.pdf_bomb()
    assert len(bomb) < 10_000_000
    assert "statement.pdf" in refused(bomb)


def test_the_inspection_leaves_the_service_alone_when_it_is_killed(monkeypatch):
    monkeypatch.setattr(inspection, "__name__", "tests.service.assessments.inspection_that_dies")
    assert "cannot be opened" in refused(files.jpeg())


def test_a_virus_that_the_scanner_finds_is_refused(scanner):
    assert "has a virus in it" in refused(files.jpeg() + files.EICAR)


def test_a_clean_file_says_that_it_was_checked(scanner):
    assert receive([files.jpeg()], called="").virus_check == VirusCheck.CLEAN


def test_without_a_scanner_a_file_says_that_it_was_not_checked():
    assert receive([files.jpeg()], called="").virus_check == VirusCheck.NOT_CHECKED


@pytest.mark.parametrize("trouble", [b"BROKEN", b"SLOW"])
def test_a_file_is_held_back_when_the_scanner_cannot_say(scanner, monkeypatch, trouble):
    monkeypatch.setattr("farthing.service.uploads.scanner.LONGEST", 1)
    assert receive([files.jpeg() + trouble], called="").virus_check == VirusCheck.HELD_BACK


def test_a_file_is_held_back_when_there_is_no_such_scanner(settings):
    settings.VIRUS_SCANNER = "/nowhere/scanner"
    assert receive([files.jpeg()], called="").virus_check == VirusCheck.HELD_BACK


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
