"""Bringing in postcodes: each of the files that are published is read, and a bad row spoils itself alone."""

import pytest
from click.testing import CliRunner

from farthing.base.refusal import Refusal
from farthing.cli import main
from farthing.service.audit.models import Event
from farthing.service.directory import postcodes
from farthing.service.directory.models import Postcode
from farthing.service.directory.postcodes import import_postcodes
from tests.service.directory_search.listings import AT

pytestmark = pytest.mark.django_db

ONS_2025 = "pcd7,pcds,dointr,doterm,lad25cd,east1m,north1m\n"
ONS_2016 = '"pcd","oslaua","doterm","oseast1m","osnrth1m"\n'


@pytest.fixture
def written(tmp_path):
    def write(text, encoding="utf-8"):
        file = tmp_path / "postcodes.csv"
        file.write_bytes(text.encode(encoding))
        return file

    return write


def kept():
    columns = ("code", "authority", "easting", "northing", "is_ended")
    return list(Postcode.objects.order_by("code").values_list(*columns))


ONE = [("CB12AB", "E07000008", 546160, 257370, False)]


@pytest.mark.parametrize(
    "text",
    [
        ONS_2025 + "CB1 2AB,CB1 2AB,198001,,E07000008,546160,257370\n",
        ONS_2016 + '"CB1 2AB","E07000008","","546160","257370"\n',
        '"CB1 2AB",10,546160,257370,"E92000001","E19000001","E18000002","","E07000008","E05002708"\n',
        "Postcode,Positional_quality_indicator,Eastings,Northings,Admin_district_code\ncb12ab,10,546160,257370,E07000008",
        "\ufeff" + ONS_2025.upper() + "CB12AB,CB1 2AB,198001,,E07000008,546160,257370\r\n\r\n",
    ],
    ids=["ONS of 2025", "ONS of 2016", "Code-Point Open", "Code-Point Open with headings", "with a byte-order mark"],
)
def test_each_file_that_is_published_is_read_as_it_is(written, text):
    assert import_postcodes(written(text), at=AT).kept == 1
    assert kept() == ONE


def test_an_ended_postcode_is_kept_as_ended_and_one_used_again_is_not(written):
    row = "CB1 2AB,CB1 2AB,198001,{},E07000008,546160,257370\n"
    import_postcodes(written(ONS_2025 + row.format("201506")), at=AT)
    assert kept()[0][-1] is True
    import_postcodes(written(ONS_2025 + row.format("")), at=AT)
    assert kept() == ONE


def test_a_row_that_cannot_be_is_refused_by_its_number_and_the_rest_is_kept(written):
    rows = [
        "CB1 2AB,CB1 2AB,198001,,E07000008,546160,257370",
        "CB1 2AD,CB1 2AD,198001,,E070",
        "not one,nor this,198001,,E07000008,546160,257370",
        "CB1 2AE,CB1 2AE,198001,,E07000008,-5,257370",
        "CB1 2AF,CB1 2AF,198001,,E07000008,999999999999,257370",
        "CB1 2AG,CB1 2AG,198001,,=cmd(),546160,257370",
        '"CB1 2AH,CB1 2AH,198001,,E07000008,546160,257370',
        "\0CB1 2AJ,CB1 2AJ,198001,,E07000008,546160,257370",
        "JE2 3AA,JE2 3AA,198001,,L99999999,,",
        "CB1 2AL,CB1 2AL,198001,,E07000008,546170,257380",
    ]
    report = import_postcodes(written(ONS_2025 + "\n".join(rows)), at=AT)
    assert (report.kept, report.without_a_place, report.rows_refused) == (3, 1, 6)
    assert [number for number, _ in report.refused] == [3, 4, 5, 6, 7, 8]
    assert [each[0] for each in kept()] == ["CB12AB", "CB12AJ", "CB12AL"]


def test_a_file_brought_in_twice_is_as_good_as_once_and_a_repeated_row_is_kept_once(written):
    text = ONS_2025 + "CB1 2AB,CB1 2AB,198001,,E07000008,546160,257370\n" * 2
    for _ in range(2):
        import_postcodes(written(text), at=AT)
    assert kept() == ONE


def test_a_long_file_is_kept_batch_by_batch(written, monkeypatch):
    monkeypatch.setattr(postcodes, "AT_ONCE", 3)
    rows = [f"CB1 {number}AB,,198001,,E07000008,546160,25737{number}" for number in range(8)]
    assert import_postcodes(written(ONS_2025.replace("pcd7,pcds", "pcds,x") + "\n".join(rows)), at=AT).kept == 8
    assert len(kept()) == 8


def test_the_reasons_that_are_told_have_an_end(written, monkeypatch):
    monkeypatch.setattr(postcodes, "MOST_REFUSED", 2)
    report = import_postcodes(written(ONS_2025 + "cut short\n" * 5), at=AT)
    assert (report.rows_refused, len(report.refused)) == (5, 2)


@pytest.mark.parametrize("text", ["", "name,address\nAda,Nowhere\n", "<html></html>"])
def test_a_file_that_is_none_of_those_is_refused_as_a_whole(written, text):
    with pytest.raises(Refusal):
        import_postcodes(written(text), at=AT)
    assert kept() == []


def test_it_is_written_to_the_audit_without_a_single_postcode(written):
    import_postcodes(written(ONS_2025 + "CB1 2AB,,198001,,E07000008,546160,257370\n"), at=AT)
    (event,) = Event.objects.filter(action="postcodes imported")
    assert event.actor == "the service" and "CB1" not in str(event.details)


def test_the_command_says_what_was_kept_and_what_was_refused(written):
    file = written(ONS_2025 + "CB1 2AB,CB1 2AB,198001,,E07000008,546160,257370\ncut,short\n")
    result = CliRunner().invoke(main, ["service", "import-postcodes", str(file)])
    assert result.exit_code == 1
    assert "1 kept, 0 without a place, 1 refused." in result.output
    assert "row 3: the row is cut short." in result.output


def test_the_command_refuses_a_file_that_is_not_there(tmp_path):
    result = CliRunner().invoke(main, ["service", "import-postcodes", str(tmp_path / "none.csv")])
    assert result.exit_code != 0 and "cannot be read" in result.output
