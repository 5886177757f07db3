"""People sign in by a link sent by e-mail: once, for twenty minutes, by a click, whoever they are."""

import re
from time import sleep

import pytest
from django.core import mail
from django.test import Client

from farthing.service import clock
from farthing.service.access import links
from farthing.service.access.models import Account, SignInLink
from farthing.service.audit.models import Event
from tests.service.access.signed_in import browser_of, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]

ADA = "ada@home.example"

ASK = """
from farthing.service.access import links
links._send = lambda email, raw: tell(raw)
links.ask("ada@home.example", next_page="", asked_from="", at=clock.now())
"""
CLICK = """
import time
from pathlib import Path
from farthing.service.access import links
shot = Path("STARTING_SHOT")
(shot.parent / f"ready-{os.getpid()}").touch()
while not shot.exists():
    time.sleep(0.002)
tell(bool(links.use("RAW", at=clock.now())))
"""


def asked(browser: Client, email: str = ADA, next_page: str = "") -> str:
    """Ask for a link, and give the path of the link in the e-mail."""
    browser.post("/sign-in/" + (f"?next={next_page}" if next_page else ""), {"email": email})
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def test_the_link_signs_in_and_makes_the_account_the_first_time():
    browser = Client()
    link = asked(browser, " Ada@Home.Example ")
    assert mail.outbox[-1].to == [ADA]
    assert browser.get(link).status_code == 200
    assert browser.post(link).headers["Location"] == "/"
    account = Account.objects.get(email=ADA)
    assert not account.works_for_council and not account.has_usable_password()
    assert browser.get("/people/").status_code == 200
    assert Event.objects.filter(action="signed in", actor=f"account-{account.pk}").exists()


def test_looking_at_the_link_does_not_use_it_up():
    link = asked(Client())
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code in (200, 405)
    assert Client().post(link).status_code == 302


def test_a_link_works_once():
    link = asked(Client())
    assert Client().post(link).status_code == 302
    second = Client()
    assert second.post(link).status_code == 410
    assert second.get(link).status_code == 410
    assert second.get("/people/").status_code == 302


def test_of_many_who_use_a_link_at_the_same_moment_one_is_let_in(databases, tmp_path):
    with databases.own(tmp_path) as own:
        click = CLICK.replace("RAW", own.run(ASK)).replace("STARTING_SHOT", str(tmp_path / "go"))
        clicks = [own.start(click) for _ in range(5)]
        while len(list(tmp_path.glob("ready-*"))) < len(clicks):
            sleep(0.02)
        (tmp_path / "go").touch()
        said = [click.communicate(timeout=60) for click in clicks]
        assert sorted(out.strip() for out, _ in said) == ["false"] * 4 + ["true"], said


def test_a_link_is_too_old_after_twenty_minutes(moved_clock):
    link = asked(Client())
    moved_clock.move(minutes=19)
    assert Client().get(link).status_code == 200
    moved_clock.move(minutes=1)
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410


def test_only_a_digest_of_the_link_is_kept():
    raw = asked(Client()).split("/")[-2]
    kept = SignInLink.objects.values().get()
    assert raw not in str(kept)
    assert "127.0.0.1" not in str(kept)


def test_the_answer_is_the_same_whether_or_not_there_is_an_account():
    Account.objects.create_person(ADA)
    make_staff(email="olive@council.example")
    stopped = Account.objects.create_person("gone@home.example")
    stopped.is_active = False
    stopped.save()
    answers = set()
    for email in (ADA, "new@home.example", "olive@council.example", "gone@home.example"):
        answer = Client().post("/sign-in/", {"email": email}, follow=True)
        answers.add((answer.status_code, answer.request["PATH_INFO"], answer.content))
    assert len(answers) == 1
    assert len(mail.outbox) == 4


