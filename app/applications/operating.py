"""How a service is to be run, as a submitted application says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.operation import Lack, Promise

Document = Mapping[str, Any]
"""A version of an application: see `app.applications.snapshot`."""
LACKING: Mapping[Lack, Any] = {
    Lack.OWNER: _l("En roll som äger tjänsten"),
    Lack.DEPARTMENT: _l("Ägarens förvaltning"),
    Lack.BUSINESS: _l("En förvaltningsledare i verksamheten"),
    Lack.IT: _l("En förvaltningsledare för it"),
    Lack.LAUNCH: _l("Dagen då tjänsten är i drift"),
    Lack.COST: _l("Vad tjänsten kostar per år"),
    Lack.PAYER: _l("Vem som betalar"),
    Lack.FINANCED: _l("En finansiering som räcker längre än till i dag"),
}
"""What is missing, as a list names it."""
CLASSES = ("confidentiality", "integrity", "availability")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingPlan:
    """What the sections on operation and on security say; empty where they say nothing."""

    owner: str
    department_id: int | None
    maintenance: str
    yearly_cost: Decimal | None
    payer: str
    financed_until: date | None
    supplier: str
    contract_end: date | None
    classes: Mapping[str, int]
    """Confidentiality, integrity and availability, 1 to 4, as far as they are given."""

    @property
    def promise(self) -> Promise:
        """What a grant rests on."""
        return Promise(
            owner=self.owner,
            has_department=self.department_id is not None,
            has_cost=self.yearly_cost is not None,
            payer=self.payer,
            financed_until=self.financed_until,
        )


def operating_plan_in(document: Document) -> OperatingPlan:
    """Read the plan out of a version."""
    sections = document.get("sections", {})
    said, security = sections.get("operation", {}), sections.get("security", {})
    department, cost = said.get("owner_department"), said.get("yearly_cost")
    return OperatingPlan(
        owner=said.get("owner", ""),
        department_id=int(department) if department else None,
        maintenance=said.get("maintenance", ""),
        yearly_cost=Decimal(cost) if cost else None,
        payer=said.get("payer", ""),
        financed_until=_day(said.get("financed_until")),
        supplier=said.get("supplier", ""),
        contract_end=_day(said.get("contract_end")),
        classes={name: int(security[name]) for name in CLASSES if security.get(name)},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
