"""A key and its bill as a document: what departments accept, kept as it was said, with names as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.operation import ZERO
from app.core.sharing import Part
from app.operations.models_sharing import ServiceSharing
from app.operations.queries import ServiceOf

FORMAT = 1
"""Raised when the shape of a document changes, so that old ones are still read as what they are."""


def document_of(
    sharing: ServiceSharing, of: ServiceOf, parts: Sequence[Part], names: Mapping[int, str], proposer: str
) -> dict[str, Any]:
    """Everything that the version says."""
    return {
        "format": FORMAT,
        "service": of.service.title,
        "department": of.service.department.name,
        "year": sharing.year,
        "number": sharing.number,
        "reason": sharing.reason,
        "basis": sharing.basis,
        "unit": sharing.unit,
        "measured_on": sharing.measured_on.isoformat(),
        "source": sharing.source,
        "words": sharing.words,
        "cost_kind": sharing.cost_kind,
        "cost": f"{sharing.cost:f}",
        "kronor": f"{sum((part.kronor for part in parts), ZERO):f}",
        "answer_by": sharing.answer_by.isoformat(),
        "proposed_by": proposer,
        "departments": [
            {
                "department": names[part.department_id],
                "quantity": f"{part.quantity.normalize():f}",
                "amount": f"{part.amount:f}",
                "kronor": f"{part.kronor:f}",
            }
            for part in parts
        ],
    }
