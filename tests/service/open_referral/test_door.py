"""The door to the feed: open to every page on the web, read only, limited, and not sent again where nothing changed."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from farthing.service import clock
from farthing.service.access import limits
from farthing.service.api.open_referral import views
from farthing.service.directory.models import Space
from farthing.service.directory.services import entries
from tests.service.cases import AT
from tests.service.directory.invented import published

PATHS = ["/", "/services", "/service_at_locations", "/taxonomies", "/taxonomy_terms", "/services?format=ndjson"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_open_to_every_page_and_may_be_kept(feed, path):
    answer = feed.get(path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Cookie" not in answer.get("Vary", "") and "Set-Cookie" not in answer
    assert answer["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("path", PATHS)
def test_what_has_not_changed_is_not_sent_again(feed, path):
    enterprise = published()
    tag = feed.get(path)["ETag"]
    again = feed.get(path, **{"If-None-Match": tag})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == tag
    assert again["Access-Control-Allow-Origin"] == "*"
    if "service" in path:
        entries.tell_space(enterprise, Space.FULL, by=enterprise.owner, at=AT + timedelta(hours=1))
        assert feed.get(path, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(path, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"/open-referral{path}")
    assert answer.status_code == 405 and answer["Allow"] == "GET, HEAD, OPTIONS"
    assert json.loads(answer.content)["refused"] and answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", PATHS)
def test_the_head_of_an_answer_comes_without_its_body(feed, path):
    published()
    answer = Client().head(f"/open-referral{path}")
    assert answer.status_code == 200 and answer.content == b"" and answer["ETag"] == feed.get(path)["ETag"]


def test_a_page_elsewhere_may_ask_whether_it_may_ask():
    answer = Client().options("/open-referral/services", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 204 and "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/services/", "/services/1", "/services/00000000-0000-4000-8000-000000000000", "/organizations",
     "/taxonomies/00000000-0000-4000-8000-000000000000", "/taxonomy_terms/x", "/service_at_locations/%00", "/services/%00",
     "/service_at_locations/00000000-0000-4000-8000-000000000000"],
)  # fmt: skip
def test_what_is_not_there_is_said_in_the_one_shape(feed, path):
    feed.refused(path, 404)


def test_a_computer_that_asks_too_often_is_told_when_to_come_back(feed, monkeypatch):
    monkeypatch.setattr(limits, "CALLS_A_MINUTE", 1)
    monkeypatch.setattr(clock, "now", lambda: AT)
    assert feed.get("/services").status_code == 200
    answer = feed.get("/services")
    assert answer.status_code == 429 and answer["Retry-After"] == str(60 - AT.second)


def test_what_goes_wrong_on_our_side_says_nothing_of_itself(feed, monkeypatch, caplog):
    def failing(*given, **named):
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(views.for_programs, "page", failing)
    with caplog.at_level(logging.ERROR):
        feed.refused("/services", 500)
    assert "a secret of ours" not in feed.get("/services").content.decode()


def test_a_page_takes_as_few_queries_however_many_it_holds(feed):
    def queries():
        with CaptureQueriesContext(connection) as made:
            feed.said("/services", full="true")
        return len(made)

    published()
    feed.said("/services")
    few = queries()
    for _ in range(5):
        published()
    assert queries() == few <= 12
