"""Who looks around in the demonstration: nobody in particular, people with an account, and staff of each role."""

import json
import re

import requests

from farthing.service.access.models import Role
from farthing.service.demonstration.staff import PASSWORD, sign_ins
from tests.browser.crawling import Guest
from tests.browser.server import Server

STAFF_STARTS = ["/council/", "/council/your-account/", "/council/shortcuts/", "/council/sign-in/", "/api/v1/docs"]
ESTIMATE = {
    "/estimate/question/setting": {"setting": "own_home"},
    "/estimate/question/tells_finances": {"tells_finances": "true"},
    "/estimate/list/capital": {"kinds": "bank_account"},
    "/estimate/list/capital/i1": {"value": "16000"},
}


def public(server: Server) -> list[Guest]:
    """Everybody who does not work for the council, and whoever is on the way of signing in."""
    sessions = json.loads(server.run("from tests.browser.demonstration import print_sessions as p; p()"))
    return [
        _estimating(server),
        _half_signed_in(server),
        _with_a_change_begun(server, {"sessionid": sessions["person"]}),
        Guest(
            "applicant", {"sessionid": sessions["applicant"]}, ["/account/", "/apply/for-another/", "/apply/for-me/"]
        ),
        Guest("business", {"sessionid": sessions["business"]}, ["/your-business/", "/your-business/begin/"]),
        Guest("unlisted", {"sessionid": sessions["unlisted"]}, ["/your-business/"]),
        Guest("sender", {"sessionid": sessions["sender"]}, ["/account/", "/account/passkeys/"]),
    ]


def staff(server: Server) -> list[Guest]:
    """One member of staff of each role."""
    sessions = json.loads(server.run("from tests.browser.demonstration import print_sessions as p; p()"))
    casework = [sessions[each] for each in ("papers", "case", "draft", "stopped", "untold")]
    casework.append("/council/search/")
    starts = {
        Role.ADMINISTRATOR: ["/council/accounts/"],
        Role.ANALYST: ["/council/reports/"],
        Role.DIRECTORY_EDITOR: ["/council/directory/"],
        Role.FINANCE: [sessions["billed"], "/council/billing/", "/council/search/"],
    }
    return [
        Guest(str(role), {"sessionid": sessions[role]}, [*STAFF_STARTS, *starts.get(role, casework)]) for role in Role
    ]


def _estimating(server: Server) -> Guest:
    visit = requests.Session()
    post(visit, server, "/estimate/", about="you")
    for address, answers in ESTIMATE.items():
        post(visit, server, address, **answers)
    saved = requests.Session()
    saved.cookies.update(visit.cookies)
    post(saved, server, "/estimate/save")
    token = server.run(
        "from farthing.service.assessments.services import estimates\n"
        "from farthing.service import clock\n"
        "from farthing.service.questions.answers import Answers\n"
        "print(estimates.save(Answers().as_json(), at=clock.now()))"
    ).strip()
    post(visit, server, "/sign-in/", email="gail.guest@example.org")
    link = server.link_sent_to("gail.guest@example.org").removeprefix(server.address)
    starts = ["/", "/estimate/", "/estimate/check", "/estimate/list/capital", "/estimate/result", "/estimate/save"]
    more = [
        "/directory/?words=",
        f"/estimate/saved/{token}",
        "/sign-in/",
        "/sign-in/sent/",
        "/signed-out/",
        "/council/sign-in/",
        link,
        "/api/v1/docs",
    ]
    return Guest("anybody", dict(visit.cookies), [*starts, *more])


def _half_signed_in(server: Server) -> Guest:
    visit = requests.Session()
    post(visit, server, "/council/sign-in/", email=sign_ins()[0].email, password=PASSWORD)
    link = server.run(
        "from django.contrib.auth.tokens import default_token_generator as tokens\n"
        "from django.urls import reverse\n"
        "from farthing.service.access.models import Account\n"
        "account = Account.objects.filter(works_for_council=True).last()\n"
        "print(reverse('access:choose_password', args=[account.pk, tokens.make_token(account)]))"
    ).strip()
    return Guest("half signed in", dict(visit.cookies), ["/council/sign-in/code/", link])


def _with_a_change_begun(server: Server, cookies: dict[str, str]) -> Guest:
    visit = requests.Session()
    visit.cookies.update(cookies)
    person = re.findall(r'href="(/account/people/[^/"]+/)"', visit.get(f"{server.address}/account/").text)[0]
    post(visit, server, f"{person}change/")
    return Guest("person", dict(visit.cookies), ["/account/", f"{person}change/"])


def post(visit: requests.Session, server: Server, address: str, **fields: str) -> requests.Response:
    """Send a form as a browser without scripts does."""
    page = visit.get(server.address + address)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token, f"{address} has no form: {page.status_code}"
    return visit.post(
        server.address + address,
        data={"csrfmiddlewaretoken": token[1], **fields},
        headers={"Referer": server.address + address},
    )
