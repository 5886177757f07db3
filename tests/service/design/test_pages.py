"""The frame of every page, and the pages for when something is not there or has gone wrong."""

from datetime import UTC, date, datetime

import jinja2
import pytest
from django.template import engines
from django.test import RequestFactory

from farthing.service.design import errors
from farthing.service.design.context import shown_council
from farthing.service.design.environment import day_in_words, environment, moment
from tests.service.design.html import by_id, elements
from tests.service.design.showroom import PAGES

OF_THE_REQUEST = [errors.gone, errors.too_many, errors.csrf_failed]
OF_AN_EXCEPTION = [errors.bad_request, errors.forbidden, errors.not_found]
BARE = [errors.failed, errors.unavailable]


def page(template: str, **context) -> str:
    return engines["jinja2"].from_string(template).render(context, RequestFactory().get("/"))


def test_every_template_compiles():
    made = engines["jinja2"].env
    ours = [name for name in made.list_templates() if name.startswith(("design/", "showroom/"))]
    assert len(ours) > 15
    for name in ours:
        made.get_template(name)


def test_every_component_can_be_imported():
    made = engines["jinja2"].env
    names = [name for name in made.list_templates() if name.startswith("govuk_frontend_jinja/components/")]
    assert len(names) > 30
    for name in names:
        assert made.get_template(name).module


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_a_title_and_no_id_twice(path):
    html = PAGES[path](RequestFactory().get(path)).content.decode()
    assert [tag for tag, _ in elements(html)].count("h1") == 1
    assert "- Cambridgeshire County Council</title>" in html
    assert "main-content" in by_id(html)


def test_a_name_that_is_missing_from_a_page_is_an_error_and_not_a_hole():
    with pytest.raises(jinja2.UndefinedError, match="amount_due"):
        page("You owe {{ amount_due }}")


def test_what_people_type_is_never_taken_as_part_of_the_page():
    assert page("{{ name }}", name="<b>") == "&lt;b&gt;"


def test_the_title_says_that_there_are_errors():
    inside = '{% extends "design/page.html" %}{% block title %}Rent{% endblock %}'
    assert "<title>Rent - Paying for care - " in page(inside)
    assert "<title>Error: Rent - " in page(inside, errors=[{"text": "Enter your rent", "href": "#rent"}])


def test_messages_are_shown_once_each_and_a_success_as_one():
    class Message(str):
        level_tag = "success"

    html = page('{% extends "design/page.html" %}{% block title %}A{% endblock %}', messages=[Message("Saved")])
    assert html.count("Saved") == 1
    assert "govuk-notification-banner--success" in html


def test_a_page_without_navigation_has_no_empty_menu():
    html = page('{% extends "design/page.html" %}{% block title %}A{% endblock %}')
    assert "<nav" not in html


def test_the_footer_says_whom_to_call():
    html = page('{% extends "design/page.html" %}{% block title %}A{% endblock %}')
    assert 'href="tel:03001263003"' in html


def test_a_demonstration_says_on_every_page_that_its_people_are_invented(settings):
    template = '{% extends "design/page.html" %}{% block title %}A{% endblock %}'
    assert "Everyone in it is invented" in page(template)
    settings.DEMONSTRATION = False
    assert "invented" not in page(template)


def test_a_council_has_its_own_logo_and_colours_by_folder(settings, tmp_path):
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "look.css").write_text(":root{}", encoding="utf-8")
    settings.FARTHING_COUNCIL_LOOK = str(tmp_path)
    html = page('{% extends "design/page.html" %}{% block title %}A{% endblock %}')
    assert 'src="/static/council/logo.svg" alt="Cambridgeshire County Council"' in html
    assert 'href="/static/council/look.css"' in html


def test_a_look_may_be_colours_alone(tmp_path):
    (tmp_path / "look.css").write_text(":root{}", encoding="utf-8")
    shown = shown_council("cambridgeshire", str(tmp_path))
    assert (shown.stylesheet, shown.logo) == ("council/look.css", None)


@pytest.mark.parametrize("view", [*OF_THE_REQUEST, *OF_AN_EXCEPTION, *BARE])
def test_every_error_page_says_what_happened_and_what_to_do(view):
    given = [Exception("invented")] if view in OF_AN_EXCEPTION else []
    response = view(RequestFactory().get("/"), *given)
    html = response.content.decode()
    assert response.status_code >= 400
    assert [tag for tag, _ in elements(html)].count("h1") == 1
    assert html.count('class="govuk-body"') + html.count("<li>") >= 2


@pytest.mark.parametrize("view", BARE)
def test_the_page_for_a_fault_of_ours_needs_no_context(view, settings):
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = ["nowhere.at_all"]
    settings.TEMPLATES = list(settings.TEMPLATES)
    assert view(RequestFactory().get("/")).status_code in (500, 503)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 7, 1, 14, 15, tzinfo=UTC), "1 July 2026 at 3.15pm"),
        (datetime(2026, 1, 1, 14, 0, tzinfo=UTC), "1 January 2026 at 2pm"),
        (datetime(2026, 6, 30, 23, 5, tzinfo=UTC), "1 July 2026 at 12.05am"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "1 January 2026 at 12pm"),
    ],
)
def test_a_moment_is_written_as_it_was_in_london(at, words):
    assert moment(at) == words


def test_a_moment_of_no_time_zone_is_refused():
    with pytest.raises(ValueError, match="pass an aware datetime"):
        moment(datetime(2026, 1, 1))


def test_a_day_is_written_in_words_and_a_moment_as_its_day_in_london():
    assert day_in_words(date(2026, 5, 4)) == "4 May 2026"
    assert day_in_words(datetime(2026, 5, 3, 23, 30, tzinfo=UTC)) == "4 May 2026"


def test_money_is_written_with_its_pence():
    assert page("{{ 123456 | money }}") == "£1,234.56"


def test_an_environment_keeps_what_django_asks_of_it():
    made = environment(loader=jinja2.DictLoader({}), auto_reload=True)
    assert made.auto_reload and made.autoescape
