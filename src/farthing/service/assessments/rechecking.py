"""Sealed decisions read again by today's law and program, each on its own day: what would come out otherwise."""

from collections.abc import Iterator

from farthing.base.refusal import Refusal
from farthing.case.answer import as_data
from farthing.case.assessment import assess
from farthing.case.reading import read_case
from farthing.case.recheck import NOT_COMPARED, Difference
from farthing.case.tree import tree_of
from farthing.service.assessments.models import Decision
from farthing.service.assessments.sealed import digest


def recheck_decisions() -> Iterator[list[Difference]]:
    """For each sealed decision, the oldest first, every field that would come out otherwise. Nothing is changed."""
    for decision in Decision.objects.order_by("id").iterator(chunk_size=200):
        yield list(_differences(decision))


def _differences(decision: Decision) -> Iterator[Difference]:
    if digest(decision.sealed) != decision.digest:
        yield Difference(decision.reference, "digest", decision.digest, digest(decision.sealed))
    before = decision.sealed["answer"]
    try:
        after = as_data(assess(read_case(tree_of(decision.sealed["case"], name=decision.reference))))
    except Refusal as refusal:
        after = {"refused": [str(each) for each in refusal.problems]}
    for field in dict.fromkeys((*before, *after)):
        if field not in NOT_COMPARED and before.get(field) != after.get(field):
            yield Difference(decision.reference, field, before.get(field), after.get(field))
