"""What enterprises call themselves, whether or not that was published."""

from collections.abc import Iterable

from farthing.service.directory.models import Enterprise, EntryVersion

NOT_NAMED = "Not named yet"


def names_of(enterprises: Iterable[Enterprise]) -> dict[int, str]:
    """The name in the newest entry of each enterprise, by its primary key."""
    keys = [each.pk for each in enterprises]
    written = EntryVersion.objects.filter(enterprise__in=keys).order_by("number")
    return {**dict.fromkeys(keys, NOT_NAMED), **dict(written.values_list("enterprise_id", "content__name"))}
