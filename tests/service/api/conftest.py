"""A program that calls the interface, and the tokens it may call it with."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from farthing.service.access import limits
from farthing.service.access.models import Account, Role, Scope
from farthing.service.access.services import make_token
from tests.service.access.signed_in import make_staff
from tests.service.cases import AT

Call = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def open_to_many(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The interface open for as many calls as a test makes."""
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1_000_000)


@pytest.fixture
def administrator() -> Account:
    """Who makes the tokens."""
    return make_staff(
        Role.ADMINISTRATOR, Role.OFFICER, email="administrator@council.example", name="Anna Administrator"
    )


@pytest.fixture
def token(administrator: Account) -> str:
    """A token with every scope."""
    return make_token("Portal", list(Scope), by=administrator, at=AT)[1]


@pytest.fixture
def call() -> Call:
    """Call an address below /api/v1: ``call("post", "/assess", data, token=…)``."""

    def calling(method: str, address: str, data: Any = None, *, token: str = "", **headers: str) -> HttpResponse:
        client = Client(raise_request_exception=False)
        given = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
        sent = {} if data is None else {"data": data if isinstance(data, bytes) else json.dumps(data)}
        return client.generic(
            method.upper(), f"/api/v1{address}", content_type="application/json", headers=given, **sent
        )

    return calling


def refused(response: HttpResponse, status: int) -> list[dict[str, Any]]:
    """What a response refuses, once its status and its shape are right."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    problems = json.loads(response.content)["refused"]
    assert problems and all(set(each) == {"field", "problem", "what_to_do", "law"} for each in problems)
    return problems
