"""The folders of the councils: every one is whole, and everything that can be wrong with one is refused by line."""

import shutil
from pathlib import Path

import pytest

import farthing.councils
from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.councils import NO_LIMIT, SCHEME_STARTED, Council, council, councils, read_council
from farthing.law import ALSO, ANSWERS, figures, law, plan
from tests.councils.marshland import FOLDER, marshland

SLOTS = law().slots
PLACE = Path(farthing.councils.__file__).parent
TODAY = day("2026-05-04")
EVERY_COUNCIL = [*councils().values(), marshland()]
EVERY_SETTING = [
    (each, setting) for each in EVERY_COUNCIL for dated in each.settings.values() for setting in dated
]  # fmt: skip


def named(value: object) -> str:
    return value.key if isinstance(value, Council) else getattr(getattr(value, "slot", None), "name", "")


def problems_of(folder: Path) -> list[str]:
    """What is refused in a folder, one line each, with the place cut down to its line."""
    with pytest.raises(Refusal) as refused:
        read_council(folder, SLOTS)
    assert all(problem.field.startswith("councils/") for problem in refused.value.problems)
    return [str(problem).partition("policy.yaml:")[2] for problem in refused.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the invented council, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "councils" / "spoilt"))


def spoil(folder: Path, before: str, after: str) -> int:
    """Put one piece of the policy for another, and say on which line it was."""
    file = folder / "policy.yaml"
    text = file.read_text("utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), "utf-8")
    return text[: text.index(before)].count("\n") + 1


# Every folder


def test_every_folder_is_found_by_its_place():
    assert list(councils()) == ["cambridgeshire", "england"]


@pytest.mark.parametrize("each", EVERY_COUNCIL, ids=named)
def test_a_council_fills_every_slot_the_law_leaves_open_and_no_other(each):
    assert set(each.settings) == set(SLOTS)


@pytest.mark.parametrize(("each", "setting"), EVERY_SETTING, ids=named)
def test_a_setting_cites_a_page_or_says_why_not_and_points_at_its_line(each, setting):
    assert [setting.page, setting.assumed, setting.unpublished].count(None) == 2
    assert (setting.value is None) == (setting.unpublished is not None)
    reason = setting.assumed or setting.unpublished
    assert reason is None or (reason[0].isupper() and reason.endswith("."))
    folder = FOLDER if each.key == FOLDER.name else PLACE / each.key
    file, _, line = setting.place.rpartition(":")
    assert file == each.place
    written = (folder / "policy.yaml").read_text("utf-8").splitlines()[int(line) - 1]
    assert setting.slot.name in written or "since" in written or "value" in written


@pytest.mark.parametrize("each", EVERY_COUNCIL, ids=named)
def test_every_page_is_cited_and_was_read(each):
    cited = {setting.page for dated in each.settings.values() for setting in dated}
    cited |= {contact.page for contact in each.contacts.values()}
    assert cited - {None} == set(each.pages)
    for page in each.pages.values():
        assert page.address.startswith("https://")
        assert page.read > SCHEME_STARTED


@pytest.mark.parametrize("each", EVERY_COUNCIL, ids=named)
def test_a_person_can_be_assessed_on_every_day_the_figures_are_known(each):
    first = max(figure.dates[0].since for figure in figures().values() if figure.name in plan(ANSWERS + ALSO).figures)
    for on in (first, TODAY):
        filled = each.on(on)
        assert [name for name in plan(ANSWERS + ALSO).slots if name not in filled] == []


@pytest.mark.parametrize("each", EVERY_COUNCIL, ids=named)
def test_a_value_keeps_the_kind_its_unit_says(each):
    for name, value in each.on(TODAY).items():
        unit = SLOTS[name].unit
        assert isinstance(value, bool) == (unit == "yes/no")
        assert (getattr(value, "choices", None) is unit) == (not isinstance(unit, str))


# What the two councils say


def test_england_makes_no_choice():
    filled = councils()["england"].on(TODAY)
    assert len(filled) == len(SLOTS)
    assert (filled["share_of_income_taken"], filled["most_charged_a_week"]) == (100, NO_LIMIT)
    assert filled["short_stay_charged_as_at_home"] is True
    assert filled["savings_credit_at_home"] == SLOTS["savings_credit_at_home"].unit.as_in_care_home
    assert filled["cap_period"] == SLOTS["cap_period"].unit.week
    nothing = [name for name in SLOTS if name.endswith(("_addition", "_fee", "_fee_a_year", "_collected"))]
    assert len(nothing) == 8
    assert [filled[name] for name in nothing] == [0] * len(nothing)


def test_cambridgeshire_says_what_its_pages_state_and_why_it_assumes_the_rest():
    filled = council("cambridgeshire").on(TODAY)
    assert filled["capital_notice_level"] == 28_000_00
    assert filled.page_of("capital_notice_level").title.endswith("Paying for care")
    assert filled["short_stay_charged_as_at_home"] is True
    assert filled["disability_benefits_counted"] is True
    assert filled["night_care_disregarded"] is False
    assert set(filled.assumed) == {
        "savings_credit_at_home",
        "standard_disability_expenditure",
        "share_of_income_taken",
        "most_charged_a_week",
        "least_charge_collected",
        "cap_period",
        "arrangement_fee_a_year",
    }
    assert filled.page_of("share_of_income_taken") is None
    team = council("cambridgeshire").contacts["financial_assessment"]
    assert (team.telephone, team.address[-1]) == ("0300 126 3003", "PE29 3AD")


def test_marshland_chooses_otherwise_than_england():
    here, there = marshland().on(TODAY), councils()["england"].on(TODAY)
    same = {name for name in SLOTS if here[name] == there[name]}
    assert same == {
        "lower_capital_limit_addition",
        "disability_benefits_counted",
        "minimum_income_guarantee_addition",
    }
    assert here["standard_disability_expenditure"] == 24_16


# Asking for what is not there


def test_a_slot_that_is_not_published_is_refused_and_says_whom_to_ask():
    filled = council("cambridgeshire").on(TODAY)
    with pytest.raises(Refusal) as refused:
        filled["deferred_payment_set_up_fee"]
    (problem,) = refused.value.problems
    assert problem.field == "deferred_payment_set_up_fee"
    assert problem.problem == "is not published by Cambridgeshire County Council"
    assert problem.what_to_do.startswith("Ask Cambridgeshire County Council, and put it in councils/cambridgeshire/")
    assert problem.law == "SI 2014/2671 reg 10"
    assert "deferred_payment_set_up_fee" not in filled
    assert filled.page_of("deferred_payment_set_up_fee") is None


def test_a_slot_before_its_first_day_is_refused_and_says_which_day_that_is():
    agreed = day("2020-01-16")
    assert council("cambridgeshire").on(agreed)["night_care_disregarded"] is False
    before = council("cambridgeshire").on(agreed - 1)
    assert "night_care_disregarded" not in before
    with pytest.raises(Refusal, match="is not known for Cambridgeshire County Council before 16 January 2020"):
        before["night_care_disregarded"]


def test_a_name_that_is_no_slot_is_an_error_and_not_a_refusal():
    with pytest.raises(KeyError):
        marshland().on(TODAY)["share_of_icome_taken"]


def test_a_setting_changes_on_its_day_and_not_the_day_before():
    changed = day("2024-04-08")
    assert marshland().on(changed)["most_charged_a_week"] == 900_00
    assert marshland().on(changed - 1)["most_charged_a_week"] == NO_LIMIT
    assert marshland().on(SCHEME_STARTED)["most_charged_a_week"] == NO_LIMIT
    assert "most_charged_a_week" not in marshland().on(SCHEME_STARTED - 1)


def test_a_council_that_is_not_known_is_refused_with_the_nearest_that_is():
    with pytest.raises(Refusal, match=r"'cambrigeshire'\. Did you mean cambridgeshire\?"):
        council("cambrigeshire")
    with pytest.raises(Refusal, match=r"'atlantis'\. Give one of: cambridgeshire, england"):
        council("atlantis")


# A new folder


@pytest.mark.parametrize("copied", ["cambridgeshire", "england"])
def test_a_folder_copied_under_a_new_name_is_a_council_with_no_other_change(copied, tmp_path):
    original = council(copied)
    shutil.copytree(PLACE / copied, tmp_path / "councils" / "borchester")
    copy = council("borchester", tmp_path / "councils")
    assert dict(copy.on(TODAY)) == dict(original.on(TODAY))
    assert copy.place == "councils/borchester/policy.yaml"
    assert list(councils(tmp_path / "councils")) == ["borchester", "cambridgeshire", "england"]


def test_two_folders_of_one_name_are_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "councils" / "england")
    with pytest.raises(Refusal, match=r"england is also councils/england/policy\.yaml\. Rename one folder"):
        councils(tmp_path / "councils")


