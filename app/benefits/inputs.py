"""What a benefit calculation is made of, apart from where it is kept: from here on everything is pure.

A line may be incomplete, because people save before they know. An incomplete line is left out of the
calculation and told about as a gap: never counted as 0 kronor in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from app.benefits.values import (
    NEEDED,
    BenefitEntry,
    BenefitMethod,
    BenefitValues,
    CostEntry,
    CostValues,
    Entry,
    Settings,
    Values,
)
from app.core import benefits as core
from app.core.calculation import Assumptions, Calculation, calculate
from app.core.costs import CostLine, Treatment
from app.core.errors import InputError, OutOfRangeError
from app.core.precision import working_precision
from app.core.tempered import tempered

LARGEST_YEAR = Decimal(999_999_999_999)
"""Kronor that one line can count with in a year: all lines together then stay within what can be added up."""


class GapReason(StrEnum):
    """Why a line is left out."""

    MISSING = "missing"
    OTHER_PRICE_YEAR = "other_price_year"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that keeps the line `key` out of the calculation."""

    key: str
    description: str
    field: str
    reason: GapReason


@dataclass(frozen=True)
class Inputs:
    """Everything that a calculation follows from."""

    settings: Settings
    costs: tuple[CostEntry, ...]
    benefits: tuple[BenefitEntry, ...]
    base_year: int | None = None
    """The first year that is counted; None: the first that has a cost or a benefit."""

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What keeps lines out of the calculation, in the order of the lines."""
        costs = [gap for entry in self.costs for gap in _cost_gaps(entry)]
        return (*costs, *(gap for entry in self.benefits for gap in _benefit_gaps(entry, self.settings)))

    @cached_property
    def calculation(self) -> Calculation:
        """The result of the lines that are complete."""
        return calculate(*self._complete)

    def tempered(self, *, share: Decimal, months_late: Decimal) -> Calculation:
        """The same if so much of each benefit came, so late (app.core.tempered)."""
        return tempered(*self._complete, share=share, months_late=months_late)

    @cached_property
    def _complete(self) -> tuple[list[CostLine], list[core.BenefitLine], Assumptions]:
        left_out = {gap.key for gap in self.gaps}
        settings = self.settings
        return (
            [_core_cost(entry) for entry in self.costs if entry.key not in left_out],
            [
                _core_benefit(entry, settings.price_year)
                for entry in self.benefits
                if entry.key not in left_out
            ],
            Assumptions(
                discount_rate=settings.discount_rate,
                internal_rate=settings.internal_rate,
                price_year=settings.price_year,
                horizon_years=settings.horizon_years,
                base_year=self.base_year,
                price_index=settings.price_index,
            ),
        )

    @cached_property
    def full_years(self) -> dict[str, Decimal]:
        """What each benefit with a price is worth in a year at full effect, by key, in its own prices."""
        left_out = {gap.key for gap in self.gaps}
        lines = [
            _core_benefit(entry, self.settings.price_year)
            for entry in self.benefits
            if entry.key not in left_out
        ]
        return {
            line.key: line.method.full_year().result
            for line in lines
            if not isinstance(line.method, core.Described)
        }

    @cached_property
    def converted_from(self) -> tuple[int, ...]:
        """The price years that amounts of the calculation are carried from, by the price index."""
        left_out = {gap.key for gap in self.gaps}
        counted = (entry.values for entry in self.benefits if entry.key not in left_out)
        years = {self.settings.other_price_year(values) for values in counted}
        return tuple(sorted(year for year in years if year is not None))

    def with_cost(self, entry: CostEntry) -> Inputs:
        """The same with this cost line in the place of the one with its key, or last."""
        return replace(self, costs=_placed(self.costs, entry))

    def with_benefit(self, entry: BenefitEntry) -> Inputs:
        """The same with this benefit line in the place of the one with its key, or last."""
        return replace(self, benefits=_placed(self.benefits, entry))


def check_cost(values: CostValues) -> None:
    """Raise an InputError for values that no calculation can count with; incomplete ones are fine."""
    if values.amounts and not _missing_in_cost(values):
        _core_cost(Entry("", "", values))


def check_benefit(values: BenefitValues) -> None:
    """Raise an InputError for values that no calculation can count with; incomplete ones are fine."""
    if not _missing_in_benefit(values):
        _try_out(Entry("", "", values), values.price_year or 2000, Decimal(1))


def _placed(entries: tuple[Entry[Values], ...], entry: Entry[Values]) -> tuple[Entry[Values], ...]:
    if all(other.key != entry.key for other in entries):
        return (*entries, entry)
    return tuple(entry if other.key == entry.key else other for other in entries)


def _missing_in_cost(values: CostValues) -> list[str]:
    missing = [] if values.amounts else ["amounts"]
    if values.treatment is Treatment.INVESTED and values.depreciation_years is None:
        missing.append("depreciation_years")
    return missing


def _missing_in_benefit(values: BenefitValues) -> list[str]:
    needed = (*NEEDED[values.method], "starts_on")
    return [name for name in needed if getattr(values, name) is None]


def _cost_gaps(entry: CostEntry) -> Iterator[Gap]:
    description = entry.values.description
    missing = _missing_in_cost(entry.values)
    for name in missing:
        yield Gap(entry.key, description, name, GapReason.MISSING)
    if not missing:
        try:
            _core_cost(entry)
        except InputError as error:
            yield Gap(entry.key, description, error.field, GapReason.IMPOSSIBLE)


def _benefit_gaps(entry: BenefitEntry, settings: Settings) -> Iterator[Gap]:
    values = entry.values
    other_year = settings.other_price_year(values)
    index = Decimal(1) if other_year is None else settings.index_between(other_year)
    missing = _missing_in_benefit(values)
    for name in missing:
        yield Gap(entry.key, values.description, name, GapReason.MISSING)
    if index is None:
        yield Gap(entry.key, values.description, "price_year", GapReason.OTHER_PRICE_YEAR)
    elif not missing:
        try:
            _try_out(entry, settings.price_year, index)
        except InputError as error:
            yield Gap(entry.key, values.description, error.field, GapReason.IMPOSSIBLE)


def _try_out(entry: BenefitEntry, price_year: int, index: Decimal) -> None:
    """Count one full year in the programme's prices: that is where quantities that are too large show."""
    line = _core_benefit(entry, price_year)
    if not isinstance(line.method, core.Described):
        with working_precision():
            if line.method.full_year().result * index > LARGEST_YEAR:
                raise OutOfRangeError("amount", "too_large", f"must be at most {LARGEST_YEAR} a year")


