"""Notes, tasks, visits, messages, letters and evidence: kept once, shown to those who may see them, and asked for."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from farthing.service.assessments.models import Message, Note, State, Task, Visit
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services.casework import set_task
from farthing.service.audit.selectors import events_about
from farthing.service.correspondence.models import Delivery, DeliveryState
from farthing.service.correspondence.selectors import letters_of
from farthing.service.jobs import services as jobs
from farthing.service.uploads.scanner import VirusCheck
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, press, send


@pytest.fixture
def request_in_hand(officer):
    return cases.application(by=officer)


def page(request, name, *parts):
    return reverse(f"officer:{name}", args=[request.person.reference, *parts])


def test_a_note_sent_twice_is_kept_once_and_an_empty_one_not(desk, request_in_hand):
    for _ in range(2):
        assert send(desk, page(request_in_hand, "notes"), text="Rang <b>the</b> daughter").status_code == 302
    assert "Enter the note" in send(desk, page(request_in_hand, "notes"), text="  ").content.decode()
    assert Note.objects.count() == 1
    assert "Rang &lt;b&gt;the&lt;/b&gt; daughter" in desk.get(page(request_in_hand, "notes")).content.decode()


def test_a_task_is_set_for_a_colleague_and_done(desk, colleague, request_in_hand):
    typed = {"says": "Ring the bank", "due_on": "27 11 2026", "for_whom": str(colleague.pk)}
    assert send(desk, page(request_in_hand, "task_new"), **typed).status_code == 302
    task = Task.objects.get()
    theirs = browser_of(colleague)
    assert "Ring the bank" in theirs.get("/council/").content.decode()
    done = page(request_in_hand, "task_done", task.pk)
    assert press(theirs, page(request_in_hand, "notes"), done).status_code == 302
    task.refresh_from_db()
    assert task.done_by == colleague
    desk.post(done)
    task.refresh_from_db()
    assert task.done_by == colleague, "whoever was first"


def test_a_task_that_is_late_is_marked_wherever_it_is_shown(desk, officer, request_in_hand):
    for says, days in (("Ring the bank", -3), ("Ring the daughter", 2)):
        due_on = cases.TODAY + timedelta(days=days)
        set_task(request_in_hand.person, says, due_on=due_on, for_whom=officer, by=officer, at=cases.AT)
    for address in ("/council/", page(request_in_hand, "person"), page(request_in_hand, "notes")):
        shown = re.sub(r"(<[^>]+>|\s)+", " ", desk.get(address).content.decode())
        assert re.search(r"Ring the bank [^,]+, by 22 November 2026 3 days late", shown), address
        assert re.search(r"Ring the daughter [^,]+, by 27 November 2026 in 2 days", shown), address


def test_a_task_cannot_be_due_in_the_past(desk, request_in_hand):
    answer = send(desk, page(request_in_hand, "task_new"), says="Ring", due_on="1 1 2026")
    assert "must be today or in the future" in answer.content.decode() and not Task.objects.exists()


def test_a_visit_is_recorded_but_not_one_to_come(desk, request_in_hand):
    typed = {"how": "visit", "present": "Ada and her daughter", "record": "The house is warm."}
    early = send(desk, page(request_in_hand, "visit_new"), on="1 12 2026", **typed)
    assert "must be today or in the past" in early.content.decode() and not Visit.objects.exists()
    assert send(desk, page(request_in_hand, "visit_new"), on="24 11 2026", **typed).status_code == 302
    assert "The house is warm." in desk.get(page(request_in_hand, "notes")).content.decode()


def test_a_message_sent_twice_is_sent_once(desk, request_in_hand):
    typed = filled_in(desk, page(request_in_hand, "messages"), text="Please ring us.")
    for _ in range(2):
        assert desk.post(page(request_in_hand, "messages"), typed).status_code == 302
    assert Message.objects.get().text == "Please ring us."


def test_what_the_person_wrote_counts_as_read_once_an_officer_opens_it(desk, request_in_hand, auditor):
    wrote = Message.objects.create(
        request=request_in_hand,
        from_council=False,
        written_by=cases.person_account(),
        text="Hello",
        written_at=cases.AT,
    )
    browser_of(auditor).get(page(request_in_hand, "messages"))
    wrote.refresh_from_db()
    assert wrote.read_at is None
    desk.get(page(request_in_hand, "messages"))
    wrote.refresh_from_db()
    assert wrote.read_at is not None


def test_somebody_with_no_request_cannot_be_sent_a_message(desk, officer):
    person = cases.person(by=officer)
    address = reverse("officer:messages", args=[person.reference])
    assert "has no request to be about" in desk.post(address, {"text": "Hello"}).content.decode()


def test_asking_for_evidence_writes_a_letter_leaves_a_message_and_lets_the_case_wait(desk, request_in_hand):
    address = page(request_in_hand, "ask_for_evidence", request_in_hand.reference)
    typed = filled_in(
        desk, address, wanted=["0"], other="The lease", other_why="It says who owns it.", message="Thanks."
    )
    assert desk.post(address, typed).status_code == 302
    request_in_hand.refresh_from_db()
    assert request_in_hand.state == State.EVIDENCE_WANTED
    (letter,) = letters_of(request_in_hand.person)
    assert (letter.name, letter.fields["wanted"][1]["what"]) == ("evidence_wanted", "The lease")
    assert letter.deliveries.count() == 1
    assert "The lease" in Message.objects.get().text and "Thanks." in Message.objects.get().text
    assert desk.post(address, typed).status_code == 409, "the same form again asks nothing again"
    assert len(letters_of(request_in_hand.person)) == 1
    come = page(request_in_hand, "evidence_has_come", request_in_hand.reference)
    assert press(desk, page(request_in_hand, "person"), come).status_code == 302
    request_in_hand.refresh_from_db()
    assert request_in_hand.state == State.ASSESSING


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"wanted": []}, "Say at least one thing"),
        ({"wanted": ["0"], "by_day": "25 11 2026"}, "must be in the future"),
        ({"wanted": ["0"], "other": "The lease"}, "Say why we need it"),
        ({"wanted": ["99"]}, "Select from the answers shown"),
    ],
)
def test_evidence_asked_for_badly_is_explained_and_nothing_is_sent(desk, request_in_hand, typed, words):
    address = page(request_in_hand, "ask_for_evidence", request_in_hand.reference)
    assert words in send(desk, address, **typed).content.decode()
    request_in_hand.refresh_from_db()
    assert request_in_hand.state == State.RECEIVED and not letters_of(request_in_hand.person)


def test_a_letter_is_shown_as_pdf_and_another_persons_is_not(desk, officer):
    decision = cases.decided(cases.verified(cases.application(by=officer), by=officer), by=officer)
    letter = letters_of(decision.person)[0]
    answer = desk.get(reverse("officer:letter", args=[decision.person.reference, letter.reference]))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{letter.reference}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert events_about(decision.person.reference)[0].action == "letter seen"
    other = cases.person(by=officer)
    assert desk.get(reverse("officer:letter", args=[other.reference, letter.reference])).status_code == 404


def test_a_letter_that_failed_is_listed_and_sent_again(desk, officer):
    decision = cases.decided(cases.verified(cases.application(by=officer), by=officer), by=officer)
    delivery = Delivery.objects.get()
    again = page(decision.request, "letter_send_again", delivery.letter.reference)
    assert "has not failed" in desk.post(again, follow=True).content.decode()
    Delivery.objects.update(state=DeliveryState.FAILED, said="The folder is full")
    assert "The folder is full" in desk.get("/council/letters/").content.decode()
    assert press(desk, page(decision.request, "letters"), again).status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WAITING


def test_evidence_is_handed_out_as_a_file_to_keep_and_the_first_look_is_recorded(desk, officer, request_in_hand):
    sent = cases.evidence(request_in_hand.person, by=cases.person_account())
    assert "Not opened" in desk.get(page(request_in_hand, "evidence")).content.decode()
    answer = desk.get(page(request_in_hand, "evidence_file", sent.reference))
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{sent.reference}.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    sent.refresh_from_db()
    assert sent.seen_by == officer
    assert events_about(request_in_hand.person.reference)[0].action == "evidence seen"


@pytest.mark.parametrize("said", [VirusCheck.HELD_BACK, VirusCheck.INFECTED])
def test_evidence_that_may_hold_a_virus_is_handed_to_nobody(desk, request_in_hand, said):
    sent = cases.evidence(request_in_hand.person, by=cases.person_account())
    type(sent).objects.update(virus_check=said)
    answer = desk.get(page(request_in_hand, "evidence_file", sent.reference), follow=True)
    assert "cannot be opened" in answer.content.decode()


def test_evidence_is_named_as_the_proof_of_facts(desk, request_in_hand):
    sent = cases.evidence(request_in_hand.person, by=cases.person_account())
    address = page(request_in_hand, "evidence_proves", sent.reference)
    assert send(desk, address, accepted=["capital/i1/value"]).status_code == 302
    known = known_of(request_in_hand.person).lists["capital"][0].facts["value"]
    assert known.verified.evidence == sent
    assert sent.reference in desk.get(page(request_in_hand, "facts")).content.decode()


def test_the_timeline_tells_what_was_done_and_on_request_who_looked(desk, officer, request_in_hand):
    desk.get(page(request_in_hand, "person"))
    plain = desk.get(page(request_in_hand, "timeline")).content.decode()
    assert f"{officer} handed in an application" in plain and "looked at the case" not in plain
    looks = desk.get(page(request_in_hand, "timeline") + "?looks=yes").content.decode()
    assert f"{officer} looked at the case" in looks


def test_an_auditor_who_opens_evidence_is_recorded_and_it_stays_not_seen_by_an_officer(auditor, request_in_hand):
    sent = cases.evidence(request_in_hand.person, by=cases.person_account())
    assert browser_of(auditor).get(page(request_in_hand, "evidence_file", sent.reference)).status_code == 200
    sent.refresh_from_db()
    assert sent.seen_by is None
    latest = events_about(request_in_hand.person.reference)[0]
    assert (latest.action, latest.actor) == ("evidence seen", auditor.actor)


def test_a_job_asks_again_by_itself_until_it_is_over(desk, officer):
    job = jobs.begin("Print the letters that wait", by=officer.actor, at=cases.AT, total=4)
    jobs.advance(job, 1, at=cases.AT, said="One is printed")
    address = reverse("officer:job", args=[job.reference])
    running = desk.get(address).content.decode()
    assert 'http-equiv="refresh"' in running and "1 of 4 done" in running and "One is printed" in running
    jobs.finish(job, at=cases.AT, said="All are printed")
    over = desk.get(address).content.decode()
    assert "refresh" not in over and "All are printed" in over