def test_staff_and_stopped_accounts_are_sent_no_link_that_signs_in():
    make_staff(email="olive@council.example")
    stopped = Account.objects.create_person("gone@home.example")
    stopped.is_active = False
    stopped.save()
    assert asked(Client(), "olive@council.example") == "/council/sign-in/"
    assert "/sign-in/link/" not in asked(Client(), "gone@home.example")


def test_a_link_asked_for_before_the_account_was_stopped_does_not_sign_in():
    account = Account.objects.create_person(ADA)
    link = asked(Client())
    account.is_active = False
    account.save()
    assert Client().post(link).status_code == 410


def test_the_fourth_link_within_an_hour_is_not_sent_and_the_answer_does_not_say_so(moved_clock):
    answers = [Client().post("/sign-in/", {"email": ADA}).headers["Location"] for _ in range(4)]
    assert len(set(answers)) == 1
    assert len(mail.outbox) == 3
    moved_clock.move(hours=1, minutes=1)
    Client().post("/sign-in/", {"email": ADA})
    assert len(mail.outbox) == 4


def test_a_computer_that_asks_for_very_many_is_told_to_wait():
    for each in range(links.MOST_A_COMPUTER):
        assert Client().post("/sign-in/", {"email": f"person{each}@home.example"}).status_code == 302
    assert Client().post("/sign-in/", {"email": "other@home.example"}).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.9").post("/sign-in/", {"email": "other@home.example"}).status_code == 302


def test_behind_a_proxy_the_address_that_the_proxy_saw_is_counted(settings):
    settings.BEHIND_PROXY = True
    for each in range(links.MOST_A_COMPUTER):
        browser = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{each}, 192.0.2.1")
        assert browser.post("/sign-in/", {"email": f"person{each}@home.example"}).status_code == 302
    forged = Client(HTTP_X_FORWARDED_FOR="203.0.113.99, 192.0.2.1")
    assert forged.post("/sign-in/", {"email": "other@home.example"}).status_code == 429


def test_an_address_that_is_none_is_explained_and_kept():
    answer = Client().post("/sign-in/", {"email": "ada at home"})
    assert answer.status_code == 200
    assert "Enter an email address in the correct format" in answer.text
    assert "ada at home" in answer.text
    assert mail.outbox == []


def test_when_the_email_cannot_be_sent_the_person_is_told_and_no_link_is_left(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = Client().post("/sign-in/", {"email": ADA})
    assert "We could not send the email" in answer.text
    assert ADA in answer.text
    assert not SignInLink.objects.exists()


def test_the_person_comes_back_to_the_page_they_wanted():
    browser = Client()
    assert browser.post(asked(browser, next_page="/people/")).headers["Location"] == "/people/"


@pytest.mark.parametrize(
    "elsewhere", ["https://bad.example/", "//bad.example/", "/\\bad.example", "javascript:alert(1)", "/" + "a" * 600]
)
def test_nobody_is_sent_to_a_page_elsewhere(elsewhere):
    browser = Client()
    assert browser.post(asked(browser, next_page=elsewhere)).headers["Location"] == "/"


def test_the_session_has_a_new_id_after_signing_in():
    browser = Client()
    session = browser.session
    session["before"] = True
    session.save()
    before = session.session_key
    browser.post(asked(browser))
    assert browser.session.session_key != before


def test_signing_out_takes_a_post_and_ends_the_session():
    account = Account.objects.create_person(ADA)
    browser = browser_of(account)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").headers["Location"] == "/signed-out/"
    assert browser.get("/people/").status_code == 302
    assert Event.objects.filter(action="signed out").exists()


def test_no_address_of_a_person_is_in_the_audit():
    browser = Client()
    browser.post(asked(browser))
    browser.post("/sign-out/")
    assert ADA not in str(list(Event.objects.values()))


def test_old_links_are_forgotten(moved_clock):
    asked(Client())
    moved_clock.move(days=2)
    links.ask("other@home.example", next_page="", asked_from="", at=clock.now())
    assert SignInLink.objects.count() == 1
