"""What must hold before a report is sent: every lack is told, beside its own field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.reporting import Dimension, needs_reason, proposals, to_explain
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid
from app.delivery.reports.document import Ground, figures_of

Fault = tuple[str, Any]
"""The name of the form's field, and what to do."""
Faults = Mapping[str, Any]

CHOOSE = _l("Välj grönt, gult eller rött.")
WHY = _l(
    "Skriv varför. Det behövs när läget inte är grönt, och när det inte är det läge som siffrorna visar."
)
PASSED = _l("Dagen har passerat. Ange när milstolpen nåddes, eller när den väntas nu.")
SPENT = _l("Ange vad som är förbrukat, 0 om inget är det.")
WILL_COST = _l("Ange vad det väntas ha kostat när projektet är slut.")
TOO_LITTLE = _l("Prognosen kan inte vara lägre än det som redan är förbrukat.")
WORKED = _l("Ange arbetade timmar, 0 om inga är det.")
WILL_TAKE = _l("Ange hur många timmar det väntas bli när projektet är slut.")
EXPLAIN = _l("Förklara avvikelsen: prognosen ligger mer än 10 procent från planen.")


def faults_in(ground: Ground, content: Content) -> dict[str, Any]:
    """Everything that stands against sending the report; nothing when it may be sent."""
    parts = (_lights, _milestones, _costs, _hours, _words)
    return dict(fault for part in parts for fault in part(ground, content))


def _lights(ground: Ground, content: Content) -> Iterator[Fault]:
    proposed = proposals(figures_of(ground, content))
    for dimension in Dimension:
        said = content.lights.get(dimension, LightSaid())
        if said.light is None:
            yield f"light_{dimension}", CHOOSE
        elif needs_reason(said.light, proposed.get(dimension)) and not said.reason:
            yield f"reason_{dimension}", WHY


def _milestones(ground: Ground, content: Content) -> Iterator[Fault]:
    for row in ground.plan.milestones:
        said = content.milestones.get(row.key, MilestoneSaid())
        if said.reached_on is None and (said.forecast_on or row.planned_on) <= ground.ends_on:
            yield f"forecast_{row.key}", PASSED


def _costs(ground: Ground, content: Content) -> Iterator[Fault]:
    for line in ground.plan.budget:
        said = content.costs.get(line.key, CostSaid())
        if said.spent is None:
            yield f"spent_{line.key}", SPENT
        if said.forecast is None:
            yield f"cost_{line.key}", WILL_COST
        elif said.spent is not None and said.forecast < said.spent:
            yield f"cost_{line.key}", TOO_LITTLE


def _hours(ground: Ground, content: Content) -> Iterator[Fault]:
    for row in ground.plan.effort:
        said = content.hours.get(row.key, HoursSaid())
        if row.low is not None and said.worked is None:
            yield f"worked_{row.key}", WORKED
        if row.low is not None and said.forecast is None:
            yield f"hours_{row.key}", WILL_TAKE


def _words(ground: Ground, content: Content) -> Iterator[Fault]:
    if not content.explanation and any(to_explain(figures_of(ground, content))):
        yield "explanation", EXPLAIN
    if not content.done:
        yield "done", _l("Skriv vad som har gjorts under perioden.")
    if not content.coming:
        yield "coming", _l("Skriv vad som kommer närmast.")
