"""Many letters are printed in several processes: the same bytes, in their order. (How soon: tests/bench/desk_letters.py.)"""

import pytest

from farthing.letters import Form
from farthing.service.correspondence import services
from farthing.service.correspondence.rendering import Wanted, printed, printed_in_processes
from tests.service.correspondence.invented import AT, fields_of, written


def wanted(number: int) -> Wanted:
    """A letter unlike the others."""
    return Wanted("decision", fields_of(pays=f"£{number}.00 a week"), Form.STANDARD, AT)


def test_letters_come_in_their_order_and_the_same_as_one_by_one():
    each = [wanted(number) for number in range(20)]
    assert list(printed_in_processes(each, processes=2)) == [printed(one) for one in each]


def test_a_letter_that_cannot_be_printed_is_told_in_its_place():
    each = [wanted(1), Wanted("decision", fields_of(pays="\u0e01"), Form.STANDARD, AT), wanted(2)]
    made = list(printed_in_processes(each, processes=2))
    assert [one.cannot for one in made] == ["", "The letter cannot be printed because of: pays", ""]
    assert made[1].pdf == b""


def test_a_letter_whose_template_is_at_fault_is_told_in_its_place():
    nonsense = Wanted("decision", fields_of(), Form.STANDARD, None)
    assert printed(nonsense).cannot == "The letter cannot be printed: AttributeError"


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [services.FEW, services.FEW + 1])
def test_few_or_many_the_letters_are_the_same(how_many):
    letters = [written() for _ in range(how_many)]
    assert [made.pdf for made in services.render_many(letters)] == [services.pdf(letter) for letter in letters]
