"""Signing in, in a real browser against a real server: passkeys, a link, an app; each page read by axe and at 320 pixels."""

import os
import re
import socket
import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.visitor import AXE, ON_POSTGRESQL
from tests.databases import OwnDatabase

PICTURES = os.environ.get("FARTHING_PICTURES")

pytestmark = pytest.mark.slow

SERVE = """
from django.core.management import call_command
call_command("runserver", "127.0.0.1:PORT", use_reloader=False, skip_checks=True, use_threading=True)
"""
STAFF = """
from farthing.service.access.services import make_staff
from farthing.service.access.models import Role
make_staff("olive@council.example", "Olive Officer", [Role.ADMINISTRATOR], by="a test", at=clock.now(),
           password="correct horse battery staple")
"""


class Served:
    """A running service and a browser for it."""

    def __init__(self, own: OwnDatabase, address: str, browser: Browser):
        self.own, self.address, self._browser = own, address, browser

    def visitor(self, **options: bool) -> BrowserContext:
        """A browser window with no cookies."""
        return self._browser.new_context(base_url=self.address, **options)

    def link_sent_last(self) -> str:
        """The link in the newest e-mail."""
        newest = max((self.own.folder / "emails").iterdir(), key=lambda file: file.stat().st_mtime_ns)
        return re.findall(rf"{self.address}\S+", newest.read_text(encoding="utf-8"))[-1]


@pytest.fixture(scope="module")
def served(browser, databases, tmp_path_factory) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    settings = {"DJANGO_SETTINGS_MODULE": "tests.service.access.served", "FARTHING_ADDRESS": address}
    with databases.own(tmp_path_factory.mktemp("served"), **settings) as own:
        own.run(STAFF)
        server = own.start(SERVE.replace("PORT", str(port)))
        _wait_for(port)
        yield Served(own, address, browser)
        server.terminate()
        server.communicate(timeout=20)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def look_at(page: Page, name: str) -> None:
    """The page has no fault that axe finds, fits 320 pixels, and is kept as a picture where FARTHING_PICTURES says where.

    On PostgreSQL, where it would look the same, none is looked at.
    """
    if ON_POSTGRESQL:
        return
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.evaluate(AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run({runOnly: tags})", tags)["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_person_signs_in_by_a_link_makes_a_passkey_and_signs_in_with_it(served):
    window = served.visitor()
    page = window.new_page()
    with_authenticator(window, page)
    page.goto("/sign-in/?next=/account/passkeys/")
    look_at(page, "sign-in")
    page.get_by_label("What is your email address?").fill("ada at home")
    page.get_by_role("button", name="Send me a link").click()
    look_at(page, "sign-in-error")
    page.get_by_label("What is your email address?").fill("ada@home.example")
    page.get_by_role("button", name="Send me a link").click()
    look_at(page, "sign-in-sent")
    page.goto(served.link_sent_last())
    look_at(page, "sign-in-link")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(served.address + "/account/passkeys/")

    page.get_by_label("What should we call this device?").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_text("Made on").wait_for()
    look_at(page, "passkeys")

    window.clear_cookies()
    page.goto("/sign-in/?next=/people/")
    with page.expect_request("**/sign-in/passkey/") as sent:
        page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(served.address + "/people/")

    # What the browser answered counts once: sent again with all else in order, it is refused.
    page.goto("/account/passkeys/")
    again = page.evaluate(
        """async answer => {
          const fields = new FormData();
          fields.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
          fields.set("answer", answer);
          return (await fetch("/sign-in/passkey/", {method: "POST", body: fields})).status;
        }""",
        re.search(r'name="answer"\r\n\r\n(.*?)\r\n--', sent.value.post_data, re.DOTALL)[1],
    )
    assert again == 422
    window.close()


def test_a_passkey_that_was_removed_no_longer_signs_in(served):
    window = served.visitor()
    page = window.new_page()
    with_authenticator(window, page)
    page.goto("/sign-in/?next=/account/passkeys/")
    page.get_by_label("What is your email address?").fill("bert@home.example")
    page.get_by_role("button", name="Send me a link").click()
    page.goto(served.link_sent_last())
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("What should we call this device?").fill("My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.get_by_role("button", name="Remove My phone").click()
    window.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey did not work").wait_for()
    look_at(page, "passkey-refused")
    window.close()


def test_without_javascript_there_is_the_link_and_no_passkey(served):
    window = served.visitor(java_script_enabled=False)
    page = window.new_page()
    page.goto("/sign-in/")
    assert page.get_by_role("button", name="Send me a link").is_visible()
    assert not page.get_by_text("passkey").first.is_visible()
    window.close()


def test_staff_set_up_an_app_and_look_after_accounts(served):
    window = served.visitor()
    page = window.new_page()
    page.goto("/council/accounts/")
    look_at(page, "staff-sign-in")
    page.get_by_label("Email address").fill("olive@council.example")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Set up your second factor").wait_for()
    look_at(page, "second-factor-set-up")
    key = page.locator("code").inner_text()
    page.get_by_label("Code").fill(app_shows(key))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Keep your recovery codes").wait_for()
    look_at(page, "recovery-codes")
    recovery = page.locator("code").first.inner_text()

    page.goto("/council/accounts/")
    look_at(page, "accounts")
    page.get_by_role("button", name="Add a member of staff").click()
    page.get_by_role("button", name="Add", exact=True).click()
    look_at(page, "account-new-error")
    page.get_by_label("Name").fill("Bo Brand")
    page.get_by_label("Work email address").fill("bo@council.example")
    page.get_by_label("Financial assessment officer").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Bo Brand").wait_for()
    look_at(page, "account")
    page.goto("/council/accounts/tokens/")
    page.get_by_label("What is the token for?").fill("Case system")
    page.get_by_label("Read applications").check()
    page.get_by_role("button", name="Make a token").click()
    page.get_by_text("This is the new token").wait_for()
    look_at(page, "tokens")
    page.goto("/council/your-account/")
    look_at(page, "your-account")
    page.goto("/council/your-account/password/")
    look_at(page, "change-password")

    bo = served.visitor().new_page()
    bo.goto(served.link_sent_last())
    look_at(bo, "choose-password")

    window.clear_cookies()
    page.goto("/council/sign-in/")
    page.get_by_label("Email address").fill("olive@council.example")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_role("button", name="Continue").click()
    look_at(page, "second-factor")
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/people/")
    look_at(page, "refused")
    window.close()


def with_authenticator(window: BrowserContext, page: Page) -> None:
    """Give a window a device of its own that makes and uses passkeys, with the person there and known to it."""
    devtools = window.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def app_shows(key: str) -> str:
    """The code an app shows that was given this key as text."""
    plain = key.replace(" ", "")
    return f"{totp(b32decode(plain + '=' * (-len(plain) % 8))):06d}"
