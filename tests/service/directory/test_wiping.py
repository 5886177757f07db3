"""What people wrote is deleted once it was kept as long as the council says; that they wrote, and when, stays."""

from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from farthing.councils.directory import directory
from farthing.service.audit.models import Event
from farthing.service.directory.due import wipe_what_was_kept_long_enough
from farthing.service.directory.models import Concern, ConcernKind, Enquiry
from farthing.service.directory.selectors.owned import enquiries_of, enquiry_of
from farthing.service.directory.services import concerns, enquiries, wiping
from tests.service.access.signed_in import browser_of
from tests.service.cases import AT
from tests.service.directory.invented import editor, entry, published

pytestmark = pytest.mark.django_db

ASKER = "ada@home.example"
KEEPS = directory("cambridgeshire").keeps


def months_on(months: int, *, day: int = 26) -> datetime:
    """A day so many months after the 25th of November, on which everything here happens."""
    year, month = divmod(AT.year * 12 + AT.month - 1 + months, 12)
    return AT.replace(year=year, month=month + 1, day=day)


@pytest.fixture
def enquiry() -> Enquiry:
    made, _ = enquiries.ask(
        published(entry()), name="Ada", email=ASKER, says="Could you come?", asked_from="digest", at=AT
    )
    enquiries.say(made, "Yes.", by_enterprise=True, at=AT)
    return made


@pytest.fixture
def concern() -> Concern:
    told = {"says": "I saw a bruise.", "name": "Ada", "email": ASKER, "asked_from": "digest"}
    return concerns.tell(published(entry()), ConcernKind.SAFEGUARDING, **told, at=AT)


def test_the_words_and_address_of_a_closed_enquiry_are_deleted_when_their_time_is_over(enquiry: Enquiry):
    enquiries.close(enquiry, at=AT)
    assert wiping.wipe(months_on(KEEPS.enquiries, day=25)) == 0
    assert wiping.wipe(months_on(KEEPS.enquiries)) == 1
    enquiry.refresh_from_db()
    assert (enquiry.name, enquiry.email, enquiry.asked_from) == ("", "", "")
    assert [each.says for each in enquiry.messages.all()] == ["", ""]
    assert Event.objects.get(action="directory enquiry wiped").details == {"enquiry": enquiry.reference}
    assert wiping.wipe(months_on(KEEPS.enquiries)) == 0


def test_that_somebody_asked_and_when_stays(enquiry: Enquiry):
    enquiries.close(enquiry, at=AT)
    wiping.wipe(months_on(KEEPS.enquiries))
    kept = Enquiry.objects.get()
    assert (kept.reference, kept.made_at, kept.closed_at, kept.messages.count()) == (enquiry.reference, AT, AT, 2)


def test_what_is_wiped_is_opened_by_nobody_any_more(client: Client, enquiry: Enquiry):
    raw = mail.outbox[0].body.partition("/directory/enquiries/")[2].partition("/")[0]
    assert client.get(f"/directory/enquiries/{raw}/").status_code == 200
    enquiries.close(enquiry, at=AT)
    wiping.wipe(months_on(KEEPS.enquiries))
    assert client.get(f"/directory/enquiries/{raw}/").status_code == 410
    assert enquiries_of(enquiry.enterprise) == [] and enquiry_of(enquiry.enterprise, enquiry.reference) is None


def test_an_enquiry_in_which_nobody_writes_is_closed_and_one_in_which_somebody_does_is_not(enquiry: Enquiry):
    assert wiping.close_quiet(months_on(KEEPS.quiet, day=25)) == 0
    enquiries.say(enquiry, "Are you still there?", by_enterprise=False, at=months_on(1))
    assert wiping.close_quiet(months_on(KEEPS.quiet)) == 0
    assert wiping.close_quiet(months_on(KEEPS.quiet + 1, day=27)) == 1
    enquiry.refresh_from_db()
    assert enquiry.closed_at == months_on(KEEPS.quiet + 1, day=27)


def test_a_concern_is_kept_while_it_is_open_and_for_so_long_after(concern: Concern):
    assert wiping.wipe(months_on(KEEPS.concerns + 100)) == 0
    by = editor()
    concerns.close(concern, outcome="The team saw her.", by=by, at=AT)
    assert wiping.wipe(months_on(KEEPS.concerns, day=25)) == 0
    assert wiping.wipe(months_on(KEEPS.concerns)) == 1
    concern.refresh_from_db()
    assert (concern.says, concern.name, concern.email, concern.asked_from, concern.outcome) == ("",) * 5
    assert (concern.kind, concern.made_at, concern.closed_at) == ("safeguarding", AT, AT)
    shown = browser_of(by).get(f"/council/directory/concerns/{concern.reference}/").text
    assert "it was kept long enough" in shown and "somebody who gave no name" not in shown


def test_a_concern_that_could_not_be_sent_is_never_sent_without_its_words(concern: Concern):
    Concern.objects.update(sent_at=None)
    concerns.close(concern, outcome="x", by=editor(), at=AT)
    wiping.wipe(months_on(KEEPS.concerns))
    mail.outbox.clear()
    assert concerns.send_waiting(months_on(KEEPS.concerns)) == 0 and mail.outbox == []


def test_the_daily_work_does_both_and_a_council_without_a_directory_has_none(enquiry: Enquiry, settings: Any):
    settings.FARTHING_COUNCIL = "england"
    wipe_what_was_kept_long_enough(lambda: months_on(100))
    assert Enquiry.objects.get().closed_at is None
    settings.FARTHING_COUNCIL = "cambridgeshire"
    wipe_what_was_kept_long_enough(lambda: months_on(100))
    wipe_what_was_kept_long_enough(lambda: months_on(120))
    assert Enquiry.objects.get().wiped_at is not None


def test_the_page_on_privacy_says_how_long(client: Client, settings: Any):
    shown = client.get(reverse("public:privacy")).text
    for said in ("1 year after a question is closed", "nobody writes for 3 months", "6 years after it was dealt with"):
        assert said in shown, said
    settings.FARTHING_COUNCIL = "england"
    assert "after a question is closed" not in client.get(reverse("public:privacy")).text
