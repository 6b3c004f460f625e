"""The few words that stand inside a chart, translated by the caller."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """Words drawn in charts, in the reader's language."""

    cost: str
    benefit: str
    cumulative_net: str
    break_even: str
    pays: str
    gains: str
    thousands: str
    millions: str
    expected: str
    report: str
    planned: str
    first_planned: str
    granted: str
    spent: str
    forecast: str
    baseline: str
    target: str
    measured: str
    financed: str
    unfinanced: str


def words(gettext: Callable[[str], str]) -> ChartWords:
    """Translate the chart words with the caller's gettext, so that this package needs no request."""
    _ = gettext
    return ChartWords(
        cost=_("Kostnad"),
        benefit=_("Nytta"),
        cumulative_net=_("Ackumulerat netto"),
        break_even=_("Brytår"),
        pays=_("Betalar"),
        gains=_("Får nytta"),
        thousands=_("tkr"),
        millions=_("mnkr"),
        expected=_("Väntas klar"),
        report=_("Rapport"),
        planned=_("Plan"),
        first_planned=_("Första plan"),
        granted=_("Beviljat"),
        spent=_("Förbrukat"),
        forecast=_("Prognos"),
        baseline=_("Utgångsvärde"),
        target=_("Mål"),
        measured=_("Mätt"),
        financed=_("Finansierat"),
        unfinanced=_("Utan pengar"),
    )
