"""A case means the same however it is written: as YAML, as JSON, or as values parsed elsewhere."""

import json

import yaml
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day, iso
from farthing.base.money import pence, pounds
from farthing.case.reading import read_case
from farthing.case.tree import read_tree, tree_of
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices, Kinds
from farthing.law import law
from farthing.law.allowances.facts import PREMIUMS

ON = day("2026-05-04")
LATEST_BIRTH = day("2008-05-04")


def values_of(fact: Fact) -> st.SearchStrategy:
    """Any value of a fact as it may be written."""
    if fact.name == "born":
        return st.integers(fact.least, LATEST_BIRTH).map(iso)
    if isinstance(fact.unit, Choices):
        return st.sampled_from(fact.unit.names)
    if fact.unit == "yes/no":
        return st.booleans() | st.sampled_from(["yes", "no", "true", "False"])
    if fact.unit == "date":
        least = LATEST_BIRTH if fact.name == "moved_in" else fact.least
        return st.integers(least, day("2100-01-01")).map(iso)
    if "£" in fact.unit:
        return st.integers(0, 10**14 - 1).map(pounds) | st.integers(0, 10**12 - 1)
    numbers = st.integers(fact.least or 0, fact.most or 999_999_999)
    return numbers | numbers.map(str)


@st.composite
def items(draw, held: ItemList) -> dict:
    """One item of a list."""
    item = {}
    for name, fact in held.facts.items():
        wanted = fact.wanted is None
        if fact.wanted and isinstance(held.facts["kind"].unit, Kinds):
            wanted = held.facts["kind"].unit.rows[item["kind"]].get(fact.wanted, False)
        if fact.required and wanted:
            item[name] = draw(values_of(fact))
        elif draw(st.booleans()):
            item[name] = draw(st.none() | values_of(fact))
    if "owned_percent" in item:
        item.pop("owners", None)
    return item


@st.composite
def cases(draw) -> dict:
    """A whole case that nothing is wrong with."""
    case: dict = {"council": draw(st.sampled_from(["england", "cambridgeshire"])), "on": iso(ON), "person": {}}
    for name, fact in law().facts.items():
        if draw(st.booleans()):
            case.setdefault(fact.section, {})[name] = draw(st.none() | values_of(fact))
    if draw(st.booleans()):
        case["person"] = {name: held for name, held in case["person"].items() if name not in PREMIUMS.values()}
        case["person"]["premiums"] = draw(st.none() | st.lists(st.sampled_from(list(PREMIUMS))))
    for held in law().lists.values():
        if draw(st.booleans()):
            place = case.setdefault(held.section, {}) if held.section else case
            place[held.name] = draw(st.none() | st.lists(items(held), max_size=3))
    return case


@given(cases(), st.sampled_from([None, False]), st.sampled_from([None, 1]))
def test_a_case_reads_the_same_from_yaml_from_json_and_from_values(case, flow, indent):
    in_json = json.dumps(case, indent=indent)
    in_yaml = yaml.safe_dump(json.loads(in_json), default_flow_style=flow, sort_keys=False)
    from_values = read_case(tree_of(case))
    assert read_case(read_tree(in_yaml, name="case.yaml")) == from_values
    assert read_case(read_tree(in_json, name="case.json")) == from_values
    assert (from_values.council, from_values.on) == (case["council"], ON)


@given(cases())
def test_what_is_written_is_told_or_settled_by_a_named_convention(case):
    read = read_case(tree_of(case))
    for section, fields in case.items():
        for name, written in fields.items() if isinstance(fields, dict) else ():
            fact = law().facts.get(name)
            if fact is None or written is None or name == "weekly_cost":
                continue
            unit = fact.unit
            expected = unit.number(written) if isinstance(unit, Choices) else written
            if isinstance(unit, str) and "£" in unit:
                expected = pence(str(written))
            elif unit == "date":
                expected = day(written)
            elif unit == "yes/no":
                expected = str(written).lower() in ("yes", "true")
            else:
                expected = int(expected)
            assert read.told[name] == expected, (section, name)
            assert name not in read.left_out


@given(cases())
def test_no_list_is_uneven_and_nothing_told_is_empty(case):
    read = read_case(tree_of(case))
    for held in law().lists.values():
        lengths = {len(read.told[f"{held.name}.{name}"]) for name in held.facts if f"{held.name}.{name}" in read.told}
        assert len(lengths) <= 1
    assert None not in read.told.values()
