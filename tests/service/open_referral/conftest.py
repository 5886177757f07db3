"""Asking the feed as another program does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from farthing.service import clock
from farthing.service.access import limits
from tests.service.cases import AT
from tests.service.open_referral import published

ROOT = "/open-referral"


@pytest.fixture(autouse=True)
def _database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1_000_000)


@pytest.fixture(params=published.SOURCES)
def wrong(request: pytest.FixtureRequest) -> Callable[[Any, str], list[str]]:
    """Says what is wrong with an answer of a kind, by our own copy of the schemas or by the published files."""
    if request.param == "the published files" and not published.FOLDER:
        pytest.skip("FARTHING_OPEN_REFERRAL names no folder with the published files")
    return lambda said, kind: published.problems(said, published.SOURCES[request.param](kind))


class Feed:
    """The feed, asked by a program that keeps no cookies."""

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
        return Client().get(f"{ROOT}{path}", query or {}, headers=headers or None)

    def said(self, path: str, **query: Any) -> Any:
        response = self.get(path, query)
        assert response.status_code == 200, response.content
        return json.loads(response.content)

    def names(self, path: str = "/services", **query: Any) -> set[str]:
        contents = self.said(path, **query)["contents"]
        return {each.get("service", each)["name"] for each in contents}

    def refused(self, path: str, status: int = 400, **query: Any) -> list[str]:
        response = self.get(path, query)
        assert response.status_code == status, response.content
        told = json.loads(response.content)["refused"]
        assert all(each["problem"] and each["what_to_do"] for each in told)
        return [each["field"] for each in told]

    def lines(self, path: str = "/services", **query: Any) -> list[Any]:
        response = self.get(path, {"format": "ndjson", **query})
        assert response.status_code == 200 and response["Content-Type"] == "application/x-ndjson"
        return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


@pytest.fixture
def feed() -> Feed:
    return Feed()
