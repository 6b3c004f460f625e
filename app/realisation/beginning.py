"""What forms of a benefit begin with: what is saved, else what the record knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.benefits.queries import benefit_line
from app.realisation import pages, queries
from app.realisation.models import Benefit, Measurement
from app.realisation.queries import BenefitOf
from app.realisation.values import COUNTED
from app.web.changing import said_by

OF_PLAN = (
    "department_id", "owner_role", "owner_id", "share", "baseline", "baseline_on", "baseline_source",
    "target", "target_on", "how", "every_months", "measurer_role", "measurer_id", "version",
)  # fmt: skip
"""What a plan says under the same names as its form."""


def of_plan(found: BenefitOf) -> dict[str, Any]:
    """The plan as it is saved; before that what the application says of owner and indicator."""
    plan = found.plan
    if plan is None:
        line = benefit_line(found.project.id, found.benefit.benefit_line_id)
        return {
            "department_id": found.benefit.department_id,
            "owner_role": line.owner_role if line else "",
            "indicator": line.indicator if line else "",
            "share": Decimal(1),
            "every_months": 12,
        }
    indicator = plan.indicator
    told = {"indicator": indicator.name, "unit": indicator.unit, "direction": indicator.direction}
    return said_by(plan, *OF_PLAN) | told


def of_measurement(found: BenefitOf, today: date) -> dict[str, Any]:
    """The period that is next, and how many minutes and what share were measured last or calculated with."""
    period = pages.proposed_period(found, today)
    months = {"first": period.begins_on, "last": period.ends_on} if period else {}
    measured = queries.standing_measurements(found.benefit.id)
    said: Any = measured[-1] if measured else None
    kept = {
        name: getattr(said, name) if said else _decimal(found.benefit.counted.get(name))
        for name in ("minutes_saved", "share")
    }
    return months | kept


def of_correction(row: Measurement) -> dict[str, Any]:
    """What the measurement says."""
    names = {name for asked in COUNTED.values() for name in asked}
    months = {"first": row.begins_on, "last": row.ends_on.replace(day=1), "version": row.id}
    return months | said_by(row, "indicator_value", "source", "explanation", *sorted(names))


def counted_in_plan(benefit: Benefit) -> dict[str, Decimal]:
    """What the calculation counts with in a year, to be shown beside what was counted."""
    known = {name: _decimal(text) for name, text in benefit.counted.items()}
    return {name: value for name, value in known.items() if value is not None}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
