"""Papers sent from a browser: kept where they are what they say, refused with a reason that names each one where not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import AssessmentRequest, Evidence
from farthing.service.audit.models import Event
from farthing.service.uploads.scanner import VirusCheck
from tests.service import cases
from tests.service.access.signed_in import browser_of, browser_of_staff
from tests.service.uploads import files_to_send as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evidence_folder(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"


@pytest.fixture
def ada():
    return browser_of(Account.objects.create_person("ada@home.example"))


@pytest.fixture
def draft(ada):
    ada.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"})
    return AssessmentRequest.objects.get()


def sent(ada, draft, *papers: tuple[str, bytes], proves: str = "Something else"):
    uploads = [SimpleUploadedFile(name, content) for name, content in papers]
    return ada.post(f"/papers/{draft.reference}/", {"proves": proves, "papers": uploads}, follow=True)


def test_several_papers_are_sent_at_once_and_listed(ada, draft):
    page = sent(ada, draft, ("a.jpg", files.jpeg()), ("b.pdf", files.pdf()), ("c.heic", files.HEIC))
    assert page.text.count("Remove<") == 3
    assert sorted(Evidence.objects.values_list("type", flat=True)) == ["application/pdf", "image/jpeg", "image/jpeg"]
    assert "Not virus-checked" in page.text


def test_a_bad_file_keeps_no_good_one_from_being_kept(ada, draft):
    page = sent(ada, draft, ("good.jpg", files.jpeg()), ("page.jpg", b"<html>"), ("bomb.pdf", files.zip_bomb()))
    assert Evidence.objects.count() == 1
    assert "page.jpg is not a PDF or a picture" in page.text and "bomb.pdf is not a PDF" in page.text
    assert "Error: " in page.text and page.text.count("Remove<") == 1
    assert re.search(r'value="Something else"[^>]* checked', page.text)


def test_a_name_that_is_a_script_is_shown_as_text(ada, draft):
    page = sent(ada, draft, ("<img src=x onerror=alert(1)>.jpg", b"no picture"))
    assert "<img src=x" not in page.text
    assert "&lt;img src=x" in page.text


def test_sending_no_file_or_not_saying_what_it_shows_is_asked_again(ada, draft):
    page = ada.post(f"/papers/{draft.reference}/", {})
    assert "Select a file, or take a photo" in page.text and "Select what these files show" in page.text


def test_a_file_that_is_too_large_is_named_and_the_others_are_kept(ada, draft, settings):
    settings.MOST_BYTES_A_FILE = 1024 * 1024
    page = sent(ada, draft, ("large.jpg", bytes(1024 * 1024 + 1)), ("a.jpg", files.jpeg()))
    assert "large.jpg is larger than 1MB" in page.text
    assert Evidence.objects.count() == 1
    page = sent(ada, draft, ("large.jpg", bytes(1024 * 1024 + 1)))
    assert "large.jpg is larger than 1MB" in page.text and "Select a file" not in page.text


def test_more_files_than_at_once_are_left_for_the_next_time(ada, draft, settings):
    settings.MOST_FILES_AT_ONCE = 2
    page = sent(ada, draft, *((f"{number}.jpg", files.jpeg((40 + number, 30))) for number in range(4)))
    assert Evidence.objects.count() == 2
    assert "2.jpg is one more than 2 files" in page.text and "3.jpg is one more than 2 files" in page.text


def test_what_is_wanted_comes_from_what_was_told_and_is_marked_once_sent(ada, draft):
    ada.post(f"/apply/{draft.reference}/person/", {
        "given_name": "Ada", "family_name": "Invented", "born-day": "27", "born-month": "3", "born-year": "1941",
    })  # fmt: skip
    page = ada.get(f"/papers/{draft.reference}/")
    assert "Still needed" in page.text and "Passport, birth certificate" in page.text
    proves = re.search(r'value="(Date of birth: [^"]+)"', page.text)[1]
    page = sent(ada, draft, ("a.jpg", files.jpeg()), proves=proves)
    assert "Still needed" not in page.text


def test_a_paper_is_removed_after_it_is_confirmed(ada, draft):
    sent(ada, draft, ("a.jpg", files.jpeg()))
    reference = Evidence.objects.get().reference
    address = f"/papers/{draft.reference}/{reference}/remove/"
    assert "We delete the file" in ada.get(address).text
    ada.post(address)
    assert "What you sent" not in ada.get(f"/papers/{draft.reference}/").text


def test_a_paper_is_handed_out_to_be_saved_under_a_name_that_says_nothing(ada, draft):
    sent(ada, draft, ("Ada Invented.jpg", files.jpeg()))
    evidence = Evidence.objects.get()
    response = ada.get(f"/evidence/{evidence.reference}/")
    assert response["Content-Disposition"] == f'attachment; filename="{evidence.reference}.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content)[:3] == b"\xff\xd8\xff"
    assert Event.objects.filter(action="evidence seen").count() == 1


def test_a_paper_of_somebody_else_is_not_there_and_the_try_is_recorded(ada, draft):
    sent(ada, draft, ("a.jpg", files.jpeg()))
    evidence = Evidence.objects.get()
    stranger = browser_of(cases.person_account())
    for address in (f"/evidence/{evidence.reference}/", f"/papers/{draft.reference}/",
                    f"/papers/{draft.reference}/{evidence.reference}/remove/"):  # fmt: skip
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code in (404, 405)
    assert Event.objects.filter(action="page refused", about=evidence.reference).exists()
    evidence.refresh_from_db()
    assert evidence.taken_back_at is None


def test_casework_opens_a_paper_and_its_first_look_is_kept(ada, draft):
    sent(ada, draft, ("a.jpg", files.jpeg()))
    address = f"/evidence/{Evidence.objects.get().reference}/"
    assert browser_of_staff(Role.FINANCE, email="f@council.example").get(address).status_code == 403
    assert browser_of_staff(Role.OFFICER).get(address).status_code == 200
    assert Evidence.objects.get().seen_at is not None
    assert "Remove<" not in ada.get(f"/papers/{draft.reference}/").text


def test_a_paper_that_is_held_back_is_handed_to_nobody_and_that_is_said(ada, draft, settings):
    settings.VIRUS_SCANNER = "/nowhere/scanner"
    page = sent(ada, draft, ("a.jpg", files.jpeg()))
    evidence = Evidence.objects.get()
    assert evidence.virus_check == VirusCheck.HELD_BACK
    assert "Held back until it can be checked for viruses" in page.text
    assert ada.get(f"/evidence/{evidence.reference}/").status_code == 404
