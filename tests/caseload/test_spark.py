"""Spark gives what the same table gives without it."""

import pyarrow as pa
import pytest

from farthing.base.refusal import Refusal
from farthing.caseload import assess
from tests.caseload.tables import COUNCIL, ON, invented, row, table

pytestmark = pytest.mark.slow


def spark_frame(spark, arrow: pa.Table):
    """The table as a frame in four partitions; Spark knows no dictionaries, so choices are plain text."""
    fields = [pa.field(each.name, plain_type(each.type)) for each in arrow.schema]
    return spark.createDataFrame(arrow.cast(pa.schema(fields))).repartition(4, "reference")


def plain_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_list(kind):
        return pa.list_(plain_type(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(each.name, plain_type(each.type)) for each in kind])
    return kind


def test_two_thousand_rows_are_answered_by_spark_to_the_penny(spark):
    from farthing.caseload import spark as on_spark

    rows = invented(2000, untold=0.01)
    rows.append({**rows[0], "reference": "young", "born": "2020-01-01"})
    arrow = table(rows)
    here = assess(arrow, council=COUNCIL, on=ON)
    there = on_spark.assess(spark_frame(spark, arrow), council=COUNCIL, on=ON).toArrow().to_pylist()
    assert len(there) == len(rows)
    answered = {each["reference"]: each for each in there if each["refused"] is None}
    for each in answered.values():
        del each["refused"]
    assert answered == {each["reference"]: each for each in here.table.to_pylist()}
    refused = {each["reference"]: each for each in there if each["reference"] not in answered}
    assert len(refused) == len(set(here.refused["row"].to_pylist()))
    assert "younger than 18" in refused["young"]["refused"]
    assert refused["young"]["weekly_charge"] is None


def test_whole_pence_are_known_by_the_metadata_of_a_frame_s_field(spark):
    from pyspark.sql.functions import col

    from farthing.caseload import spark as on_spark

    frame = spark_frame(spark, table([row(weekly_cost=None), row(reference="other", weekly_cost=None)]))
    frame = frame.withColumn(
        "weekly_cost", (col("responsible_for_children") * 0 + 28750).alias("p", metadata={"unit": "pence"})
    )
    there = on_spark.assess(frame, council=COUNCIL, on=ON, answers=("cost_of_care",)).toArrow()
    assert [str(each) for each in there["cost_of_care"].to_pylist()] == ["287.50", "287.50"]


def test_a_frame_with_a_wrong_column_is_refused_before_any_row_is_read(spark):
    from farthing.caseload import spark as on_spark

    frame = spark.createDataFrame([(1.5,)], "weekly_cost double")
    with pytest.raises(Refusal, match="no float may touch money"):
        on_spark.assess(frame, council=COUNCIL, on=ON)
