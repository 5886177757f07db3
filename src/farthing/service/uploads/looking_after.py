"""Looking after the files of a store: those that no row names are deleted, those held back are asked about again."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import models, transaction

from farthing.service.uploads.scanner import VirusCheck, virus_check
from farthing.service.uploads.storage import Store

Row = TypeVar("Row", bound=models.Model)

AN_ORPHAN_AFTER = timedelta(days=1)
"""A file without a row is left alone for so long, because its row may still be on its way."""


def sweep_orphans(store: Store, is_named: Callable[[str], bool], *, at: datetime) -> int:
    """Delete the files that no row names, a day after they were written. Gives how many."""
    swept = [name for name in store.kept_before(at - AN_ORPHAN_AFTER) if not is_named(name)]
    for name in swept:
        store.drop(name)
    return len(swept)


def check_held_back(
    store: Store, held_back: Iterable[tuple[Row, str]], *, record_virus: Callable[[Row], object]
) -> int:
    """Ask the virus scanner again about files, each by its row and its name in the store. Gives how many it answered.

    One with a virus is deleted; ``record_virus`` then writes that down, in the transaction that changes the row.
    """
    return sum(_is_answered(store, row, stored_as, record_virus) for row, stored_as in held_back)


def _is_answered(store: Store, row: Row, stored_as: str, record_virus: Callable[[Row], object]) -> bool:
    said = virus_check(store.place_of(stored_as))
    if said == VirusCheck.HELD_BACK:
        return False
    with transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(virus_check=said)
        if said == VirusCheck.INFECTED:
            record_virus(row)
            transaction.on_commit(partial(store.drop, stored_as))
    return True