def test_every_council_that_is_wrong_is_told_at_once(tmp_path):
    for name in ("one", "other"):
        (tmp_path / "councils" / name).mkdir(parents=True)
        (tmp_path / "councils" / name / "policy.yaml").write_text("name: x\n")
    with pytest.raises(Refusal) as refused:
        councils(tmp_path / "councils")
    assert [problem.field for problem in refused.value.problems] == [
        "councils/one/policy.yaml:1",
        "councils/other/policy.yaml:1",
    ]


# What is refused: (what is put for what, the sentence)

WRONG = {
    "a slot that is not one": (
        "share_of_income_taken:", "share_of_icome_taken:",
        "share_of_icome_taken is not a slot the law leaves open. Did you mean share_of_income_taken?",
    ),
    "a slot like no other": ("cap_period:", "xyz:", "xyz is not a slot the law leaves open. Take it out"),
    "more than the law allows": ('"90", page', '"101", page', "value is 101, and the law allows 0 to 100. See CASSG"),
    "less than the law allows": (
        '"30000.00"', '"23249.99"', "value is £23,249.99, and the law allows £23,250.00 or more. See CASSG 8.17",
    ),
    "below nought": ('"1.25"', '"-1.25"', "value is below nought: '-1.25'. Its unit is £ a week"),
    "a pound sign": ('"1.25"', '"£1.25"', "value has a pound sign"),
    "three figures after the point": ('"1.25"', '"1.255"', "value has more than two figures after the point"),
    "money that is not quoted": ('"1.25"', "1.25", "least_charge_collected value is not in quotes. Quote it"),
    "a part of a per cent": ('"25", page', '"25.5", page', "is not a whole number: '25.5'. Its unit is percent"),
    "money where a number belongs": ('"15", page', '"0.15", page', "is not a whole number: '0.15'. Its unit is number"),
    "a choice there is not": ('"four_weeks"', '"month"', "is 'month'. Write one of: week, four_weeks"),
    "neither yes nor no": (
        'home: {value: "no"', 'home: {value: "maybe"', "is 'maybe'. Write one of: yes, no, true, false",
    ),
    "no limit where there must be a sum": ('"1.25"', '"none"', "is not an amount of money: 'none'"),
    "a list where a value belongs": ('"1.25"', '["1.25"]', "least_charge_collected value is not some text"),
    "a page that is not declared": (
        '"1.25", page: charges', '"1.25", page: charge', "page 'charge' is not among the pages. Did you mean charges?",
    ),
    "a page like no other": ('"1.25", page: charges', '"1.25", page: xyz', "page 'xyz' is not among the pages. Add it"),
    "a value with no page": ('"1.25", page: charges', '"1.25"', "least_charge_collected value has no page. Add it"),
    "an assumption with no reason": (
        'value: "1.25", page: charges', 'assumed: "1.25"', "least_charge_collected assumed has no because. Add it",
    ),
    "an assumption with a page": (
        'value: "1.25", page: charges', 'assumed: "1.25", because: It is, page: charges', "does not take 'page'",
    ),
    "nothing given": (
        'value: "1.25", page: charges', "page: charges",
        "least_charge_collected gives none of value, assumed, unpublished. Give a value and its page",
    ),
    "two things given": (
        'value: "1.25", page: charges', 'value: "1.25", unpublished: It is not', "gives value and unpublished",
    ),
    "no reason why it is not published": (
        'value: "1.25", page: charges', 'unpublished: ""', "unpublished is not some text",
    ),
    "a field there is not": ('"1.25", page', '"1.25", pages', "least_charge_collected does not take 'pages'"),
    "a bare value": ('{value: "1.25", page: charges}', '"1.25"', "least_charge_collected holds no names"),
    "no entry": ('{value: "1.25", page: charges}', "[]", "least_charge_collected has no entry. Give it one"),
    "a month there is not": ("2024-04-08", "2024-13-08", "since gives the month as 13: '2024-13-08'"),
    "a day before the scheme": ("2024-04-08", "2015-03-31", "starts before the scheme, 2015-04-01"),
    "entries out of order": ("2024-04-08", "2015-04-01", "starts no later than the one above. Put the oldest first"),
    "a slot given twice": ("cap_period:", "arrangement_fee_a_year:", "gives arrangement_fee_a_year twice. Keep one"),
    "a page with no address": ('    address: "https://marshland.example/charges"\n', "", "page charges has no address"),
    "a contact with no declared page": ("    page: charges\n", "    page: x\n", "contact charging page 'x' is not"),
    "an address that is not a list": ("    page: charges\n", "    page: charges\n    address: x\n", "is not a list"),
    "no name": ("name: Marshland\n", "", "spoilt has no name. Add it"),
    "a field the file does not take": ("contacts:\n", "contact:\n", "spoilt does not take 'contact'"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_with_its_line(folder, before, after, sentence):
    spoil(folder, before, after)
    assert any(sentence in problem for problem in problems_of(folder))


def test_a_refusal_names_the_file_and_the_line(folder):
    line = spoil(folder, '"1.25"', "1.25")
    assert problems_of(folder) == [f"{line} least_charge_collected value is not in quotes. Quote it"]


def test_a_slot_that_is_missing_is_refused_by_name(folder):
    spoil(folder, '  cap_period: {value: "four_weeks", page: charges}\n', "")
    assert [problem.partition(" ")[2] for problem in problems_of(folder)] == ["slots has no cap_period. Add it"]


def test_everything_wrong_in_a_folder_is_told_at_once(folder):
    lines = [spoil(folder, '"1.25"', "1.25"), spoil(folder, '"90", page', '"900", page')]
    found = [int(problem.partition(" ")[0]) for problem in problems_of(folder)]
    assert sorted(found) == sorted(lines)


def test_a_file_that_is_not_yaml_and_one_that_is_not_there_are_refused(folder, tmp_path):
    spoil(folder, "name: Marshland\n", "name: [\n")
    for place in (folder, tmp_path):
        with pytest.raises(Refusal, match="cannot be read"):
            read_council(place, SLOTS)


@pytest.mark.parametrize(("written", "value"), [("yes", True), ("true", True), ("no", False), ("false", False)])
def test_yes_and_no_may_be_written_as_true_and_false(folder, written, value):
    spoil(folder, 'as_at_home: {value: "no"', f'as_at_home: {{value: "{written}"')
    assert read_council(folder, SLOTS).on(TODAY)["short_stay_charged_as_at_home"] is value


def test_an_assumption_and_a_gap_are_read_where_a_council_is_silent(folder):
    spoil(folder, '{value: "1.25", page: charges}', '{assumed: "0.00", because: No page says.}')
    spoil(folder, '{value: "75.00", page: charges}', "{since: 2020-04-06, unpublished: The charges page has no fee.}")
    filled = read_council(folder, SLOTS).on(TODAY)
    assert filled.assumed == {"least_charge_collected": "No page says."}
    assert set(SLOTS) - set(filled) == {"deferred_payment_closing_fee"}
    assert filled.settings["deferred_payment_closing_fee"].unpublished == "The charges page has no fee."
