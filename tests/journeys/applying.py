"""Applying online, as somebody does for themselves or for somebody they act for."""

import re
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.browser.visitor import Visitor
from tests.journeys.answering import Answers, answer_all

PERSON = {
    "given_name": "Mabel",
    "family_name": "Madeup",
    "born": "27 3 1941",
    "nhs_number": "999 000 0018",
}
CONTACT = {
    "address": "1 Invented Lane\nNowhere",
    "postcode": "ZZ99 1AA",
    "telephone": "01632 960 001",
    "letters_by": "post",
    "letters_as": "standard",
}


def begin_for_me(visitor: Visitor, email: str, given_name: str, family_name: str) -> None:
    """Sign in by a link and begin an application for oneself; the list of tasks is then open."""
    visitor.open("/apply/")
    visitor.sign_in_by_email(email)
    visitor.fill("who", "me")
    visitor.press("Continue")
    visitor.fill("given_name", given_name)
    visitor.fill("family_name", family_name)
    visitor.press("Start the application")


def tell_who(visitor: Visitor, **differs: Any) -> None:
    """Tell who the person is and where to write, from the list of tasks and back to it."""
    visitor.page.locator("main a", has_text="About ").first.click()
    for name, value in {**PERSON, **differs}.items():
        visitor.fill(name, value)
    visitor.press("Save and continue")
    for name, value in CONTACT.items():
        visitor.fill(name, value)
    visitor.press("Save and continue")


def tell_money(visitor: Visitor, knows: Answers) -> list[str]:
    """Answer the money questions, from the list of tasks and back to it, and give what was asked."""
    visitor.follow("Money and care")
    asked = answer_all(visitor, knows)
    visitor.press("Save and go on")
    return asked


def send(visitor: Visitor) -> str:
    """Check, declare and send, from the list of tasks, and give the reference."""
    visitor.press("Check everything and send")
    visitor.page.get_by_role("checkbox").check()
    visitor.press("Send")
    found = re.search(r"Your reference (\S+)", visitor.text())
    assert found, visitor.text()
    return found[1]


def photo(folder: Path, words: str) -> Path:
    """A photo of a paper with a few words on it, as a telephone keeps it."""
    picture = Image.new("RGB", (900, 600), "white")
    ImageDraw.Draw(picture).text((60, 60), words, fill="black", font_size=40)
    file = folder / "photo.jpg"
    picture.save(file, "JPEG")
    return file
