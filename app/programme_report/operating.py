"""What the programme's services cost, and for how long there is money: as it is known today."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.alphabet import key
from app.core.cost_cliff import Cliff, cliff_of
from app.core.operation import Standing
from app.core.plainly import number_text
from app.db import db
from app.operations.cliff import queries as cliff
from app.operations.models import OperatedService
from app.projects.models import Project

YEARS_AHEAD = 10
MOST_NAMED = 12
"""Services that are named because they lose their money first."""


def figures(viewer: Viewer, programme_id: int, today: date) -> dict[str, Any]:
    """The services that the programme's projects launch: how many somebody answers for, and their cost year
    by year against the money that is promised."""
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    accepted = _of(programme_id)
    paid = [row for row in cliff.services(viewer, None, years) if row.service_id in accepted]
    found = cliff_of((row.borne for row in paid), years)
    without = found.first_without
    return {
        "services": len(paid),
        "answered_for": sum(accepted[row.service_id] for row in paid),
        "first_without": without,
        "borne_in": without or years[1],
        "departments": _departments(found, without or years[1]),
        "years": [
            {
                "year": year,
                "financed": number_text(cost.financed),
                "unfinanced": number_text(cost.unfinanced),
                "losing": found.losing.get(year, 0),
            }
            for year, cost in ((year, found.in_year(year)) for year in years)
        ],
        "losing": [
            {"title": row.title, "unfinanced": number_text(row.borne.running.in_year(without).unfinanced)}
            for row in sorted(
                (row for row in paid if without and row.borne.running.in_year(without).unfinanced),
                key=lambda row: (-row.borne.running.in_year(without or 0).unfinanced, row.service_id),
            )[:MOST_NAMED]
        ]
        if without
        else [],
    }


def _departments(cliff: Cliff, year: int) -> list[dict[str, Any]]:
    """What each department bears in a year, by name."""
    names = department_names()
    rows = ((names[number], costs[year]) for number, costs in cliff.by_department.items())
    return [
        {
            "name": name,
            "financed": number_text(cost.financed),
            "unfinanced": number_text(cost.unfinanced),
        }
        for name, cost in sorted(rows, key=lambda row: key(row[0]))
        if cost.whole
    ]


def _of(programme_id: int) -> dict[int, bool]:
    """The programme's services, and of each whether its owner has accepted it."""
    query = (
        select(OperatedService.id, OperatedService.standing)
        .join(Project, Project.id == OperatedService.project_id)
        .where(Project.programme_id == programme_id)
    )
    answered = {Standing.ACCEPTED.value}
    return {number: standing in answered for number, standing in db.session.execute(query)}
