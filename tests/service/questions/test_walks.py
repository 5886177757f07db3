"""Whatever is answered, the questions come to an end, and come to it by themselves."""

from hypothesis import HealthCheck, Phase, given, settings

from farthing.service.questions.answers import Answers
from farthing.service.questions.pages import assessed
from tests.service.questions.drawing import COUNCIL, TODAY, ways

QUICK = settings(
    max_examples=25,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A way is some dozen readings of the law: to make a failing one smaller takes longer than to read it."""


@QUICK
@given(ways())
def test_the_questions_end_and_no_page_is_asked_twice(way):
    assert len(way.names) == len(set(way.names)), way.names


@QUICK
@given(ways())
def test_the_range_only_narrows(way):
    for (least, most), (next_least, next_most) in zip(way.ranges, way.ranges[1:], strict=False):
        assert next_least >= least
        assert most is None or (next_most is not None and next_most <= most)


@QUICK
@given(ways(passes=False))
def test_once_everything_is_answered_only_what_the_council_finds_is_unknown(way):
    waits = {each.fact.partition("[")[0] for each in way.assessment.still_to_ask} - set(way.answers.passed)
    assert not waits, waits


@QUICK
@given(ways())
def test_an_estimate_can_be_made_of_any_answers_and_asks_for_no_more(way):
    estimate = assessed(way.answers, COUNCIL, TODAY, estimate=True)
    least, most = estimate.range_of("weekly_charge")
    assert least >= way.ranges[-1][0]
    assert len(estimate.still_to_ask) <= len(way.assessment.still_to_ask)
    assert most is None or least <= most


@QUICK
@given(ways())
def test_answers_come_back_from_json_as_they_went(way):
    import json

    assert Answers.from_json(json.loads(json.dumps(way.answers.as_json()))) == way.answers
