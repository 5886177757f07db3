"""Where a postcode, half of one, a town or a village is; and a sensible answer where it is none of them."""

import pytest

from farthing.service.directory.models import Postcode
from farthing.service.directory.place_data import authorities, shipped, towns
from farthing.service.directory.place_data.build import national_grid
from farthing.service.directory.places import NotPlaced, Place, area_of, areas, metres_between, miles, name_of, place_of

pytestmark = pytest.mark.django_db


def placed(text: str) -> Place:
    found = place_of(text)
    assert isinstance(found, Place), found
    return found


def not_placed(text: str) -> NotPlaced:
    found = place_of(text)
    assert isinstance(found, NotPlaced), found
    return found


@pytest.mark.parametrize("text", ["CB2 3QJ", "cb23qj", "  Cb2  3qJ ", "CB2-3QJ"])
def test_a_postcode_is_placed_however_it_is_typed(text):
    found = placed(text)
    assert found.name == "CB2 3QJ"
    assert area_of(found.easting, found.northing) == "Cambridge"


@pytest.mark.parametrize("text", ["CB7", "cb7", "PE30"])
def test_an_outward_code_is_placed_in_the_middle_of_its_postcodes_or_outside(text):
    found = place_of(text)
    assert isinstance(found, Place) == (text != "PE30")
    if isinstance(found, Place):
        assert area_of(found.easting, found.northing) == "East Cambridgeshire"


def test_an_outward_code_is_not_mixed_with_a_longer_one_that_begins_alike():
    first, second = placed("CB2"), placed("CB24")
    assert metres_between(first.easting, first.northing, second.easting, second.northing) > 5_000


@pytest.mark.parametrize(
    ("text", "name"), [("Ely", "Ely"), ("ely ", "Ely"), ("ST. IVES", "St Ives"), ("St Neots", "St Neots")]
)
def test_a_town_is_placed_by_its_name(text, name):
    assert placed(text).name == name


def test_a_misspelt_town_is_answered_with_those_it_may_be():
    assert not_placed("Huntington").perhaps == ("Huntingdon",)
    assert "Whittlesey" in not_placed("Whittlesy").perhaps


def test_a_postcode_that_ended_says_so_and_where_it_was():
    found = not_placed("CB1 0AD")
    assert "no longer used" in found.problem
    assert found.was is not None and area_of(found.was.easting, found.was.northing) == "Cambridge"
    assert found.perhaps == (name_of(found.was.easting, found.was.northing),)


def test_a_postcode_that_never_was_is_answered_with_the_first_half():
    found = not_placed("CB1 9ZZ")
    assert "do not know" in found.problem and found.perhaps == ("CB1",) and found.was is None


@pytest.mark.parametrize("text", ["SW1A 1AA", "ZZ99 1AA", "M1"])
def test_a_postcode_of_elsewhere_is_said_to_be_outside(text):
    assert "outside" in not_placed(text).problem


@pytest.mark.parametrize("text", ["", "  ", "\0", "'", "x" * 10_000, "😀", "\ud800", "%", "CB1 2AB; DROP TABLE", "-1"])
def test_no_text_is_an_error(text):
    found = not_placed(text)
    assert found.problem and found.what_to_do and len(found.problem) < 150


def test_what_the_council_brought_in_goes_before_what_came_with_the_program():
    assert shipped("SW1A1AA") is None
    Postcode.objects.create(code="SW1A1AA", authority="E09000033", easting=529_090, northing=179_645)
    Postcode.objects.create(code="CB23QJ", authority="E07000008", easting=1, northing=2)
    assert placed("SW1A 1AA").easting == 529_090
    assert placed("SW1A").northing == 179_645
    assert placed("CB2 3QJ").easting == 1


def test_two_villages_of_one_name_are_told_apart_by_the_next_place():
    double = [town for town in towns() if town.near]
    assert double
    found = not_placed(double[0].name)
    assert double[0].full_name in found.perhaps
    assert [placed(each).name for each in found.perhaps] == list(found.perhaps)


def test_each_town_is_placed_by_its_full_name_and_is_the_nearest_to_itself():
    for town in towns():
        assert placed(town.full_name) == Place(town.full_name, town.easting, town.northing)
        assert name_of(town.easting, town.northing) == town.full_name


def test_every_district_has_a_town_and_elsewhere_is_outside():
    assert {area_of(town.easting, town.northing) for town in towns() if town.authority} == set(areas())
    assert set(areas()) == set(authorities().values())
    baldock = placed("Baldock")
    assert area_of(baldock.easting, baldock.northing) == "Outside the area"


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "less than a mile"),
        (1_608, "less than a mile"),
        (1_609, "1 mile"),
        (2_413, "1 mile"),
        (2_414, "2 miles"),
        (16_090, "10 miles"),
        (2_000_000, "1,243 miles"),
    ],
)
def test_a_distance_is_said_in_whole_miles(metres, words):
    assert miles(metres) == words


def test_a_point_by_satellite_is_within_ten_metres_of_the_national_grid():
    # The water tower at Caister, of the worked example of Ordnance Survey's guide: TG 51409 13177.
    easting, northing = national_grid(52.65798, 1.71605)
    assert metres_between(easting, northing, 651_410, 313_177) < 10
