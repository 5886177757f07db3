"""Files of visits at the desk: brought in once, with every row that was refused and what to do about it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from farthing.ledger.care import Unit
from farthing.service.access.models import Role
from farthing.service.care import services
from farthing.service.care.models import Visit, VisitsFile
from farthing.service.officer.care import files
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.cases import AT, TODAY

PAGE = "/council/visits/"
MOST_QUERIES = 20


@pytest.fixture
def planned(officer):
    return services.plan_service(
        cases.person(by=officer), kind="home_care", unit=Unit.HOUR, planned=(60,) * 7, pence=2_000,
        starts_on=TODAY - timedelta(30), is_by_delivery=True, by=officer, at=AT,
    )  # fmt: skip


@pytest.fixture
def clerk(db):
    """The browser of the finance team."""
    return browser_of(cases.staff(Role.FINANCE))


def content(service, *rows):
    lines = ["service,person,day,minutes,visit"]
    lines += [f"{service.reference},{service.person.reference},{TODAY},{minutes},{visit}" for minutes, visit in rows]
    return "\n".join([*lines, ""]).encode()


def upload(browser, data, name="Ada Invented's visits.csv", called=""):
    return browser.post(PAGE, {"visits": SimpleUploadedFile(name, data, "text/csv"), "name": called})


def test_a_file_is_brought_in_and_its_page_shows_what_was_taken_and_each_row_that_was_refused(clerk, planned):
    answer = upload(clerk, content(planned, (30, "V1"), (0, "V2"), ("<b>9", "V3")), called="Invented Care, June")
    found = VisitsFile.objects.get()
    assert answer.url == reverse("officer:visits_file", args=[found.reference])
    shown = clerk.get(answer.url).text
    for words in ("Invented Care, June", "1 taken, 2 refused", "The minutes is nought", "&lt;b&gt;9"):
        assert words in shown, words
    assert "<b>9" not in shown and Visit.objects.get().amount == 30
    assert found.reference in clerk.get(PAGE).text


def test_the_name_a_file_came_under_is_kept_nowhere(clerk, planned):
    answer = upload(clerk, content(planned, (30, "V1")))
    assert str(VisitsFile.objects.get()) == VisitsFile.objects.get().reference
    for address in (PAGE, answer.url):
        assert "Ada Invented" not in clerk.get(address).text


def test_the_same_file_again_takes_nothing_new_and_says_so(clerk, planned):
    upload(clerk, content(planned, (30, "V1")))
    answer = upload(clerk, content(planned, (30, "V1")), name="other.csv")
    assert (
        "Nothing new was taken" in clerk.get(answer.url).text
        and VisitsFile.objects.count() == Visit.objects.count() == 1
    )


@pytest.mark.parametrize(
    ("data", "said"), [(b"name\nAda\n", "is not among the columns"), (b"\xff\xfea", "UTF-16"), (b"", "empty")]
)
def test_a_file_that_is_no_list_of_visits_is_refused_on_the_page(clerk, data, said):
    answer = upload(clerk, data)
    assert answer.status_code == 200 and said in answer.text and not VisitsFile.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_its_size(clerk, planned, settings):
    settings.MOST_BYTES_A_FILE = 1024 * 1024
    answer = upload(clerk, content(planned, *((1, f"V{n}") for n in range(30_000))))
    assert "visits.csv is larger than 1MB. Send a smaller copy" in answer.text and "Select a file" not in answer.text
    assert not VisitsFile.objects.exists()


def test_no_file_chosen_is_said(clerk):
    assert "Select a file" in clerk.post(PAGE, {"name": ""}).text


@pytest.mark.on_both
def test_many_refused_rows_are_shown_page_by_page_with_few_queries(
    clerk, planned, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(files, "ROWS_A_PAGE", 2)
    answer = upload(clerk, content(planned, *((0, f"V{n}") for n in range(5))))
    with django_assert_max_num_queries(MOST_QUERIES):
        shown = clerk.get(f"{answer.url}?page=3")
    rows = re.findall(r'<th scope="row" class="govuk-table__header">(\d+)</th>', shown.text)
    assert rows == ["6"] and 'href="?page=2"' in shown.text
    with django_assert_max_num_queries(MOST_QUERIES):
        clerk.get(PAGE)


def test_a_file_that_is_not_there_is_not_found(clerk):
    assert clerk.get(f"{PAGE}VF-2222-2222/").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_officers_managers_and_finance_bring_in_files_and_auditors_read(role, planned):
    browser = browser_of(cases.staff(role))
    brings_in = {Role.OFFICER, Role.MANAGER, Role.FINANCE}
    answer = browser.get(PAGE)
    assert answer.status_code == (200 if role in brings_in | {Role.AUDITOR} else 403)
    assert ("Bring in the visits" in answer.text) == (role in brings_in)
    upload(browser, content(planned, (30, "V1")))
    assert VisitsFile.objects.exists() == (role in brings_in)
