"""A person's details, their death and who acts for them are changed by those who may, over nobody's head."""

from datetime import date

import pytest
from django.urls import reverse

from farthing.service.people.models import Person
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, press, send

pytestmark = pytest.mark.on_both


@pytest.fixture
def person(officer):
    return cases.person(by=officer)


def page(person, name, *parts):
    return reverse(f"officer:{name}", args=[person.reference, *parts])


def reload(person):
    person.refresh_from_db()
    return person


def test_details_are_changed_and_the_name_is_found_anew(desk, person):
    assert send(desk, page(person, "person_details"), family_name="Ångström", postcode="zz991bb").status_code == 302
    assert (reload(person).family_name, person.postcode, person.name_key) == ("Ångström", "ZZ99 1BB", "ada angstrom")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("given_name", "", "Enter their given names"),
        ("born", "1 1 2030", "must be in the past"),
        ("nhs_number", "1234567890", "NHS number"),
        ("postcode", "nowhere", "postcode"),
        ("email", "not an address", "email"),
        ("telephone", "ring me", "telephone"),
        ("letters_by", "email", "Enter an email address, or send letters by post"),
    ],
)
def test_a_detail_that_cannot_be_is_explained_and_nothing_is_changed(desk, person, field, typed, words):
    answer = send(desk, page(person, "person_details"), **{field: typed})
    assert answer.status_code == 200 and words in answer.content.decode()
    assert reload(person).version == 1


def test_an_nhs_number_of_somebody_else_is_refused_at_its_field(desk, officer, person):
    cases.person(by=officer, nhs_number="9434765870")
    answer = send(desk, page(person, "person_details"), nhs_number="943 476 5870")
    assert "belongs to another person" in answer.content.decode() and reload(person).nhs_number == ""


def test_two_officers_changing_details_overwrite_nothing(desk, colleague, person):
    typed = filled_in(desk, page(person, "person_details"), telephone="01632 960 001")
    assert send(browser_of(colleague), page(person, "person_details"), telephone="01632 960 002").status_code == 302
    answer = desk.post(page(person, "person_details"), typed)
    assert answer.status_code == 409
    assert f"{colleague} changed the person&#39;s details" in answer.content.decode()
    assert 'value="01632 960 001"' in answer.content.decode()
    assert reload(person).telephone.endswith("002")


def test_a_death_is_recorded_after_it_is_checked(desk, person):
    assert "Tick the box" in send(desk, page(person, "person_death"), died_on="1 11 2026").content.decode()
    assert send(desk, page(person, "person_death"), died_on="1 11 2026", is_sure="on").status_code == 302
    assert reload(person).died_on == date(2026, 11, 1)
    assert "Died 1 November 2026" in desk.get(page(person, "person")).content.decode()


@pytest.mark.parametrize("day", ["26 11 2026", "1 1 1930"])
def test_a_death_before_birth_or_to_come_is_refused(desk, person, day):
    send(desk, page(person, "person_death"), died_on=day, is_sure="on")
    assert reload(person).died_on is None


def test_proof_of_an_authority_is_marked_as_seen_once(desk, officer, person):
    acting = cases.acting_for(person, cases.person_account())
    assert "Proof not seen" in desk.get(page(person, "person")).content.decode()
    for _ in range(2):
        assert desk.post(page(person, "proof_seen", acting.pk)).status_code == 302
    assert reload(acting).proof_seen_by == officer
    assert "Proof seen" in desk.get(page(person, "person")).content.decode()


def test_an_authority_of_another_person_is_not_found(desk, officer, person):
    other = cases.acting_for(cases.person(by=officer), cases.person_account())
    assert desk.post(page(person, "proof_seen", other.pk)).status_code == 404


def test_a_person_is_added_and_their_request_entered_once(desk, officer):
    answer = send(desk, reverse("officer:person_new"), given_name="Ivy", family_name="Imagined", born="2 3 1941")
    added = Person.objects.get(family_name="Imagined")
    assert answer.headers["Location"] == page(added, "person")
    typed = filled_in(desk, page(added, "request_new"), kind="application", how="telephone", says="She rang.")
    assert desk.post(page(added, "request_new"), typed).status_code == 302
    assert "is open for this person already" in desk.post(page(added, "request_new"), typed).content.decode()
    asked = added.requests.get()
    assert (asked.assigned_to, asked.says, asked.state) == (officer, "She rang.", "assessing")


def test_a_request_is_withdrawn_and_only_once(desk, officer):
    request = cases.application(by=officer)
    address = reverse("officer:request_withdraw", args=[request.person.reference, request.reference])
    assert press(desk, page(request.person, "person"), address).status_code == 302
    assert reload(request).state == "withdrawn"
    again = desk.post(address, {"version": request.version}, follow=True)
    assert "cannot go from" in again.content.decode()
