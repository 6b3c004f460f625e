"""A benefit's plan and a measurement as somebody writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.benefits.values import BenefitMethod
from app.core.benefits import FixedAmount, SavedTime, UnitPrice
from app.core.measuring import Period
from app.core.realisation import Counted, Direction

COUNTED: Mapping[BenefitMethod, tuple[str, ...]] = {
    BenefitMethod.SAVED_TIME: ("volume", "minutes_saved", "share"),
    BenefitMethod.UNIT_PRICE: ("quantity",),
    BenefitMethod.FIXED: ("amount",),
    BenefitMethod.DESCRIBED: (),
}
"""What is counted in a period, by the method of the calculation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanValues:
    """Who answers, by what it is seen, how it is measured."""

    department_id: int
    owner_role: str
    owner_id: int | None
    indicator: str
    unit: str
    direction: Direction
    share: Decimal
    baseline: Decimal
    baseline_on: date
    baseline_source: str
    target: Decimal
    target_on: date
    how: str
    every_months: int
    measurer_role: str
    measurer_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementValues:
    """What was seen in a period, and what was counted in it."""

    period: Period
    indicator_value: Decimal
    source: str
    counted: Mapping[str, Decimal]
    """By the name of the input; those of the benefit's method."""
    explanation: str = ""
    correction: str = ""


def counted_by(
    method: BenefitMethod, found: Mapping[str, Decimal], unit_value: Decimal | None
) -> Counted | None:
    """What was counted as the formula takes it; None for what is told in words."""
    price = unit_value or Decimal(0)
    match method:
        case BenefitMethod.SAVED_TIME:
            return SavedTime(
                volume=found["volume"],
                minutes=found["minutes_saved"],
                share=found["share"],
                hourly_rate=price,
            )
        case BenefitMethod.UNIT_PRICE:
            return UnitPrice(quantity=found["quantity"], unit_price=price)
        case BenefitMethod.FIXED:
            return FixedAmount(amount=found["amount"])
        case BenefitMethod.DESCRIBED:
            return None
