"""Charts drawn on the server as SVG: no script, no style attribute, and read out as their title and description.

Every chart is shown with the figures it is drawn from: ``chart_with_table`` of design/parts.html. Figures are whole
numbers (pence, or a count); what is not whole here is a place on the screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from markupsafe import Markup, escape

from farthing.base import money

Written = Callable[[int], str]
"""How a figure is written beside an axis."""

_WIDTH, _HEIGHT = 520, 320
_LEFT, _RIGHT, _BOTTOM = 92, 44, 44
_TOP, _ROW = 16, 26
_STEPS_ACROSS, _STEPS_UP = 4, 5
_LABEL_HEIGHT = 5
_WIDEST_LETTER = 11


def in_pounds(pence: int) -> str:
    """Pence as "£14,250", with the pence only where there are some."""
    return money.shown(pence).removesuffix(".00")


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure on the axis across that is drawn as a dashed line with its words."""

    at: int
    words: str


def steps_chart(
    name: str,
    *,
    title: str,
    description: str,
    points: Sequence[tuple[int, int]],
    across_to: int,
    here: tuple[int, int] | None = None,
    here_words: str = "You are here",
    limits: Sequence[Limit] = (),
    written_across: Written = in_pounds,
    written_up: Written = in_pounds,
) -> Markup:
    """A curve of steps: from each point's first figure on, its second holds. Ends at ``across_to``.

    ``name`` is an id that no other chart on the page has. Of pence, unless ``written_...`` says otherwise.
    """
    _need(points)
    frame = _Frame(points, across_to=across_to, rows=len(limits), also=here)
    places = [(frame.across(x), frame.up(y)) for x, y in points]
    path = (
        f"M{_at(*places[0])}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in places[1:]) + f"H{frame.across(across_to):.1f}"
    )
    drawn = [frame.axes(written_across, written_up), *_limits(frame, limits), _curve(path)]
    if here is not None:
        drawn.append(_here(frame, here, here_words))
    return _svg(name, title, description, _HEIGHT, drawn)


def line(
    name: str,
    *,
    title: str,
    description: str,
    points: Sequence[tuple[int, int]],
    limits: Sequence[Limit] = (),
    written_across: Written = str,
    written_up: Written = in_pounds,
) -> Markup:
    """A line from point to point, as of what is left of savings year by year, or of a count month by month."""
    _need(points)
    lie = [x for x, _ in points]
    frame = _Frame(points, across_to=max(lie), rows=len(limits), across_from=min(lie))
    path = "M" + "L".join(_at(frame.across(x), frame.up(y)) for x, y in points)
    drawn = [frame.axes(written_across, written_up), *_limits(frame, limits), _curve(path)]
    return _svg(name, title, description, _HEIGHT, drawn)


def bars(
    name: str,
    *,
    title: str,
    description: str,
    bars: Sequence[tuple[str, int]],
    written: Written = "{:,}".format,
) -> Markup:
    """Bars lying one under another, each under its words and before its figure."""
    most = max([1, *(figure for _, figure in bars)])
    room = _WIDTH - _RIGHT - 2 * _ROW - max((len(written(figure)) for _, figure in bars), default=0) * _WIDEST_LETTER
    drawn = []
    for row, (words, figure) in enumerate(bars):
        top, length = _TOP + row * 2 * _ROW, max(figure, 0) / most * room
        drawn.append(_text(words, 0, top + _LABEL_HEIGHT))
        drawn.append(
            Markup('<rect class="farthing-chart__bar" x="0" y="{}" width="{:.1f}" height="20"/>').format(
                top + 12, length
            )
        )
        drawn.append(_text(written(figure), length + 8, top + 22 + _LABEL_HEIGHT))
    return _svg(name, title, description, _TOP + len(bars) * 2 * _ROW, drawn)


def _need(points: Sequence[tuple[int, int]]) -> None:
    if not points:
        raise ValueError("a chart has no points: leave it out of the page")


