"""Every letter's example reads as it did before: a change of words or figures shows as a difference to review.

After a change that is meant, ``python -m tests.letters.test_golden --write`` writes each letter's ``expected.txt`` anew.
"""

import re
import sys

import pytest

from farthing.letters import Form, Letter, letters
from tests.letters.reading_back import EVERY_LETTER, amounts, pages, printed, words

READ_AS_ONE = re.compile(
    r"\b0\d{2,4} \d{3} \d{3,4}\b|\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\bwww\.[a-z.-]*[a-z]|\b(?:reg|para) \d+"
)


def as_text(letter: Letter) -> str:
    """The example in every form, as it reads, page by page."""
    found = list[str]()
    for form in Form:
        for number, page in enumerate(pages(printed(letter.name, form)), 1):
            found += [
                f"==== {form.replace('_', ' ')}, page {number} ====",
                *(line.rstrip() for line in page.split("\n")),
            ]
    return "\n".join([*found, ""])


@pytest.mark.parametrize("name", letters())
def test_a_letter_reads_as_it_did(name):
    letter = letters()[name]
    expected = (letter.folder / "expected.txt").read_text(encoding="utf-8")
    assert as_text(letter) == expected, (
        "Where that is meant: python -m tests.letters.test_golden --write, and review it"
    )


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_the_amounts_on_paper_are_those_handed_in_and_no_others(name, form):
    on_paper = amounts(words(printed(name, form)))
    handed_in = amounts(letters()[name].example)
    if form is Form.STANDARD and "chart" in letters()[name].example:
        handed_in -= amounts(letters()[name].example["chart"]["alt"]) - on_paper
    assert on_paper == handed_in


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_a_telephone_number_a_day_a_website_and_a_provision_each_stand_on_one_line(name, form):
    letter = printed(name, form)
    lines = [line for page in pages(letter) for line in page.split("\n")]
    broken = [each for each in READ_AS_ONE.findall(words(letter)) if not any(each in line for line in lines)]
    assert not broken


def test_an_amount_that_was_not_handed_in_would_be_seen():
    assert amounts(words(printed("full_cost", pays="£1.00 a week"))) - amounts(letters()["full_cost"].example) == {
        "£1.00"
    }


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    for each in letters().values():
        (each.folder / "expected.txt").write_text(as_text(each), encoding="utf-8")
