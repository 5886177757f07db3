"""The figures of the law: each on its day, each with where it was read, and everything else refused."""

from datetime import date
from pathlib import Path

import pytest

import farthing
from farthing.base.citation import Citation
from farthing.base.days import day
from farthing.base.money import pence
from farthing.base.refusal import Problem, Refusal
from farthing.engine.figures import DatedValue, Figure, Source, changed, due, period_name, read_figures, read_sources

LAW = Path(farthing.__file__).parent / "law"
FILES = sorted(LAW.glob("*/rates.yaml"))
FIGURES = read_figures(*FILES)
SOURCES = read_sources(LAW / "sources.yaml")

# What the law sets once and for all; every other figure is looked at again each year.
SETTLED = {name for name in FIGURES if name.endswith(("_days", "_percent", "_margin"))}
SETTLED |= {"first_ten_pounds_disregard", "minor_adaptation_limit"}
NURSING = {"nursing_contribution_standard", "nursing_contribution_higher"}
# Rates of benefits, which change on a Monday; what is left are charging figures, which change on 6 April.
BENEFITS = {
    *(f"attendance_allowance_{rate}" for rate in ("higher", "lower")),
    *(f"pip_{part}_{rate}" for part in ("daily_living", "mobility") for rate in ("enhanced", "standard")),
    *(f"dla_care_{rate}" for rate in ("highest", "middle", "lowest")),
    *(f"dla_mobility_{rate}" for rate in ("higher", "lower")),
    *(f"pension_credit_standard_minimum_guarantee_{who}" for who in ("single", "couple")),
    *(f"pension_credit_severe_disability_{count}" for count in ("one", "two")),
    "pension_credit_carer_addition",
    *(f"pension_credit_capital_{part}" for part in ("limit", "step", "amount")),
    *(f"savings_credit_{part}_{who}" for part in ("threshold", "max") for who in ("single", "couple")),
    "new_state_pension_full",
    "basic_state_pension_category_a",
    "carers_allowance",
    *(f"income_support_{kind}disability_premium_{who}" for kind in ("", "enhanced_") for who in ("single", "couple")),
}


def value(name: str, on: str) -> int:
    return FIGURES[name].on(day(on)).value


def known(name: str, on: str) -> bool:
    return FIGURES[name].known_on(day(on)) is not None


# The files beside the rules


def test_every_law_folder_that_has_rates_is_read_and_no_figure_is_lost():
    folders = ["allowances", "capital", "charge", "deferred_payment", "home", "income"]
    assert [file.parent.name for file in FILES] == folders
    assert len(FIGURES) == 63


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_figure_changes_on_its_day_and_not_the_day_before(figure: Figure):
    previous = None
    for dated in figure.dates:
        assert figure.on(dated.since) is dated
        ended = previous is None or previous.known_until is not None
        assert figure.known_on(dated.since - 1) is (None if ended else previous)
        previous = dated
    assert figure.on(figure.known_until) is figure.dates[-1]
    with pytest.raises(Refusal):
        figure.on(figure.known_until + 1)


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_figure_says_in_one_sentence_what_it_is_and_where_the_law_is(figure: Figure):
    assert figure.says.endswith(".") and figure.says.count(". ") == 0
    assert figure.says[0].isupper() and "_" not in figure.says
    assert figure.law.law
    file, line = figure.place.split(":")
    assert (LAW.parent / file).read_text("utf-8").splitlines()[int(line) - 1] == f"{figure.name}:"


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_value_worked_out_says_how_or_that_it_is_still_to_be_read(figure: Figure):
    for dated in figure.dates:
        if dated.status == "derived":
            assert dated.note is not None
            assert dated.note.count("To be read in ") == 1


def test_every_source_is_used_or_kept_for_the_sum_or_rule_it_was_read_for():
    used = {key for figure in FIGURES.values() for dated in figure.dates for key in dated.source.split(", ")}
    assert used <= SOURCES.keys()
    # Read for a check, a rule or a council's own figure, and not for a figure here.
    assert SOURCES.keys() - used == {"S13", "S33", "S36", "S39"}