class _Frame:
    """Where figures lie on the screen, between axes that begin at nought and end at a round figure."""

    def __init__(
        self,
        points: Sequence[tuple[int, int]],
        *,
        across_to: int,
        rows: int,
        across_from: int = 0,
        also: tuple[int, int] | None = None,
    ):
        most_up = max([1, *(y for _, y in points), *([also[1]] if also else [])])
        self.top, self.bottom = _TOP + rows * _ROW + 8, _HEIGHT - _BOTTOM
        self.first, self.last = across_from, max(across_to, across_from + 1)
        self.ticks_up = _ticks(0, most_up, _STEPS_UP)
        self.highest = self.ticks_up[-1]

    def across(self, figure: int) -> float:
        share = (min(figure, self.last) - self.first) / (self.last - self.first)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def up(self, figure: int) -> float:
        return self.bottom - figure / self.highest * (self.bottom - self.top)

    def axes(self, written_across: Written, written_up: Written) -> Markup:
        drawn = []
        for tick in self.ticks_up:
            y = self.up(tick)
            drawn.append(_rule("grid" if tick else "axis", _LEFT, y, _WIDTH - _RIGHT, y))
            drawn.append(_text(written_up(tick), _LEFT - 8, y + _LABEL_HEIGHT, "end"))
        for tick in _ticks(self.first, self.last, _STEPS_ACROSS):
            if not self.first <= tick <= self.last:
                continue
            x = self.across(tick)
            drawn.append(_rule("axis", x, self.bottom, x, self.bottom + 6))
            drawn.append(_text(written_across(tick), x, self.bottom + 28, "middle"))
        return Markup("").join(drawn)


def _ticks(first: int, last: int, most_steps: int) -> list[int]:
    """Round figures, as many as can be read, of which the first and the last have all others between them."""
    sizes = (part * 10**power for power in count() for part in (1, 2, 5))
    step = next(size for size in sizes if last - first <= size * most_steps)
    return list(range(first // step * step, last + step, step))


def _limits(frame: _Frame, limits: Sequence[Limit]) -> list[Markup]:
    drawn = []
    # The furthest on the highest row, so that its words do not cross the line of one before it.
    for row, limit in enumerate(sorted(limits, key=lambda each: each.at, reverse=True)):
        x, y = frame.across(limit.at), _TOP + row * _ROW
        fits_before = x > len(limit.words) * _WIDEST_LETTER
        place = (x - 6, "end") if fits_before else (x + 6, "start")
        drawn.append(_rule("limit", x, y - 10, x, frame.bottom))
        drawn.append(_text(limit.words, place[0], y + _LABEL_HEIGHT, place[1]))
    return drawn


def _here(frame: _Frame, here: tuple[int, int], words: str) -> Markup:
    x, y = frame.across(here[0]), frame.up(here[1])
    right_half = x > (_LEFT + _WIDTH - _RIGHT) / 2
    mark = Markup('<circle class="farthing-chart__here" cx="{:.1f}" cy="{:.1f}" r="8"/>').format(x, y)
    place = (x - 14, "end") if right_half else (x + 14, "start")
    return mark + _text(words, place[0], y - 12, place[1])


def _curve(path: str) -> Markup:
    return Markup('<path class="farthing-chart__line" d="{}"/>').format(path)


def _at(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def _rule(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="farthing-chart__{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
        kind, x1, y1, x2, y2
    )


def _text(words: str, x: float, y: float, anchor: str = "start") -> Markup:
    return Markup('<text class="farthing-chart__label" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        x, y, anchor, words
    )


def _svg(name: str, title: str, description: str, height: int, drawn: Sequence[Markup]) -> Markup:
    told = Markup('<title id="{0}-title">{1}</title><desc id="{0}-description">{2}</desc>').format(
        name, title, description
    )
    opening = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img"'
        ' aria-labelledby="{}-title {}-description">'
    ).format(_WIDTH, height, _WIDTH, height, escape(name), escape(name))
    return opening + told + Markup("").join(drawn) + Markup("</svg>")
