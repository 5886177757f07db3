"""The pages in a real browser: what axe-core finds, where errors lead, narrow screens, and a browser without scripts."""

import mimetypes
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from farthing.service.design import errors
from tests.service.design.showroom import PAGES

ADDRESS = "http://design.test"
AXE = (Path(__file__).parents[2] / "browser" / "axe.min.js").read_text(encoding="utf-8")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"
ERROR_PAGES = {"/gone": errors.gone, "/too-many": errors.too_many, "/failed": errors.failed}

# GOV.UK Frontend says of a radio or checkbox whether it has opened what is inside it; its makers keep that on purpose.
KNOWN = re.compile(r"aria-allowed-attr: .*aria-expanded=", re.DOTALL)

pytestmark = pytest.mark.slow


def answer(route):
    """Answers the browser as the service would, without a server: pages from their views, files from where they lie."""
    asked = route.request
    path = urlsplit(asked.url).path
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        assert found, f"{path} is asked for and is not there"
        route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        return
    kind = asked.headers.get("content-type", "")
    request = RequestFactory().generic(asked.method, path, asked.post_data_buffer or b"", content_type=kind)
    response = {**PAGES, **ERROR_PAGES}[path](request)
    headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
    route.fulfill(status=response.status_code, body=response.content, headers=headers)


@pytest.fixture
def complaints(page):
    """What the browser complains of: errors of scripts, and what the security policy stopped."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.route(f"{ADDRESS}/**", answer)
    return found


def violations(page):
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "async tags => (await axe.run({runOnly: tags, resultTypes: ['violations']})).violations", tags
    )
    told = [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
    return [one for one in told if not KNOWN.search(one)]


@pytest.mark.parametrize("path", [*PAGES, *ERROR_PAGES])
def test_every_page_is_accessible_and_fits_the_screen(page, complaints, path):
    page.goto(ADDRESS + path)
    page.evaluate(AXE)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    if path in PAGES:
        assert complaints == []


def test_a_page_with_errors_is_accessible_and_says_so_in_its_title(page, complaints):
    page.goto(f"{ADDRESS}/every-field")
    page.get_by_role("button", name="Continue").click()
    assert page.title().startswith("Error: Every field")
    page.evaluate(AXE)
    assert violations(page) == []
    assert complaints == []


def test_every_link_of_the_error_summary_leads_to_an_input(page, complaints):
    page.goto(f"{ADDRESS}/every-field")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("September")
    page.get_by_label("Year").fill("1942")
    page.get_by_role("button", name="Continue").click()
    links = page.locator(".govuk-error-summary a")
    links.first.wait_for()
    assert links.count() == 15
    for link in links.all():
        link.click()
        wanted = link.get_attribute("href").removeprefix("#")
        assert page.evaluate("[document.activeElement.id, document.activeElement.tagName]") in [
            [wanted, tag] for tag in ("INPUT", "SELECT", "TEXTAREA")
        ]


def test_a_question_inside_an_answer_shows_when_the_answer_is_chosen(page, complaints):
    page.goto(f"{ADDRESS}/every-field")
    inside = page.get_by_label("How much do you have in savings?")
    assert not inside.is_visible()
    page.get_by_label("Yes", exact=True).check()
    assert inside.is_visible()


def test_none_of_these_takes_back_what_was_ticked(page, complaints):
    page.goto(f"{ADDRESS}/every-field")
    page.get_by_label("Pension Credit").check()
    page.get_by_label("None of these").check()
    assert not page.get_by_label("Pension Credit").is_checked()


def test_without_scripts_every_field_is_there_and_errors_are_told(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.route(f"{ADDRESS}/**", answer)
    page.goto(f"{ADDRESS}/every-field")
    assert page.get_by_label("How much do you have in savings?").is_visible()
    page.get_by_label("Rent").fill("twelve")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_label("Rent").input_value() == "twelve"
    told = " ".join(page.locator("#rent-error").text_content().split())
    assert told == "Error: Enter your rent in pounds and pence, like 216.50"
    page.context.close()


def test_the_whole_form_can_be_filled_in_with_the_keyboard_alone(page, complaints):
    page.goto(f"{ADDRESS}/question")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("£1,2")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary:focus").wait_for()
    assert page.get_by_label("How much do you have in savings?").input_value() == "£1,2"
