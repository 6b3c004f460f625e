"""Everything as plain data, in a fixed order: what `flask export` prints, as docs/export.md describes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.applications.queries import contents_of, newest_version, versions_of
from app.core.money import round_half_up
from app.db import db
from app.decisions.models import Decision, Opinion
from app.decisions.queries import decisions_of, opinions_of, packs, share_of_frame
from app.delivery.conditions.queries import states_in
from app.overview.export_money import asked_for_in, grants_of, ledger_of
from app.overview.exported import Json, amount, calculation_of, day, number
from app.programmes import queries as programmes
from app.programmes.models import (
    CalculationSettings,
    DelegationLimit,
    HourlyRate,
    PriceIndex,
    Programme,
)
from app.projects.models import Project
from app.projects.queries import participating_departments, remarks_on, visible_to, with_names

FORMAT = 1
"""Raised when a field changes its meaning or goes away, so that a reader can tell."""

_EVERYTHING = Viewer(0, "", "sv", frozenset({(Role.AUDITOR, None)}))
"""Whoever runs the command reads what an auditor reads: every case, also those that are being written."""


def everything(today: date) -> Json:
    """The whole product's content that can be exported."""
    query = with_names(select(Project).where(visible_to(_EVERYTHING))).order_by(Project.id)
    projects = db.session.scalars(query).all()
    return {
        "format": FORMAT,
        "exported_on": day(today),
        "programmes": [_programme(row) for row in reversed(programmes.programmes())],
        "projects": [_project(row) for row in projects],
        "calculations": [calculation_of(row, newest_version(row.id), today) for row in projects],
        "opinions": [_opinion(row) for project in projects for row in reversed(opinions_of(project.id))],
        "decisions": [
            _decision(row, project) for project in projects for row in reversed(decisions_of(project.id))
        ],
        "grants": [row for project in projects for row in grants_of(project)],
        "requisitions": [row for project in projects for row in asked_for_in(project)],
        "meetings": list(_meetings()),
        "ledger": [entry for row in reversed(programmes.programmes()) for entry in ledger_of(row)],
    }


def slug(title: str) -> str:
    """The title as a name for machines: `kontaktcenter-kommuncentral-information`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


# --- programmes ------------------------------------------------------------------------------------------


def _programme(programme: Programme) -> Json:
    balance = programmes.frame_balance(programme.id)
    return {
        "id": programme.id,
        "name": programme.name,
        "starts_on": day(programme.starts_on),
        "ends_on": day(programme.ends_on),
        "decision_reference": programme.decision_reference,
        "goals": [goal.text for goal in programmes.goals_of(programme.id)],
        "frame": amount(balance.frame if balance else None),
        "granted": amount(balance.granted if balance else None),
        "requisitioned": amount(balance.requisitioned if balance else None),
        "paid": amount(balance.paid if balance else None),
        "repaid": amount(balance.repaid if balance else None),
        "returned": amount(balance.returned if balance else None),
        "available": amount(balance.available if balance else None),
        "settings": _settings(programme.id),
        "rounds": [
            {
                "name": row.name,
                "opens_on": day(row.opens_on),
                "closes_on": day(row.closes_on),
                "answer_within_days": row.answer_within_days,
            }
            for row in reversed(programmes.rounds_of(programme.id))
        ],
    }


def _settings(programme_id: int) -> Json:
    return {
        "calculation": [
            {
                "valid_from": day(row.valid_from),
                "discount_rate": number(row.discount_rate),
                "internal_rate": number(row.internal_rate),
                "price_year": row.price_year,
                "payroll_overhead": number(row.payroll_overhead),
                "horizon_years": row.horizon_years,
                "reference": row.reference,
            }
            for row in programmes.all_of(CalculationSettings, programme_id)
        ],
        "price_indexes": [
            {
                "valid_from": day(row.valid_from),
                "name": row.name,
                "values": {str(year): number(value) for year, value in row.by_year.items()},
                "reference": row.reference,
            }
            for row in programmes.all_of(PriceIndex, programme_id)
        ],
        "hourly_rates": [
            {
                "staff_category": row.staff_category,
                "valid_from": day(row.valid_from),
                "rate": amount(row.rate),
            }
            for row in programmes.all_of(HourlyRate, programme_id)
        ],
        "delegations": [
            {
                "decider": row.decider,
                "limit": amount(row.limit),
                "valid_from": day(row.valid_from),
                "valid_until": day(row.valid_until),
            }
            for row in programmes.all_of(DelegationLimit, programme_id)
        ],
        "criteria": [
            {
                "name": row.name,
                "weight": row.weight,
                "valid_from": day(row.valid_from),
                "anchors": [anchor.text for anchor in row.anchors],
            }
            for row in programmes.criteria(programme_id)
        ],
    }


# --- cases -----------------------------------------------------------------------------------------------


def _project(project: Project) -> Json:
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


def _opinion(opinion: Opinion) -> Json:
    return {
        "project_id": opinion.project_id,
        "meeting_on": day(opinion.meeting_on),
        "kind": opinion.kind,
        "text": opinion.text,
        "separate_statements": opinion.separate_statements,
    }


def _decision(decision: Decision, project: Project) -> Json:
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


def _meetings() -> Iterator[Json]:
    for agenda in reversed(packs(_EVERYTHING)):
        yield {
            "title": agenda.pack.title,
            "meeting_on": day(agenda.pack.meeting_on),
            "items": [
                {
                    "project_id": item.project_id,
                    "proposal": item.proposal,
                    "proposed_amount": amount(item.proposed_amount),
                }
                for item in agenda.items
            ],
        }
