"""The commands, as a person and as a program use them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from farthing.caseload.population import table
from farthing.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_assess_prints_the_answer_first_then_the_working_with_its_law():
    ran = run("assess", EXAMPLES / "jane.yaml")
    assert ran.exit_code == 0
    assert ran.output.split("\n")[1] == "The person pays £143.85 a week."
    assert "SI 2014/2672 reg 25(1)" in ran.output
    assert "What would change the answer" in ran.output


def test_assess_explain_prints_every_step_with_its_sentence():
    ran = run("assess", EXAMPLES / "jane.yaml", "--explain")
    assert "£1 a week for every £250, or part of £250, of capital above the lower limit." in ran.output


def test_assess_json_gives_the_answer_to_other_programs():
    answer = json.loads(run("assess", EXAMPLES / "jane.yaml", "--json").output)
    assert answer["weekly_charge"] == "143.85"


def test_the_day_and_the_council_can_be_given_on_the_command_line():
    answer = json.loads(
        run("assess", EXAMPLES / "jane.yaml", "--json", "--on", "2026-05-04", "--council", "cambridgeshire").output
    )
    assert (answer["council"], answer["on"], answer["protected_income"]) == ("cambridgeshire", "2026-05-04", "31.80")


def test_a_case_with_more_to_be_told_ends_with_status_2():
    ran = run("assess", EXAMPLES / "nothing_told.yaml")
    assert ran.exit_code == 2
    assert "Still to ask" in ran.output


def test_a_refused_case_ends_with_status_1_and_says_what_to_do(tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("council: england\non: 2026-05-04\ncapital:\n  - {kind: bank_acount, value: '£5'}\n")
    ran = run("assess", wrong)
    assert ran.exit_code == 1
    assert "capital[0].kind" in ran.stderr and "Did you mean 'bank_account'?" in ran.stderr
    refused = json.loads(run("assess", wrong, "--json").stdout)["refused"]
    assert [each["field"] for each in refused] == ["capital[0].kind", "capital[0].value"]
    assert all(each["problem"] and each["what_to_do"] for each in refused)


def test_ask_gives_the_next_question_and_why():
    ran = run("ask", EXAMPLES / "nothing_told.yaml")
    assert ran.exit_code == 0
    assert "Will the person tell the council about their money?" in ran.output
    assert "Why:" in ran.output
    asked = json.loads(run("ask", EXAMPLES / "nothing_told.yaml", "--json").output)
    assert asked["questions"][0]["field"] == "person.tells_finances"
    assert asked["certain"] is False


def test_ask_says_when_nothing_more_need_be_asked():
    assert "Nothing more need be asked." in run("ask", EXAMPLES / "jane.yaml").output


def test_rates_show_due_diff_and_check():
    assert "23,250.00" in run("rates", "show", "--on", "2026-05-04").output
    assert "legislation.gov.uk" in run("rates", "show", "personal_expenses_allowance").output
    assert "personal_expenses_allowance" in run("rates", "due", "2027-04-06").output
    difference = run("rates", "diff", "2025-05-04", "2026-05-04").output
    assert "30.65" in difference and "31.80" in difference
    assert run("rates", "check", "--on", "2026-05-04").exit_code == 0
    assert run("rates", "check", "--on", "2027-06-01").exit_code == 1
    assert "Ends soon" in run("rates", "check", "--on", "2027-03-01").output


def test_rules_are_found_by_name_by_regulation_and_by_what_is_unchecked():
    assert "needs assessable_capital" in run("rules", "tariff_income").output
    assert "tariff_income" in run("rules", "reg 25").output
    unchecked = run("rules", "--unchecked").output
    assert "expenses_of_sale" in unchecked and "tariff_income " not in unchecked
    ran = run("rules", "tarif_income")
    assert ran.exit_code == 1 and "tariff_income" in ran.stderr


def test_councils_lists_them_and_shows_what_one_has_settled():
    assert "cambridgeshire" in run("councils").output
    shown = run("councils", "cambridgeshire", "--on", "2026-05-04").output
    assert "Assumed:" in shown and "not published" in shown and "cambridgeshire.gov.uk" in shown


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A folder with one stored case and its answer."""
    shutil.copy(EXAMPLES / "jane.yaml", tmp_path)
    shutil.copy(EXAMPLES / "jane.answer.json", tmp_path)
    return tmp_path


