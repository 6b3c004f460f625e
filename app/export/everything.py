"""Everything as plain data, in a fixed order: what `flask export` prints, as docs/export.md describes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.applications.queries import newest_version
from app.db import db
from app.decisions.queries import decisions_of, opinions_of, packs
from app.export.benefits import benefits_in
from app.export.cases import decision_data, opinion_data, project_data
from app.export.effects import effects_in
from app.export.money import asked_for_in, grants_of, ledger_of
from app.export.plain import Json, amount, calculation_of, day, number
from app.export.reports import reports_of
from app.programmes import queries as programmes
from app.programmes.models import (
    CalculationSettings,
    DelegationLimit,
    HourlyRate,
    PriceIndex,
    Programme,
)
from app.projects.models import Project
from app.projects.queries import visible_to, with_names

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
        "projects": [project_data(row) for row in projects],
        "calculations": [calculation_of(row, newest_version(row.id), today) for row in projects],
        "opinions": [opinion_data(row) for project in projects for row in reversed(opinions_of(project.id))],
        "decisions": [
            decision_data(row, project) for project in projects for row in reversed(decisions_of(project.id))
        ],
        "grants": [row for project in projects for row in grants_of(project)],
        "requisitions": [row for project in projects for row in asked_for_in(project)],
        "benefits": [row for project in projects for row in benefits_in(project)],
        "budget_effects": [row for project in projects for row in effects_in(project)],
        "meetings": list(_meetings()),
        "programme_reports": [
            version for row in reversed(programmes.programmes()) for version in reports_of(row)
        ],
        "ledger": [entry for row in reversed(programmes.programmes()) for entry in ledger_of(row)],
    }


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
