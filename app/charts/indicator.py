"""Draws an indicator over time: from its baseline to its target, what was expected and what was measured.

What was expected is a thin line that steps as the ramp does; what was measured a thick one with a filled
point for each measurement; baseline and target are hollow points. Each ends at its name and value.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds import IndicatorChart
from app.charts.numbers import Language, number, ticks
from app.charts.places import DayScale, month_label, spread

_HEADING = 30
_PLOT_HEIGHT = 180
_FOOT = 26
_GAP = 8
_LINE = 17
_THREAD = 16

Points = tuple[tuple[date, Decimal], ...]


class _Sheet(NamedTuple):
    """Where values and days stand."""

    across: DayScale
    lowest: Decimal
    highest: Decimal

    def up(self, value: Decimal) -> float:
        return _HEADING + float((self.highest - value) / (self.highest - self.lowest) * _PLOT_HEIGHT)

    def places(self, points: Points) -> list[tuple[float, float]]:
        return [(self.across(day), self.up(value)) for day, value in points]


def draw_indicator(chart: IndicatorChart, width: int) -> Markup:
    """Lines over time, with their names at the right."""
    canvas = Canvas(width, _HEADING + _PLOT_HEIGHT + _FOOT, chart.finding)
    values = [value for _day, value in chart.points]
    marks = ticks(min(values), max(values))
    names = [_text(mark, chart.language) for mark in marks]
    left = max(map(text_width, names)) + _GAP
    said = _said(chart)
    right = width - max(text_width(text) for text, _point in said) - _THREAD - _GAP
    days = [day for day, _value in chart.points]
    sheet = _Sheet(DayScale(min(days), max(days), left, right), min(values), max(values))

    canvas.text("chart-label-strong", 0, TEXT_SIZE, chart.unit)
    for mark in marks:
        canvas.line("chart-grid" if mark else "chart-axis", left, sheet.up(mark), right, sheet.up(mark))
    for mark, name in zip(marks, names, strict=True):
        canvas.text("chart-label", left - _GAP, sheet.up(mark) + 5, name, "end")
    for day in sheet.across.months(text_width("2026-01") + 2 * _GAP):
        canvas.text("chart-label", max(sheet.across(day), 27), canvas.height - 6, month_label(day), "middle")
    _draw_lines(canvas, chart, sheet)
    ends = [(text, *sheet.places((point,))[0]) for text, point in said]
    levels = spread([y for _text, _x, y in ends], _LINE, _HEADING - 6, _HEADING + _PLOT_HEIGHT)
    for (_name, x, y), level in zip(ends, levels, strict=True):
        canvas.path("chart-thread", [(x, y), (right + 2, y), (right + _THREAD - 3, level)])
    for (name, _x, _y), level in zip(ends, levels, strict=True):
        canvas.text("chart-label-strong", right + _THREAD, level + 5, name)
    return canvas.svg()


def _text(value: Decimal, language: Language) -> str:
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return number(plain, language, max(-exponent, 0) if isinstance(exponent, int) else 0)


def _said(chart: IndicatorChart) -> list[tuple[str, tuple[date, Decimal]]]:
    """What stands at the end of each, and where it ends."""
    words = chart.words
    ends = [(words.baseline, chart.baseline), (words.target, chart.target)]
    if chart.measured:
        ends.append((words.measured, chart.measured[-1]))
    return [(f"{word} {_text(point[1], chart.language)}", point) for word, point in ends]


def _draw_lines(canvas: Canvas, chart: IndicatorChart, sheet: _Sheet) -> None:
    if chart.expected:
        canvas.path("chart-planned", sheet.places(chart.expected))
    for x, y in sheet.places((chart.baseline, chart.target)):
        canvas.dot("chart-plan", x, y, 4)
    measured = sheet.places(chart.measured)
    if len(measured) > 1:
        canvas.path("chart-line", measured)
    for x, y in measured:
        canvas.dot("chart-point", x, y, 4)
