"""Draws what services cost year by year: what there is money for, and on top of it what there is none for.

What is financed is a filled bar, what is not an open one with a firm outline, so that they differ in grey
too; what stands beside is a line with a point for each year. Above the bars stands which is which.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.cost_benefit import year_label
from app.charts.kinds import CostCliffChart
from app.charts.numbers import tick_labels, ticks, unit_for

_LINE = 20
_PLOT_HEIGHT = 180
_FOOT = 26
_GAP = 8
_SIGN = 14
"""So wide is the sign before a name."""


def draw_cost_cliff(chart: CostCliffChart, width: int) -> Markup:
    """A bar in two parts for each year, above a common zero line."""
    heading = _LINE * (3 + len(chart.lines)) + _GAP
    bottom = heading + _PLOT_HEIGHT
    canvas = Canvas(width, bottom + _FOOT, chart.finding)
    tops = [paid + lacking for paid, lacking in zip(chart.financed, chart.unfinanced, strict=True)]
    beside = [amount for line in chart.lines for amount in line.amounts if amount is not None]
    highest = max(*tops, *beside, Decimal(1))
    unit = unit_for([highest], chart.words)
    marks = ticks(Decimal(0), highest)
    names = tick_labels(marks, unit, chart.language)
    left = max(map(text_width, names)) + _GAP
    slot = (width - left) / len(chart.years)
    middles = [left + slot * (index + 0.5) for index in range(len(chart.years))]

    def up(amount: Decimal) -> float:
        return float(bottom - amount / highest * _PLOT_HEIGHT)

    canvas.text("chart-label-strong", 0, TEXT_SIZE, unit.word)
    for mark in marks:
        canvas.line("chart-grid", left, up(mark), width, up(mark))
    for mark, name in zip(marks, names, strict=True):
        canvas.text("chart-label", left - _GAP, up(mark) + 5, name, "end")
    _draw_bars(canvas, chart, middles, min(slot * 0.62, 44), up)
    for line in chart.lines:
        known = zip(middles, line.amounts, strict=True)
        _draw_line(canvas, [(x, up(amount)) for x, amount in known if amount is not None])
    _draw_names(canvas, chart)
    canvas.line("chart-axis", left, bottom, width, bottom)
    every = 1 if text_width("\u201926") + 4 <= slot else 2
    for index in range(0, len(chart.years), every):
        year = year_label(chart.years[index], slot * every)
        canvas.text("chart-label", middles[index], canvas.height - 6, year, "middle")
    return canvas.svg()


def _draw_bars(
    canvas: Canvas,
    chart: CostCliffChart,
    middles: Sequence[float],
    bar: float,
    up: Callable[[Decimal], float],
) -> None:
    zero = up(Decimal(0))
    for middle, paid in zip(middles, chart.financed, strict=True):
        canvas.bar("chart-benefit", middle - bar / 2, up(paid), bar, zero - up(paid))
    for middle, paid, lacking in zip(middles, chart.financed, chart.unfinanced, strict=True):
        top = up(paid + lacking)
        canvas.bar("chart-plan", middle - bar / 2, top, bar, up(paid) - top)


def _draw_line(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    for one, next_one in pairwise(points):
        canvas.line("chart-mark", *one, *next_one)
    for x, y in points:
        canvas.dot("chart-late", x, y, 3)


def _draw_names(canvas: Canvas, chart: CostCliffChart) -> None:
    signs = (("chart-plan", chart.words.unfinanced), ("chart-benefit", chart.words.financed))
    for row, (kind, name) in enumerate(signs, start=1):
        canvas.bar(kind, 1, _LINE * row + 4, _SIGN, _SIGN - 2)
        canvas.text("chart-label", _SIGN + _GAP, _LINE * row + TEXT_SIZE, name)
    for row, line in enumerate(chart.lines, start=3):
        _draw_line(canvas, [(x, _LINE * row + 10) for x in (1, 1 + _SIGN)])
        canvas.text("chart-label", _SIGN + _GAP, _LINE * row + TEXT_SIZE, line.name)
