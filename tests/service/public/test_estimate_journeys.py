"""Whole estimates, page by page, as a browser without scripts goes through them."""

import re
from itertools import pairwise

import pytest

from farthing.service.questions.answers import Answers
from tests.service.public.walking import PASS, Walk, day, inputs, kept, said_wrong, so_far

pytestmark = pytest.mark.django_db

AT_HOME = {
    "setting": {"setting": "own_home"},
    "tells_finances": {"tells_finances": "yes"},
    "capital": {"bank_account": {"value": "£17,000"}},
    "income": {
        "state_pension": {"amount": "221.00", "every": "week"},
        "attendance_allowance_higher": {"amount": "114.60", "every": "week"},
    },
    "born": day("born", "1941-03-27"),
    "partner": {"partner": "none"},
    "weekly_cost": {"weekly_cost": "300"},
    "responsible_for_children": {"responsible_for_children": "0"},
    "gets_carer_premium": {"gets_carer_premium": "no"},
    "housing_costs": {},
    "disability_related_expenditure": {},
    "pension_age_before_april_2016": {"pension_age_before_april_2016": "yes"},
}
WITH_A_SPOUSE_AT_HOME = {
    **AT_HOME,
    "setting": {"setting": "care_home"},
    "partner": {"partner": "lives_apart"},
    "capital": {"bank_account": {"value": "9000"}, "home": {"value": "300000", "occupied_by": "partner"}},
    "moved_in": day("moved_in", "2026-10-01"),
    "fee": {"fee": "1100"},
    "usual_rate": {"usual_rate": "1000"},
    "nursing": {"nursing": "none"},
    "partner_qualifying_income": {"partner_qualifying_income": "100"},
    "partner_pension_age_reached": {"partner_pension_age_reached": "yes"},
}
FOR_INCOME = {"question/born", "list/income", "question/partner"}


def test_somebody_at_home_is_led_from_the_first_question_to_an_amount(client):
    walk = Walk(client, AT_HOME)
    checked = walk.begin()
    assert "So far: £105.15 a week." in checked.text
    shown = client.get("/estimate/result").text
    assert "You would pay £105.15 a week" in shown
    assert "The council pays the rest of the cost, £194.85 a week." in shown
    assert "£241.45" in shown and "What happens next" in shown and "Citizens Advice" in shown


def test_somebody_over_the_limit_is_never_asked_about_income(client):
    walk = Walk(client, {**AT_HOME, "capital": {"bank_account": {"value": "40,000"}}})
    walk.begin()
    assert not FOR_INCOME & set(walk.asked)
    assert "You would pay the full cost £300.00 a week" in client.get("/estimate/result").text


def test_somebody_certain_to_pay_nothing_is_asked_no_more(client):
    low = {"state_pension": {"amount": "150", "every": "week"}}
    walk = Walk(client, {**AT_HOME, "capital": {}, "income": low})
    walk.begin()
    assert "list/housing_costs" not in walk.asked
    assert "You would pay £0.00 a week" in client.get("/estimate/result").text


def test_a_home_lived_in_by_a_spouse_does_not_count(client):
    walk = Walk(client, WITH_A_SPOUSE_AT_HOME)
    walk.begin()
    assert "list/capital/i2" in walk.asked
    shown = client.get("/estimate/result").text
    assert "(not counted)" in shown
    assert "£9,000.00" in shown


def test_the_value_of_a_home_that_cannot_count_is_not_asked(client):
    client.post("/estimate/", {"about": "you"})
    walk = Walk(client, WITH_A_SPOUSE_AT_HOME)
    walk.begin()
    told = kept(client).lists["capital"].items["i2"].said
    assert told["occupied_by"] == "partner"
    assert "value" not in told


def test_whoever_knows_nothing_is_still_led_to_the_end_and_told_what_would_help(client):
    walk = Walk(client, {"setting": AT_HOME["setting"], "tells_finances": AT_HOME["tells_finances"]})
    walk.begin()
    shown = client.get("/estimate/result")
    assert shown.status_code == 200
    assert "To narrow this down, tell us" in shown.text
    assert "/estimate/question/weekly_cost" in shown.text


def test_whoever_does_not_know_the_cost_is_told_the_most_they_would_pay(client):
    walk = Walk(client, {**AT_HOME, "weekly_cost": PASS})
    walk.begin()
    assert "You would pay at most £105.15 a week" in client.get("/estimate/result").text


def test_what_was_passed_is_assumed_and_said(client):
    walk = Walk(client, {**AT_HOME, "partner": PASS})
    walk.begin()
    shown = client.get("/estimate/result").text
    assert "There is no partner." in shown
    assert "£105.15" in shown


