"""Applying online, as somebody does for themselves or for somebody they act for."""

import re
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.browser.visitor import Visitor

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


HAS_TOLD = """
from datetime import date
from farthing.service.access.models import Account
from farthing.service.assessments.services.beginning import apply_for_new_person, tell_details
from farthing.service.assessments.services.handing_in import hand_in
from farthing.service.demonstration.money import completed
from farthing.service.people.models import Authority
from farthing.service.questions.answers import Answers, Item
account = Account.objects.create_person(EMAIL)
said = {"setting": "own_home", "tells_finances": "true", "born": "1941-03-27", "partner": "none", "weekly_cost": "300.00",
        "responsible_for_children": "0", "gets_carer_premium": "false", "gets_disability_premium": "false",
        "gets_enhanced_disability_premium": "false", "pension_age_before_april_2016": "true"}
answers = Answers(said=said, trail=("setting",)).with_item(
    "capital", "i1", Item("bank_account", {"value": "17000.00"}, is_done=True)).with_item(
    "income", "i1", Item("state_pension", {"amount": "221.00", "every": "week"}, is_done=True)).with_item(
    "income", "i2", Item("attendance_allowance_higher", {"amount": "110.40", "every": "week"}, is_done=True))
for listed in ("housing_costs", "disability_related_expenditure"):
    answers = answers.having(listed, [])
answers = completed(answers, {}, council="cambridgeshire", on=clock.day_of(clock.now()))
request = apply_for_new_person(account, given_name=GIVEN, family_name=FAMILY, authority=Authority.SELF, relationship="",
    called=f"{GIVEN} {FAMILY}", answers=answers, at=clock.now())
tell_details(request.person, {"given_name": GIVEN, "family_name": FAMILY, "born": date(1941, 3, 27),
    "address": "1 Invented Lane", "postcode": "ZZ99 1AA", "letters_by": "post", "letters_as": "standard"},
    by=account, at=clock.now(), version=request.person.version)
request.refresh_from_db()
"""
"""What ``AT_HOME`` says, told without a page, where a test is of what comes after."""

HANDS_IN = "hand_in(request, by=account, at=clock.now())"


def has_applied(visitor: Visitor, email: str, given_name: str, family_name: str) -> None:
    """Let somebody at home have applied already, and sign in."""
    has_told(visitor, email, given_name, family_name, and_then=HANDS_IN)


def has_told(visitor: Visitor, email: str, given_name: str, family_name: str, and_then: str = "") -> None:
    """Let somebody at home have told all that an application asks, and sign in."""
    told = {"EMAIL": email, "GIVEN": given_name, "FAMILY": family_name}
    script = "\n".join(f"{name} = {value!r}" for name, value in told.items())
    visitor.server.run(f"{script}\n{HAS_TOLD}{and_then}")
    visitor.open("/account/")
    visitor.sign_in_by_email(email)


def tell_who(visitor: Visitor, **differs: Any) -> None:
    """Tell who the person is and where to write, from the list of tasks and back to it."""
    visitor.page.locator("main a", has_text="About ").first.click()
    for name, value in {**PERSON, **differs}.items():
        visitor.fill(name, value)
    visitor.press("Save and continue")
    for name, value in CONTACT.items():
        visitor.fill(name, value)
    visitor.press("Save and continue")


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
