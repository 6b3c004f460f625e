"""Reading risks and issues: the highest score first, then what is due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.core.risks import REPORTED_FROM
from app.core.workflow import FUNDED
from app.db import db
from app.delivery.risks.models import Issue, Risk
from app.projects.models import Project
from app.projects.queries import project_for, visible_to

SCORE = Risk.probability * Risk.consequence


def risks_of(project_id: int) -> Sequence[Risk]:
    """Every risk, open and closed."""
    query = (
        select(Risk)
        .where(Risk.project_id == project_id)
        .order_by(SCORE.desc(), Risk.due_on.is_(None), Risk.due_on, Risk.id)
    )
    return db.session.scalars(query).all()


def issues_of(project_id: int) -> Sequence[Issue]:
    """Every issue, open and closed, with the risk that it was: the gravest first."""
    query = (
        select(Issue)
        .where(Issue.project_id == project_id)
        .options(joinedload(Issue.risk))
        .order_by(Issue.consequence.desc(), Issue.due_on.is_(None), Issue.due_on, Issue.id)
    )
    return db.session.scalars(query).all()


# --- for what tells of the project -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """An open risk as it stands, to be kept where it is told of."""

    risk_id: int
    text: str
    probability: int
    consequence: int
    score: int
    action: str
    owner: str
    due_on: date | None


def top_open(project_id: int, at_least: int = REPORTED_FROM) -> list[OpenRisk]:
    """The project's open risks with this score or more."""
    return [
        OpenRisk(
            row.id,
            row.text,
            row.probability,
            row.consequence,
            row.score,
            row.action,
            row.owner,
            row.due_on,
        )
        for row in risks_of(project_id)
        if row.is_open and row.score >= at_least
    ]


def top_score(project_id: int) -> int | None:
    """The highest score of an open risk; None when no risk is open."""
    query = select(func.max(SCORE)).where(Risk.project_id == project_id, Risk.closed_on.is_(None))
    return db.session.scalar(query)


# --- one of them -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RiskOf:
    """A risk and its project."""

    project: Project
    risk: Risk


@dataclass(frozen=True)
class IssueOf:
    """An issue and its project."""

    project: Project
    issue: Issue


def risk_for(viewer: Viewer, project_id: int, risk_id: int) -> RiskOf | None:
    """A risk of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    found = db.session.scalar(select(Risk).where(Risk.project_id == project_id, Risk.id == risk_id))
    return RiskOf(project, found) if found else None


def issue_for(viewer: Viewer, project_id: int, issue_id: int) -> IssueOf | None:
    """An issue of a project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = select(Issue).where(Issue.project_id == project_id, Issue.id == issue_id)
    found = db.session.scalar(query.options(joinedload(Issue.risk)))
    return IssueOf(project, found) if found else None


# --- what waits ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OverdueAction:
    """Something that was to be done, by whom the viewer has to ask."""

    project_id: int
    title: str
    case_number: str | None
    number: int
    """Of the risk or the issue."""
    text: str
    due_on: date
    is_issue: bool


def waiting_for(viewer: Viewer, today: date, *, limit: int) -> list[OverdueAction]:
    """The overdue actions in the projects that the viewer leads: the oldest first."""
    found = [*_overdue(viewer, today, Risk, limit), *_overdue(viewer, today, Issue, limit)]
    return sorted(found, key=lambda row: (row.due_on, row.is_issue, row.number))[:limit]


def _overdue(viewer: Viewer, today: date, kind: type[Risk | Issue], limit: int) -> list[OverdueAction]:
    query = (
        select(Project.id, Project.title, Project.case_number, kind.id, kind.text, kind.due_on)
        .join(Project, Project.id == kind.project_id)
        .where(
            kind.closed_on.is_(None),
            kind.due_on < today,
            Project.leader_id == viewer.id,
            Project.state.in_(sorted(FUNDED)),
            visible_to(viewer),
        )
        .order_by(kind.due_on, kind.id)
        .limit(limit)
    )
    return [
        OverdueAction(project_id, title, case_number, number, text, due_on, is_issue=kind is Issue)
        for project_id, title, case_number, number, text, due_on in db.session.execute(query)
        if due_on is not None
    ]


def owed_actions(
    kind: type[Risk | Issue], today: date
) -> Sequence[Row[int, str, date | None, int, str, int, int]]:
    """Of every open risk, or issue, whose action should have been done: itself, its words, its day; its
    project's number, title, leader and department."""
    query = (
        select(
            kind.id, kind.text, kind.due_on,
            Project.id, Project.title, Project.leader_id, Project.lead_department_id,
        )
        .join(Project, Project.id == kind.project_id)
        .where(kind.closed_on.is_(None), kind.due_on < today, Project.state.in_(sorted(FUNDED)))
    )  # fmt: skip
    return db.session.execute(query).all()