def test_not_telling_leads_straight_to_the_full_cost(client):
    walk = Walk(client, {**AT_HOME, "tells_finances": {"tells_finances": "no"}})
    walk.begin()
    assert "list/capital" not in walk.asked
    assert "You would pay the full cost £300.00 a week" in client.get("/estimate/result").text


def test_an_estimate_for_somebody_else_speaks_of_the_person(client):
    walk = Walk(client, AT_HOME)
    walk.begin(about="them")
    shown = client.get("/estimate/result").text
    assert "The person would pay £105.15 a week" in shown
    assert "Where will the person be cared for?" in client.get("/estimate/question/setting").text


def test_changing_an_answer_asks_again_only_what_depends_on_it(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    walk.asked.clear()
    walk.said = {**walk.said, "partner": {"partner": "lives_together"}, **_of_the_partner()}
    walk.go(client.post("/estimate/question/partner", {"partner": "lives_together"}))
    assert set(walk.asked) <= {
        "question/partner_pension_age_reached",
        "question/partner_qualifying_income",
        "question/gets_disability_premium",
        "question/gets_enhanced_disability_premium",
    }
    assert walk.asked


def test_answers_that_no_longer_matter_are_kept_and_shown_apart(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    client.post("/estimate/list/capital/i1", {"value": "50000", "owners": ""})
    checked = client.get("/estimate/check").text
    apart = checked.partition("Answers that make no difference")[2]
    assert "State Pension" in apart
    assert kept(client).lists["income"].items


def test_a_question_sent_twice_changes_nothing_more(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    before = kept(client)
    for _ in range(2):
        client.post("/estimate/question/weekly_cost", {"weekly_cost": "300"})
    assert kept(client) == before


def test_adding_another_twice_adds_one(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    for _ in range(2):
        sent = client.post("/estimate/list/capital/i1", {"value": "100", "another": "i2"})
        assert sent["Location"] == "/estimate/list/capital/i2"
    assert list(kept(client).lists["capital"].items) == ["i1", "i2"]


def test_two_tabs_lose_nothing_of_one_another(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    client.get("/estimate/question/weekly_cost")
    client.get("/estimate/question/partner")
    client.post("/estimate/question/weekly_cost", {"weekly_cost": "250"})
    client.post("/estimate/question/partner", {"partner": "none"})
    assert kept(client).said["weekly_cost"] == "250.00"
    assert kept(client).said["partner"] == "none"


def test_going_back_to_an_item_that_is_gone_leads_to_its_list(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    assert client.post("/estimate/list/capital/i1/remove")["Location"] == "/estimate/check"
    assert client.post("/estimate/list/capital/i1/remove")["Location"] == "/estimate/check"
    assert client.get("/estimate/list/capital/i1")["Location"] == "/estimate/list/capital"
    assert kept(client).lists["capital"].items == {}


def test_back_leads_to_the_page_answered_before(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    order = [f"/estimate/{name}" for name in walk.asked]
    for before, here in pairwise(order):
        assert f'href="{before}" class="govuk-back-link"' in client.get(here).text, here
    assert 'href="/estimate/" class="govuk-back-link"' in client.get(order[0]).text


def test_clearing_takes_everything_off_the_device(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    assert client.post("/estimate/clear")["Location"] == "/estimate/"
    assert client.get("/estimate/result")["Location"] == "/estimate/"


def test_every_line_of_the_working_has_a_page_that_says_why(client):
    walk = Walk(client, WITH_A_SPOUSE_AT_HOME)
    walk.begin()
    todo = re.findall(r'href="(/estimate/why/[^"]+)"', client.get("/estimate/result").text)
    seen = set()
    assert todo
    while todo:
        address = todo.pop()
        if address not in seen:
            seen.add(address)
            shown = client.get(address)
            assert shown.status_code == 200, address
            todo += re.findall(r'href="(/estimate/why/[^"]+)"', shown.text)
    assert len(seen) > 20


def test_a_why_page_links_to_the_law_and_to_the_figures_source(client):
    Walk(client, AT_HOME).begin()
    shown = client.get("/estimate/why/tariff_income").text
    assert "https://www.legislation.gov.uk/uksi/2014/2672/regulation/25" in shown
    assert "Read in:" in shown


def test_an_unknown_rule_fact_list_or_item_is_not_found(client):
    Walk(client, AT_HOME).begin()
    for address in (
        "why/nothing", "why/tariff_income.x", "why/counted_value.99x", "question/nothing", "question/light_touch",
        "question/capital", "list/nothing", "list/services", "list/born",
    ):  # fmt: skip
        assert client.get(f"/estimate/{address}").status_code == 404, address


def test_pages_of_an_estimate_ask_search_engines_to_stay_away_and_are_not_kept(client):
    Walk(client, AT_HOME).begin()
    for address in ("", "question/setting", "check", "result", "save"):
        shown = client.get(f"/estimate/{address}")
        assert 'name="robots" content="noindex' in shown.text
        assert "no-store" in shown["Cache-Control"]


def test_the_question_page_shows_the_range_and_what_is_left(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    assert walk.ranges[0] == "We need to know more to narrow this down."
    assert "So far: between £0.00 and £300.00 a week." in walk.ranges
    assert walk.ranges[-1].startswith("So far: between")


def test_without_an_estimate_under_way_each_page_leads_to_the_beginning(client):
    for address in ("next", "question/setting", "list/capital", "check", "result", "estimate.pdf", "why/tariff_income"):
        assert client.get(f"/estimate/{address}")["Location"] == "/estimate/"


def test_handing_in_leads_to_the_application_with_the_answers_still_kept(client):
    Walk(client, AT_HOME).begin()
    assert client.get("/estimate/apply").status_code == 302
    assert isinstance(kept(client), Answers) and kept(client).said["weekly_cost"] == "300.00"


def test_an_answer_left_out_is_an_error_in_the_pattern(client):
    client.post("/estimate/", {"about": "you"})
    shown = client.post("/estimate/question/setting", {})
    assert shown.status_code == 200
    assert "<title>Error: " in shown.text
    assert "There is a problem" in shown.text and 'href="#setting"' in shown.text
    assert "Select an answer to “Where will you be cared for?”" in shown.text


def test_somebody_below_eighteen_is_told_at_the_field(client):
    client.post("/estimate/", {"about": "you"})
    client.post("/estimate/question/setting", {"setting": "own_home"})
    shown = client.post("/estimate/question/born", day("born", "2015-01-01"))
    assert shown.status_code == 200
    assert "These rules are for people aged 18 or over" in shown.text
    assert 'value="2015"' in shown.text
    assert "born" not in kept(client).said


def test_an_answer_that_does_not_fit_another_links_to_it_and_is_not_lost(client):
    Walk(client, WITH_A_SPOUSE_AT_HOME).begin()
    client.post("/estimate/question/born", day("born", "1941-03-27"))
    client.post("/estimate/question/moved_in", day("moved_in", "1990-01-01"))
    shown = client.post("/estimate/question/born", day("born", "1995-01-01"))
    assert 'href="/estimate/question/moved_in"' in shown.text
    assert "The day of moving in must be after the date of birth" in shown.text
    assert kept(client).said["born"] == "1941-03-27"


def test_a_share_and_owners_together_are_refused_at_the_field(client):
    told = {**WITH_A_SPOUSE_AT_HOME, "capital": {"other_property": {"value": "20000"}}}
    Walk(client, told).begin()
    shown = client.post("/estimate/list/capital/i1", {"value": "20000", "owners": "2", "owned_percent": "10"})
    assert "but not both" in str(said_wrong(shown))


def test_an_item_whose_amount_is_not_known_is_passed_but_must_say_how_often(client):
    Walk(client, AT_HOME).begin()
    refused = client.post("/estimate/list/income/i1", {"pass": "yes", "amount": "", "every": ""})
    assert refused.status_code == 200
    assert "Select an answer to “How often is it paid?”" in refused.text
    assert "Enter an amount" not in refused.text
    passed = client.post("/estimate/list/income/i1", {"pass": "yes", "amount": "", "every": "week"})
    assert passed.status_code == 302
    assert "income.i1" in kept(client).passed
    assert so_far(client.get("/estimate/check")).startswith("So far: between")


def test_the_item_page_asks_only_what_its_kind_needs(client):
    Walk(client, AT_HOME).begin()
    asked = inputs(client.get("/estimate/list/income/i1"))
    assert {"amount", "every"} <= asked
    assert "received" not in asked


def _of_the_partner():
    return {
        "partner_pension_age_reached": {"partner_pension_age_reached": "yes"},
        "partner_qualifying_income": {"partner_qualifying_income": "0"},
        "gets_disability_premium": {"gets_disability_premium": "no"},
        "gets_enhanced_disability_premium": {"gets_enhanced_disability_premium": "no"},
    }


def test_another_account_may_be_added_but_not_another_main_home(client):
    Walk(client, WITH_A_SPOUSE_AT_HOME).begin()
    assert 'name="another"' in client.get("/estimate/list/capital/i1").text
    home = client.get("/estimate/list/capital/i2").text
    assert 'name="another"' not in home
    assert "Your child under 18" in home.replace("&#39;", "'")
