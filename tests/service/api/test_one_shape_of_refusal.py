"""Whatever goes wrong is said in one shape."""

import json
import logging

import pytest
from django.test import Client

from farthing.service import clock
from farthing.service.access import limits
from farthing.service.api.endpoints import list_rates
from tests.service.api.conftest import Call, refused
from tests.service.cases import AT

CASE = b'{"council": "england", "on": "2026-05-04"}'


@pytest.mark.parametrize("address", ["/", "/nothing", "/rates/a/b", "/applications/"])
def test_an_address_that_is_not_there(call: Call, address: str):
    refused(call("get", address), 404)
    refused(call("post", address, {}), 404)


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options", "trace"])
def test_a_method_that_an_address_does_not_have(call: Call, method: str):
    response = call(method, "/assess")
    (problem,) = refused(response, 405)
    assert response["Allow"] == "POST" and "POST" in problem["what_to_do"]


def test_more_than_a_megabyte(call: Call):
    refused(call("post", "/assess", b" " * 1_000_001), 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-yaml", "multipart/form-data; boundary=x", ""])
def test_a_notation_that_is_not_json(kind: str):
    refused(Client().generic("POST", "/api/v1/assess", data=CASE, content_type=kind), 415)


@pytest.mark.parametrize(
    "body",
    [b" ", b"{", b"[]", b"null", b'{"council": "england"', b"\xff\xfe", b'{"on": "\\u0000"}', b'{"a": 1, "a": 2}', b"NaN",
     b'{"on": "\\ud800"}', b"[" * 5000, b'{"capital": [{}, 1, null]}'],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/assess", "/ask", "/applications"])
def test_what_cannot_be_read(call: Call, token: str, address: str, body: bytes):
    refused(call("post", address, body, token=token, **{"Idempotency-Key": "k"}), 422)


@pytest.mark.parametrize("on", ["yesterday", "2026-02-30", "", "0", "2026-05-04T00:00"])
def test_a_parameter_that_cannot_be_read(call: Call, on: str):
    (problem,) = refused(call("get", f"/rates?on={on}"), 422)
    assert problem["field"] == "on" and ("year-month-day" in problem["problem"] or "calendar" in problem["problem"])


def test_what_goes_wrong_on_our_side_is_logged_and_says_nothing_of_itself(
    call: Call, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def failing(day: int):
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(list_rates, "figures_on", failing)
    with caplog.at_level(logging.ERROR):
        response = call("get", "/rates")
    refused(response, 500)
    assert b"secret" not in response.content and "a secret of ours" in caplog.text


@pytest.fixture
def within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call comes in the same second: what is counted by the minute is never begun anew."""
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.mark.usefixtures("within_a_minute")
def test_every_answer_says_how_many_calls_are_left_and_the_last_one_when_to_come_back(
    call: Call, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 3)
    left = [call("get", "/councils")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    response = call("get", "/councils")
    refused(response, 429)
    assert response["RateLimit-Limit"] == "3" and response["Retry-After"] == str(60 - AT.second)


@pytest.mark.usefixtures("within_a_minute")
def test_one_computer_does_not_use_up_the_calls_of_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1)
    statuses = [Client(REMOTE_ADDR=each).get("/api/v1/councils").status_code for each in ("10.0.0.1", "10.0.0.2")]
    assert statuses == [200, 200]
    assert Client(REMOTE_ADDR="10.0.0.1").get("/api/v1/nothing").status_code == 429


def test_no_address_of_a_computer_is_kept():
    Client(REMOTE_ADDR="203.0.113.77").get("/api/v1/councils")
    assert "203.0.113" not in json.dumps(list(limits.CallsInAMinute.objects.values_list("computer", flat=True)))
