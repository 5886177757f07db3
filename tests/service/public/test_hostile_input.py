"""Whatever is sent, there is an answer in plain words and never a fault."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from farthing.law import law
from tests.service.public.test_estimate_journeys import AT_HOME, WITH_A_SPOUSE_AT_HOME
from tests.service.public.walking import Walk

pytestmark = pytest.mark.django_db

FACTS = [fact for fact in law().facts.values() if not fact.of_council]
LONG = "a" * 5000
HOSTILE = [
    "",
    " ",
    "-1",
    "1e9",
    "9" * 40,
    "£1,2,3",
    "<script>alert(1)</script>",
    "' OR 1=1",
    "NaN",
    "\x00",
    "\u202e",
    LONG,
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_hostile_text_in_any_question_is_refused_in_words(client, fact):
    client.post("/estimate/", {"about": "you"})
    client.post("/estimate/question/setting", {"setting": "care_home"})
    for text in HOSTILE:
        boxes = {f"{fact.name}-{box}": text for box in ("day", "month", "year")}
        shown = client.post(f"/estimate/question/{fact.name}", {fact.name: text, **boxes})
        assert shown.status_code in (200, 302), text
        assert "<script>alert" not in shown.text


@pytest.mark.parametrize("list_name", ["capital", "income", "housing_costs", "disability_related_expenditure"])
def test_hostile_kinds_items_and_keys_are_refused_in_words(client, list_name):
    Walk(client, WITH_A_SPOUSE_AT_HOME).begin()
    for text in HOSTILE:
        assert client.post(f"/estimate/list/{list_name}", {"kinds": [text, "home"]}).status_code in (200, 302)
        assert client.post(
            "/estimate/list/capital/i1", {"value": text, "owners": text, "another": text}
        ).status_code in (200, 302)
    assert client.post(f"/estimate/list/{list_name}/i99", {"value": "1"})["Location"] == f"/estimate/list/{list_name}"
    assert client.get(f"/estimate/list/{list_name}/i99/remove")["Location"] == "/estimate/check"


@settings(
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_random_requests_never_meet_a_fault(client, data):
    client.post("/estimate/", {"about": data.draw(st.sampled_from(["you", "them", "", "x"]))})
    names = [fact.name for fact in FACTS]
    for _ in range(6):
        name = data.draw(st.sampled_from(names))
        value = data.draw(
            st.sampled_from(["yes", "no", "true", "own_home", "care_home", "none", "12.50", "3", "1941", "x"])
        )
        boxes = {
            f"{name}-day": "1",
            f"{name}-month": "2",
            f"{name}-year": data.draw(st.sampled_from(["1941", "2026", "3000"])),
        }
        body = {name: value, **boxes} if data.draw(st.booleans()) else {"pass": "yes"}
        client.post(f"/estimate/question/{name}", body)
        for address in ("next", "check", "result"):
            assert client.get(f"/estimate/{address}").status_code in (200, 302)


def test_an_estimate_on_a_day_without_figures_says_so_and_whom_to_ask(client, monkeypatch):
    Walk(client, AT_HOME).begin()
    monkeypatch.setattr("farthing.service.clock.now", lambda: datetime(2031, 7, 1, tzinfo=UTC))
    for address in ("next", "question/setting", "list/capital", "list/capital/i1", "check", "result", "estimate.pdf"):
        shown = client.get(f"/estimate/{address}")
        assert shown.status_code == 200, address
        assert "We do not have the figures the law sets for today" in shown.text
        assert "0300 126 3003" in shown.text
