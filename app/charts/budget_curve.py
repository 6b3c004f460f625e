"""Draws a project's money over time: planned by year, spent by report, expected in the end, granted.

The plan is a thin line with hollow points at the ends of years, where its amounts are known; what is spent a
thick one with a filled point at each report; from the last of them a dashed line leads to what is expected in
the end. Each line ends at its name and amount.
"""

from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds import BudgetCurveChart
from app.charts.numbers import Unit, label, tick_labels, ticks, unit_for
from app.charts.places import DayScale, month_label, spread
from app.core.budget_curve import Point

_HEADING = 30
_PLOT_HEIGHT = 200
_FOOT = 26
_GAP = 8
_LINE = 17
_THREAD = 16


class _Sheet(NamedTuple):
    """Where amounts and days stand."""

    across: DayScale
    highest: Decimal

    def up(self, amount: Decimal) -> float:
        return _HEADING + float((self.highest - amount) / self.highest * _PLOT_HEIGHT)

    def places(self, points: tuple[Point, ...]) -> list[tuple[float, float]]:
        return [(self.across(point.on), self.up(point.amount)) for point in points]


class _End(NamedTuple):
    """Where a line ends, and what is said there."""

    x: float
    y: float
    text: str


def draw_budget_curve(chart: BudgetCurveChart, width: int) -> Markup:
    """Lines over the project's time, with their names at the right."""
    curve = chart.curve
    canvas = Canvas(width, _HEADING + _PLOT_HEIGHT + _FOOT, chart.finding)
    unit = unit_for([curve.highest], chart.words)
    marks = ticks(Decimal(0), curve.highest)
    names = tick_labels(marks, unit, chart.language)
    left = max(map(text_width, names)) + _GAP
    said = _said(chart, unit)
    right = width - max(map(text_width, said.values())) - _THREAD - _GAP
    sheet = _Sheet(DayScale(curve.starts_on, curve.ends_on, left, right), curve.highest)

    canvas.text("chart-label-strong", 0, TEXT_SIZE, unit.word)
    for mark in marks:
        canvas.line("chart-grid" if mark else "chart-axis", left, sheet.up(mark), right, sheet.up(mark))
    for mark, name in zip(marks, names, strict=True):
        canvas.text("chart-label", left - _GAP, sheet.up(mark) + 5, name, "end")
    for day in sheet.across.months(text_width("2026-01") + 2 * _GAP):
        canvas.text("chart-label", max(sheet.across(day), 27), canvas.height - 6, month_label(day), "middle")
    ends = _draw_lines(canvas, chart, sheet, said)
    levels = spread([end.y for end in ends], _LINE, _HEADING - 6, _HEADING + _PLOT_HEIGHT)
    for end, level in zip(ends, levels, strict=True):
        canvas.path("chart-thread", [(end.x, end.y), (right + 2, end.y), (right + _THREAD - 3, level)])
    for end, level in zip(ends, levels, strict=True):
        canvas.text("chart-label-strong", right + _THREAD, level + 5, end.text)
    return canvas.svg()


def _said(chart: BudgetCurveChart, unit: Unit) -> dict[str, str]:
    """What stands at the end of each line that there is."""
    curve, words = chart.curve, chart.words
    amounts = {"plan": (words.planned, curve.budget)}
    if curve.first:
        amounts["first"] = (words.first_planned, curve.first[-1].amount)
    if curve.granted:
        amounts["granted"] = (words.granted, curve.granted)
    if curve.told:
        amounts["spent"] = (words.spent, curve.told[-1].spent)
        if not curve.is_over:
            amounts["forecast"] = (words.forecast, curve.forecast)
    return {key: f"{word} {label(amount, unit, chart.language)}" for key, (word, amount) in amounts.items()}


def _draw_lines(canvas: Canvas, chart: BudgetCurveChart, sheet: _Sheet, said: dict[str, str]) -> list[_End]:
    curve, ends = chart.curve, []
    last = sheet.across(curve.ends_on)
    if curve.granted:
        level = sheet.up(curve.granted)
        canvas.line("chart-mark", sheet.across.start, level, last, level)
        ends.append(_End(last, level, said["granted"]))
    if curve.first:
        first = sheet.places(curve.first)
        canvas.path("chart-before", first)
        ends.append(_End(*first[-1], said["first"]))
    planned = sheet.places(curve.plan)
    canvas.path("chart-planned", planned)
    for x, y in planned[1:]:
        canvas.dot("chart-plan", x, y, 3.5)
    ends.append(_End(*planned[-1], said["plan"]))
    if curve.told:
        told = tuple(Point(row.on, row.spent) for row in curve.told)
        spent = sheet.places((Point(curve.starts_on, Decimal(0)), *told))
        coming = [] if curve.is_over else [(last, sheet.up(curve.forecast))]
        if coming:
            canvas.path("chart-coming", [spent[-1], *coming])
        canvas.path("chart-line", spent)
        for x, y in spent[1:]:
            canvas.dot("chart-point", x, y, 4)
        for place in coming:
            canvas.dot("chart-point-below", *place, 4)
        ends += [_End(*spent[-1], said["spent"]), *(_End(*place, said["forecast"]) for place in coming)]
    return ends
