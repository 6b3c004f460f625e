"""A case as plain data: what was applied for, decided and required."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from app.applications.queries import contents_of, versions_of
from app.core.money import round_half_up
from app.decisions.models import Decision, Opinion
from app.decisions.queries import share_of_frame
from app.delivery.conditions.queries import states_in
from app.export.plain import Json, amount, day
from app.projects.models import Project
from app.projects.queries import participating_departments, remarks_on


def slug(title: str) -> str:
    """The title as a name for machines: `kontaktcenter-kommuncentral-information`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def project_data(project: Project) -> Json:
    """The project, and what its newest application says."""
    versions = versions_of(project.id)
    sections = versions[-1].content["sections"] if versions else contents_of(project.id)
    goals, summary = sections.get("goals", {}), sections.get("summary", {})
    return {
        "id": project.id,
        "slug": slug(project.title),
        "programme_id": project.programme_id,
        "title": project.title,
        "case_number": project.case_number,
        "kind": project.kind,
        "state": project.state,
        "state_since": day(project.state_since),
        "submitted_on": day(project.submitted_at),
        "due_on": day(project.due_on),
        "round": project.round.name if project.round else None,
        "lead_department": project.lead_department.name,
        "participating_departments": [row.department.name for row in participating_departments(project.id)],
        "leader": project.leader.name,
        "applied_amount": amount(project.applied_amount),
        "period": [summary.get("period_start"), summary.get("period_end")],
        "effect_goals": _rows(goals.get("effect_goals", ())),
        "project_goals": _rows(goals.get("project_goals", ())),
        "milestones": _rows(sections.get("milestones", {}).get("milestones", ())),
        "remarks": [{"text": row.text, "source": row.source} for row in remarks_on(project.id)],
        "versions": [
            {
                "number": row.number,
                "submitted_on": day(row.submitted_at),
                "applied_amount": amount(row.applied_amount),
                "sha256": row.content_sha256,
            }
            for row in versions
        ],
    }


def _rows(rows: Any) -> list[Json]:
    """Rows of a section without the names that the form gives them."""
    return [{key: value for key, value in row.items() if key != "id"} for row in rows]


def opinion_data(opinion: Opinion) -> Json:
    """What the council said."""
    return {
        "project_id": opinion.project_id,
        "meeting_on": day(opinion.meeting_on),
        "kind": opinion.kind,
        "text": opinion.text,
        "separate_statements": opinion.separate_statements,
    }


def decision_data(decision: Decision, project: Project) -> Json:
    """A decision with its amounts and conditions."""
    share, states = share_of_frame(project.programme_id, decision.amount), states_in(project.id)
    return {
        "project_id": decision.project_id,
        "case_number": project.case_number,
        "kind": decision.kind,
        "decided_on": day(decision.decided_on),
        "decider": decision.decider,
        "limit": amount(decision.limit),
        "amount": amount(decision.amount),
        "share_of_frame_percent": (
            None if share is None else f"{round_half_up(share * 100, Decimal('0.01')):f}"
        ),
        "amounts": [
            {"department": row.department.name, "year": row.year, "amount": amount(row.amount)}
            for row in decision.amounts
        ],
        "conditions": [
            {
                "text": row.text,
                "due_on": day(row.due_on),
                "state": states.get(row.id),
            }
            for row in decision.conditions
        ],
        "reasons": decision.reasons,
        "reference": decision.reference,
    }
