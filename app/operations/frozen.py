"""A service as a document: what somebody accepts, kept as it was said, with names as they were."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.accounts.models import Department, Person
from app.operations.models import OperatedService

FORMAT = 1
"""Raised when the shape of a document changes, so that old ones are still read as what they are."""

_PLAIN = (
    "title", "owner_role", "business_role", "it_role", "object_family", "platform", "service_level",
    "confidentiality", "integrity", "availability", "supplier", "contract_ends_on", "notice_months",
    "payer", "financed_until", "launched_on", "decommission_on",
)  # fmt: skip
_NAMED = (
    "department", "business_department", "it_department", "payer_department", "owner", "business", "it",
)  # fmt: skip


def document_of(service: OperatedService) -> dict[str, Any]:
    """Everything that the service says now."""
    said = {name: _text(getattr(service, name)) for name in _PLAIN}
    said |= {name: _name(getattr(service, name)) for name in _NAMED}
    return {
        "format": FORMAT,
        **said,
        "costs": [
            {
                "kind": row.kind,
                "from_year": row.from_year,
                "to_year": row.to_year,
                "amount": f"{row.amount:f}",
            }
            for row in sorted(service.costs, key=lambda row: (row.kind, row.from_year))
        ],
        "dependencies": sorted(
            row.on_service.title if row.on_service else row.platform for row in service.dependencies
        ),
    }


def _text(value: str | int | date | None) -> str | int | None:
    return value.isoformat() if isinstance(value, date) else value or None


def _name(named: Department | Person | None) -> str | None:
    return named.name if named else None
