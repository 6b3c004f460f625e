"""A service as somebody wants it: what the verbs take, one part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.operation import YearlyCost


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceValues:
    """What it is."""

    title: str
    object_family: str = ""
    platform: str = ""
    launched_on: date | None = None
    decommission_on: date | None = None
    service_level: str = ""
    confidentiality: int | None = None
    integrity: int | None = None
    availability: int | None = None
    supplier: str = ""
    contract_ends_on: date | None = None
    notice_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderValues:
    """Which roles answer for it, in which departments, and who holds them now."""

    department_id: int
    owner_role: str
    owner_id: int | None = None
    business_role: str = ""
    business_department_id: int | None = None
    business_id: int | None = None
    it_role: str = ""
    it_department_id: int | None = None
    it_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyValues:
    """What it costs, who pays, and for how long there is money."""

    payer_department_id: int | None = None
    payer: str = ""
    financed_until: date | None = None
    costs: Sequence[YearlyCost] = ()


@dataclass(frozen=True, slots=True)
class Dependency:
    """Another service of the register, or else a platform named in words."""

    on_service_id: int | None
    platform: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewValues:
    """What those who answer for a service say of it a year later."""

    holders_right: bool
    cost_right: bool
    contract_right: bool
    class_right: bool
    use: str
    words: str = ""

    @property
    def something_wrong(self) -> bool:
        """Not everything is as the register says."""
        return not (self.holders_right and self.cost_right and self.contract_right and self.class_right)
