"""What a person types in a report, as plain values, and as JSON while it is being written.

A report may be saved while it is incomplete: what is not known is None, or an empty text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.reporting import Dimension, Light


@dataclass(frozen=True, slots=True)
class LightSaid:
    """A light, and why."""

    light: Light | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneSaid:
    """When a milestone is expected, or was reached."""

    forecast_on: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class CostSaid:
    """What a budget line has cost until the period's end, and is expected to cost in all, in kronor."""

    spent: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class HoursSaid:
    """What a role has worked until the period's end, and is expected to work in all, in hours."""

    worked: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A report as it is typed. Rows by the number of the plan's row."""

    lights: Mapping[Dimension, LightSaid] = field(default_factory=dict)
    milestones: Mapping[int, MilestoneSaid] = field(default_factory=dict)
    costs: Mapping[int, CostSaid] = field(default_factory=dict)
    hours: Mapping[int, HoursSaid] = field(default_factory=dict)
    explanation: str = ""
    """Why cost or hours are off the plan."""
    done: str = ""
    coming: str = ""
    needs: str = ""
    """Decisions or help that the project needs."""


def as_json(content: Content) -> dict[str, Any]:
    """Plain JSON."""
    return {
        "lights": {
            dimension.value: {"light": said.light.value if said.light else None, "reason": said.reason}
            for dimension, said in content.lights.items()
        },
        "milestones": {
            str(key): {"forecast_on": _day(said.forecast_on), "reached_on": _day(said.reached_on)}
            for key, said in content.milestones.items()
        },
        "costs": {
            str(key): {"spent": _number(said.spent), "forecast": _number(said.forecast)}
            for key, said in content.costs.items()
        },
        "hours": {
            str(key): {"worked": _number(said.worked), "forecast": _number(said.forecast)}
            for key, said in content.hours.items()
        },
        "explanation": content.explanation,
        "done": content.done,
        "coming": content.coming,
        "needs": content.needs,
    }


def from_json(kept: Mapping[str, Any]) -> Content:
    """The values again."""
    return Content(
        lights={
            Dimension(key): LightSaid(Light(row["light"]) if row["light"] else None, row["reason"])
            for key, row in kept.get("lights", {}).items()
        },
        milestones={
            int(key): MilestoneSaid(_to_day(row["forecast_on"]), _to_day(row["reached_on"]))
            for key, row in kept.get("milestones", {}).items()
        },
        costs={
            int(key): CostSaid(_to_number(row["spent"]), _to_number(row["forecast"]))
            for key, row in kept.get("costs", {}).items()
        },
        hours={
            int(key): HoursSaid(_to_number(row["worked"]), _to_number(row["forecast"]))
            for key, row in kept.get("hours", {}).items()
        },
        explanation=kept.get("explanation", ""),
        done=kept.get("done", ""),
        coming=kept.get("coming", ""),
        needs=kept.get("needs", ""),
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _to_number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
