"""The only door to charts: a dataclass in, the same SVG for page and PDF out (docs/adr/0006)."""

from functools import lru_cache

from markupsafe import Markup

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
from app.charts.milestone_slip import draw_milestone_slip
from app.charts.numbers import Language
from app.charts.pay_gain import draw_pay_gain
from app.charts.words import ChartWords, words

__all__ = [
    "NARROW",
    "WIDE",
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
