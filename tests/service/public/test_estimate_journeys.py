"""Whole estimates, page by page, as a browser without scripts goes through them."""

import pytest

from tests.service.public.walking import Walk, day

AT_HOME = {
    "setting": {"setting": "own_home"},
    "tells_finances": {"tells_finances": "yes"},
    "capital": {"bank_account": {"value": "£17,000"}},
    "income": {
        "state_pension": {"amount": "221.00", "every": "week"},
        "attendance_allowance_higher": {"amount": "110.40", "every": "week"},
    },
    "born": day("born", "1941-03-27"),
    "partner": {"partner": "none"},
    "weekly_cost": {"weekly_cost": "300"},
    "responsible_for_children": {"responsible_for_children": "0"},
    "housing_costs": {},
    "disability_related_expenditure": {},
    "pension_age_before_april_2016": {"pension_age_before_april_2016": "yes"},
}

pytestmark = pytest.mark.django_db


def test_somebody_at_home_is_led_from_the_first_question_to_an_amount(client):
    assert client.get("/estimate/").status_code == 200
    page = client.post("/estimate/", {"about": "you"}, follow=True)
    assert page.redirect_chain[-1][0] == "/estimate/question/setting"
    page = client.post("/estimate/question/setting", {"setting": "own_home"}, follow=True)
    assert page.status_code == 200


def test_whoever_has_told_everything_sees_the_amount(client):
    walk = Walk(client, AT_HOME)
    walk.begin()
    page = client.get("/estimate/result")
    assert "£" in page.text


def test_z(client):
    walk = Walk(client, AT_HOME)
    page = walk.begin()
    for a in ("result", "why/tariff_income", "why/counted_value.0", "why/weekly_charge", "estimate.pdf", "save"):
        page = client.get(f"/estimate/{a}")
        assert page.status_code == 200
    page = client.post("/estimate/save", follow=True)
    print(page.redirect_chain)
    assert client.get("/estimate/result").status_code == 200
