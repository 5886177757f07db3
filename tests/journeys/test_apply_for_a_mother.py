"""A daughter with power of attorney makes an estimate, applies for her mother with it, and follows how far it is."""

import pytest

from tests.journeys.answering import answer_all, begin_estimate
from tests.journeys.applying import photo, send, tell_who
from tests.journeys.circumstances import AT_HOME

pytestmark = pytest.mark.slow

DAUGHTER = "dora.invented@example.org"


def test_an_estimate_becomes_an_application_for_a_mother_and_nothing_is_asked_twice(desk, arrives, tmp_path):
    daughter = arrives(desk)
    begin_estimate(daughter, about="them")
    answer_all(daughter, AT_HOME)
    daughter.press("See the estimate")
    daughter.press("Apply with these answers")
    daughter.picture("sign-in")
    daughter.sign_in_by_email(DAUGHTER)
    daughter.picture("whom")
    daughter.fill("who", "another")
    daughter.press("Continue")
    daughter.press("Start the application")
    assert daughter.page.title().startswith("Error: ")
    daughter.picture("who-acts-with-errors")
    daughter.fill("given_name", "Mabel")
    daughter.fill("family_name", "Madeup")
    daughter.fill("authority", "power_of_attorney")
    daughter.fill("relationship", "daughter")
    daughter.fill("your_name", "Dora Invented")
    daughter.press("Start the application")
    daughter.picture("tasks-begun")
    assert "Completed" in daughter.page.locator("li", has_text="Money and care").inner_text()

    daughter.page.locator("main a", has_text="About Mabel").click()
    daughter.page.wait_for_load_state()
    assert daughter.page.locator('[name="given_name"]').input_value() == "Mabel"
    assert daughter.page.locator('[name="born-year"]').input_value() == "1941", "the estimate was told it already"
    daughter.open(daughter.page.url.replace("person/", ""))
    tell_who(daughter)

    daughter.follow("Papers that show it")
    daughter.page.get_by_role("radio").first.check()
    daughter.fill("papers", photo(tmp_path, "Bank statement of Mabel Madeup"))
    daughter.press("Send papers")
    assert "Picture" in daughter.text()
    daughter.picture("papers")
    daughter.press("Go on")
    daughter.picture("tasks-done")

    daughter.press("Check everything and send")
    daughter.picture("check")
    daughter.press("Send")
    assert daughter.page.title().startswith("Error: ")
    daughter.page.go_back()
    daughter.page.go_back()
    reference = send(daughter)
    daughter.picture("sent")

    desk.work()
    daughter.follow("See how far it is")
    assert reference in daughter.text()
    daughter.picture("tracker")
    daughter.fill("text", "She can talk on weekdays before noon.")
    daughter.press("Send the message")
    assert "before noon" in daughter.text()
    daughter.open("/account/")
    daughter.picture("account")
    assert "Madeup" not in desk.log()
    assert DAUGHTER not in desk.log()
