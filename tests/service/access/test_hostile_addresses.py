"""Whatever stands in an address where a reference should, the service answers, and not by a fault."""

import re

import pytest

from farthing.service.access.gates import Who, declared, needs_staff
from farthing.service.access.models import Role
from tests.effort import tries
from tests.service.access.signed_in import browser_of_person, browser_of_staff
from tests.service.access.test_every_route_declares_who_may_see_it import routes

pytestmark = pytest.mark.django_db

HOSTILE = ["%00", "P-%00", "%F0%9F%A6%8A", "..%2F..%2Fetc", "'%20OR%20''='", "%7B%7B7*7%7D%7D", "A" * 3_000]


@pytest.mark.parametrize("hostile", HOSTILE[: tries(len(HOSTILE))], ids=lambda text: text[:12])
@pytest.mark.parametrize("staff", [False, True], ids=["a person", "staff"])
def test_no_address_is_answered_by_a_fault(staff, hostile):
    browser = browser_of_staff(*Role) if staff else browser_of_person()
    browser.raise_request_exception = False
    addresses = [
        "/" + re.sub(r"<(int|str|path|slug):\w+>", lambda found: "1" if found[1] == "int" else hostile, route)
        for route, pattern in routes()
        if "<str:" in route and _is_for(staff, declared(pattern.callback) or frozenset())
    ]
    assert len(addresses) > 15
    answers = [(address, browser.get(address).status_code) for address in addresses]
    assert [(address, status) for address, status in answers if status >= 500] == []


def _is_for(staff, who):
    return Who.PROGRAMS not in who and needs_staff(who) == staff
