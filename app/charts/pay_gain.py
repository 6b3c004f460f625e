"""Draws who pays and who gains, department by department."""

from decimal import Decimal

from markupsafe import Markup

from app.charts.canvas import TEXT_SIZE, Canvas, text_width
from app.charts.kinds import PayGainChart
from app.charts.numbers import label, unit_for

_HEADING = 24
_ROW = 42
_BAR = 14
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
    for index, (name, pays, gains) in enumerate(zip(chart.departments, chart.pays, chart.gains, strict=True)):
        top = _HEADING + _ROW * index
        bar_top = top + TEXT_SIZE + 7
        baseline = bar_top + _BAR - 3
        left, right = Decimal(middle) - pays * scale, Decimal(middle) + gains * scale
        canvas.text("chart-label", 0, top + TEXT_SIZE + 1, _shortened(name, width))
        canvas.bar("chart-cost", left, bar_top, Decimal(middle) - left, _BAR)
        canvas.bar("chart-benefit", middle, bar_top, right - Decimal(middle), _BAR)
        canvas.text("chart-label", left - _GAP, baseline, label(pays, unit, chart.language), "end")
        canvas.text("chart-label", right + _GAP, baseline, label(gains, unit, chart.language))
        canvas.line("chart-axis", middle, bar_top - 3, middle, bar_top + _BAR + 3)
    return canvas.svg()


def _shortened(name: str, width: int) -> str:
    """A name longer than the chart ends in an ellipsis; the table beneath has it in full."""
    longest = int(width / (TEXT_SIZE * 0.5))
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "\u2026"
