"""A letter is written once for its cause, sealed, and printed again the same."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from farthing.base.refusal import Refusal
from farthing.letters import Form, render
from farthing.service.audit.selectors import events_about
from farthing.service.correspondence import selectors, services
from farthing.service.correspondence.models import Letter, PrintedLetter
from tests.service.correspondence.invented import AT, LATER, fields_of, somebody, written

pytestmark = pytest.mark.django_db


def write(person, **changes):
    given = {"person": person, "cause": "decision D-1", "fields": fields_of(), "at": AT, "by": "sam@example.gov.uk"}
    return services.write(changes.pop("name", "decision"), **{**given, **changes})


def test_a_letter_is_written_once_for_its_cause():
    person = somebody()
    first = write(person)
    assert write(person, at=LATER, fields=fields_of(pays="£1.00 a week")) == first
    assert Letter.objects.get().fields["pays"] != "£1.00 a week"
    assert [event.action for event in events_about(person.reference)] == ["letter written"]


def test_another_letter_for_the_same_cause_is_another_letter():
    person = somebody()
    easy = write(person, name="decision_easy_read", fields=fields_of("decision_easy_read"), form="easy_read")
    full = write(person)
    assert selectors.letters_because("decision D-1") == [easy, full]


def test_fields_that_do_not_fit_are_refused_and_nothing_is_written():
    with pytest.raises(Refusal, match="pays is missing"):
        write(somebody(), fields={name: value for name, value in fields_of().items() if name != "pays"})
    assert not Letter.objects.exists()


def test_the_pdf_is_made_again_the_same_to_the_byte():
    letter = written()
    once = services.pdf(letter)
    assert services.pdf(Letter.objects.get(pk=letter.pk)) == once == render("decision", fields_of(), at=AT)


def test_the_pdf_comes_in_the_form_it_was_written_in():
    large = write(somebody(), form="large_print")
    assert services.pdf(large) == render("decision", fields_of(), form=Form.LARGE_PRINT, at=AT)


@pytest.mark.parametrize(
    ("form", "name", "then"),
    [
        ("easy_read", "decision", "decision_easy_read"),
        ("easy_read", "estimate", "estimate"),
        ("large_print", "decision", "decision"),
        ("standard", "decision", "decision"),
    ],
)
def test_easy_read_is_a_letter_of_its_own_where_there_is_one(form, name, then):
    assert services.letter_in_form(name, form) == then


@pytest.mark.parametrize("change", [lambda: Letter.objects.update(fields={}), lambda: Letter.objects.all().delete()])
def test_a_written_letter_cannot_be_changed_or_deleted(change):
    written()
    with pytest.raises(DatabaseError, match="correspondence_letter is sealed"), transaction.atomic():
        change()


def test_after_a_death_only_the_estate_is_written_to():
    died = somebody(died_on=date(2026, 11, 1))
    with pytest.raises(Refusal, match=r"to\.estate"):
        write(died)
    assert write(died, fields=fields_of(estate=True)).fields["to"]["estate"]


def test_nobody_who_lives_is_written_to_as_an_estate():
    with pytest.raises(Refusal, match=r"to\.estate"):
        write(somebody(), fields=fields_of(estate=True))


def test_letters_are_found_by_person_and_by_reference():
    person = somebody()
    older, newer = written(person), written(person, at=LATER)
    written()
    assert selectors.letters_of(person) == [newer, older]
    assert selectors.letter_for(older.reference) == older
    assert selectors.letter_for("L-0000-0000") is None


def test_a_letter_once_printed_is_shown_as_it_was_whatever_becomes_of_its_template(monkeypatch):
    letter = written()
    once = services.pdf(letter)
    monkeypatch.setattr(services.letters, "render", lambda *given, **more: b"%PDF of another template")
    assert services.pdf(letter) == once
    assert [printed.pdf for printed in services.render_many([letter])] == [once]


def test_a_printed_letter_cannot_be_changed():
    letter = written()
    services.pdf(letter)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        PrintedLetter.objects.filter(letter=letter).update(content=b"another")
