"""The only door to charts: a dataclass in, the same SVG for page and PDF out (docs/adr/0006)."""

from functools import lru_cache

from markupsafe import Markup

from app.charts.bubbles import draw_bubbles
from app.charts.budget_curve import draw_budget_curve
from app.charts.cost_benefit import draw_cost_benefit
from app.charts.cost_cliff import draw_cost_cliff
from app.charts.cumulative import draw_cumulative
from app.charts.indicator import draw_indicator
from app.charts.kinds import (
    BudgetCurveChart,
    Chart,
    ChartError,
    CostBenefitChart,
    CostCliffChart,
    CostCliffLine,
    CumulativeChart,
    IndicatorChart,
    MilestoneSlipChart,
    PayGainChart,
    SlipLine,
)
from app.charts.kinds_portfolio import Bubble, BubbleChart, TimeAxis, TimeKey, TimeRow, TimeSign
from app.charts.milestone_slip import draw_milestone_slip
from app.charts.numbers import Language
from app.charts.pay_gain import draw_pay_gain
from app.charts.time_row import draw_time_axis, draw_time_key, draw_time_row
from app.charts.words import ChartWords, words

__all__ = [
    "NARROW",
    "WIDE",
    "Bubble",
    "BubbleChart",
    "BudgetCurveChart",
    "Chart",
    "ChartError",
    "ChartWords",
    "CostBenefitChart",
    "CostCliffChart",
    "CostCliffLine",
    "CumulativeChart",
    "IndicatorChart",
    "Language",
    "MilestoneSlipChart",
    "PayGainChart",
    "SlipLine",
    "TimeAxis",
    "TimeKey",
    "TimeRow",
    "TimeSign",
    "in_row",
    "of_many",
    "svg",
    "words",
]

NARROW = 360
"""Units across a chart that stays readable on a phone, or in half a column of paper."""
WIDE = 700
"""Units across a chart that fills the column of a printed page."""


@lru_cache(maxsize=256)
def svg(chart: Chart, width: int = NARROW) -> Markup:
    """Draw the chart. Equal charts give equal bytes, drawn once per process."""
    match chart:
        case CostBenefitChart():
            return draw_cost_benefit(chart, width)
        case CumulativeChart():
            return draw_cumulative(chart, width)
        case PayGainChart():
            return draw_pay_gain(chart, width)
        case MilestoneSlipChart():
            return draw_milestone_slip(chart, width)
        case BudgetCurveChart():
            return draw_budget_curve(chart, width)
        case IndicatorChart():
            return draw_indicator(chart, width)
        case CostCliffChart():
            return draw_cost_cliff(chart, width)


def of_many(chart: BubbleChart | TimeKey) -> Markup:
    """Draw what a page shows of many projects. They change from day to day, so no drawing is kept."""
    return draw_bubbles(chart, NARROW) if isinstance(chart, BubbleChart) else draw_time_key(chart, NARROW)


def in_row(drawn: TimeAxis | TimeRow) -> Markup:
    """Draw what stands in a row of a table, beside cells that say the same."""
    return draw_time_axis(drawn, NARROW) if isinstance(drawn, TimeAxis) else draw_time_row(drawn, NARROW)
