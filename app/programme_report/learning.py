"""What the programme has learned: what came of promises, and the lessons of projects that ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from app.accounts.access import Viewer
from app.core.calibration import ASSUMED, Experience, Learned
from app.core.plainly import number_text
from app.core.programme_report import Span
from app.db import db
from app.knowledge.models import Lesson
from app.knowledge.outcomes import cases, outcomes_of
from app.portfolio.moment import Moment
from app.programmes.queries import outcomes_on
from app.projects.models import Project
from app.projects.queries import visible_before, visible_to

MOST_LESSONS = 20
"""The newest of the time; the rest are found where all lessons are."""


def figures(viewer: Viewer, programme_id: int, span: Span, moment: Moment, today: date) -> dict[str, Any]:
    """Promised against realised of the projects whose benefits should have come, and the time's lessons."""
    seen = visible_before(viewer, moment.until) if moment.until else visible_to(viewer)
    mine = (Project.programme_id == programme_id) & seen
    settings = outcomes_on(programme_id, today)
    found = outcomes_of(cases(mine, today), settings.assumption if settings else ASSUMED)
    return {
        "cases": found.cases,
        "together": _experience(found.together),
        "by": {
            trait: [{"value": value, **_experience(group)} for value, group in groups.items()]
            for trait, groups in found.by.items()
        },
        "lessons": _lessons(mine, span, moment),
    }


def _experience(group: Experience) -> dict[str, Any]:
    return {
        "share": _learned(group.share),
        "months_late": _learned(group.months_late),
        "promised": number_text(group.promised),
        "realised": number_text(group.realised),
    }


def _learned(found: Learned) -> dict[str, Any]:
    return {
        "cases": found.cases,
        "observed": number_text(found.observed),
        "expected": number_text(found.expected),
        "low": number_text(found.low),
        "high": number_text(found.high),
    }


def _lessons(mine: ColumnElement[bool], span: Span, moment: Moment) -> dict[str, Any]:
    """How many were learned in the time, and the newest of them."""
    query = (
        select(Lesson.kind, Lesson.area, Lesson.text, Lesson.learned_on, Project.title)
        .join(Project, Project.id == Lesson.project_id)
        .where(mine, Lesson.learned_on.between(span.starts_on, min(span.ends_on, moment.day)))
        .order_by(Lesson.learned_on.desc(), Lesson.id)
    )
    rows: Sequence[Any] = db.session.execute(query).all()
    return {
        "count": len(rows),
        "newest": [
            {
                "kind": row.kind,
                "area": row.area,
                "text": row.text,
                "on": row.learned_on.isoformat(),
                "title": row.title,
            }
            for row in rows[:MOST_LESSONS]
        ],
    }