def test_a_source_says_what_page_it_is_and_leaves_out_what_was_not_kept():
    as_made = "http://www.legislation.gov.uk/uksi/2014/2671/regulation/9/made"
    assert SOURCES["S32"] == Source("S32", "legislation.gov.uk - SI 2014/2671 reg 9", as_made, "as made", "primary")
    assert SOURCES["S14"].address is None
    assert list(SOURCES) == [f"S{number:02d}" for number in range(1, len(SOURCES) + 1)]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_figure_changes_only_on_the_days_its_kind_of_figure_does(figure: Figure):
    for dated in figure.dates:
        assert is_start(figure, dated.since) or (figure.name in SETTLED and dated.since == day("2015-04-01"))
    assert is_start(figure, figure.known_until + 1)


def is_start(figure: Figure, on: int) -> bool:
    """Whether a figure of this kind may change on a day: each kind has its own day of the year."""
    at = date.fromordinal(on)
    if figure.name in BENEFITS:
        return at.weekday() == 0 and (4, 6) <= (at.month, at.day) <= (4, 12)
    if figure.name in NURSING:
        return (at.month, at.day) == (4, 1)
    if figure.name == "deferred_payment_interest_maximum":
        return (at.month, at.day) in ((1, 1), (7, 1))
    return (at.month, at.day) == (4, 6)


# What the figures are


def test_pounds_are_pence_and_the_rest_are_whole_numbers_of_their_unit():
    assert value("lower_capital_limit", "2026-04-06") == 1_425_000
    assert value("upper_capital_limit", "2026-04-06") == 2_325_000
    assert (value("tariff_step", "2026-04-06"), value("tariff_amount", "2026-04-06")) == (25_000, 100)
    assert value("property_disregard_days", "2026-04-06") == 12 * 7
    assert value("twelve_week_return_days", "2026-04-06") == 52 * 7
    assert value("free_reablement_days", "2026-04-06") == 6 * 7
    assert value("short_stay_days", "2026-04-06") == 8 * 7
    assert value("sale_costs_percent", "2026-04-06") == 10
    assert value("deferred_payment_interest_margin", "2026-04-06") == 15


def test_the_most_interest_on_a_deferred_payment_is_known_for_one_half_year_only():
    assert value("deferred_payment_interest_maximum", "2024-01-01") == 465
    assert value("deferred_payment_interest_maximum", "2024-06-30") == 465
    with pytest.raises(Refusal) as refused:
        value("deferred_payment_interest_maximum", "2024-07-01")
    place = FIGURES["deferred_payment_interest_maximum"].place
    assert refused.value.problems == (
        Problem(
            field="on",
            problem="there is no deferred_payment_interest_maximum for 1 July 2024",
            what_to_do="Figures are known from 1 January 2024 to 30 June 2024. "
            f"Ask about one of those days, or add a line at {place}",
            law="SI 2014/2671 reg 9",
        ),
    )


def test_a_year_that_was_not_found_is_a_gap_between_the_years_that_were():
    name = "income_support_disability_premium_single"
    assert value(name, "2025-04-06") == 4250
    assert not known(name, "2025-04-07")
    assert not known(name, "2026-04-05")
    assert value(name, "2026-04-06") == 4485
    with pytest.raises(Refusal, match="from 10 April 2023 to 6 April 2025 and from 6 April 2026 to "):
        FIGURES[name].on(day("2025-12-25"))


def test_what_devon_prints_for_2023_24_is_the_sum_of_the_parts():
    """Devon County Council's examples (S06) print a minimum income guarantee of 171.75."""
    assert total_guarantee("single_25_to_pension_age", "2023-04-06") == pence("171.75")


def test_what_knowsley_prints_for_2024_25_is_the_sum_of_the_parts():
    """Knowsley Council's examples (S07) print a minimum income guarantee of 160.30."""
    assert total_guarantee("single_18_to_24", "2024-04-06") == pence("160.30")


def test_the_rise_of_2026_27_is_what_was_announced():
    """At least £400 a year, and up to £510 with the disability premium (S12, S13, reprinting 12 February 2026)."""
    basic, premium = (
        value(name, "2026-04-06") - value(name, "2025-04-06")
        for name in ("minimum_income_guarantee_single_25_to_pension_age", "disability_premium_single")
    )
    assert basic * 52 == pence("410.80")
    assert (basic + premium) * 52 == pence("509.60")