def test_recheck_says_nothing_of_answers_that_stand(stored):
    ran = run("recheck", stored)
    assert ran.exit_code == 0
    assert "1 cases read again; 0 would be answered otherwise." in ran.output


def test_recheck_lists_an_answer_that_would_change_and_stores_it_only_when_asked(stored):
    answer = stored / "jane.answer.json"
    right = answer.read_text()
    answer.write_text(right.replace('"weekly_charge": "143.85"', '"weekly_charge": "150.00"'))
    ran = run("recheck", stored)
    assert ran.exit_code == 1
    assert 'jane.yaml weekly_charge: "150.00" → "143.85"' in ran.output
    assert "150.00" in answer.read_text()
    assert run("recheck", stored, "--store").exit_code == 0
    assert json.loads(answer.read_text())["weekly_charge"] == "143.85"
    assert run("recheck", stored).exit_code == 0


def test_recheck_lists_a_case_that_is_now_refused(stored):
    case = stored / "jane.yaml"
    case.write_text(case.read_text().replace("care_home", "care_hom"))
    ran = run("recheck", stored)
    assert ran.exit_code == 1
    assert "refused: null →" in ran.output


def test_recheck_asks_for_an_answer_that_was_never_stored(stored):
    (stored / "jane.answer.json").unlink()
    assert run("recheck", stored).exit_code == 1


@pytest.mark.parametrize("text", ["{", "[]"])
def test_recheck_refuses_a_stored_answer_it_cannot_read(stored, text):
    (stored / "jane.answer.json").write_text(text)
    ran = run("recheck", stored)
    assert ran.exit_code == 1 and "--store" in ran.stderr


def test_recheck_refuses_a_folder_without_cases(tmp_path):
    assert "holds no case file" in run("recheck", tmp_path).stderr
    assert "is not a folder" in run("recheck", tmp_path / "nowhere").stderr


def test_doctor_takes_a_second_look():
    assert run("doctor", EXAMPLES / "at_home.yaml").exit_code == 0


@pytest.mark.parametrize("command", ["assess", "ask", "doctor"])
def test_a_file_that_is_not_there_is_refused_plainly(command, tmp_path):
    ran = run(command, tmp_path / "missing.yaml")
    assert ran.exit_code == 1
    assert "is not there" in ran.stderr
    assert "Traceback" not in ran.output


def test_a_wrong_date_says_how_to_write_it():
    ran = run("assess", EXAMPLES / "jane.yaml", "--on", "2026-13-01")
    assert ran.exit_code == 2
    assert "2026-05-04" in ran.output


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred invented people in a Parquet file."""
    file = tmp_path_factory.mktemp("caseload") / "people.parquet"
    pq.write_table(table(100, 7, date(2026, 5, 4)), file)
    return file


def test_a_caseload_is_answered_row_by_row(invented, tmp_path):
    target = tmp_path / "out.csv"
    ran = run("caseload", invented, target, "--council", "cambridgeshire", "--on", "2026-05-04")
    assert ran.exit_code == 0, ran.output
    assert "100 rows answered, 0 refused" in ran.stdout
    assert len(target.read_text().splitlines()) == 101


def test_two_policies_are_compared_with_who_pays_more_and_what_it_comes_to(invented, tmp_path):
    scenario = EXAMPLES / "scenarios" / "higher_minimum_income.yaml"
    ran = run(
        "caseload",
        invented,
        tmp_path / "out.parquet",
        "--council",
        "england",
        "--on",
        "2026-05-04",
        "--against",
        scenario,
    )
    assert ran.exit_code == 0, ran.output
    assert "Ten pounds more a week at home" in ran.stdout
    assert "Everybody" in ran.stdout and "a year less" in ran.stdout


def test_a_caseload_is_not_written_over_unless_asked(invented, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("mine")
    ran = run("caseload", invented, target, "--council", "england", "--on", "2026-05-04")
    assert ran.exit_code == 1 and target.read_text() == "mine"
    assert run("caseload", invented, target, "--council", "england", "--on", "2026-05-04", "--replace").exit_code == 0
