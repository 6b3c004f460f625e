"""What a case's file says, as the services take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.applications.declaration import FieldKind
from app.applications.sections import section_by_key
from app.benefits.values import BenefitMethod, BenefitValues, CostValues, Evidence
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment
from app.demo.case import Words

Departments = Mapping[str, int]

_NUMBERS = ("fixed_amount", "volume", "minutes_saved", "share", "hourly_rate", "quantity", "unit_price")


def content(key: str, told: Words, departments: Departments) -> dict[str, Any]:
    """A section's content, with departments by id."""
    section = section_by_key(key)
    by_id = {spec.key for spec in section.fields if spec.kind is FieldKind.DEPARTMENT}
    filled: dict[str, Any] = _with_ids(told, by_id, departments)
    for table in section.tables:
        by_id = {spec.key for spec in table.columns if spec.kind is FieldKind.DEPARTMENT}
        if table.key in told:
            filled[table.key] = [_with_ids(row, by_id, departments) for row in told[table.key]]
    return filled


def _with_ids(told: Words, by_id: set[str], departments: Departments) -> dict[str, Any]:
    return {key: str(departments[value]) if key in by_id else value for key, value in told.items()}


def cost(told: Words, departments: Departments) -> CostValues:
    """A cost line."""
    return CostValues(
        description=told["description"],
        kind=CostKind(told.get("kind", "one_off")),
        department_id=departments[told["department"]],
        financier=Financier(told.get("financier", "programme")),
        amounts={int(year): Decimal(amount) for year, amount in told["amounts"].items()},
        treatment=Treatment(told.get("treatment", "expensed")),
        depreciation_years=told.get("years"),
        source=told["source"],
    )


def benefit(told: Words, departments: Departments) -> BenefitValues:
    """A benefit line; described in words unless it says how it is counted."""
    described = BenefitValues(
        description=told["description"],
        category=BenefitCategory(told["category"]),
        beneficiary=Beneficiary(told["beneficiary"]),
        department_id=departments[told["department"]],
        method=BenefitMethod(told.get("method", "described")),
        starts_on=date.fromisoformat(told["starts_on"]),
        price_year=told.get("price_year"),
        ramp=tuple(Decimal(effect) for effect in told.get("ramp", ())),
        taken_home_how=told["taken_home_how"],
        owner_role=told["owner_role"],
        indicator=told["indicator"],
        source=told["source"],
        evidence=Evidence(told.get("evidence", Evidence.ESTIMATE)),
    )
    known = {name: Decimal(told[name]) for name in _NUMBERS if name in told}
    return replace(described, **known)  # type: ignore[arg-type] # the names are those of decimal fields
