"""The few words that stand inside a chart, translated by the caller."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """Words drawn in charts and in the tables beneath them, in the reader's language."""

    year: str
    cost: str
    benefit: str
    net: str
    cumulative_net: str
    break_even: str
    department: str
    pays: str
    gains: str
    kronor: str
    thousands: str
    millions: str


def words(gettext: Callable[[str], str]) -> ChartWords:
    """Translate the chart words with the caller's gettext, so that this package needs no request."""
    _ = gettext
    return ChartWords(
        year=_("År"),
        cost=_("Kostnad"),
        benefit=_("Nytta"),
        net=_("Netto"),
        cumulative_net=_("Ackumulerat netto"),
        break_even=_("Brytår"),
        department=_("Förvaltning"),
        pays=_("Betalar"),
        gains=_("Får nytta"),
        kronor=_("kr"),
        thousands=_("tkr"),
        millions=_("mnkr"),
    )
