"""Draws cost down and benefit up per year."""

from decimal import Decimal

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds import CostBenefitChart
from app.charts.numbers import label, unit_for

_HEADING = 24
_LABEL_ROOM = 19
_PLOT_HEIGHT = 138
_FOOT = 50
_AXIS_ROOM = 4


def draw_cost_benefit(chart: CostBenefitChart, width: int) -> Markup:
    """One pair of bars per year about a common zero line, labelled where there is room; or costs alone."""
    gains = any(chart.benefits)
    top = _HEADING + _LABEL_ROOM if gains else _AXIS_ROOM
    plot = _PLOT_HEIGHT if gains else _PLOT_HEIGHT // 2
    canvas = Canvas(width, top + plot + _LABEL_ROOM + _FOOT, chart.finding)
    unit = unit_for((*chart.costs, *chart.benefits), chart.words)
    highest, lowest = max(chart.benefits), max(chart.costs)
    scale = Decimal(plot) / ((highest + lowest) or 1)
    zero = top + highest * scale
    slot = width / len(chart.years)
    bar = min(slot * 0.62, 44)
    figures = [label(value, unit, chart.language) for value in (*chart.costs, *chart.benefits)]
    label_every = 1 if max(map(text_width, figures)) <= slot else 2
    years_y = canvas.height - _FOOT + TEXT_SIZE + 4

    if gains:
        canvas.text("chart-benefit-label", 0, TEXT_SIZE, f"{chart.words.benefit}, {unit.word}")
    canvas.text("chart-cost-label", 0, canvas.height - 5, f"{chart.words.cost}, {unit.word}")
    middles = [slot * (index + 0.5) for index in range(len(chart.years))]
    tops = [zero - benefit * scale for benefit in chart.benefits]
    bottoms = [zero + cost * scale for cost in chart.costs]
    for middle, upper in zip(middles, tops, strict=True):
        canvas.bar("chart-benefit", middle - bar / 2, upper, bar, zero - upper)
    for middle, bottom in zip(middles, bottoms, strict=True):
        canvas.bar("chart-cost", middle - bar / 2, zero, bar, bottom - zero)
    for index in range(0, len(chart.years), label_every):
        middle, cost, benefit = middles[index], chart.costs[index], chart.benefits[index]
        year = year_label(chart.years[index], slot * label_every)
        canvas.text("chart-label", middle, years_y, year, "middle")
        if benefit:
            above = tops[index] - 5
            canvas.text("chart-label", middle, above, label(benefit, unit, chart.language), "middle")
        if cost:
            below = bottoms[index] + TEXT_SIZE + 1
            canvas.text("chart-label", middle, below, label(cost, unit, chart.language), "middle")
    canvas.line("chart-axis", 0, zero, width, zero)
    return canvas.svg()


def year_label(year: int, room: float) -> str:
    """The year in full, or its last two digits when the years stand close."""
    return str(year) if text_width("2026") + 3 <= room else f"\u2019{year % 100:02d}"
