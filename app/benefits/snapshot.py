"""The inputs of a calculation as plain JSON, and back: what a submitted version keeps.

The result is not kept but recomputed, so that a reader of an old version sees how it came about. Amounts
are decimal strings, dates ISO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.benefits import queries
from app.benefits.inputs import Inputs
from app.benefits.values import (
    BenefitEntry,
    BenefitMethod,
    BenefitValues,
    CostEntry,
    CostValues,
    Entry,
    Evidence,
    Settings,
)
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.calculation import Calculation
from app.core.costs import CostKind, Financier, Treatment
from app.projects.models import Project

_DECIMALS = ("fixed_amount", "volume", "minutes_saved", "share", "hourly_rate", "quantity", "unit_price")


def lines_as_json(project: Project, day: date) -> dict[str, Any]:
    """The project's lines and the settings of the day, ready for json.dumps."""
    return inputs_as_json(queries.inputs_for(project, day))


def calculation_from_json(content: Mapping[str, Any]) -> Calculation:
    """The calculation that the kept inputs lead to. Asks no database."""
    return inputs_from_json(content).calculation


def inputs_as_json(inputs: Inputs) -> dict[str, Any]:
    """Plain JSON of everything that the calculation follows from."""
    return {
        "settings": _plain_fields(inputs.settings),
        "costs": [_entry_as_json(entry) for entry in inputs.costs],
        "benefits": [_entry_as_json(entry) for entry in inputs.benefits],
    }


def inputs_from_json(content: Mapping[str, Any]) -> Inputs:
    """The inputs again, equal to what was kept. Asks no database."""
    return Inputs(
        _settings(content["settings"]),
        tuple(_cost(entry) for entry in content["costs"]),
        tuple(_benefit(entry) for entry in content["benefits"]),
    )


def _entry_as_json(entry: CostEntry | BenefitEntry) -> dict[str, Any]:
    return {"key": entry.key, "department": entry.department, **_plain_fields(entry.values)}


def _plain_fields(values: CostValues | BenefitValues | Settings) -> dict[str, Any]:
    return {item.name: _plain(getattr(values, item.name)) for item in fields(values)}


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case str():
            return str(value)  # an enum's member as its value
        case _:
            return value


def _settings(kept: Mapping[str, Any]) -> Settings:
    return Settings(
        valid_from=date.fromisoformat(kept["valid_from"]),
        discount_rate=Decimal(kept["discount_rate"]),
        internal_rate=Decimal(kept["internal_rate"]),
        price_year=kept["price_year"],
        horizon_years=kept["horizon_years"],
        reference=kept["reference"],
        price_index={int(year): Decimal(value) for year, value in kept.get("price_index", {}).items()},
        price_index_name=kept.get("price_index_name", ""),
    )


def _cost(kept: Mapping[str, Any]) -> CostEntry:
    values = CostValues(
        description=kept["description"],
        kind=CostKind(kept["kind"]),
        department_id=kept["department_id"],
        financier=Financier(kept["financier"]),
        amounts={int(year): Decimal(amount) for year, amount in kept["amounts"].items()},
        treatment=Treatment(kept["treatment"]),
        depreciation_years=kept["depreciation_years"],
        source=kept["source"],
    )
    return Entry(kept["key"], kept["department"], values)


def _benefit(kept: Mapping[str, Any]) -> BenefitEntry:
    numbers = {name: _decimal(kept[name]) for name in _DECIMALS}
    values = BenefitValues(
        description=kept["description"],
        category=BenefitCategory(kept["category"]),
        beneficiary=Beneficiary(kept["beneficiary"]),
        department_id=kept["department_id"],
        method=BenefitMethod(kept["method"]),
        starts_on=_day(kept["starts_on"]),
        ends_on=_day(kept["ends_on"]),
        ramp=tuple(Decimal(effect) for effect in kept["ramp"]),
        price_year=kept["price_year"],
        taken_home_how=kept["taken_home_how"],
        owner_role=kept["owner_role"],
        indicator=kept["indicator"],
        source=kept["source"],
        evidence=Evidence(kept["evidence"]) if kept.get("evidence") else None,
        **numbers,
    )
    return Entry(kept["key"], kept["department"], values)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
