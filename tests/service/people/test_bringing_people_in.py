"""People are brought in from a file: what can be read is kept, the rest is refused by its row, and nobody is there twice."""

import csv
from pathlib import Path

import pytest

from farthing.base.refusal import Refusal
from farthing.service.access.models import Account, Role
from farthing.service.audit.models import Event
from farthing.service.people import importing
from farthing.service.people.importing import bring_in, read_rows, write_refused
from farthing.service.people.models import Person
from tests.service.access.signed_in import make_staff
from tests.service.cases import AT

pytestmark = pytest.mark.django_db

HEADINGS = "reference,given_name,family_name,born,nhs_number,address,postcode,email,telephone,letters_as,letters_by"
ADA = "C-1,Ada,Invented,1941-03-02,943 476 5870,1 Nowhere Road;Exampleton,ZZ99 1AA,ada@example.org,01632 960001,large_print,post"
BARE = "C-2,Zoë,O'Invented,,,,,,,,"


@pytest.fixture
def officer() -> Account:
    return make_staff(Role.OFFICER)


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "register.csv"
    file.write_bytes("\r\n".join((HEADINGS, *lines)).encode(encoding))
    return file


def test_people_are_brought_in_with_their_details(tmp_path: Path, officer: Account):
    report = bring_in(read_rows(written(tmp_path, ADA, BARE, encoding="utf-8-sig")), by=officer, at=AT)
    assert (report.added, report.there_already, report.refused) == (2, 0, [])
    ada, zoe = Person.objects.order_by("id")
    assert ada.nhs_number == "9434765870" and ada.address_lines == ["1 Nowhere Road", "Exampleton", "ZZ99 1AA"]
    assert ada.letters_as == "large_print" and zoe.full_name == "Zoë O'Invented" and zoe.born is None


def test_brought_in_again_nobody_is_there_twice(tmp_path: Path, officer: Account):
    for wanted in ((2, 0), (0, 2)):
        report = bring_in(read_rows(written(tmp_path, ADA, BARE)), by=officer, at=AT)
        assert (report.added, report.there_already) == wanted
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",Ada,Invented,,,,,,,,", "reference"),
        ("C-3,,Invented,,,,,,,,", "given_name"),
        ("C-3,Ada,Invented,02/03/1941,,,,,,,", "born"),
        ("C-3,Ada,Invented,1941-02-30,,,,,,,", "born"),
        ("C-3,Ada,Invented,,943 476 5871,,,,,,", "nhs_number"),
        ("C-3,Ada,Invented,,,,,nobody,,,", "email"),
        ("C-3,Ada,Invented,,,,ZZ99 1AA AND MORE,,,,", "postcode"),
        ("C-3,Ada,Invented,,,,,,,huge,", "letters_as"),
        ('C-3,"=HYPERLINK(""x"")",Invented,,,,,,,,', "given_name"),
        ("C-3,@Ada,Invented,,,,,,,,", "given_name"),
        ("C\x003,Ada,Invented,,,,,,,,", "reference"),
        ('C-3,"Ada\nAda",Invented,,,,,,,,', "given_name"),
        (f"{'C' * 61},Ada,Invented,,,,,,,,", "reference"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_by_its_number_and_the_rest_is_kept(
    tmp_path: Path, officer: Account, row: str, field: str
):
    report = bring_in(read_rows(written(tmp_path, row, BARE)), by=officer, at=AT)
    ((refused, refusal),) = report.refused
    assert refused.number == 2 and [each.field for each in refusal.problems] == [field]
    assert report.added == 1 and Person.objects.count() == 1


def test_an_nhs_number_that_is_somebody_elses_is_refused(tmp_path: Path, officer: Account):
    report = bring_in(read_rows(written(tmp_path, ADA, ADA.replace("C-1", "C-9"))), by=officer, at=AT)
    assert report.added == 1 and report.refused[0][1].problems[0].field == "nhs_number"


def test_what_is_written_of_refused_rows_is_harmless_in_a_spreadsheet(tmp_path: Path, officer: Account):
    file = written(tmp_path, "C-3,Ada,Invented,=1+1,,,,,,,")
    report = bring_in(read_rows(file), by=officer, at=AT)
    write_refused(report, tmp_path / "refused.csv")
    rows = list(csv.reader((tmp_path / "refused.csv").open(encoding="utf-8")))
    assert rows[1][:2] == ["2", "born"]
    assert not any(cell.startswith(importing.A_FORMULA) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name,born\r\nAda,1941-03-02", "has a column 'name'"),
        (b"reference,given_name\r\nC-1,Ada", "has no column 'family_name'"),
        (b"", "has no column 'reference'"),
        (b"\xff\xfe\x00", "cannot be read"),
        (HEADINGS.encode() + b'\r\nC-1,"Ada', "cannot be read"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_nobody_is_brought_in(
    tmp_path: Path, officer: Account, content: bytes, says: str
):
    file = tmp_path / "register.csv"
    file.write_bytes(content)
    with pytest.raises(Refusal, match=says):
        bring_in(read_rows(file), by=officer, at=AT)
    assert not Person.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match="is not there"):
        list(read_rows(tmp_path / "nowhere.csv"))


def test_a_run_that_is_stopped_half_way_can_be_run_again(
    tmp_path: Path, officer: Account, monkeypatch: pytest.MonkeyPatch
):
    rows = list(read_rows(written(tmp_path, ADA, BARE)))

    def stopped():
        yield rows[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(stopped(), by=officer, at=AT)
    assert Person.objects.count() == 1
    report = bring_in(rows, by=officer, at=AT)
    assert (report.added, report.there_already) == (1, 1)


def test_the_audit_says_how_many_and_names_nobody(tmp_path: Path, officer: Account):
    bring_in(read_rows(written(tmp_path, ADA, "C-3,,x,,,,,,,,")), by=officer, at=AT)
    event = Event.objects.get(action="people imported")
    assert event.details == {"added": 1, "refused": 1}
    assert not any("Invented" in str(each.details) for each in Event.objects.all())