def test_pension_credit_tops_up_the_south_tyneside_and_leeds_examples():
    """201.05 + 76.40 - 156.20 = 121.25 (South Tyneside, 2023-24); 218.15 - 169.50 = 48.65 (Leeds, 2024-25)."""
    guarantee, pension = "pension_credit_standard_minimum_guarantee_single", "basic_state_pension_category_a"
    severe = value("pension_credit_severe_disability_one", "2023-04-10")
    assert value(guarantee, "2023-04-10") + severe - value(pension, "2023-04-10") == pence("121.25")
    assert value(guarantee, "2024-04-08") - value(pension, "2024-04-08") == pence("48.65")


def test_what_night_care_adds_is_what_knowsley_leaves_out():
    """Knowsley's example leaves out the night element: 108.55 - 72.65 = 35.90 (S07)."""
    higher, lower = (value(f"attendance_allowance_{rate}", "2024-04-08") for rate in ("higher", "lower"))
    assert higher - lower == pence("35.90")


@pytest.mark.parametrize("on", ["2023-04-10", "2024-04-08", "2025-04-07", "2026-04-06"])
def test_benefits_for_the_same_need_are_paid_at_the_same_rates(on: str):
    higher = ("attendance_allowance_higher", "pip_daily_living_enhanced", "dla_care_highest")
    lower = ("attendance_allowance_lower", "pip_daily_living_standard", "dla_care_middle")
    assert len({value(name, on) for name in higher}) == 1
    assert len({value(name, on) for name in lower}) == 1
    assert value("pip_mobility_enhanced", on) == value("dla_mobility_higher", on)
    assert value("pip_mobility_standard", on) == value("dla_mobility_lower", on) == value("dla_care_lowest", on)
    assert value("pension_credit_severe_disability_two", on) == 2 * value("pension_credit_severe_disability_one", on)


@pytest.mark.parametrize("who", ["single", "couple"])
@pytest.mark.parametrize("on", ["2023-04-10", "2024-04-08", "2025-04-07", "2026-04-06"])
def test_the_most_savings_credit_is_sixty_percent_of_the_guarantee_over_the_threshold(on: str, who: str):
    over = value(f"pension_credit_standard_minimum_guarantee_{who}", on) - value(f"savings_credit_threshold_{who}", on)
    assert abs(value(f"savings_credit_max_{who}", on) * 100 - over * 60) <= 50


@pytest.mark.parametrize("on", ["2023-04-06", "2024-04-06", "2025-04-06", "2026-04-06"])
def test_a_lone_parent_keeps_as_much_as_a_single_person_from_25(on: str):
    lone_parent, single = "minimum_income_guarantee_lone_parent", "minimum_income_guarantee_single_25_to_pension_age"
    assert value(lone_parent, on) == value(single, on)


def total_guarantee(basic: str, on: str) -> int:
    premiums = ("disability_premium_single", "enhanced_disability_premium_single")
    return sum(value(name, on) for name in (f"minimum_income_guarantee_{basic}", *premiums))


# What is due, what changed, and which year it is


@pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.name)
def test_a_figure_is_due_from_the_day_after_it_is_known_until(figure: Figure):
    assert figure not in due(FIGURES, figure.known_until)
    assert figure in due(FIGURES, figure.known_until + 1)


def test_figures_that_change_on_different_days_fall_due_on_different_days():
    charging_year_ends = FIGURES["upper_capital_limit"].known_until
    names = {figure.name for figure in due(FIGURES, charging_year_ends)}
    assert names == NURSING | {"deferred_payment_interest_maximum"}
    names = {figure.name for figure in due(FIGURES, charging_year_ends + 1)}
    assert names == FIGURES.keys() - BENEFITS


def test_what_changed_is_given_with_its_old_and_new_value():
    compared = changed(FIGURES, day("2026-04-05"), day("2026-04-06"))
    found = {figure.name: (old.value, new.value) for figure, old, new in compared}
    assert found["personal_expenses_allowance"] == (3065, 3180)
    assert "lower_capital_limit" not in found, "a new line with the same value is not a change"
    assert "income_support_disability_premium_single" not in found, "it was not known on the day before"


def test_a_charging_year_runs_from_6_april_to_5_april():
    days = ("2026-04-05", "2026-04-06", "2027-01-01", "2027-04-05", "1999-12-31")
    assert [period_name(day(on)) for on in days] == ["2025-26", "2026-27", "2026-27", "2026-27", "1999-00"]


# What is refused when a file is read

