"""The invented caseload: the same every time, like what it was drawn from, and readable from end to end."""

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from farthing.caseload import assess, assess_batches
from farthing.caseload.columns import Columns, from_batch
from farthing.caseload.drawing import DRAWN_TOGETHER, tables
from farthing.caseload.population import population, table
from farthing.engine.one import read
from farthing.law import figures, law
from farthing.law.capital.facts import CAPITAL
from farthing.law.person.facts import SETTING

ON = date(2026, 5, 4)
DAY = ON.toordinal()


def as_bytes(batches: list[pa.RecordBatch]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


@pytest.fixture(scope="module")
def invented() -> pa.RecordBatch:
    return next(population(40_000, seed=1, on=ON))


@pytest.fixture(scope="module")
def columns(invented: pa.RecordBatch) -> Columns:
    read_in, _, refused = from_batch(invented, law(), on=DAY)
    assert refused == []
    return read_in


@pytest.fixture(scope="module")
def assessed(invented: pa.RecordBatch) -> pa.Table:
    done = assess(invented, council="england", on=ON)
    assert done.refused.num_rows == 0, done.refused.slice(0, 5).to_pylist()
    return done.table


def test_the_same_seed_gives_the_same_bytes():
    first, second = (list(population(20_000, seed=7, on=ON)) for _ in range(2))
    assert as_bytes(first) == as_bytes(second)


def test_another_seed_gives_other_people():
    one, other = (table(500, seed, ON) for seed in (7, 8))
    assert not one.column("born").equals(other.column("born"))


def test_the_size_of_the_batches_changes_nobody():
    whole = table(40_000, 3, ON)
    assert pa.Table.from_batches(population(40_000, seed=3, on=ON, batch=7_000)).equals(whole)
    assert table(300, 3, ON).equals(whole.slice(0, 300))


@pytest.mark.parametrize("people", [0, 1, 999, DRAWN_TOGETHER, DRAWN_TOGETHER + 1])
def test_as_many_come_as_were_asked_for(people):
    assert sum(batch.num_rows for batch in population(people, seed=1, on=ON, batch=1_000)) == people


def test_it_says_that_everybody_is_invented(invented):
    assert "invented" in invented.schema.metadata[b"invented"].decode()
    references = invented.column("reference").to_pylist()
    assert references[0] == "invented-000001"
    assert all(re.fullmatch(r"invented-\d{6}", each) for each in references)
    assert len(set(references)) == len(references)


def test_nothing_in_it_could_name_anybody(invented):
    """Beside the reference, every text is one of the names the law itself declares."""
    for field in invented.schema:
        parts = field.type.value_type if pa.types.is_list(field.type) else [field]
        texts = [each.name for each in parts if pa.types.is_string(each.type) or pa.types.is_large_string(each.type)]
        assert texts == (["reference"] if field.name == "reference" else [])


def test_every_batch_is_assessed_and_no_row_is_refused():
    batches = population(30_000, seed=11, on=ON, batch=10_000)
    answered = list(assess_batches(batches, council="england", on=ON))
    assert [each.answers.num_rows for each in answered] == [10_000] * 3
    assert [row for each in answered for row in each.refused] == []


def test_the_settings_are_as_drawn_from(columns):
    drawn = tables()["setting"]
    for name in drawn.names:
        stated = np.mean(drawn.rows[0] == drawn.names.index(name))
        assert np.mean(columns.facts["setting"] == SETTING.number(name)) == pytest.approx(stated, abs=0.01)


def test_residents_of_care_homes_are_as_old_as_the_census_says(columns):
    born = columns.facts["born"][columns.facts["setting"] == SETTING.care_home]
    older = born <= DAY - 65 * 1461 // 4
    oldest = born <= DAY - 85 * 1461 // 4
    assert np.mean(older) == pytest.approx(0.821, abs=0.02)
    assert np.sum(oldest) / np.sum(older) == pytest.approx(0.564, abs=0.02)


def test_people_under_65_are_around_a_third(columns):
    assert np.mean(columns.facts["born"] > DAY - 65 * 1461 // 4) == pytest.approx(0.333, abs=0.02)


def test_as_many_pay_for_their_place_themselves_as_was_published(columns, assessed):
    pays = assessed.column("pays_full_cost").to_numpy(zero_copy_only=False)
    told = columns.facts["tells_finances"]
    in_homes = columns.facts["setting"] == SETTING.care_home
    assert np.mean(pays[in_homes & told]) == pytest.approx(0.37, abs=0.02)


def test_places_and_hours_cost_what_was_published(columns):
    drawn = columns.facts["usual_rate"][columns.facts["setting"] == SETTING.care_home]
    assert np.mean(drawn) == pytest.approx(1185_55, rel=0.03)
    table_of_hours = tables()["hourly_cost"]
    assert table_of_hours.starts[0] + table_of_hours.spans[0] // 2 == 23_56


def test_the_lists_are_about_as_long_as_real_ones(columns):
    lengths = {name: starts[-1] / columns.people for name, starts in columns.starts.items() if starts[-1]}
    assert lengths["capital"] == pytest.approx(3, abs=0.3)
    assert lengths["income"] == pytest.approx(3, abs=0.4)
    assert lengths["housing_costs"] == pytest.approx(1, abs=0.2)
    assert 0.3 < lengths["disability_related_expenditure"] < 1
    assert 1 < lengths["services"] < 2


def test_people_stand_exactly_on_the_limits(assessed):
    capital = assessed.column("assessable_capital").to_numpy(zero_copy_only=False)
    pence = np.array([int(each * 100) for each in capital])
    low, high, step = (
        figures()[name].on(DAY).value for name in ("lower_capital_limit", "upper_capital_limit", "tariff_step")
    )
    for edge in (low, low + 1, low + step, low + step + 1, high, high + 1):
        assert 50 < np.sum(pence == edge) < 500, edge


def test_days_turn_exactly(columns):
    stays = DAY - columns.facts["moved_in"][columns.facts["setting"] == SETTING.care_home]
    assert np.sum(stays == 83) > 20
    assert np.sum(stays == 84) > 20


def test_a_home_has_an_occupier_and_nothing_else_does(invented):
    items = invented.column("capital").flatten()
    kinds, occupiers = items.field("kind").to_pylist(), items.field("occupied_by").to_pylist()
    assert all((kind == "home") == (who is not None) for kind, who in zip(kinds, occupiers, strict=True))
    assert len(set(kinds) - {None}) > 10 and set(kinds) <= set(CAPITAL.names)


def test_one_person_read_alone_has_the_same_charge(columns, assessed):
    from farthing.caseload import policy_for

    policy, _ = policy_for("england", ON)
    charges = assessed.column("weekly_charge").to_pylist()
    for row in range(0, columns.people, 133):
        alone = read(policy, columns.told(row, law()))
        assert alone["weekly_charge"] == int(charges[row] * 100)


@pytest.mark.parametrize("name", tables())
def test_every_distribution_says_where_it_is_from(name):
    drawn = tables()[name]
    assert drawn.rows.shape == (len(drawn.groups), 1000)
