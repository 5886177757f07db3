"""Somebody at a browser: opens pages, fills in what they ask, keeps pictures, and notes whatever the browser complains of."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Request, Response

from tests.browser.server import Server
from tests.browser.staff import PASSWORD, code_of, email_of, key_of

ON_POSTGRESQL = "DATABASE_URL" in os.environ
SCREENSHOTS = Path(__file__).parents[2] / "build" / ("screenshots-on-postgresql" if ON_POSTGRESQL else "screenshots")
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
AXE_VIOLATIONS = "async tags => window.axe && (await axe.run({runOnly: tags, resultTypes: ['violations']})).violations"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

FIELDS = """name => {
    const named = [...document.querySelectorAll(`main [name="${name}"]`)].map(field => field.type);
    return named.length ? named : [...document.querySelectorAll(`main [name="${name}-day"]`)].map(() => "day");
}"""
"""What kinds of field a page has of a name: "day" for the three boxes of a date."""

KNOWN = re.compile(r"aria-allowed-attr: .*aria-expanded=", re.DOTALL)
"""GOV.UK Frontend says of a radio or checkbox whether it has opened what is inside it; its makers keep that on purpose."""

_PICTURES: dict[str, int] = {}
"""How many were taken of each journey; those of an earlier run go when the first is taken."""


class Visitor:
    """One person at one browser, with cookies of their own. Pictures are kept under the name of the journey."""

    def __init__(self, context: BrowserContext, server: Server, journey: str):
        self.context, self.server, self.journey = context, server, journey
        self.complaints: list[str] = []
        self._expected: set[int] = set()
        context.on("request", self._requested)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        self.page: Page = context.new_page()

    def open(self, path: str) -> None:
        """Open a page of the service by its path, or by its whole address."""
        self.page.goto(path if path.startswith("http") else self.server.address + path)

    @property
    def path(self) -> str:
        """The path of the page that is open."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """The words of the page's heading."""
        return " ".join(self.page.locator("h1").first.inner_text().split())

    def text(self) -> str:
        """The words of the page, spaces made single."""
        return " ".join(self.page.locator("main").inner_text().split())

    def press(self, words: str | re.Pattern[str]) -> None:
        """Press the first button with these words, and wait for the page it leads to."""
        with self.page.expect_event("load"):
            self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def press_to_send(self) -> None:
        """Press the button that sends the main form of the page, whatever it says."""
        with self.page.expect_event("load"):
            self.page.locator('main form[method="post"] button.govuk-button').first.click()

    def follow(self, words: str) -> None:
        """Follow the first link with these words, and wait for the page it leads to."""
        with self.page.expect_event("load"):
            self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def fill(self, name: str, value: Any) -> None:
        """Answer a field of the form by its name: a choice by its value, several as a list, a day as "1 2 1940"."""
        parts = self.page.evaluate(FIELDS, name)
        if not parts:
            self.page.locator(f'main [name="{name}"], main [name="{name}-day"]').first.wait_for(state="attached")
            parts = self.page.evaluate(FIELDS, name)
        if "day" in parts:
            for part, typed in zip(("day", "month", "year"), str(value).split(), strict=True):
                self.page.locator(f'main [name="{name}-{part}"]').fill(typed)
        elif parts[0] in ("radio", "checkbox"):
            for each in value if isinstance(value, list) else [value]:
                self.page.locator(f'main [name="{name}"][value="{each}"]').check()
        elif parts[0] == "select-one":
            self.page.locator(f'main [name="{name}"]').select_option(value)
        elif parts[0] == "file":
            self.page.locator(f'main [name="{name}"]').set_input_files(value)
        else:
            self.page.locator(f'main [name="{name}"]').first.fill(str(value))

    def asks(self, name: str) -> bool:
        """Whether the page has a field of that name, or the three boxes of a date."""
        return self.page.locator(f'main [name="{name}"], main [name="{name}-day"]').count() > 0

    def picture_of_print(self, what: str) -> None:
        """Keep a picture of the page as it is printed, but for the colours behind words, which printers leave out."""
        self.page.emulate_media(media="print")
        try:
            self.picture(what)
        finally:
            self.page.emulate_media(media="screen")

    def picture(self, what: str, *, always: bool = False) -> None:
        """Keep a picture of the whole page as ``build/screenshots/<journey>/<number>-<what>.jpg``.

        On PostgreSQL, where it would look the same, none is taken but ``always``.
        """
        if ON_POSTGRESQL and not always:
            return
        folder = SCREENSHOTS / self.journey
        if self.journey not in _PICTURES:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        _PICTURES[self.journey] = _PICTURES.get(self.journey, 0) + 1
        picture = folder / f"{_PICTURES[self.journey]:02}-{what}.jpg"
        self.page.screenshot(path=picture, type="jpeg", quality=85, full_page=True)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """While this lasts, answers of these statuses are no complaint."""
        before, self._expected = self._expected, self._expected | set(statuses)
        try:
            yield
        finally:
            self._expected = before

    def sign_in_as(self, who: str) -> None:
        """Sign in as a member of staff, with password and code."""
        self.open("/council/sign-in/")
        self.sign_in_on_this_page(who)

    def sign_in_on_this_page(self, who: str) -> None:
        """Sign in as a member of staff on the sign-in page that is open."""
        self.fill("email", email_of(who))
        self.fill("password", PASSWORD)
        self.press("Continue")
        self.fill("code", code_of(key_of(who)))
        self.press("Sign in")

    def sign_in_by_email(self, address: str) -> None:
        """Ask, on the sign-in page that is open, for a link to an address, and use it."""
        self.fill("email", address)
        self.press("Send me a link")
        self.open(self.server.link_sent_to(address))
        self.press("Sign in")

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page that is open."""
        found = self.page.evaluate(AXE_VIOLATIONS, AXE_TAGS)
        if found is None:
            self.page.evaluate(AXE)
            found = self.page.evaluate(AXE_VIOLATIONS, AXE_TAGS)
        told = [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]]
        return [one for one in told if not KNOWN.search(one)]

    def file_behind(self, link: Locator) -> bytes:
        """The file that a link leads to, whether the browser would show it or save it."""
        address = link.first.evaluate("link => link.href")
        answer = self.context.request.get(address)
        assert answer.ok, f"{answer.status} for {address}"
        return answer.body()

    def _requested(self, asked: Request) -> None:
        if not asked.url.startswith((self.server.address, "data:", "blob:", "about:", "chrome")):
            self.complaints.append(f"asked another host: {asked.url}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status not in self._expected:
            self.complaints.append(f"{answer.status} for {answer.request.method} {urlsplit(answer.url).path}")

    def _failed(self, asked: Request) -> None:
        # A download, or a page left before it had all come, ends as aborted: no failure.
        if asked.failure != "net::ERR_ABORTED":
            self.complaints.append(f"no answer for {asked.url}: {asked.failure}")

    def _said(self, kind: str, words: str) -> None:
        # Chromium also says on the console what _answered notes.
        if kind == "error" and not words.startswith("Failed to load resource"):
            self.complaints.append(f"console: {words}")
