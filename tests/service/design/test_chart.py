"""Charts: read out, safe, inside their frame, and drawn where the figures say."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.service.design.chart import Limit, bars, in_pounds, line, steps_chart

SVG = "{http://www.w3.org/2000/svg}"
PENCE = st.integers(0, 10**9)


def parsed(drawn) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawn))


def stairs(points, **options):
    told = {"title": "What you would pay", "description": "It rises.", "across_to": max(x for x, _ in points) + 1}
    return steps_chart("stairs", points=points, **{**told, **options})


def places(chart: ElementTree.Element) -> list[tuple[float, float]]:
    """Where the curve goes, with each step across and up written out."""
    (path,) = [each.attrib["d"] for each in chart.iter(f"{SVG}path")]
    found, x, y = [], 0.0, 0.0
    for kind, figures in re.findall(r"([MLHV])([\d. -]+)", path):
        numbers = [float(each) for each in figures.split()]
        x, y = {"M": numbers[:2], "L": numbers[:2], "H": [numbers[0], y], "V": [x, numbers[0]]}[kind]
        found.append((x, y))
    return found


POINTS = [(0, 0), (1_425_000, 5_000), (2_325_000, 90_000)]
EVERY_CHART = {
    "steps": stairs(POINTS, here=(1_500_000, 5_000), limits=[Limit(1_425_000, "Lower limit")]),
    "line": line("left", title="Left", description="Less.", points=[(2026, 500), (2030, 0)]),
    "bars": bars("made", title="Made", description="Some.", bars=[("Nothing", 0), ("All", 12)]),
}


@pytest.mark.parametrize("drawn", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_is_a_picture_with_a_title_and_a_description(drawn):
    chart = parsed(drawn)
    named = chart.attrib["aria-labelledby"].split()
    assert chart.attrib["role"] == "img"
    assert [chart.find(f"{SVG}{tag}").attrib["id"] for tag in ("title", "desc")] == named
    assert all(chart.find(f"{SVG}{tag}").text for tag in ("title", "desc"))


@pytest.mark.parametrize("drawn", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_has_no_style_of_its_own_and_no_script(drawn):
    chart = parsed(drawn)
    assert [each.tag for each in chart.iter() if "style" in each.attrib] == []
    assert {each.tag.removeprefix(SVG) for each in chart.iter()} <= {
        "svg", "title", "desc", "line", "text", "path", "circle", "rect"
    }  # fmt: skip


@given(st.lists(st.tuples(PENCE, PENCE), min_size=1, max_size=40).map(sorted), st.tuples(PENCE, PENCE))
def test_every_curve_stays_inside_its_frame(points, here):
    chart = parsed(stairs(points, here=here, limits=[Limit(here[0], "Limit")]))
    _, _, width, height = map(float, chart.attrib["viewBox"].split())
    assert all(0 <= x <= width - 32 and 0 <= y <= height for x, y in places(chart))
    (mark,) = chart.iter(f"{SVG}circle")
    assert 0 <= float(mark.attrib["cx"]) <= width - 32 and 0 <= float(mark.attrib["cy"]) <= height


@given(st.lists(st.tuples(PENCE, PENCE), min_size=2, max_size=40, unique_by=lambda point: point[0]).map(sorted))
def test_a_step_holds_until_the_next_and_more_is_never_drawn_lower(points):
    drawn = places(parsed(stairs(points)))
    held, reached = drawn[1::2], drawn[0::2]
    assert all(before[1] == across[1] for before, across in zip(reached, held, strict=True))
    heights = {figure: y for (_, figure), (_, y) in zip(points, reached, strict=True)}
    in_order = [heights[figure] for figure in sorted(heights)]
    assert in_order == sorted(in_order, reverse=True)


def test_the_mark_stands_on_the_curve():
    points = [(0, 0), (1_000, 5_000), (2_000, 90_000)]
    chart = parsed(stairs(points, here=(1_000, 5_000)))
    (mark,) = chart.iter(f"{SVG}circle")
    assert (float(mark.attrib["cx"]), float(mark.attrib["cy"])) in places(chart)


def test_every_limit_is_a_dashed_line_with_its_words():
    drawn = stairs([(0, 0), (3_000, 1)], limits=[Limit(1_000, "Lower"), Limit(2_000, "Upper")])
    chart = parsed(drawn)
    assert str(drawn).count('class="farthing-chart__limit"') == 2
    assert {"Lower", "Upper"} <= {each.text for each in chart.iter(f"{SVG}text")}


def test_bars_are_as_long_as_their_figures():
    chart = parsed(bars("b", title="B", description="B.", bars=[("a", 10), ("b", 40), ("c", 0)]))
    widths = [float(each.attrib["width"]) for each in chart.iter(f"{SVG}rect")]
    assert widths[1] == pytest.approx(4 * widths[0], abs=0.2) and widths[2] == 0


def test_no_bars_is_an_empty_chart_and_no_points_is_refused():
    assert parsed(bars("b", title="B", description="None yet.", bars=[]))
    with pytest.raises(ValueError, match="leave it out of the page"):
        line("l", title="L", description="L.", points=[])


def test_words_in_a_chart_are_never_taken_as_part_of_it():
    drawn = bars("b", title="<b>", description='"&', bars=[("<script>alert(1)</script>", 1)])
    assert "<script" not in drawn and parsed(drawn).find(f"{SVG}title").text == "<b>"


def test_axes_are_marked_at_round_figures():
    chart = parsed(stairs([(0, 0), (2_325_000, 86_310)], across_to=3_000_000))
    marks = [each.text for each in chart.iter(f"{SVG}text")]
    assert marks == ["£0", "£200", "£400", "£600", "£800", "£1,000", "£0", "£10,000", "£20,000", "£30,000"]


@pytest.mark.parametrize(("pence", "words"), [(1_425_000, "£14,250"), (1_050, "£10.50"), (0, "£0")])
def test_whole_pounds_are_written_without_pence(pence, words):
    assert in_pounds(pence) == words
