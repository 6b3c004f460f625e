"""Cost and benefit lines for tests of the calculation: say only what matters, the rest is ordinary."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.benefits import Beneficiary, BenefitCategory, BenefitLine, Described, FixedAmount, Method
from app.core.calculation import Assumptions, CostKind, CostLine, Financier, Treatment

ASSUMPTIONS = Assumptions(
    discount_rate=Decimal("0.25"),
    internal_rate=Decimal("0.015"),
    price_year=2026,
    horizon_years=4,
)


def assumptions(**changes: Any) -> Assumptions:
    values = {name: getattr(ASSUMPTIONS, name) for name in Assumptions.__dataclass_fields__}
    return Assumptions(**{**values, **changes})


def cost(key: str, amounts: Mapping[int, int], **changes: Any) -> CostLine:
    values: dict[str, Any] = {
        "description": "Kostnad",
        "kind": CostKind.ONE_OFF,
        "treatment": Treatment.EXPENSED,
        "department": "Serviceförvaltningen",
        "financier": Financier.PROGRAMME,
    }
    kronor = {year: Decimal(amount) for year, amount in amounts.items()}
    return CostLine(key=key, amounts=kronor, **{**values, **changes})


def benefit(key: str, amount: int | None, **changes: Any) -> BenefitLine:
    method: Method = Described() if amount is None else FixedAmount(amount=Decimal(amount))
    values: dict[str, Any] = {
        "description": "Nytta",
        "category": BenefitCategory.FINANCIAL,
        "beneficiary": Beneficiary.DEPARTMENT,
        "department": "Serviceförvaltningen",
        "method": method,
        "start": date(2027, 1, 1),
        "price_year": 2026,
    }
    return BenefitLine(key=key, **{**values, **changes})
