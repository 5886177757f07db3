"""Places as people type them, and as they may stand in an address."""

import re

import pytest

from farthing.service.directory.places import Place
from farthing.service.public.directory.rings import Mark, rings
from farthing.service.public.directory.where import in_an_address, is_a_home, place_typed, square_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("easting", "northing", "square"),
    [
        (651_409, 313_177, "TG5113"),
        (544_120, 263_480, "TL4463"),
        (530_000, 180_000, "TQ3080"),
        (385_100, 801_500, "NJ8501"),
    ],
)
def test_a_square_kilometre_is_named_as_the_ordnance_survey_names_it(easting, northing, square):
    assert square_of(easting, northing) == square


@pytest.mark.parametrize("typed", ["TL4463", "tl 44 63", "Histon TL4463", "anything at all TL4463"])
def test_a_square_kilometre_is_a_place_at_its_middle(typed):
    found = place_typed(typed)
    assert isinstance(found, Place)
    assert (found.easting, found.northing) == (544_500, 263_500)


def test_words_before_a_square_are_not_believed():
    assert place_typed("Call 0900 for help TL4463").name == place_typed("TL4463").name


def test_a_square_that_the_grid_has_not_is_read_as_words():
    assert not isinstance(place_typed("ZZ4463"), Place)


def test_a_postcode_stands_in_an_address_by_its_village_and_square_alone():
    place = Place("CB24 9LQ", 544_120, 263_480)
    assert is_a_home(place)
    assert in_an_address(place).endswith(" TL4463") and "CB24" not in in_an_address(place)


def test_a_town_and_the_first_half_of_a_postcode_are_no_home():
    assert not is_a_home(Place("CB24", 544_120, 263_480)) and not is_a_home(Place("Histon", 544_120, 263_480))


def test_names_on_the_map_are_words_and_never_marks():
    drawn = rings(
        title="<b>", description="&", easting=0, northing=0, marks=[Mark(1, '"><script>', "/directory/x/", 100, 100)]
    )
    assert "<script>" not in drawn and "<b>" not in drawn


def test_marks_as_many_as_a_page_holds_lie_apart_and_inside():
    marks = [Mark(number, "A", "/", 500, 500) for number in range(1, 21)]
    drawn = rings(title="", description="", easting=0, northing=0, marks=marks)
    places = [(int(x), int(y)) for x, y in re.findall(r'__bar" cx="(\d+)" cy="(\d+)"', drawn)]
    assert len(set(places)) == 20
    assert all(20 <= each <= 500 for place in places for each in place)
