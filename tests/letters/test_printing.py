"""The same in gives the same out, in this process and in another; only the moment it is told of differs."""

import hashlib
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from multiprocessing import get_context

import pikepdf
import pytest

from farthing.letters import Form, letters, render
from tests.letters.reading_back import AT, EVERY_LETTER, printed, words

IN_ANOTHER_PROCESS = """
import hashlib
from farthing.letters import Form
from tests.letters.reading_back import printed
print(hashlib.sha256(printed("decision", Form.LARGE_PRINT)).hexdigest())
"""


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_the_same_letter_is_the_same_bytes_again(name, form):
    assert printed(name, form) == printed(name, form)


def test_the_same_letter_is_the_same_bytes_in_another_process():
    ran = subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == [hashlib.sha256(printed("decision", Form.LARGE_PRINT)).hexdigest()]


def test_one_letter_leaves_nothing_behind_in_the_next():
    first = printed("decision")
    assert "Dear Mr Other" in words(printed("decision", salutation="Dear Mr Other"))
    assert printed("decision") == first


def test_the_moment_told_is_the_moment_written():
    example = letters()["decision"].example
    later = render("decision", example, at=AT + timedelta(days=1))
    with pikepdf.open(BytesIO(later)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260505090000Z"
    assert words(later) == words(printed("decision"))


def test_a_moment_between_two_seconds_is_written_as_the_second_it_lies_in():
    example = letters()["decision"].example
    assert render("decision", example, at=AT.replace(microsecond=617_000)) == render("decision", example, at=AT)


def test_a_process_forked_after_the_first_letter_says_so_and_does_not_wait_for_ever():
    printed("decision")
    with get_context("fork").Pool(1) as pool, pytest.raises(RuntimeError, match="before this process was forked"):
        pool.apply_async(printed, ("decision",)).get(timeout=30)


def test_the_letters_need_no_web_no_law_and_no_clock():
    program = "import farthing.letters, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name.split(".")[1] for name in loaded if name.startswith("farthing.")}
    assert ours == {"base", "letters"}
    assert "django" not in loaded
