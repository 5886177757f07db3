"""A letter is a folder found by its place: copied under a new name it works; what does not fit in it is refused."""

import re
import shutil
from pathlib import Path

import pytest

from farthing.base.refusal import Refusal
from farthing.letters import letter, letters, render
from farthing.letters.reading import HERE
from tests.letters.reading_back import AT, printed


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The decision letter's folder under another name, somewhere else."""
    return Path(shutil.copytree(HERE / "decision", tmp_path / "a_letter_of_our_own"))


def changed(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def refused(folder: Path) -> list[str]:
    with pytest.raises(Refusal) as found:
        letters(folder.parent)
    return [f"{each.field} {each.problem}" for each in found.value.problems]


@pytest.mark.parametrize("name", letters())
def test_any_folder_copied_under_a_new_name_prints_the_same_letter(name, tmp_path):
    shutil.copytree(HERE / name, tmp_path / "copied")
    found = letter("copied", tmp_path)
    assert render("copied", found.example, at=AT, folders=(tmp_path,)) == printed(name)


@pytest.mark.parametrize("name", letters())
def test_a_folder_holds_what_a_letter_is_made_of(name):
    kept = {file.name for file in letter(name).folder.iterdir()} - {"__init__.py", "__pycache__"}
    assert kept == {"letter.typ", "fields.py", "example.yaml", "expected.txt"}


def test_the_letters_of_the_house_are_found():
    assert set(letters()) >= {
        "application_received", "cost_notice", "credit_note", "decision", "decision_easy_read", "direct_payment_agreement",
        "estimate", "evidence_wanted", "full_cost", "invoice", "personal_budget", "review_outcome",
    }  # fmt: skip


def test_no_letter_is_named_in_the_code():
    code = [file.read_text(encoding="utf-8") for file in [*HERE.glob("*.py"), *HERE.glob("*.typ")]]
    assert [name for name in letters() for text in code if re.search(rf'"{name}"', text)] == []


def test_a_declared_field_the_template_does_not_use_is_refused(copied):
    changed(copied, "letter.typ", '#section("What happens next", d.bill)', "")
    assert refused(copied) == ["a_letter_of_our_own.bill is declared and not used by the template"]


def test_a_declared_field_inside_another_that_is_not_used_is_refused(copied):
    declared = 'FIELDS = (\n    Field("car", Record(Field("horsepower", TEXT, "its power")), "a car"),'
    changed(copied, "fields.py", "FIELDS = (", declared)
    changed(copied, "fields.py", '"""\n', '"""\nfrom farthing.letters.fields import TEXT, Field, Record\n')
    changed(copied, "letter.typ", "#working(d.chapters)", "#working(d.chapters) #repr(d.car)")
    assert refused(copied) == ["a_letter_of_our_own.car.horsepower is declared and not used by the template"]


def test_a_field_the_template_uses_and_nobody_declared_is_refused(copied):
    changed(copied, "letter.typ", "#working(d.chapters)", "#working(d.chapters) #d.shoe_size")
    assert refused(copied) == ["a_letter_of_our_own.shoe_size is used by the template and not declared"]


def test_two_letters_of_one_name_are_refused(copied):
    copied.rename(copied.parent / "decision")
    with pytest.raises(Refusal, match="has the name of another letter"):
        letters(copied.parent)


def test_a_template_that_warns_prints_nothing(copied):
    changed(copied, "letter.typ", "#working(d.chapters)", '#text(font: "No Such Font")[Hello] #working(d.chapters)')
    found = letter("a_letter_of_our_own", copied.parent)
    with pytest.raises(ValueError, match="unknown font family"):
        render("a_letter_of_our_own", found.example, at=AT, folders=(copied.parent,))


def test_a_picture_without_words_prints_nothing(copied):
    changed(copied, "letter.typ", "#working(d.chapters)", '#image(bytes("<svg/>"), format: "svg")')
    changed(copied, "fields.py", "    CHAPTERS,\n", "")
    example = copied / "example.yaml"
    kept = re.sub(r"(?s)\nchapters:.*?\nassumed:", "\nassumed:", example.read_text(encoding="utf-8"))
    example.write_text(kept, encoding="utf-8")
    found = letter("a_letter_of_our_own", copied.parent)
    with pytest.raises(RuntimeError):
        render("a_letter_of_our_own", found.example, at=AT, folders=(copied.parent,))
