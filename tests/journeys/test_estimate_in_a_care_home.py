"""A daughter estimates for her mother, who moved into a care home while her husband lives on in their house."""

import pytest

from tests.journeys.answering import answer_all, begin_estimate
from tests.journeys.circumstances import IN_A_CARE_HOME
from tests.journeys.money import amounts, text_of

pytestmark = pytest.mark.slow


def test_a_home_that_a_husband_lives_in_is_left_out_and_its_value_never_asked(desk, arrives):
    daughter = arrives(desk)
    begin_estimate(daughter, about="them")
    asked = answer_all(daughter, IN_A_CARE_HOME, keep_pictures_of=("capital", "capital.i2", "usual_rate"))
    assert "capital.i2" in asked
    daughter.picture("check-your-answers")
    daughter.press("See the estimate")
    daughter.picture("result")
    said = daughter.text()
    assert "£310,000" not in said
    assert amounts(daughter.page.locator("h1").inner_text())
    assert "the person" in said.lower()
    printed = text_of(daughter.file_behind(daughter.page.get_by_role("link", name="Download it as a PDF")))
    assert amounts(daughter.page.locator("h1").inner_text())[0] in printed
