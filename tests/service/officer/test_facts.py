"""Facts are verified side by side with what was told; nobody writes over what they have not seen."""

import pytest
from django.urls import reverse

from farthing.service.assessments.models import Side
from farthing.service.assessments.selectors.casework import newest_fact
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services.facts import Saying, verify
from farthing.service.people.services import Overtaken
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, send


@pytest.fixture
def request_in_hand(officer):
    return cases.application(by=officer)


def page(request, name, *parts):
    return reverse(f"officer:{name}", args=[request.person.reference, *parts])


def test_one_fact_is_verified_and_what_was_told_stays_beside_it(desk, officer, request_in_hand):
    address = page(request_in_hand, "fact", "weekly_cost")
    answer = send(desk, address, weekly_cost="£1,210.50", note="Seen in the care plan")
    assert answer.status_code == 302
    known = known_of(request_in_hand.person).own["weekly_cost"]
    assert (known.told.value, known.verified.value) == ("180.00", "1210.50")
    assert (known.verified.said_by, known.verified.note) == (officer, "Seen in the care plan")
    shown = desk.get(page(request_in_hand, "facts")).content.decode()
    assert "£180.00 a week" in shown and "£1,210.50 a week" in shown and "Differs" in shown


@pytest.mark.parametrize("typed", ["", "12.345", "minus ten", "-5"])
def test_an_amount_that_cannot_be_is_refused_and_kept_as_typed(desk, request_in_hand, typed):
    before = newest_fact(request_in_hand.person)
    answer = send(desk, page(request_in_hand, "fact", "weekly_cost"), weekly_cost=typed, note="Kept")
    assert answer.status_code == 200
    assert f'value="{typed}"' in answer.content.decode() or typed == ""
    assert "There is a problem" in answer.content.decode() and 'value="Kept"' in answer.content.decode()
    assert newest_fact(request_in_hand.person) == before


def test_a_day_that_cannot_be_is_explained(desk, request_in_hand):
    answer = send(desk, page(request_in_hand, "fact", "born"), born="31 2 1941")
    assert "must be a real date" in answer.content.decode()


def test_everything_told_can_be_accepted_at_once(desk, request_in_hand):
    assert send(desk, page(request_in_hand, "facts_accept")).status_code == 302
    assert known_of(request_in_hand.person).unverified() == []


def test_what_is_not_ticked_stays_unverified(desk, request_in_hand):
    assert send(desk, page(request_in_hand, "facts_accept"), accepted=["person//partner"]).status_code == 302
    assert known_of(request_in_hand.person).own["partner"].is_verified
    assert not known_of(request_in_hand.person).own["setting"].is_verified


def test_nothing_ticked_is_refused(desk, request_in_hand):
    assert "Tick at least one" in send(desk, page(request_in_hand, "facts_accept"), accepted=[]).content.decode()


def test_an_item_is_added_corrected_and_taken_away(desk, request_in_hand):
    person = request_in_hand.person
    new = page(request_in_hand, "item_new", "capital") + "?kind=premium_bonds"
    assert send(desk, new, value="500").status_code == 302
    added = next(item for item in known_of(person).lists["capital"] if item.kind == "premium_bonds")
    assert added.facts["value"].verified.value == "500.00"
    assert send(desk, page(request_in_hand, "item", "capital", added.key), value="650", owners="2").status_code == 302
    corrected = next(item for item in known_of(person).lists["capital"] if item.key == added.key)
    assert (corrected.facts["value"].verified.value, corrected.facts["owners"].verified.value) == ("650.00", "2")
    assert send(desk, page(request_in_hand, "item", "capital", added.key), owners="").status_code == 302
    case = known_of(person).case(council="cambridgeshire", on=cases.TODAY)
    assert {"kind": "premium_bonds", "value": "650.00"} in case["capital"]
    assert send(desk, page(request_in_hand, "item_take_away", "capital", added.key)).status_code == 302
    assert added.key not in {item.key for item in known_of(person).lists["capital"]}


def test_a_list_can_be_found_complete_and_empty(desk, request_in_hand):
    assert "services" not in known_of(request_in_hand.person).lists
    assert send(desk, page(request_in_hand, "list_complete", "services")).status_code == 302
    assert known_of(request_in_hand.person).lists["services"] == ()


def test_a_kind_has_to_be_chosen_before_an_item_is_described(desk, request_in_hand):
    answer = desk.get(page(request_in_hand, "item_new", "capital") + "?kind=treasure")
    assert answer.status_code == 200 and "Add to:" in answer.content.decode()


def test_the_second_of_two_officers_is_told_and_loses_nothing(desk, colleague, request_in_hand):
    address, other = page(request_in_hand, "fact", "weekly_cost"), browser_of(colleague)
    typed = filled_in(desk, address, weekly_cost="199.00", note="My own note")
    assert send(other, page(request_in_hand, "fact", "partner"), partner="lives_together").status_code == 302
    newest = newest_fact(request_in_hand.person)
    answer = desk.post(address, typed)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this case" in shown and f"{colleague} verified answers" in shown
    assert 'value="199.00"' in shown and 'value="My own note"' in shown
    assert newest_fact(request_in_hand.person) == newest
    again = {**typed, "seen": str(newest)}
    assert desk.post(address, again).status_code == 302
    assert known_of(request_in_hand.person).own["weekly_cost"].verified.value == "199.00"


def test_a_form_sent_twice_verifies_once(desk, request_in_hand):
    address = page(request_in_hand, "fact", "weekly_cost")
    typed = filled_in(desk, address, weekly_cost="190.00")
    assert desk.post(address, typed).status_code == desk.post(address, typed).status_code == 302
    rows = request_in_hand.person.facts.filter(fact="weekly_cost", side=Side.VERIFIED)
    assert rows.count() == 1


def test_a_form_that_does_not_say_what_it_saw_is_not_carried_out(desk, request_in_hand):
    address = page(request_in_hand, "fact", "weekly_cost")
    typed = filled_in(desk, address, weekly_cost="190.00")
    for seen in ("", "nonsense", "-1", "9" * 40):
        assert desk.post(address, {**typed, "seen": seen}).status_code == 409


def test_the_service_itself_refuses_what_was_not_seen(officer, request_in_hand):
    person = request_in_hand.person
    saying = Saying(by=officer, as_whom="The council", at=cases.AT, side=Side.VERIFIED, seen=newest_fact(person) - 1)
    with pytest.raises(Overtaken):
        verify(person, {("person", "", "partner"): "lives_together"}, saying)


def test_what_is_told_anew_after_it_was_verified_is_shown_as_such(desk, officer, request_in_hand):
    cases.verified(request_in_hand, by=officer)
    cases.application(request_in_hand.person, cases.at_home(weekly_cost="250.00"), by=officer, kind="change")
    assert "Told anew since" in desk.get(page(request_in_hand, "facts")).content.decode()


def test_script_in_what_was_noted_is_only_text(desk, request_in_hand):
    bad = "<script>alert(1)</script>"
    send(desk, page(request_in_hand, "fact", "weekly_cost"), weekly_cost="190.00", note=bad)
    shown = desk.get(page(request_in_hand, "facts")).content.decode()
    assert bad not in shown and "&lt;script&gt;alert(1)" in shown
