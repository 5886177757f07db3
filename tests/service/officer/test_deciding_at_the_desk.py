"""A decision goes from draft to check to seal, is held up where it must be, and is read back as it was sealed."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from farthing.base.money import shown
from farthing.service.assessments.models import Decision, DraftState, State
from farthing.service.assessments.selectors.casework import decisions_of, draft_of
from farthing.service.assessments.services import decisions as services
from farthing.service.correspondence.selectors import letters_because, letters_of
from farthing.service.questions.answers import Item
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, press, send


@pytest.fixture
def ready(officer):
    """A request with everything verified, whose charge needs no second officer."""
    return cases.verified(cases.application(by=officer), by=officer)


def page(request, name, *parts):
    return reverse(f"officer:{name}", args=[request.person.reference, request.reference, *parts])


def typed_day(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


def test_a_small_charge_goes_from_draft_to_seal_and_letter_by_one_officer(desk, ready):
    answer = send(desk, page(ready, "draft"), effective_from="24 11 2026", explanation="Because of your pension.")
    assert answer.headers["Location"] == page(ready, "preview")
    assert press(desk, page(ready, "preview"), page(ready, "seal")).status_code == 302
    decision = Decision.objects.get(request=ready)
    assert (decision.effective_from, decision.sealed["explanation"]) == (date(2026, 11, 24), "Because of your pension.")
    (letter,) = letters_because(f"decision {decision.reference}")
    assert letter.deliveries.count() == 1
    sealed = desk.get(reverse("officer:decision", args=[ready.person.reference, decision.reference])).content.decode()
    assert shown(decision.weekly_charge) in sealed and "Sealed and whole" in sealed


def test_a_sealed_fact_of_a_list_names_the_thing_and_numbers_those_of_a_kind(desk, officer):
    answers = cases.at_home()
    for key, value in (("i2", "200.00"), ("i3", "300.00")):
        answers = answers.with_item("capital", key, Item("bank_account", {"value": value}, is_done=True))
    request = cases.verified(cases.application(answers=answers, by=officer), by=officer)
    decision = cases.decided(request, by=officer)
    text = desk.get(reverse("officer:decision", args=[request.person.reference, decision.reference])).content.decode()
    rows = re.findall(r'<span class="officer-quiet">([^<]+):</span> Value</th><td[^>]*>([^<]+?)\s*<', text)
    named = [(f"Bank or building society account ({number})", amount) for number, amount in
             ((1, "£15,100.00"), (2, "£200.00"), (3, "£300.00"))]  # fmt: skip
    assert rows == named
    assert '<span class="officer-quiet">State Pension:</span> Amount' in text


def test_sealing_twice_makes_one_decision_and_one_letter(desk, officer, ready):
    cases.drafted(ready, by=officer)
    typed = filled_in(desk, page(ready, "preview"), action=page(ready, "seal"))
    assert desk.post(page(ready, "seal"), typed).status_code == 302
    assert desk.post(page(ready, "seal"), typed).status_code == 302
    assert (Decision.objects.count(), len(letters_of(ready.person))) == (1, 1)


def test_the_preview_says_what_holds_a_decision_up_and_it_cannot_be_sealed(desk, officer):
    request = cases.application(by=officer)
    cases.drafted(request, by=officer)
    text = desk.get(page(request, "preview")).content.decode()
    assert "What holds it up" in text and "is not verified" in text and "Make this decision" not in text
    draft = draft_of(request)
    answer = desk.post(page(request, "seal"), {"version": draft.version, "seen": ""})
    assert answer.status_code in (200, 409) and not Decision.objects.exists()


@pytest.mark.parametrize("name", ["person", "preview"])
def test_what_is_true_of_several_answers_is_said_once_with_their_questions_below(desk, officer, name):
    request = cases.application(by=officer)
    cases.drafted(request, by=officer)
    address = (
        page(request, "preview") if name == "preview" else reverse("officer:person", args=[request.person.reference])
    )
    text = " ".join(desk.get(address).text.split())
    assert text.count("is not verified") == 1
    assert "Each of these was answered on 25 November 2026 and is not verified." in text
    below = text.partition("or accept it as told: <ul")[2].partition("</ul>")[0]
    assert "<li>“Where will the person be cared for?”</li>" in below


def test_a_large_charge_is_sealed_only_by_another_officer(desk, officer, checker):
    request = cases.verified(cases.application(answers=cases.in_a_care_home(), by=officer), by=officer)
    cases.drafted(request, by=officer)
    assert "Make this decision" not in desk.get(page(request, "preview")).content.decode()
    assert press(desk, page(request, "preview"), page(request, "send_for_check")).status_code == 302
    draft = draft_of(request)
    assert draft.state == DraftState.CHECKING
    seen = services.proposal_for(request.person, draft.effective_from, today=cases.TODAY)[0].fingerprint
    mine = desk.post(page(request, "seal"), {"version": draft.version, "seen": seen})
    assert "was drafted by you" in mine.content.decode() and not Decision.objects.exists()
    assert press(browser_of(checker), page(request, "preview"), page(request, "seal")).status_code == 302
    assert Decision.objects.get().checked_by == checker


def test_a_checker_sends_a_draft_back_with_the_reason(desk, officer, checker):
    request = cases.verified(cases.application(answers=cases.in_a_care_home(), by=officer), by=officer)
    draft = cases.drafted(request, by=officer)
    services.send_for_check(draft, by=officer, at=cases.AT, version=draft.version)
    browser, back = browser_of(checker), page(request, "send_back")
    empty = browser.post(back, filled_in(browser, page(request, "preview"), action=back))
    assert "Enter what is to be put right" in empty.content.decode()
    typed = filled_in(browser, page(request, "preview"), action=back, because="The pension is last year's.")
    assert browser.post(back, typed).status_code == 302
    request.refresh_from_db()
    assert request.state == State.ASSESSING
    assert "The pension is last year&#39;s." in desk.get(page(request, "preview")).content.decode()


def test_facts_verified_after_the_page_was_opened_are_not_sealed_unseen(desk, officer, colleague, ready):
    cases.drafted(ready, by=officer)
    typed = filled_in(desk, page(ready, "preview"), action=page(ready, "seal"))
    fact = reverse("officer:fact", args=[ready.person.reference, "weekly_cost"])
    assert send(browser_of(colleague), fact, weekly_cost="60.00").status_code == 302
    answer = desk.post(page(ready, "seal"), typed)
    assert answer.status_code == 409 and not Decision.objects.exists()
    assert f"{colleague} verified answers" in answer.content.decode()
    assert press(desk, page(ready, "preview"), page(ready, "seal")).status_code == 302
    assert Decision.objects.get().weekly_charge == 6000


def test_two_officers_changing_one_draft_overwrite_nothing(desk, officer, colleague, ready):
    cases.drafted(ready, by=officer)
    typed = filled_in(desk, page(ready, "draft"), effective_from="23 11 2026", explanation="Mine, kept on the page")
    assert send(browser_of(colleague), page(ready, "draft"), explanation="The first").status_code == 302
    answer = desk.post(page(ready, "draft"), typed)
    assert answer.status_code == 409 and "Mine, kept on the page" in answer.content.decode()
    assert draft_of(ready).explanation == "The first"


def test_two_officers_drafting_at_once_make_one_draft(desk, colleague, ready):
    typed = filled_in(desk, page(ready, "draft"), explanation="The second")
    assert send(browser_of(colleague), page(ready, "draft"), explanation="The first").status_code == 302
    assert desk.post(page(ready, "draft"), typed).status_code == 409
    assert draft_of(ready).explanation == "The first"


def test_going_back_beyond_eight_weeks_shows_what_it_does_and_waits_for_a_manager(desk, officer, manager, ready):
    back = cases.TODAY - timedelta(days=70)
    send(desk, page(ready, "draft"), effective_from=typed_day(back))
    text = desk.get(page(ready, "preview")).content.decode()
    proposal, _ = services.proposal_for(ready.person, back, today=cases.TODAY)
    assert "It goes back more than 8 weeks." in text and "70 days back" in text
    assert shown(proposal.backdating.after) in text and "The person would owe" in text
    assert "Make this decision" not in text
    draft = draft_of(ready)
    tried = desk.post(page(ready, "seal"), {"version": draft.version, "seen": proposal.fingerprint})
    assert "is more than 8 weeks back" in tried.content.decode() and not Decision.objects.exists()
    browser, approve = browser_of(manager), page(ready, "approve_backdating")
    none = browser.post(approve, filled_in(browser, page(ready, "preview"), action=approve))
    assert "Enter why it is right" in none.content.decode()
    typed = filled_in(browser, page(ready, "preview"), action=approve, reason="The person was in hospital.")
    assert browser.post(approve, typed).status_code == 302
    assert press(desk, page(ready, "preview"), page(ready, "seal")).status_code == 302
    assert Decision.objects.get().sealed["backdating"]["days"] == 70


def test_an_officer_cannot_approve_going_back(desk, officer, ready):
    cases.drafted(ready, by=officer, effective_from=cases.TODAY - timedelta(days=70))
    assert desk.post(page(ready, "approve_backdating"), {"reason": "I say so", "version": 1}).status_code == 403


def test_a_change_of_the_draft_takes_the_approval_away(desk, officer, manager, ready):
    made = cases.drafted(ready, by=officer, effective_from=cases.TODAY - timedelta(days=70))
    services.approve_backdating(made, reason="Hospital", by=manager, at=cases.AT, version=made.version)
    send(desk, page(ready, "draft"), effective_from=typed_day(cases.TODAY - timedelta(days=200)))
    assert draft_of(ready).backdating_approved_by is None


def test_a_decision_is_set_line_by_line_against_the_one_in_force(desk, officer, ready):
    before = cases.decided(ready, by=officer)
    answers = cases.at_home(weekly_cost="60.00")
    change = cases.verified(cases.application(ready.person, answers, by=officer, kind="change"), by=officer)
    cases.drafted(change, by=officer)
    text = desk.get(page(change, "preview")).content.decode()
    assert f"beside decision {before.reference}" in text
    assert f"{shown(before.weekly_charge - 6000)} less" in text
    assert press(desk, page(change, "preview"), page(change, "seal")).status_code == 302
    newest, oldest = decisions_of(ready.person)
    assert (newest.supersedes, oldest) == (before, before)
    for decision, words in ((newest, "It supersedes"), (oldest, "It is superseded by")):
        seen = desk.get(reverse("officer:decision", args=[ready.person.reference, decision.reference]))
        assert words in seen.content.decode()


def test_a_day_without_figures_is_refused_in_words_on_the_preview(desk, ready):
    send(desk, page(ready, "draft"), effective_from="1 1 1999")
    text = desk.get(page(ready, "preview")).content.decode()
    assert "What holds it up" in text and "Make this decision" not in text


@pytest.mark.parametrize("day", ["", "31 2 2026", "1 13 2026", "1 1 26"])
def test_a_day_that_cannot_be_is_explained_and_what_was_typed_is_kept(desk, ready, day):
    answer = send(desk, page(ready, "draft"), effective_from=day, explanation="Kept")
    assert "There is a problem" in answer.content.decode() and ">Kept</textarea>" in answer.content.decode()
    assert draft_of(ready) is None


def test_a_decision_whose_seal_was_broken_says_so(desk, officer, ready, monkeypatch):
    decision = cases.decided(ready, by=officer)
    monkeypatch.setattr("farthing.service.officer.views.decisions.digest", lambda sealed: "another")
    text = desk.get(reverse("officer:decision", args=[ready.person.reference, decision.reference])).content.decode()
    assert "What is stored is not what was sealed" in text and "Sealed and whole" not in text


def test_a_fault_while_the_letter_is_written_leaves_no_decision(desk, officer, ready, monkeypatch):
    cases.drafted(ready, by=officer)
    typed = filled_in(desk, page(ready, "preview"), action=page(ready, "seal"))

    def fails(*arguments, **named):
        raise OSError("the disk is full")

    monkeypatch.setattr(services, "write_decision_letter", fails)
    with pytest.raises(OSError, match="the disk is full"):
        desk.post(page(ready, "seal"), typed)
    ready.refresh_from_db()
    assert (Decision.objects.count(), len(letters_of(ready.person)), ready.state) == (0, 0, State.ASSESSING)


def test_script_in_a_name_and_in_an_explanation_is_only_text(desk, officer):
    bad = "<script>alert(1)</script>"
    person = cases.person(by=officer, given_name=bad)
    request = cases.verified(cases.application(person, by=officer), by=officer)
    send(desk, page(request, "draft"), explanation=bad)
    for address in (page(request, "preview"), reverse("officer:worklist") + "?tab=all"):
        text = desk.get(address).content.decode()
        assert bad not in text and "&lt;script&gt;" in text
