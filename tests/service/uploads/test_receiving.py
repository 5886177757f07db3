"""Files that people send are kept as safe copies where they are what they say; the others are refused."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from farthing.base.refusal import Refusal
from farthing.service.uploads import inspection
from farthing.service.uploads.receiving import receive
from farthing.service.uploads.scanner import VirusCheck
from tests.service.uploads import files_to_send as files
from tests.service.uploads import virus_scanner


@pytest.fixture
def scanner(settings, tmp_path):
    settings.VIRUS_SCANNER = virus_scanner.command(tmp_path)


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
    monkeypatch.setattr(inspection, "__name__", "tests.service.uploads.inspection_that_dies")
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
