"""Draws the running sum of net amounts, with break-even marked."""

from decimal import Decimal

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds import CumulativeChart
from app.charts.numbers import Unit, label, tick_labels, ticks, unit_for

_HEADING = 46
_PLOT_HEIGHT = 176
_FOOT = 28
_GAP = 8


def draw_cumulative(chart: CumulativeChart, width: int) -> Markup:
    """A line about zero: hollow points while the project still owes, filled when it has paid back."""
    canvas = Canvas(width, _HEADING + _PLOT_HEIGHT + _FOOT, chart.finding)
    sums = chart.cumulative
    low, high = min(Decimal(0), *sums), max(Decimal(0), *sums)
    unit = unit_for(sums, chart.words)
    marks = ticks(low, high)
    names = tick_labels(marks, unit, chart.language)
    left = max(map(text_width, names)) + _GAP
    scale = Decimal(_PLOT_HEIGHT) / ((high - low) or 1)
    step = (width - left - 24) / max(len(sums) - 1, 1)
    points = [
        (left + 10 + step * i, _HEADING + float((high - total) * scale)) for i, total in enumerate(sums)
    ]

    heading = f"{chart.words.cumulative_net}, {unit.word}"
    canvas.text("chart-benefit-label", 0, TEXT_SIZE, heading)
    levels = [_HEADING + (high - mark) * scale for mark in marks]
    for mark, level in zip(marks, levels, strict=True):
        canvas.line("chart-axis" if mark == 0 else "chart-grid", left, level, width, level)
    for name, level in zip(names, levels, strict=True):
        canvas.text("chart-label", left - _GAP, level + 4, name, "end")
    _mark_break_even(canvas, chart, points)
    canvas.path("chart-line", points)
    for (x, y), total in zip(points, sums, strict=True):
        canvas.dot("chart-point" if total >= 0 else "chart-point-below", x, y, 3.5)
    _label_last(canvas, points, sums, unit, chart)
    _label_years(canvas, chart.years, points, step)
    return canvas.svg()


def _mark_break_even(canvas: Canvas, chart: CumulativeChart, points: list[tuple[float, float]]) -> None:
    if chart.break_even_year is None:
        return
    x, y = points[chart.years.index(chart.break_even_year)]
    text = f"{chart.words.break_even} {chart.break_even_year}"
    canvas.line("chart-mark", x, _HEADING - 2, x, _HEADING + _PLOT_HEIGHT)
    half = text_width(text) / 2
    centre = min(max(x, half), canvas.width - half)
    canvas.text("chart-label-strong", centre, _HEADING - 6, text, "middle")
    canvas.dot("chart-point", x, y, 6)


def _label_last(
    canvas: Canvas,
    points: list[tuple[float, float]],
    sums: tuple[Decimal, ...],
    unit: Unit,
    chart: CumulativeChart,
) -> None:
    """Where the line ends is the answer that most readers look for."""
    x, y = points[-1]
    beside = y + TEXT_SIZE + 8 if sums[-1] >= 0 else y - 9
    canvas.text("chart-label-strong", x + 8, beside, label(sums[-1], unit, chart.language), "end")


def _label_years(
    canvas: Canvas, years: tuple[int, ...], points: list[tuple[float, float]], step: float
) -> None:
    every = 1
    while every < len(years) and step * every < text_width("2026") + 6:
        every += 1
    for index in range(0, len(years), every):
        x = min(max(points[index][0], 15), canvas.width - 15)
        canvas.text("chart-label", x, canvas.height - 5, str(years[index]), "middle")
