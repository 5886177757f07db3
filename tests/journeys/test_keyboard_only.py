"""Without a mouse: somebody makes an estimate, and an officer verifies and decides."""

import pytest

from tests.browser.staff import PASSWORD, code_of, email_of, key_of
from tests.journeys.answering import answer_all
from tests.journeys.applying import has_applied
from tests.journeys.circumstances import AT_HOME
from tests.journeys.money import amounts

pytestmark = pytest.mark.slow

MOST_STOPS = 120
NAMED = """() => {
    const here = document.activeElement;
    if (!here.matches("a, button, input, select, textarea, summary")) return {words: "", name: "", value: ""};
    const said = here.labels && here.labels.length ? [...here.labels].map(label => label.innerText).join(" ") : here.innerText;
    return {words: (said || here.value || "").trim().replace(/\\s+/g, " "), name: here.name || "", value: here.value || ""};
}"""


class Keyboard:
    """A browser that is used with its keyboard alone."""

    def __init__(self, visitor):
        self.visitor, self.page, self.keys = visitor, visitor.page, visitor.page.keyboard

    def go_to(self, *, words="", name="", value=""):
        """Press Tab until what has these words, or this name, has the focus."""
        for _ in range(MOST_STOPS):
            self.keys.press("Tab")
            here = self.page.evaluate(NAMED)
            if (words and words in here["words"]) or (
                name and here["name"] == name and (not value or value == here["value"])
            ):
                return
        raise AssertionError(f"The keyboard does not reach {words or name} at {self.visitor.path}")

    def press(self, words):
        """Go to a button or a link by its words, and press it."""
        self.go_to(words=words)
        with self.page.expect_event("load"):
            self.keys.press("Enter")
        self.page.wait_for_load_state()

    def type_in(self, name, text):
        """Go to a box by its name, and type in the place of what is there."""
        self.go_to(name=name)
        self.keys.press("Control+a")
        self.keys.type(text)


def use_keyboard(visitor):
    """Make the answers of a visitor come by keyboard: choices by arrows and space, boxes by typing."""
    keyboard = Keyboard(visitor)

    def fill(name, value):
        found = visitor.page.locator(f'main [name="{name}"]')
        found.or_(visitor.page.locator(f'main [name="{name}-day"]')).first.wait_for(state="attached")
        if not found.count():
            for part, typed in zip(("day", "month", "year"), str(value).split(), strict=True):
                keyboard.type_in(f"{name}-{part}", typed)
            return
        kind = found.first.evaluate("field => field.type")
        if kind == "radio":
            keyboard.go_to(name=name)
            for _ in range(found.count()):
                if visitor.page.evaluate("document.activeElement.value") == value:
                    break
                keyboard.keys.press("ArrowDown")
            keyboard.keys.press("Space")
        elif kind == "checkbox":
            for each in value:
                keyboard.go_to(name=name, value=each)
                keyboard.keys.press("Space")
        elif kind == "select-one":
            keyboard.go_to(name=name)
            for _ in range(found.first.locator("option").count()):
                if visitor.page.evaluate("document.activeElement.value") == value:
                    break
                keyboard.keys.press("ArrowDown")
        else:
            keyboard.type_in(name, str(value))

    visitor.fill, visitor.press = fill, keyboard.press
    return keyboard


def test_an_estimate_is_made_without_a_mouse(desk, arrives):
    person = arrives(desk)
    person.open("/")
    use_keyboard(person)
    person.press("Estimate what you will pay")
    person.fill("about", "you")
    person.press("Start now")
    answer_all(person, AT_HOME)
    person.press("See the estimate")
    assert amounts(person.page.locator("h1").inner_text())


def test_an_officer_verifies_and_decides_without_a_mouse(desk, arrives):
    person = arrives(desk)
    has_applied(person, "kit.keyboard@example.org", "Kit", "Keyboard")

    officer = arrives(desk)
    officer.open("/council/")
    keyboard = use_keyboard(officer)
    officer.fill("email", email_of("officer"))
    officer.fill("password", PASSWORD)
    officer.press("Continue")
    officer.fill("code", code_of(key_of("officer")))
    officer.press("Sign in")
    officer.press("Take the next case")
    assert officer.heading == "Kit Keyboard"
    officer.press("Facts")
    officer.press("Accept what was told")
    officer.press("Accept what is ticked")
    officer.press("Summary")
    officer.press("Draft the decision")
    officer.press("Save the draft and see what it does")
    officer.press("Make this decision")
    assert officer.page.locator("main table tbody tr").count() == 1
    assert "In force" in officer.text()
    keyboard.go_to(words="Letters")
