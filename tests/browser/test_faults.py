"""What goes wrong in real browsers: sent twice, two officers, links and sessions that ended, hostile names."""

import json

import pytest

from tests.journeys.applying import begin_for_me, has_applied, has_told
from tests.journeys.deciding import accept_all, draft, open_case, tab
from tests.journeys.money import text_of

pytestmark = pytest.mark.slow

ALIEN = "<script>alert(1)</script>"
AGES_EVERY_LINK = """
from datetime import timedelta
from django.db.models import F
from farthing.service.access.models import SignInLink
SignInLink.objects.update(expires_at=F("expires_at") - timedelta(hours=1))
"""
COUNTS_REQUESTS = """
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.correspondence.models import Letter
print(AssessmentRequest.objects.exclude(received_at=None).count(), Letter.objects.count())
"""
MAKES_A_CASE = """
import json
from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.assessments.models import Kind
from farthing.service.assessments.services import requests
from farthing.service.people.services import add_person
from farthing.service.questions.answers import Answers
officer = Account.objects.get(email="officer@council.example")
person = add_person({"given_name": %s, "family_name": %s}, by=officer, at=clock.now())
request = requests.begin(person, Kind.APPLICATION, by=officer, at=clock.now(), answers=Answers())
requests.submit(request, by=officer, at=clock.now())
print(person.reference)
"""


@pytest.fixture(scope="module")
def at_work(desk, browser):
    """The browsers of two officers and a checker, each signed in once."""
    from tests.browser.visitor import Visitor

    signed_in = {}
    for who in ("officer", "second-officer", "checker"):
        visitor = Visitor(browser.new_context(viewport={"width": 1280, "height": 900}), desk, "faults")
        visitor.sign_in_as(who)
        signed_in[who] = visitor
    yield signed_in
    for visitor in signed_in.values():
        visitor.context.close()
        assert not visitor.complaints, "\n".join(visitor.complaints)


def make_case(desk, given_name, family_name="Invented"):
    """Somebody with an application that has just come, by reference."""
    return desk.run(MAKES_A_CASE % (json.dumps(given_name), json.dumps(family_name))).strip()


def test_a_form_sent_twice_by_a_double_click_is_sent_once(desk, arrives):
    person = arrives(desk)
    has_told(person, "tessa.twice@example.org", ALIEN, "Twice")
    person.page.locator("main a", has_text="Twice").first.click()
    person.page.wait_for_load_state()
    before = [int(each) for each in desk.run(COUNTS_REQUESTS).split()]
    person.press("Check everything and send")
    assert ALIEN in person.text()
    person.page.get_by_role("checkbox").check()
    with person.page.expect_navigation(url="**/sent/"):
        person.page.evaluate(
            """() => {
                const form = document.querySelector("main form[method=post]");
                fetch(form.action, {method: "POST", body: new FormData(form)});
                form.requestSubmit();
            }"""
        )
    person.page.wait_for_load_state("networkidle")
    desk.work()
    assert [int(each) for each in desk.run(COUNTS_REQUESTS).split()] == [each + 1 for each in before]
    person.page.go_back()
    person.page.reload()
    assert person.path.endswith(("/sent/", "/account/")) or "sent" in person.text().lower()


def test_a_script_in_a_name_is_words_on_every_page_and_in_the_letter(desk, arrives, at_work):
    officer = at_work["officer"]
    officer.open("/council/search/")
    officer.fill("text", "Twice")
    officer.press("Find")
    assert ALIEN in officer.text()
    officer.page.locator("main table a", has_text=ALIEN).first.click()
    officer.page.wait_for_load_state()
    for words in ("Facts", "Letters", "Timeline", "Summary"):
        tab(officer, words)
        assert officer.heading == f"{ALIEN} Twice"
        assert officer.page.evaluate("document.querySelectorAll('h1 script').length") == 0
    officer.picture("hostile-name")
    tab(officer, "Letters")
    letter = text_of(officer.file_behind(officer.page.locator("main table a")))
    assert f"{ALIEN} Twice" in letter


def test_a_link_works_once_and_not_after_its_time(desk, arrives):
    person = arrives(desk)
    person.open("/account/")
    person.sign_in_by_email("lena.link@example.org")
    used = desk.link_sent_to("lena.link@example.org")
    other = arrives(desk)
    with other.expecting(410):
        other.open(used)
        other.picture("link-used")
    other.open("/sign-in/")
    other.fill("email", "lena.link@example.org")
    other.press("Send me a link")
    desk.run(AGES_EVERY_LINK)
    with other.expecting(410):
        other.open(desk.link_sent_to("lena.link@example.org"))
    assert "This link no longer works" in other.text()


def test_nobody_reads_the_case_of_another_by_its_reference(desk, arrives):
    owner, curious = arrives(desk), arrives(desk)
    begin_for_me(owner, "olga.owner@example.org", "Olga", "Owner")
    address = owner.path
    curious.open("/account/")
    curious.sign_in_by_email("cora.curious@example.org")
    with curious.expecting(404):
        for place in (address, f"{address}send/", f"{address}money/check", address.replace("apply", "papers")):
            curious.open(place)
            assert "Olga" not in curious.page.content()
    with curious.expecting(403):
        curious.open("/council/search/")


def test_of_two_officers_at_one_case_the_second_is_told_and_overwrites_nothing(desk, at_work):
    reference = make_case(desk, "Tilda")
    first, second = at_work["officer"], at_work["second-officer"]
    for officer in (first, second):
        officer.open(f"/council/people/{reference}/details/")
    first.fill("telephone", "01632 960 111")
    first.press_to_send()
    second.fill("telephone", "01632 960 222")
    with second.expecting(409):
        second.press_to_send()
    assert "Somebody else changed this case while you were working" in second.text()
    assert second.page.locator('[name="telephone"]').input_value() == "01632 960 222"
    second.picture("second-officer-is-told")
    first.open(f"/council/people/{reference}/")
    assert "960 111" in first.text()
    assert "960 222" not in first.text()


def test_of_two_officers_who_take_one_case_one_has_it(desk, at_work):
    reference = make_case(desk, "Tania")
    first, second = at_work["officer"], at_work["second-officer"]
    for officer in (first, second):
        officer.open(f"/council/people/{reference}/")
    first.press("Take it myself")
    with second.expecting(409):
        second.press("Take it myself")
    second.picture("taken-by-a-colleague")
    assert "Officer Invented" in second.text()


def test_a_decision_made_twice_at_once_is_made_once(desk, arrives, at_work):
    person = arrives(desk)
    has_applied(person, "della.double@example.org", "Della", "Double")
    officer = at_work["officer"]
    open_case(officer, "Della Double")
    accept_all(officer)
    draft(officer, "25 11 2026")
    with officer.page.expect_navigation(url="**/decisions/"):
        officer.page.evaluate(
            """() => {
                const form = [...document.querySelectorAll("form[action$='/seal/']")][0];
                fetch(form.action, {method: "POST", body: new FormData(form)});
                form.requestSubmit();
            }"""
        )
    assert officer.page.locator("main table tbody tr").count() == 1
