"""The invented directory is made the same each time, for a council that has one."""

from random import Random
from typing import Any

import pytest

from farthing.service.access.models import Role
from farthing.service.demonstration.directory import keep_directory
from farthing.service.directory.models import Enterprise, EntryVersion
from tests.service.cases import AT, staff, undone

pytestmark = pytest.mark.django_db


def kept() -> None:
    """A directory of eight enterprises."""
    keep_directory(AT, enterprises=8, editor=staff(Role.DIRECTORY_EDITOR), drawn=Random(1))


def test_it_is_the_same_each_time():
    seen = []
    for _ in range(2):
        with undone():
            kept()
            seen.append(list(EntryVersion.objects.order_by("pk").values_list("content", flat=True)))
    assert seen[0] == seen[1]


def test_a_council_without_a_directory_gets_none(settings: Any):
    settings.FARTHING_COUNCIL = "england"
    kept()
    assert not Enterprise.objects.exists()
