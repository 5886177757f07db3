"""Whatever part of a case is told, and in whichever council, there is an answer to print and nothing breaks."""

import json
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from farthing.base.days import day
from farthing.case.answer import as_data
from farthing.case.assessment import Assessment, assess
from farthing.case.changes import changes
from farthing.case.doctor import examine
from farthing.case.reading import Case, read_case
from farthing.case.tree import tree_of
from farthing.cli.show import print_assessment, print_steps
from farthing.councils import council
from farthing.law import law
from tests.readings.people import partly_told, policy_of

ON = "2026-05-04"
PARTS = st.sets(st.sampled_from([*law().facts, *law().lists]))


@st.composite
def cases(draw: st.DrawFn, key: str) -> Case:
    """A case of which any part is told, and of each list either all of its items or nothing."""
    told, whole = draw(partly_told(policy_of(council(key), ON)))
    kept = draw(PARTS)
    lists = {name: value for name, value in whole.items() if "." in name and name.partition(".")[0] in kept}
    facts = {name: value for name, value in told.items() if "." not in name and name in kept}
    return Case(key, day(ON), {**facts, **lists}, (), ())


def printed(assessment: Assessment) -> str:
    out = Console(file=StringIO(), record=True, width=80)
    print_assessment(out, assessment)
    print_steps(out, assessment)
    return out.export_text()


@pytest.mark.parametrize("key", ["england", "cambridgeshire"])
@pytest.mark.parametrize("estimate", [False, True])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_part_of_a_case_can_be_assessed_printed_and_looked_at_again(key: str, estimate: bool, data: Any) -> None:
    case = data.draw(cases(key))
    assessment = assess(case, estimate=estimate)
    text = printed(assessment)
    assert "How it was worked out" in text
    answer = json.loads(json.dumps(as_data(assessment)))
    assert (answer["weekly_charge"] is None) <= bool(answer["still_to_ask"])
    assert all(finding.says and finding.what_to_do for finding in examine(assessment))
    for change in changes(assessment):
        assert change.weekly_charge >= 0
        assert "-£" not in change.says


def told_at_home(**parts: Any) -> Case:
    """Somebody of pension age cared for at home in England, as far as the parts tell."""
    case = {"council": "england", "on": ON, "care": {"setting": "own_home", "weekly_cost": "300.00"}, **parts}
    return read_case(tree_of(case))


def test_what_would_change_an_answer_that_is_certain_though_income_was_never_told() -> None:
    over_the_limit = [{"kind": "bank_account", "value": "30000.00"}]
    assessment = assess(
        told_at_home(person={"tells_finances": True}, capital=over_the_limit, disability_related_expenditure=[])
    )
    assert assessment.is_certain
    assert printed(assessment)


def test_a_contribution_of_pennies_offers_no_care_at_a_cost_below_nought() -> None:
    person = {"born": "1950-01-01", "partner": "none", "responsible_for_children": 0, "premiums": []}
    income = [{"kind": "other", "amount": "241.95", "every": "week"}]
    assessment = assess(
        told_at_home(
            person={**person, "pension_age_before_april_2016": False}, capital=[], income=income, housing_costs=[],
            disability_related_expenditure=[],
        )
    )  # fmt: skip
    assert 0 < assessment.values["weekly_charge"] < 1_00
    assert all("below the contribution" not in change.says for change in changes(assessment))
