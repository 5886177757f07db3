"""Every address of the service, walked from the real URL map: each declares who may see it, and is seen by those alone."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from farthing.service.access.gates import Who, declared, is_reading
from farthing.service.access.models import Role
from tests.service.access.signed_in import browser_of_person, browser_of_staff

SIGN_IN_PAGES = ("/sign-in/", "/council/sign-in/")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its view, through every include."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def to_be_asked() -> list[tuple[str, frozenset[Who | Role]]]:
    """The routes that need no argument, with who may see them."""
    return [
        (f"/{route}", declared(pattern.callback) or frozenset())
        for route, pattern in routes()
        if "<" not in route and "(" not in route
    ]


def lets_in(browser: Client, address: str, method: str = "get") -> str:
    """What a browser finds at the gate: "in", "refused", or "sign in first"."""
    answer = getattr(browser, method)(address)
    if answer.status_code == 302 and answer.headers["Location"].partition("?")[0] in SIGN_IN_PAGES:
        return "sign in first"
    return "refused" if answer.status_code == 403 else "in"


def open_to_all(who: frozenset[Who | Role]) -> bool:
    return bool(who & {Who.EVERYBODY, Who.PROGRAMS})


def test_every_route_declares_who_may_see_it():
    assert [route for route, pattern in routes() if not declared(pattern.callback)] == []


def test_the_walk_finds_the_routes():
    assert {"sign-in/", "council/accounts/<int:number>/stop/"} <= {route for route, _ in routes()}


def test_no_page_hides_behind_another_of_the_same_address():
    pages = [route for route, pattern in routes() if declared(pattern.callback) != frozenset({Who.PROGRAMS})]
    assert [route for route in set(pages) if pages.count(route) > 1] == []


@pytest.mark.django_db
def test_a_visitor_gets_no_further_than_the_sign_in_page():
    wanted = {address: "sign in first" for address, who in to_be_asked() if not open_to_all(who)}
    assert {address: lets_in(Client(), address) for address in wanted} == wanted


@pytest.mark.django_db
def test_a_person_sees_the_pages_for_people_and_none_for_staff():
    browser = browser_of_person()
    wanted = {
        address: "in" if Who.SIGNED_IN in who else "refused" for address, who in to_be_asked() if not open_to_all(who)
    }
    assert {address: lets_in(browser, address) for address in wanted} == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*Role, None], ids=str)
def test_a_member_of_staff_sees_the_pages_of_their_role_alone(role):
    browser = browser_of_staff(*([role] if role else []))
    wanted = {address: "in" if role in who else "refused" for address, who in to_be_asked() if not open_to_all(who)}
    assert {address: lets_in(browser, address) for address in wanted} == wanted


@pytest.mark.django_db
def test_an_auditor_sends_no_form_but_those_that_change_nothing():
    browser = browser_of_staff(Role.AUDITOR)
    harmless = {f"/{route}" for route, pattern in routes() if is_reading(pattern.callback, "POST")}
    wanted = {address: "refused" for address, who in to_be_asked() if not open_to_all(who) and address not in harmless}
    assert {address: lets_in(browser, address, "post") for address in wanted} == wanted
