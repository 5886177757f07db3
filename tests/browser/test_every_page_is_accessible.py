"""Every page there is, found by following links as each kind of visitor, looked at in a real browser.

axe-core finds nothing; nothing scrolls sideways on a narrow screen, at 400% zoom or with wide-spaced text; errors of forms
lead to their fields.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from farthing.service.access.gates import declared, needs_staff
from tests.browser import guests
from tests.browser.crawling import all_routes, crawl, route_of, title_of
from tests.browser.visitor import AXE, Visitor

pytestmark = pytest.mark.slow

GUESTS = {"public": guests.public, "staff": guests.staff}
MOST_CRAWLED, MOST_LOOKED_AT = 2, 1
SCREEN = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 225}
"""A narrow screen, and what is left of the other at 400% zoom."""

ONLY_SENT = "only takes what a form sends"
A_FILE = "gives a file, or figures for a program"
A_STEP = "leads on to another page"
NOT_IN_A_WALK = {
    ONLY_SENT: """
        public:estimate_clear public:estimate_delete public:estimate_open
        access:sign_out access:passkey_sign_in access:passkey_new access:passkey_remove
        access:account_stop access:account_start access:account_second_factor access:account_password_link access:token_end
        officer:take_next officer:take officer:proof_seen officer:request_withdraw officer:evidence_has_come
        officer:departure_approve officer:departure_withdraw officer:send_for_check officer:send_back
        public:account_notice_had public:shortlist_add public:shortlist_remove public:enquiry_reply public:enquiry_close
        public:business_space public:business_enquiry_close officer:directory_publish
        officer:payment_begin officer:payment_release officer:payment_abandon officer:payment_file
        officer:single_payment_approve officer:billing_release officer:billing_abandon officer:bills_end_hold officer:budget_tell
        officer:approve_backdating officer:seal officer:letter_send_again officer:task_done
    """,
    A_FILE: """
        public:estimate_pdf public:evidence_file public:account_letter public:sitemap public:robots
        public:business_proof_file officer:directory_proof officer:directory_gaps_csv
        open_referral:root open_referral:services open_referral:service open_referral:service_at_locations
        open_referral:service_at_location open_referral:taxonomies open_referral:taxonomy open_referral:taxonomy_terms
        open_referral:taxonomy_term open_referral:nothing_here
        officer:evidence_file officer:letter officer:report_csv officer:billing_table
        access:passkey_sign_in_options access:passkey_options
        api:openapi-json api:ask api:assess api:list_applications api:send_application api:list_councils api:list_rates
        api:list_rules api:one_application api:one_council api:one_decision api:one_rate api:one_rule api:api-root
        api:nothing_here correspondence:notify_receipt correspondence:notify_returned
    """,
    A_STEP: """
        public:estimate_next public:estimate_apply public:apply_next officer:fact_add
        access:openid_start access:openid_return
    """,
    "comes in the middle of signing in (tests/journeys/test_staff_sign_in.py)": """
        access:enrol_second_factor access:kept_form access:recovery_codes
    """,
    "comes after sending (tests/journeys)": "public:apply_sent",
    "is opened by a link sent by e-mail (tests/journeys/test_somebody_finds_a_care_micro_enterprise.py)": "public:enquiry",
    "is of another council's feed, and there is none (tests/journeys/test_another_feed_is_imported.py)": """
        officer:directory_feed_stop officer:directory_feed_start
    """,
    "shows a long job, and none is long in so small a caseload": "officer:job",
}
EXCUSED = {name: reason for reason, names in NOT_IN_A_WALK.items() for name in names.split()}

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
                       p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FORM = """const typed = "input:not([type=hidden]):not([type=submit]), textarea, select";
    const forms = [...document.querySelectorAll("main form[method=post]:not([data-passkey])")];
    const form = forms.find(form => form.querySelector(typed));"""
EMPTIED = f"""() => {{ {FORM}
    if (!form) return false;
    for (const field of form.querySelectorAll(typed)) {{
        if (["checkbox", "radio"].includes(field.type)) field.checked = false;
        else if (field.tagName === "SELECT") field.selectedIndex = 0;
        else field.value = "";
    }}
    return true;
}}"""
SENT = f"() => {{ {FORM} form.requestSubmit(); }}"
DEAD_LINKS = """() => [...document.querySelectorAll(".govuk-error-summary a")].filter(link => {
    const field = link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return link.hash && !(field && field.matches("input, select, textarea, button, [tabindex]"));
}).map(link => link.outerHTML)"""

ALIKE = [{"public:account_details", "public:apply_contact"}, {"public:account_change", "public:apply_tasks"}]
"""Pages that ask the same at another time, and so may have the same title."""

CHANGES_WHO_SEES_WHAT = {"access:account"}
"""An empty form there takes every role away."""


@pytest.fixture(
    scope="module",
    params=GUESTS,
)
def side(request):
    """Pages for people, or pages for staff."""
    return request.param


@pytest.fixture(scope="module")
def to_be_seen(side):
    """The routes of the side; whoever comes to one of the other is looked after there."""
    return {
        name for name, view in all_routes().items() if (side == "staff") == needs_staff(declared(view) or frozenset())
    }


@pytest.fixture(scope="module")
def found(demonstration, side, to_be_seen):
    """Every page that each guest comes to."""
    guests_of_side = GUESTS[side](demonstration)
    return [page for guest in guests_of_side for page in crawl(demonstration.address, guest, MOST_CRAWLED, to_be_seen)]


@pytest.fixture(scope="module")
def to_look_at(found):
    """Of each route a page or two, as the first guest who came there sees them."""
    chosen = defaultdict(list)
    for page in found:
        same = chosen[page.route]
        if page.html and len(same) < MOST_LOOKED_AT and all(page.guest is other.guest for other in same):
            same.append(page)
    return [page for same in chosen.values() for page in same]


def test_every_route_is_walked_or_excused_with_a_reason(found, to_be_seen):
    walked = {page.route for page in found}
    assert sorted(to_be_seen - walked - EXCUSED.keys()) == []


def test_every_page_answers_with_one_heading_a_title_and_its_language(found):
    assert [(page.guest.name, page.address, page.problems) for page in found if page.problems] == []


def test_pages_of_different_routes_have_different_titles(to_look_at):
    routes = defaultdict(set)
    for page in to_look_at:
        routes[title_of(page)].add(page.route)
    shared = {title: names for title, names in routes.items() if len(names) > 1}
    assert {title: names for title, names in shared.items() if not _same_question(names)} == {}


@pytest.fixture(scope="module")
def looked_at(demonstration, browser, to_look_at):
    """What is wrong with each page, and with the page that answers its form sent empty: by address, in words."""
    look = Look()
    visitors = {}
    for page in to_look_at:
        visitor = _guest(visitors, browser, demonstration, page.guest)
        visitor.page.set_viewport_size(SCREEN)
        visitor.open(page.address)
        look.pages += [(page.address, each) for each in [*visitor.violations(), *_too_wide(visitor)]]
        if page.route not in CHANGES_WHO_SEES_WHAT and visitor.page.evaluate(EMPTIED):
            _send_empty(visitor, page, look)
    complaints = [each for visitor in visitors.values() for each in visitor.complaints]
    for visitor in visitors.values():
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
    return look


@dataclass
class Look:
    """What was found: of pages, of pages with errors, and the routes that had such a page."""

    pages: list[tuple[str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    with_errors: set[str] = field(default_factory=set)


def _too_wide(visitor):
    visitor.page.set_viewport_size(NARROW)
    if wider := visitor.page.evaluate(WIDER_THAN_THE_SCREEN):
        yield f"scrolls sideways by {wider} at {NARROW}"
    visitor.page.set_viewport_size(SCREEN)
    visitor.page.evaluate(SPACED)
    if wider := visitor.page.evaluate(WIDER_THAN_THE_SCREEN):
        yield f"scrolls sideways by {wider} where text is spaced"


def _send_empty(visitor, page, look):
    with visitor.expecting(409, 404, 410), visitor.page.expect_event("load"):
        visitor.page.evaluate(SENT)
    if not visitor.page.locator(".govuk-error-summary").count():
        return
    look.with_errors.add(page.route)
    if not visitor.page.title().startswith("Error: "):
        look.errors.append((page.address, f"has the title {visitor.page.title()}"))
    if not visitor.page.evaluate("!!document.activeElement.closest('.govuk-error-summary')"):
        look.errors.append((page.address, "does not put the focus on the error summary"))
    look.errors += [(page.address, f"leads nowhere: {link}") for link in visitor.page.evaluate(DEAD_LINKS)]
    look.errors += [(page.address, each) for each in visitor.violations()]


def _told(found):
    return "\n".join(f"{address}: {says}" for address, says in found)


def test_no_page_has_anything_that_axe_finds_or_scrolls_sideways(looked_at):
    assert looked_at.pages == [], _told(looked_at.pages)


def test_an_empty_form_says_what_is_wrong_and_leads_to_its_fields(looked_at):
    assert looked_at.errors == [], _told(looked_at.errors)
    assert len(looked_at.with_errors) >= 10


def _guest(visitors, browser, server, guest):
    """The browser of a guest, with what theirs keeps."""
    if guest.name not in visitors:
        visitor = visitors[guest.name] = Visitor(browser.new_context(locale="en-GB"), server, "every-page")
        # For every page at once: to send it to each takes as long as the look itself.
        visitor.context.add_init_script(AXE)
        visitor.context.add_cookies(
            [{"name": name, "value": value, "url": server.address} for name, value in guest.cookies.items()]
        )
    return visitors[guest.name]


def _same_question(names):
    """Whether routes show the same page: an estimate and an application ask the same questions."""
    return len({name.replace("apply_", "estimate_") for name in names}) == 1 or names in ALIKE


def test_the_excuses_are_of_routes_that_exist():
    assert EXCUSED.keys() <= all_routes().keys()
    assert route_of("/estimate/") == "public:estimate"
