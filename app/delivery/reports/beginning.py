"""Where a report begins: with the last one that was sent, milestones as they stand, costs as booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core.reporting import Dimension, Light
from app.core.spending import Actuals
from app.delivery.plans.models import Milestone
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid


def from_the_last(said: Mapping[str, Any], milestones: Iterable[Milestone]) -> Content:
    """What the last report said (its document; empty when there is none).

    What was done and what comes are written anew each time.
    """
    lights = said.get("lights", {})
    return Content(
        lights={dimension: _light(lights.get(dimension.value, {})) for dimension in Dimension},
        milestones={row.id: MilestoneSaid(row.forecast_on, row.reached_on) for row in milestones},
        costs={
            row["key"]: CostSaid(_number(row["spent"]), _number(row["forecast"]))
            for row in said.get("costs", ())
            if row["key"] is not None
        },
        hours={
            row["key"]: HoursSaid(_number(row["worked"]), _number(row["forecast"]))
            for row in said.get("hours", ())
        },
        explanation=said.get("explanation", ""),
    )


def as_booked(content: Content, booked: Actuals) -> Content:
    """The same with what has been entered as cost and hours in the place of what was said before."""
    costs = dict(content.costs)
    for key, amount in booked.by_line.items():
        costs[key] = replace(costs.get(key, CostSaid()), spent=amount)
    hours = dict(content.hours)
    for key, worked in booked.hours_by_effort.items():
        hours[key] = replace(hours.get(key, HoursSaid()), worked=worked)
    return replace(content, costs=costs, hours=hours)


def _light(said: Mapping[str, Any]) -> LightSaid:
    return LightSaid(Light(said["light"]) if said.get("light") else None, said.get("reason", ""))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
