"""What the lines of a benefit calculation say, and the settings that it follows: plain values.

A line may be incomplete, because people save before they know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment
from app.core.precision import working_precision


class BenefitMethod(StrEnum):
    """How a benefit is counted."""

    SAVED_TIME = "saved_time"
    UNIT_PRICE = "unit_price"
    FIXED = "fixed"
    DESCRIBED = "described"


class Evidence(StrEnum):
    """How sure the figures of a benefit are: what they rest on, the surest first."""

    MEASURED = "measured"
    """Counted in the department's own work."""
    COMPARABLE = "comparable"
    """What a pilot, or a project like this one, came to."""
    ESTIMATE = "estimate"
    """A supplier's or an expert's."""
    ASSUMPTION = "assumption"


NEEDED: Mapping[BenefitMethod, tuple[str, ...]] = {
    BenefitMethod.SAVED_TIME: ("volume", "minutes_saved", "share", "hourly_rate"),
    BenefitMethod.UNIT_PRICE: ("quantity", "unit_price"),
    BenefitMethod.FIXED: ("fixed_amount",),
    BenefitMethod.DESCRIBED: (),
}
"""The inputs that each method counts with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostValues:
    """What a cost line says. `amounts` in kronor by calendar year."""

    description: str
    kind: CostKind
    department_id: int
    financier: Financier
    amounts: Mapping[int, Decimal] = field(default_factory=dict)
    treatment: Treatment = Treatment.EXPENSED
    depreciation_years: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitValues:
    """What a benefit line says. Inputs that are not known yet are None.

    `share` and `ramp` are fractions from 0 to 1; without `price_year` the programme's own holds.
    """

    description: str
    category: BenefitCategory
    beneficiary: Beneficiary
    department_id: int
    method: BenefitMethod
    fixed_amount: Decimal | None = None
    volume: Decimal | None = None
    minutes_saved: Decimal | None = None
    share: Decimal | None = None
    hourly_rate: Decimal | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    ramp: tuple[Decimal, ...] = ()
    price_year: int | None = None
    taken_home_how: str = ""
    owner_role: str = ""
    indicator: str = ""
    source: str = ""
    evidence: Evidence | None = None
    """None: nobody has stated it, as in applications from before it was asked."""


Values = TypeVar("Values", bound=CostValues | BenefitValues)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Values]):
    """A line of a calculation: its key (`cost-12`), the name of its department, and what it says."""

    key: str
    department: str
    values: Values


CostEntry = Entry[CostValues]
BenefitEntry = Entry[BenefitValues]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The programme's settings that the calculation follows, and from when they are valid."""

    valid_from: date
    discount_rate: Decimal
    internal_rate: Decimal
    price_year: int
    horizon_years: int
    reference: str = ""
    price_index: Mapping[int, Decimal] = field(default_factory=dict)
    """Index by calendar year; empty when the programme keeps none."""
    price_index_name: str = ""

    def other_price_year(self, values: BenefitValues) -> int | None:
        """The price year that the benefit's amounts must be carried from; None when they are in ours."""
        priced = values.method is not BenefitMethod.DESCRIBED
        return values.price_year if priced and values.price_year != self.price_year else None

    def index_between(self, year: int) -> Decimal | None:
        """What an amount in prices of `year` is multiplied by; None when the index lacks one of the years."""
        from_index, to_index = self.price_index.get(year), self.price_index.get(self.price_year)
        if from_index is None or to_index is None:
            return None
        with working_precision():
            return to_index / from_index
