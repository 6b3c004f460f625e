"""Draws projects in columns, each as large as its money and as high as what comes back for it.

The area of a bubble is its money. What its light is, outline and filling say too, so that lights differ in
grey: red is filled, yellow a thick ring, green a thin one, and what has no light is pale. Upwards the scale
is that of roots: most projects come to little for each krona and a few to much, and all of them are to be
seen. In its column a bubble stands where there is room for it; where many come to the same, it stands a
little higher or lower, so that none lies on another's middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds_portfolio import Bubble, BubbleChart
from app.charts.numbers import number
from app.charts.places import apart, uncovered
from app.core.reporting import Light

_HEADING = 30
_PLOT_HEIGHT = 330
_UNDER = 20
"""Room under nought, for what comes to nothing."""
_FOOT = 52
_LARGEST, _LEAST = 17.0, 3.0
"""The radius of the largest bubble, and of the smallest that can still be seen."""
_HOLDS_A_NUMBER = 8.5
_GAP = 8
_KEY_LINE = 22
_MOST_MARKS = 6
_UPWARDS = tuple(Decimal(text) for text in ("0", "0.1", "0.25", "0.5", "1", "2", "5", "10", "50", "250"))
_LOOKS: dict[Light | None, str] = {
    Light.RED: "chart-red",
    Light.YELLOW: "chart-yellow",
    Light.GREEN: "chart-green",
    None: "chart-cost",
}


class _Sheet(NamedTuple):
    """Where columns and amounts stand."""

    left: float
    column: float
    highest: Decimal

    @property
    def nought(self) -> float:
        return _HEADING + _PLOT_HEIGHT - _UNDER

    def middle(self, column: int) -> float:
        return self.left + self.column * (column + 0.5)

    def up(self, value: Decimal) -> float:
        return self.nought - float((value / self.highest).sqrt()) * (_PLOT_HEIGHT - _UNDER - _LARGEST)


class _Placed(NamedTuple):
    bubble: Bubble
    x: float
    y: float
    radius: float


def draw_bubbles(chart: BubbleChart, width: int) -> Markup:
    """The bubbles in their columns, those with a light last, so that they are seen; then what lights mean."""
    foot = _HEADING + _PLOT_HEIGHT + _FOOT
    canvas = Canvas(width, foot + _KEY_LINE * -(-len(chart.lights) // 2), chart.finding)
    marks = _marks(max(bubble.up for bubble in chart.bubbles))
    labels = [_amount(mark, chart) for mark in marks]
    left = max(map(text_width, labels)) + _GAP
    sheet = _Sheet(left, (width - left) / len(chart.columns), marks[-1])
    _draw_axes(canvas, chart, sheet, list(zip(marks, labels, strict=True)))
    placed = list(_in_place(chart, sheet))
    for light in reversed(_LOOKS):
        for one in placed:
            if one.bubble.light is light:
                _draw(canvas, one)
    _draw_numbers(canvas, placed)
    _draw_key(canvas, chart, foot)
    return canvas.svg()


def _draw_axes(
    canvas: Canvas, chart: BubbleChart, sheet: _Sheet, marks: Sequence[tuple[Decimal, str]]
) -> None:
    for column in range(1, len(chart.columns)):
        x = sheet.left + sheet.column * column
        canvas.line("chart-grid", x, _HEADING, x, sheet.nought + _UNDER)
    for mark, _label in marks:
        kind = "chart-grid" if mark else "chart-axis"
        canvas.line(kind, sheet.left, sheet.up(mark), canvas.width, sheet.up(mark))
    canvas.line("chart-mark", sheet.left, sheet.up(chart.weak), canvas.width, sheet.up(chart.weak))
    canvas.text("chart-label-strong", 0, TEXT_SIZE, chart.up)
    canvas.text("chart-label-strong", canvas.width, sheet.nought + _UNDER + 36, chart.across, "end")
    for mark, label in marks:
        canvas.text("chart-label", sheet.left - _GAP, sheet.up(mark) + 5, label, "end")
    for place, name in enumerate(chart.columns):
        canvas.text("chart-label", sheet.middle(place), sheet.nought + _UNDER + TEXT_SIZE, name, "middle")


def _marks(highest: Decimal) -> Sequence[Decimal]:
    """From nought to the first that is not below the highest; of many, those that stand apart."""
    above = next((place for place, mark in enumerate(_UPWARDS) if mark >= highest), None)
    if above is None:
        return (_UPWARDS[0], *_UPWARDS[-2:], highest.to_integral_value(ROUND_CEILING))
    known = _UPWARDS[: max(above, 3) + 1]
    return known if len(known) <= _MOST_MARKS else (known[0], *known[1 - _MOST_MARKS :])


def _amount(mark: Decimal, chart: BubbleChart) -> str:
    return number(mark, chart.language, len(f"{mark:f}".partition(".")[2]))


def _in_place(chart: BubbleChart, sheet: _Sheet) -> Iterator[_Placed]:
    largest = max(bubble.size for bubble in chart.bubbles)
    for column in range(len(chart.columns)):
        bubbles = [bubble for bubble in chart.bubbles if bubble.column == column]
        radii = [max(float((one.size / largest).sqrt()) * _LARGEST, _LEAST) for one in bubbles]
        heights = [sheet.up(one.up) for one in bubbles]
        circles = list(zip(heights, radii, strict=True))
        aside = apart(circles, sheet.column)
        free = uncovered(circles, aside, _HEADING, sheet.nought)
        for bubble, x, y, radius in zip(bubbles, aside, free, radii, strict=True):
            yield _Placed(bubble, sheet.middle(column) + x, y, radius)


def _draw(canvas: Canvas, one: _Placed) -> None:
    """A circle with its number in it; one that is small has it beside it (`_draw_numbers`)."""
    on_red = 'fill="var(--on-bad)"' if one.bubble.light is Light.RED else 'class="chart-label" stroke="none"'
    drawn = f'<circle cx="{one.x:.0f}" cy="{one.y:.0f}" r="{one.radius:.1f}"/>'
    if one.radius >= _HOLDS_A_NUMBER:
        drawn += f'<text x="{one.x:.0f}" y="{one.y + 5:.0f}" {on_red}>{one.bubble.number}</text>'
    canvas.link(_LOOKS[one.bubble.light], one.bubble.href, one.bubble.name, drawn)


def _draw_numbers(canvas: Canvas, placed: Sequence[_Placed]) -> None:
    """They lie on whatever is there, and whoever points at them points at that."""
    for one in placed:
        if one.radius < _HOLDS_A_NUMBER:
            canvas.aside(one.x + one.radius + 2, one.y + 5, str(one.bubble.number))


def _draw_key(canvas: Canvas, chart: BubbleChart, top: float) -> None:
    places = [
        (canvas.width / 2 * (place % 2), top + _KEY_LINE * (place // 2)) for place in range(len(_LOOKS))
    ]
    for (light, _name), (x, y) in zip(chart.lights, places, strict=True):
        canvas.dot(_LOOKS[light], x + 8, y + 10, 6.5)
    for (_light, name), (x, y) in zip(chart.lights, places, strict=True):
        canvas.text("chart-label", x + 24, y + TEXT_SIZE, name)
