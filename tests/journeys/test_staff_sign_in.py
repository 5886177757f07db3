"""A member of staff signs in: from the first password to the second factor, locked out, and signed out in the middle of a form."""

import re
from base64 import b32decode

import pytest

from tests.browser.staff import NEW_STARTER, PASSWORD, code_of, email_of

pytestmark = pytest.mark.slow

ENDS_EVERY_SESSION = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from farthing.service import clock
for session in Session.objects.all():
    held = session.get_decoded()
    if "session_seen" in held:
        held["session_seen"] = (clock.now() - timedelta(hours=2)).isoformat()
        session.session_data = Session.objects.encode(held)
        session.save()
"""


def test_the_first_sign_in_sets_up_a_second_factor_and_the_next_asks_for_it(desk, arrives):
    starter = arrives(desk)
    starter.open("/council/")
    assert starter.heading == "Sign in as staff"
    starter.picture("sign-in")
    starter.fill("email", email_of(NEW_STARTER))
    starter.fill("password", PASSWORD)
    starter.press("Continue")
    assert starter.heading == "Set up your second factor"
    starter.picture("second-factor")
    key = base32_as_hex(starter.page.locator("code").inner_text())
    starter.fill("code", "000000")
    starter.press("Continue")
    assert starter.page.title().startswith("Error: ")
    starter.page.wait_for_timeout(1100)  # after one wrong code the next waits a second
    starter.fill("code", code_of(key))
    starter.press("Continue")
    assert starter.heading == "Keep your recovery codes"
    codes = starter.page.locator("main li code").all_inner_texts()
    assert len(set(codes)) == 10
    starter.press("I have kept them")
    starter.page.wait_for_url("**/council/")
    assert starter.path == "/council/"
    starter.picture("signed-in")

    elsewhere = arrives(desk)
    elsewhere.open("/council/")
    elsewhere.fill("email", email_of(NEW_STARTER))
    elsewhere.fill("password", PASSWORD)
    elsewhere.press("Continue")
    assert elsewhere.heading == "Enter the code from your app"
    elsewhere.fill("code", codes[0])
    elsewhere.press("Sign in")
    assert elsewhere.path == "/council/"


def test_wrong_passwords_lock_the_account_even_to_the_right_one_and_say_for_how_long(desk, arrives):
    guesser = arrives(desk)
    guesser.open("/council/sign-in/")
    with guesser.expecting(429):
        for _ in range(5):
            guesser.fill("email", email_of("finance"))
            guesser.fill("password", "a guess that is wrong")
            guesser.press("Continue")
        assert guesser.heading == "You cannot sign in yet"
        assert re.search(r"Try again in \d+ minutes", guesser.text())
        guesser.picture("locked-out")
        guesser.follow("Go back to sign in")
        guesser.fill("email", email_of("finance"))
        guesser.fill("password", PASSWORD)
        guesser.press("Continue")
        assert guesser.heading == "You cannot sign in yet"
    colleague = arrives(desk)
    colleague.sign_in_as("checker")
    assert colleague.path == "/council/"


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing_that_was_typed(desk, arrives):
    administrator = arrives(desk)
    administrator.sign_in_as("administrator")
    administrator.open("/council/accounts/new/")
    administrator.fill("name", "Nell Invented")
    administrator.fill("email", "nell@council.example")
    administrator.fill("roles", ["officer"])
    desk.run(ENDS_EVERY_SESSION)
    administrator.press("Add")
    assert administrator.heading == "Sign in as staff"
    assert "You were signed out because you had not used the service for a while" in administrator.text()
    administrator.picture("signed-out")
    desk.run("from django_otp.plugins.otp_totp.models import TOTPDevice; TOTPDevice.objects.update(last_t=-1)")
    administrator.sign_in_on_this_page("administrator")
    assert administrator.heading == "Your answers are still here"
    administrator.picture("answers-kept")
    administrator.press("Send my answers now")
    assert "Nell Invented" in administrator.text()
    administrator.picture("sent-after-all")


def base32_as_hex(key):
    """The key a page shows, as hexadecimal."""
    plain = key.replace(" ", "")
    return b32decode(plain + "=" * (-len(plain) % 8)).hex()
