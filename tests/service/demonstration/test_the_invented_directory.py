"""The invented directory: every state is there, and nobody in it is anybody."""

import re
from random import Random

import pytest
from django.core import mail

from farthing.service.access.models import Role
from farthing.service.clock import day_of
from farthing.service.demonstration.directory import ENTERPRISES, OWNER, keep_directory
from farthing.service.directory.models import Concern, Enquiry, Enterprise, EntryVersion, Listing, Space, State
from farthing.service.directory.selectors.editing import queue, running_out
from farthing.service.directory.selectors.owned import of_owner
from farthing.service.directory.selectors.shown import everything
from tests.service.cases import AT, TODAY, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def kept(standing: None) -> None:
    """The directory of the invented council."""
    keep_directory(AT, enterprises=ENTERPRISES, editor=staff(Role.DIRECTORY_EDITOR), drawn=Random(1))


def test_forty_enterprises_are_in_every_state_they_can_be_in():
    assert Enterprise.objects.count() == ENTERPRISES
    states = set(Enterprise.objects.values_list("state", flat=True))
    assert states == set(State) - {State.GONE}
    shown = list(everything(today=TODAY))
    assert len(shown) == Listing.objects.count() >= 25
    assert {each.enterprise.space for each in shown} == set(Space)
    assert len({each.place for each in shown}) >= 12
    assert any(each.has_run_out for each in running_out(today=day_of(AT))) and len(queue()) == 7
    assert Enquiry.objects.count() == 2 and Concern.objects.count() == 1
    (bramble,) = of_owner(Enterprise.objects.get(owner__email=OWNER).owner)
    assert bramble.state == State.PUBLISHED and bramble.enquiries.count() == 1


def test_nothing_in_it_could_reach_anybody():
    for content in EntryVersion.objects.values_list("content", flat=True):
        assert re.search("Invented|Madeup", content["name"]) and "This enterprise is invented." in content["about"]
        assert content["email"].endswith(".example") and re.fullmatch(r"01632 961\d{3}", content["phone"])
        assert content["website"] == ""
    assert mail.outbox == []


def test_prices_of_an_hour_are_what_such_help_costs():
    by_the_hour = [
        offer
        for content in EntryVersion.objects.values_list("content", flat=True)
        for offer in content["offers"]
        if offer["per"] == "hour"
    ]
    assert by_the_hour and all(
        1_800 <= each["pence"] <= (each["pence_to"] or each["pence"]) <= 3_200 for each in by_the_hour
    )
