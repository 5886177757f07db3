"""Pages that explain paying for care: each is there, and each amount on it is the law's for today."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.urls import reverse

import farthing.service.public
from farthing.law import figures as figures_of_law
from farthing.service.public.figures import figures
from farthing.service.public.information.pages import ABOUT, ARRANGING, PAYING, START

PAGES = (START, *PAYING, *ARRANGING, *ABOUT)
TEMPLATES = sorted((Path(farthing.service.public.__file__).parent / "jinja2").rglob("*.html"))
TYPED = re.compile(r"£ ?\d|\b\d{1,3},\d{3}\b|\b(14250|23250|28000)\b|\b(twelve|six|eight) weeks\b")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("told", PAGES, ids=lambda told: told.name)
def test_every_page_is_there_with_its_title(client, told):
    shown = client.get(reverse(f"public:{told.name}"))
    assert shown.status_code == 200
    assert f">{told.title}</h1>" in shown.text


def test_the_start_page_gives_the_limits_of_today(client):
    shown = client.get("/")
    assert "More than £23,250" in shown.text
    assert "£1 a week for each £250, or part of it, above £14,250" in shown.text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_template_has_a_figure_typed_into_it(template):
    typed = TYPED.search(template.read_text(encoding="utf-8"))
    assert typed is None, f"{template}: {typed}"


def test_a_typed_figure_would_be_found():
    for words in ("pays £250 a week", "more than 14,250", "the first twelve weeks", "28000"):
        assert TYPED.search(words)


def test_a_figure_of_another_day_is_shown_on_that_day(client, monkeypatch):
    monkeypatch.setattr("farthing.service.clock.now", lambda: datetime(2025, 7, 1, tzinfo=UTC))
    known = figures_of_law()["personal_expenses_allowance"].on(date(2025, 7, 1).toordinal()).value
    assert f"£{known // 100}.{known % 100:02d} a week" in client.get("/care-in-a-care-home").text
    assert known != figures_of_law()["personal_expenses_allowance"].on(date(2026, 7, 1).toordinal()).value


@pytest.mark.parametrize("told", [told for told in PAGES if told.gives_figures], ids=lambda told: told.name)
def test_a_page_says_so_when_figures_for_today_are_not_known(client, monkeypatch, told):
    monkeypatch.setattr("farthing.service.clock.now", lambda: datetime(2031, 7, 1, tzinfo=UTC))
    shown = client.get(reverse(f"public:{told.name}"))
    assert shown.status_code == 200
    assert "We do not have the amounts that the law sets for 1 July 2031" in shown.text
    assert "0300 126 3003" in shown.text
    assert "£" not in shown.text


def test_the_example_of_a_direct_payment_is_worked_by_the_law():
    found = figures("cambridgeshire", date(2026, 11, 25))
    assert (found["example_support"], found["example_contribution"], found["example_payment"]) == ("£48", "£28", "£20")


def test_every_page_of_the_footer_is_there(client):
    for address in re.findall(r'href="(/[a-z-]+)"', client.get("/").text.partition("<footer")[2]):
        assert client.get(address).status_code == 200, address


def test_links_between_pages_lead_somewhere(client):
    for page in PAGES:
        text = client.get(reverse(f"public:{page.name}")).text
        for address in set(re.findall(r'href="(/[a-z/-]*)"', text)):
            if not address.startswith("/static"):
                assert client.get(address).status_code in (200, 302), address
