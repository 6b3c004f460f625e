"""The whole application as one document: what is read, compared and, once submitted, fixed.

A document holds everything that its readers need, names of departments too: it must say the same in ten
years. The calculation is kept as its inputs (see `app.benefits.snapshot`) with its main results.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.accounts.queries import department_names, person
from app.applications import queries
from app.benefits.snapshot import calculation_from_json, lines_as_json
from app.core.calculation import Calculation
from app.core.money import round_half_up
from app.programmes.queries import round_by_id
from app.projects.models import Project

FORMAT = 1
"""Raised when the shape of a document changes, so that old ones are still read as what they are."""

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Figures:
    """The main results of a calculation, kronor to the öre (present value to the krona)."""

    applied_amount: Decimal
    total_cost: Decimal
    total_benefit: Decimal
    net_present_value: Decimal


def document_of(project: Project, today: date) -> dict[str, Any]:
    """The application as it stands now. Raises SettingsMissingError when nothing can be calculated."""
    leader = person(project.leader_id)
    found = round_by_id(project.round_id) if project.round_id else None
    names = department_names()
    lines = lines_as_json(project, today)
    figures = figures_of(calculation_from_json(lines))
    return {
        "format": FORMAT,
        "title": project.title,
        "kind": project.kind,
        "lead_department": names[project.lead_department_id],
        "leader": leader.name if leader else "",
        "round": found.name if found else "",
        "calculated_on": today.isoformat(),
        "departments": {str(key): name for key, name in sorted(names.items())},
        "sections": queries.contents_of(project.id),
        "calculation": lines,
        "results": {
            "applied_amount": f"{figures.applied_amount:f}",
            "total_cost": f"{figures.total_cost:f}",
            "total_benefit": f"{figures.total_benefit:f}",
            "net_present_value": f"{figures.net_present_value:f}",
        },
        "attachments": [
            {
                "id": row.id,
                "filename": row.filename,
                "description": row.description,
                "media_type": row.media_type,
                "size": row.size,
                "sha256": row.sha256,
            }
            for row in queries.attachments_of(project.id)
        ],
    }


def figures_of(calculation: Calculation) -> Figures:
    """The main results, as lists and versions keep them."""
    ore, krona = Decimal("0.01"), Decimal(1)
    return Figures(
        applied_amount=round_half_up(calculation.applied_amount, ore),
        total_cost=round_half_up(calculation.totals.cost, ore),
        total_benefit=round_half_up(calculation.totals.benefit, ore),
        net_present_value=round_half_up(calculation.totals.present_value, krona),
    )


def calculation_in(document: Document) -> Calculation:
    """The calculation that the document's lines lead to."""
    return calculation_from_json(document["calculation"])


def sha256_of(document: Document) -> str:
    """The fingerprint of a document: equal documents have equal ones, whatever stored them."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
