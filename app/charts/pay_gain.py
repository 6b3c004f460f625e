"""Draws who pays and who gains, department by department."""

from decimal import Decimal

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, shortened, text_width
from app.charts.kinds import PayGainChart
from app.charts.numbers import label, unit_for

_HEADING = 26
_ROW = 46
_BAR = 16
_GAP = 5


def draw_pay_gain(chart: PayGainChart, width: int) -> Markup:
    """Bars left and right of a common middle, under the name of the department."""
    canvas = Canvas(width, _HEADING + _ROW * len(chart.departments) + 2, chart.finding)
    unit = unit_for((*chart.pays, *chart.gains), chart.words)
    figures = [label(amount, unit, chart.language) for amount in (*chart.pays, *chart.gains)]
    middle = width / 2
    room = middle - max(map(text_width, figures)) - 2 * _GAP
    scale = Decimal(room) / (max(*chart.pays, *chart.gains) or 1)

    canvas.text("chart-cost-label", middle - _GAP, TEXT_SIZE, f"{chart.words.pays}, {unit.word}", "end")
    canvas.text("chart-benefit-label", middle + _GAP, TEXT_SIZE, f"{chart.words.gains}, {unit.word}")
    tops = [_HEADING + _ROW * index + TEXT_SIZE + 7 for index in range(len(chart.departments))]
    lefts = [Decimal(middle) - pays * scale for pays in chart.pays]
    rights = [Decimal(middle) + gains * scale for gains in chart.gains]
    for top, name in zip(tops, chart.departments, strict=True):
        canvas.text("chart-label", 0, top - 6, shortened(name, width))
    for top, left in zip(tops, lefts, strict=True):
        canvas.bar("chart-cost", left, top, Decimal(middle) - left, _BAR)
    for top, right in zip(tops, rights, strict=True):
        canvas.bar("chart-benefit", middle, top, right - Decimal(middle), _BAR)
    for top, left, pays in zip(tops, lefts, chart.pays, strict=True):
        text = label(pays, unit, chart.language)
        canvas.text("chart-label", left - _GAP, top + _BAR - 3, text, "end")
    for top, right, gains in zip(tops, rights, chart.gains, strict=True):
        text = label(gains, unit, chart.language)
        canvas.text("chart-label", right + _GAP, top + _BAR - 3, text)
    for top in tops:
        canvas.line("chart-axis", middle, top - 1, middle, top + _BAR + 3)
    return canvas.svg()
