"""Enquiries, in which neither side learns the other's address, and concerns, which reach the team that is for them."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail

from farthing.base.refusal import Refusal
from farthing.service.access.models import Role
from farthing.service.audit.models import Event
from farthing.service.directory.models import Concern, ConcernKind, Enquiry, EnquiryMessage, Enterprise, State
from farthing.service.directory.selectors.editing import open_concerns
from farthing.service.directory.selectors.owned import enquiries_of
from farthing.service.directory.services import concerns, editing, enquiries
from tests.service.cases import AT, person_account, staff
from tests.service.directory.invented import editor, entry, published, waiting

pytestmark = pytest.mark.django_db

ASKER = "ada@home.example"


def asked(enterprise: Enterprise, **said: Any) -> tuple[Enquiry, str]:
    """A question of somebody invented."""
    usual = {"name": "Ada", "email": ASKER, "says": "Could you come on Mondays?", "asked_from": "digest", "at": AT}
    return enquiries.ask(enterprise, **{**usual, **said})


@pytest.fixture
def mail_server_is_down(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def fails(*_: Any, **__: Any) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("farthing.service.directory.mail.send_mail", fails)
    return monkeypatch


def test_both_sides_are_written_to_and_neither_e_mail_holds_an_address_or_what_was_said():
    owner = person_account()
    enterprise = published(entry(email="shop@bramble.example", phone="01632 960001"), owner=owner)
    enquiry, raw = asked(enterprise)
    enquiries.say(enquiry, "Yes, at ten.", by_enterprise=True, at=AT)
    enquiries.say(enquiry, "Thank you!", by_enterprise=False, at=AT)
    assert [each.to for each in mail.outbox] == [[ASKER], [owner.email], [ASKER], [owner.email]]
    for each in mail.outbox:
        said = f"{each.subject}\n{each.body}\n{each.extra_headers}\n{each.reply_to}{each.cc}{each.bcc}"
        for private in (ASKER, owner.email, "shop@", "01632", "CB1", "Mondays", "at ten", "Thank you!", "Ada"):
            assert private not in said
    assert all(raw in each.body for each in mail.outbox if each.to == [ASKER])
    assert not any(raw in each.body for each in mail.outbox if each.to == [owner.email])


def test_a_name_with_marks_in_it_stands_in_an_e_mail_as_it_was_written():
    asked(published(entry(name="O'Invented & <Daughters>")))
    assert "O'Invented & <Daughters>" in mail.outbox[0].body


def test_an_enquiry_is_opened_by_its_link_and_by_nothing_else():
    enquiry, raw = asked(published())
    assert enquiries.by_link(raw) == enquiry
    for wrong in ("", raw[:-1], enquiry.link, enquiry.reference, "\ud800", "x" * 10_000):
        assert enquiries.by_link(wrong) is None
    assert raw not in str(list(Enquiry.objects.values()))


def test_an_enterprise_sees_what_it_was_asked_newest_first():
    enterprise = published()
    first, _ = asked(enterprise)
    second, _ = asked(enterprise, at=AT + timedelta(minutes=1))
    asked(published())
    assert enquiries_of(enterprise) == [second, first]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"name": " "}, "name"), ({"email": "ada"}, "email"), ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
     ({"says": " \x00"}, "says"), ({"says": "x" * 2_001}, "says")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_field(said: dict[str, str], field: str):
    with pytest.raises(Refusal) as refused:
        asked(published(), **said)
    assert [each.field for each in refused.value.problems] == [field]
    assert not Enquiry.objects.exists() and mail.outbox == []


def test_one_computer_asks_five_times_an_hour_and_one_address_too():
    enterprise = published()
    for number in range(5):
        asked(enterprise, email=f"a{number}@home.example")
    with pytest.raises(Refusal, match="from this computer"):
        asked(enterprise)
    asked(enterprise, at=AT + timedelta(hours=1))
    for number in range(5):
        asked(enterprise, email="bea@home.example", asked_from=f"another {number}")
    with pytest.raises(Refusal, match="from you"):
        asked(enterprise, email="Bea@Home.example", asked_from="yet another")


def test_nobody_is_asked_who_is_not_shown():
    suspended = published()
    editing.suspend(suspended, reason="A concern.", by=editor(), at=AT)
    for enterprise in (waiting(), suspended):
        with pytest.raises(Refusal, match="cannot be asked"):
            asked(enterprise)


def test_a_question_that_cannot_be_sent_is_refused_and_not_kept(mail_server_is_down: pytest.MonkeyPatch):
    with pytest.raises(Refusal, match="could not be sent"):
        asked(published())
    assert not Enquiry.objects.exists() and not EnquiryMessage.objects.exists()
    told = Event.objects.filter(action__startswith="directory enquiry").values_list("action", flat=True)
    assert list(told) == ["directory enquiry made", "directory enquiry taken back"]


def test_the_same_message_twice_running_is_sent_once():
    enquiry, _ = asked(published())
    for _ in range(2):
        enquiries.say(enquiry, "Yes.", by_enterprise=True, at=AT)
    assert enquiry.messages.count() == 2 and len(mail.outbox) == 3


def test_one_side_writes_ten_messages_an_hour():
    enquiry, _ = asked(published())
    for number in range(9):
        enquiries.say(enquiry, f"Message {number}", by_enterprise=False, at=AT)
    with pytest.raises(Refusal, match="one more than 10"):
        enquiries.say(enquiry, "One more", by_enterprise=False, at=AT)
    enquiries.say(enquiry, "I am here", by_enterprise=True, at=AT)


def test_in_a_closed_enquiry_nothing_is_written():
    enquiry, _ = asked(published())
    enquiries.close(enquiry, at=AT, by_enterprise=True)
    enquiries.close(enquiry, at=AT + timedelta(hours=1))
    assert enquiry.closed_at == AT
    closed = Event.objects.filter(action="directory enquiry closed").values_list("actor", flat=True)
    assert list(closed) == [enquiry.enterprise.owner.actor]
    with pytest.raises(Refusal, match="closed"):
        enquiries.say(enquiry, "Still there?", by_enterprise=False, at=AT)


def test_the_audit_names_no_asker():
    asked(published())
    event = Event.objects.get(action="directory enquiry made")
    assert event.actor == "a visitor" and ASKER not in str(event.details) and "Ada" not in str(event.details)


TEAMS = {
    ConcernKind.SAFEGUARDING: "safeguarding@council.example",
    ConcernKind.COMPLAINT: "complaints@council.example",
    ConcernKind.WRONG: "directory@council.example",
}


def told(enterprise: Enterprise, kind: ConcernKind = ConcernKind.SAFEGUARDING, **said: Any) -> Concern:
    """A concern of somebody who gives no name."""
    return concerns.tell(enterprise, kind, **{"says": "She was shouted at.", "asked_from": "digest", "at": AT, **said})


@pytest.mark.parametrize("kind", ConcernKind)
def test_a_concern_goes_straight_to_the_team_that_is_for_it(kind: ConcernKind):
    concern = told(published(), kind)
    assert [each.to for each in mail.outbox] == [[TEAMS[kind]]]
    assert concern.sent_to == TEAMS[kind] and concern.sent_at == AT
    assert concern.reference in mail.outbox[0].subject and "shouted" in mail.outbox[0].body


def test_a_concern_is_taken_of_one_that_is_suspended_or_hidden_too():
    enterprise = published()
    editing.suspend(enterprise, reason="A concern.", by=editor(), at=AT)
    assert told(enterprise).enterprise.state == State.SUSPENDED


def test_a_concern_is_kept_while_the_mail_server_is_down_and_sent_once_it_is_back(
    mail_server_is_down: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    concern = told(published(), name="Ada", email=ASKER)
    assert concern.sent_at is None and open_concerns() == [concern]
    assert concern.reference in caplog.text and "shouted" not in caplog.text and ASKER not in caplog.text
    assert concerns.send_waiting(AT) == 0
    mail_server_is_down.undo()
    assert (concerns.send_waiting(AT), concerns.send_waiting(AT)) == (1, 0) and len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("said", "field"), [({"says": " "}, "says"), ({"says": "x" * 4_001}, "says"), ({"email": "ada"}, "email")]
)
def test_a_concern_that_cannot_be_is_refused_at_its_field(said: dict[str, str], field: str):
    with pytest.raises(Refusal) as refused:
        told(published(), **said)
    assert [each.field for each in refused.value.problems] == [field] and not Concern.objects.exists()


def test_one_computer_tells_ten_concerns_an_hour():
    enterprise = published()
    for _ in range(10):
        told(enterprise)
    with pytest.raises(Refusal, match="Ring the council"):
        told(enterprise)
    told(enterprise, at=AT + timedelta(hours=1))


def test_where_somebody_may_be_harmed_comes_first_and_what_is_closed_is_gone():
    enterprise, by = published(), editor()
    complaint = told(enterprise, ConcernKind.COMPLAINT)
    harm = told(enterprise, at=AT + timedelta(hours=2))
    assert open_concerns() == [harm, complaint]
    with pytest.raises(Refusal, match="outcome is missing"):
        concerns.close(harm, outcome=" ", by=by, at=AT)
    with pytest.raises(Refusal, match="for an editor"):
        concerns.close(harm, outcome="Nothing", by=staff(Role.MANAGER), at=AT)
    concerns.close(harm, outcome="The team has visited.", by=by, at=AT)
    assert open_concerns() == [complaint] and harm.closed_by == by
    with pytest.raises(Refusal, match="closed by somebody else"):
        concerns.close(harm, outcome="Again", by=by, at=AT)