SOURCES_TEXT = 'S01:\n  title: "A page"\n  date: "2026"\n  kind: primary\n'
FIGURE_TEXT = """\
a_limit:
  says: "A limit."
  unit: "£"
  law: {text: "SI 2014/2672 reg 25(1)", checked: true}
  known_until: 2027-04-05
  dates:
    2025-04-06: {value: "14250.00", source: S01, checked: 2026-11-22, status: read}
    2026-04-06: {value: "14300", source: [S01], checked: 2026-11-22, status: derived, note: "Worked out."}
"""


def write(folder: Path, text: str, name: str = "capital", sources: str = SOURCES_TEXT) -> Path:
    file = folder / "law" / name / "rates.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    (folder / "law" / "sources.yaml").write_text(sources, "utf-8")
    return file


def refused(*files: Path) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        read_figures(*files)
    return [str(problem) for problem in refusal.value.problems]


def test_a_figure_is_read_whole(tmp_path: Path):
    assert read_figures(write(tmp_path, FIGURE_TEXT)) == {
        "a_limit": Figure(
            name="a_limit",
            says="A limit.",
            unit="£",
            law=Citation("SI 2014/2672 reg 25(1)", checked=True),
            known_until=day("2027-04-05"),
            dates=(
                DatedValue(day("2025-04-06"), 1_425_000, "S01", "2026-11-22", "read"),
                DatedValue(day("2026-04-06"), 1_430_000, "S01", "2026-11-22", "derived", "Worked out."),
            ),
            place="law/capital/rates.yaml:1",
        )
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('"14250.00"', "14250.00", 7, "a_limit 2025-04-06 value is not in quotes"),
        ('"14250.00"', '"£14,250"', 7, "a_limit 2025-04-06 value has a pound sign: '£14,250'"),
        ('"14250.00"', '"14250.005"', 7, "a_limit 2025-04-06 value has more than two figures after the point"),
        ('"14250.00"', '"-1"', 7, "a_limit 2025-04-06 value is below nought: '-1'"),
        ('"14250.00"', "[1]", 7, "a_limit 2025-04-06 value is not some text"),
        ('"14250.00"', '""', 7, "a_limit 2025-04-06 value is not some text"),
        ('unit: "£"', 'unit: "days"', 7, "a_limit 2025-04-06 value is not a whole number: '14250.00'"),
        ('unit: "£"', 'unit: "percent"', 7, "a_limit 2025-04-06 value is not a whole number: '14250.00'"),
        ('unit: "£"', 'unit: "pounds"', 3, "a_limit unit is 'pounds'. Write one of: £, £ a week"),
        ("source: S01, ", "", 7, "a_limit 2025-04-06 has no source"),
        ("source: S01,", "source: S99,", 7, "a_limit 2025-04-06 source 'S99' is not in sources.yaml"),
        ("source: S01,", "source: [],", 7, "a_limit 2025-04-06 source '' is not in sources.yaml"),
        ("source: [S01]", "source: [S01, S98]", 8, "a_limit 2026-04-06 source 'S01, S98' is not in sources.yaml"),
        ("status: read", "status: guessed", 7, "a_limit 2025-04-06 status is 'guessed'. Write one of: read, derived"),
        ("status: read", "status: derived", 7, "a_limit 2025-04-06 is derived and has no note"),
        ("checked: 2026-11-22, status: read", "status: read", 7, "a_limit 2025-04-06 has no checked"),
        ("checked: 2026-11-22, status: read", "checked: lately, status: read", 7, "a_limit 2025-04-06 checked is not"),
        ("status: read", "status: read, seen: yes", 7, "a_limit 2025-04-06 does not take 'seen'"),
        ("status: read", "status: read, status: read", 7, "a_limit 2025-04-06 gives status twice"),
        ("2026-04-06:", "2025-04-06:", 8, "a_limit dates gives 2025-04-06 twice"),
        ("2026-04-06:", "2024-04-06:", 8, "a_limit 2024-04-06 starts before the line above ends"),
        ("2026-04-06:", "2027-04-06:", 8, "a_limit 2027-04-06 does not end between its start and known_until"),
        ("2026-04-06:", "2026-02-30:", 8, "a_limit 2026-02-30 is not a day of the calendar"),
        ("status: read", "status: read, known_until: 2026-04-06", 8, "a_limit 2026-04-06 starts before the line above"),
        ("status: read", "status: read, known_until: 2025-04-05", 7, "a_limit 2025-04-06 does not end between"),
        ("status: derived", "status: derived, known_until: 2027-04-06", 8, "a_limit 2026-04-06 does not end between"),
        ("a_limit:", "A-limit:", 1, "'A-limit' is not a name"),
        ("  says:", "  days:", 2, "a_limit does not take 'days'"),
        ('  says: "A limit."\n', "", 1, "a_limit has no says"),
        ('"A limit."', '"  "', 2, "a_limit says is not some text"),
        ("  known_until: 2027-04-05\n", "", 1, "a_limit has no known_until"),
        ("2027-04-05", "for ever", 5, "a_limit known_until is not a date written as year-month-day: 'for ever'"),
        (", checked: true}", "}", 4, "a_limit law has no checked"),
        (", checked: true}", ", checked: yes}", 4, "a_limit law checked is 'yes'. Write one of: true, false"),
        (FIGURE_TEXT[FIGURE_TEXT.index("    2025") :], "    []\n", 7, "a_limit dates holds no names"),
        (FIGURE_TEXT, FIGURE_TEXT * 2, 9, "the file gives a_limit twice"),
        (FIGURE_TEXT, "# nothing yet\n", 1, "the file holds no names"),
        (FIGURE_TEXT, "- a_limit\n", 1, "the file holds no names"),
    ],
)
def test_a_mistake_in_a_figure_is_refused_at_its_line(tmp_path: Path, old: str, new: str, line: int, problem: str):
    assert FIGURE_TEXT.count(old) >= 1
    found = refused(write(tmp_path, FIGURE_TEXT.replace(old, new, 1)))
    assert len(found) == 1
    assert found[0].startswith(f"law/capital/rates.yaml:{line} {problem}")


