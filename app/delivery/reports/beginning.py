"""Where a report begins: with the last one that was sent, and the milestones as they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from app.core.reporting import Dimension, Light
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
        },
        hours={
            row["key"]: HoursSaid(_number(row["worked"]), _number(row["forecast"]))
            for row in said.get("hours", ())
        },
        explanation=said.get("explanation", ""),
    )


def _light(said: Mapping[str, Any]) -> LightSaid:
    return LightSaid(Light(said["light"]) if said.get("light") else None, said.get("reason", ""))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