def _core_cost(entry: CostEntry) -> CostLine:
    values = entry.values
    return CostLine(
        key=entry.key,
        description=values.description,
        kind=values.kind,
        treatment=values.treatment,
        department=entry.department,
        financier=values.financier,
        amounts=values.amounts,
        depreciation_years=values.depreciation_years,
    )


def _core_benefit(entry: BenefitEntry, price_year: int) -> core.BenefitLine:
    values = entry.values
    return core.BenefitLine(
        key=entry.key,
        description=values.description,
        category=values.category,
        beneficiary=values.beneficiary,
        department=entry.department,
        method=_core_method(values),
        start=_known(values.starts_on),
        price_year=price_year if values.price_year is None else values.price_year,
        ramp=values.ramp,
        end=values.ends_on,
    )


def _core_method(values: BenefitValues) -> core.Method:
    match values.method:
        case BenefitMethod.SAVED_TIME:
            return core.SavedTime(
                volume=_known(values.volume),
                minutes=_known(values.minutes_saved),
                share=_known(values.share),
                hourly_rate=_known(values.hourly_rate),
            )
        case BenefitMethod.UNIT_PRICE:
            return core.UnitPrice(quantity=_known(values.quantity), unit_price=_known(values.unit_price))
        case BenefitMethod.FIXED:
            return core.FixedAmount(amount=_known(values.fixed_amount))
        case BenefitMethod.DESCRIBED:
            return core.Described()


Known = TypeVar("Known")


def _known(value: Known | None) -> Known:
    """An input of a line that `_missing_in_benefit` has found complete."""
    if value is None:
        raise TypeError("an incomplete line cannot be counted")
    return value