def test_every_mistake_is_told_at_once(tmp_path: Path):
    one = write(tmp_path, FIGURE_TEXT.replace("status: read", "status: red").replace("[S01]", "S77"))
    other = write(tmp_path, FIGURE_TEXT.replace("a_limit", "b_limit").replace('"£"', '"$"'), "income")
    assert [problem.split(" ")[0] for problem in refused(one, other)] == [
        "law/capital/rates.yaml:7",
        "law/capital/rates.yaml:8",
        "law/income/rates.yaml:3",
    ]


def test_a_figure_given_in_two_files_is_refused_and_the_other_place_named(tmp_path: Path):
    one, other = write(tmp_path, FIGURE_TEXT), write(tmp_path, FIGURE_TEXT, "income")
    assert refused(one, other) == [
        "law/income/rates.yaml:1 a_limit is given twice. Keep one; see law/capital/rates.yaml:1"
    ]


def test_a_file_that_is_not_yaml_or_not_there_is_refused_by_name(tmp_path: Path):
    (broken,) = refused(write(tmp_path, "a_limit: {says: \n"))
    assert broken.startswith("law/capital/rates.yaml cannot be read:") and "line 2" in broken
    (absent,) = refused(tmp_path / "law" / "income" / "rates.yaml")
    assert absent.startswith("law/income/rates.yaml cannot be read:")


def test_a_file_with_no_sources_above_it_is_refused(tmp_path: Path):
    file = write(tmp_path, FIGURE_TEXT)
    (tmp_path / "law" / "sources.yaml").unlink()
    (found,) = refused(file)
    assert "law/sources.yaml cannot be read:" in found


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  kind: primary\n", "", "1 S01 has no kind"),
        ("kind: primary", "grade: A", "4 S01 does not take 'grade'"),
        ('date: "2026"', "date:", "3 S01 date is not some text"),
        (SOURCES_TEXT, SOURCES_TEXT * 2, "5 the file gives S01 twice"),
    ],
)
def test_a_mistake_in_a_source_is_refused_at_its_line(tmp_path: Path, old: str, new: str, problem: str):
    (found,) = refused(write(tmp_path, FIGURE_TEXT, sources=SOURCES_TEXT.replace(old, new)))
    assert f"law/sources.yaml:{problem}" in found


def test_a_value_never_passes_through_a_float(tmp_path: Path):
    text = FIGURE_TEXT.replace('"14250.00"', '"999999999999.99"')
    assert read_figures(write(tmp_path, text))["a_limit"].dates[0].value == 99_999_999_999_999
