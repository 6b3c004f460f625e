"""Reading conditions with what has become of them, always only of cases that the viewer may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Row, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.conditions import TO_BE_MET, ConditionState
from app.core.workflow import FUNDED
from app.db import db
from app.decisions.models import Condition, Decision
from app.decisions.rules import GRANTING
from app.delivery.conditions.models import (
    ConditionAssessment,
    ConditionProgress,
    ConditionProof,
    ConditionReport,
)
from app.projects.models import Project
from app.projects.queries import free_of_interest, project_for, visible_to

REMINDED_DAYS_BEFORE = 30
"""So long before its day a condition waits for the project leader."""


@dataclass(frozen=True)
class ConditionOf:
    """A condition, its case, and everything that has been said of it."""

    project: Project
    condition: Condition
    decision: Decision
    progress: ConditionProgress | None
    reports: Sequence[ConditionReport]
    """The newest first."""

    @property
    def state(self) -> ConditionState:
        """Where it stands."""
        return ConditionState(self.progress.state) if self.progress else ConditionState.OPEN

    @property
    def latest(self) -> ConditionReport | None:
        """What was said last."""
        return self.reports[0] if self.reports else None

    def late(self, today: date) -> bool:
        """Its day has passed and nobody has said that it is met."""
        due_on = self.condition.due_on
        return due_on is not None and due_on < today and self.state in TO_BE_MET


def _required() -> Select[Condition, Decision, ConditionProgress]:
    """Conditions of money that was granted, in the order in which they were required."""
    return (
        select(Condition, Decision, ConditionProgress)
        .join(Decision, Decision.id == Condition.decision_id)
        .outerjoin(ConditionProgress, ConditionProgress.condition_id == Condition.id)
        .where(Decision.kind.in_(sorted(GRANTING)))
        .order_by(Decision.id, Condition.position, Condition.id)
    )


def conditions_in(project: Project) -> list[ConditionOf]:
    """What the project's decisions require, with what has become of it."""
    rows = db.session.execute(_required().where(Decision.project_id == project.id)).all()
    return list(_with_reports(project, rows))


def condition_for(viewer: Viewer, project_id: int, condition_id: int) -> ConditionOf | None:
    """One condition of a case that the viewer may see."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    one = _required().where(Decision.project_id == project_id, Condition.id == condition_id)
    return next(_with_reports(project, db.session.execute(one).all()), None)


def _with_reports(
    project: Project, rows: Sequence[Row[Condition, Decision, ConditionProgress]]
) -> Iterator[ConditionOf]:
    query = (
        select(ConditionReport)
        .where(ConditionReport.condition_id.in_([condition.id for condition, _decision, _ in rows]))
        .options(
            selectinload(ConditionReport.proofs),
            joinedload(ConditionReport.reported_by),
            joinedload(ConditionReport.assessment).joinedload(ConditionAssessment.assessed_by),
        )
        .order_by(ConditionReport.number.desc())
        .execution_options(populate_existing=True)
    )
    reports = db.session.scalars(query).all() if rows else ()
    for condition, decision, progress in rows:
        own = [row for row in reports if row.condition_id == condition.id]
        yield ConditionOf(project, condition, decision, progress, own)


def states_in(project_id: int) -> dict[int, ConditionState]:
    """Where each condition of the project's grants stands, by the condition's number."""
    query = (
        select(Condition.id, ConditionProgress.state)
        .join(Decision, Decision.id == Condition.decision_id)
        .outerjoin(ConditionProgress, ConditionProgress.condition_id == Condition.id)
        .where(Decision.project_id == project_id, Decision.kind.in_(sorted(GRANTING)))
    )
    return {
        number: ConditionState(state or ConditionState.OPEN) for number, state in db.session.execute(query)
    }


def proof_for(viewer: Viewer, project_id: int, proof_id: int) -> ConditionProof | None:
    """One file that shows that a condition is met, if the viewer may see the case."""
    if project_for(viewer, project_id) is None:
        return None
    query = select(ConditionProof).where(
        ConditionProof.project_id == project_id, ConditionProof.id == proof_id
    )
    return db.session.scalar(query)


# --- what waits ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WaitingCondition:
    """A condition that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    condition_id: int
    text: str
    due_on: date | None
    state: ConditionState

    def late(self, today: date) -> bool:
        """Its day has passed and nobody has said that it is met."""
        return self.due_on is not None and self.due_on < today and self.state in TO_BE_MET


def waiting_for(viewer: Viewer, today: date, *, limit: int) -> list[WaitingCondition]:
    """The conditions in which it is the viewer's turn: the earliest due first."""
    state = func.coalesce(ConditionProgress.state, ConditionState.OPEN.value)
    query = (
        select(
            Project.id, Project.title, Project.case_number,
            Condition.id, Condition.text, Condition.due_on, state,
        )
        .select_from(Condition)
        .join(Decision, Decision.id == Condition.decision_id)
        .join(Project, Project.id == Decision.project_id)
        .outerjoin(ConditionProgress, ConditionProgress.condition_id == Condition.id)
        .where(
            Decision.kind.in_(sorted(GRANTING)),
            Project.state.in_(sorted(FUNDED)),
            visible_to(viewer),
            _my_turn(viewer, today),
        )
        .order_by(Condition.due_on.is_(None), Condition.due_on, Condition.id)
        .limit(limit)
    )  # fmt: skip
    return [WaitingCondition(*row[:-1], ConditionState(row[-1])) for row in db.session.execute(query)]


def owed_conditions(
    today: date, days_before: int
) -> Sequence[Row[int, str, date | None, int, str, int, int]]:
    """Of every condition that is to be met so soon, or should have been: itself, its words, its day; its
    project's number, title, leader and department."""
    query = (
        select(
            Condition.id, Condition.text, Condition.due_on,
            Project.id, Project.title, Project.leader_id, Project.lead_department_id,
        )
        .join(Decision, Decision.id == Condition.decision_id)
        .join(Project, Project.id == Decision.project_id)
        .outerjoin(ConditionProgress, ConditionProgress.condition_id == Condition.id)
        .where(
            Decision.kind.in_(sorted(GRANTING)),
            Project.state.in_(sorted(FUNDED)),
            Condition.due_on <= today + timedelta(days=days_before),
            or_(ConditionProgress.id.is_(None), ConditionProgress.state.in_(sorted(TO_BE_MET))),
        )
    )  # fmt: skip
    return db.session.execute(query).all()


def _my_turn(viewer: Viewer, today: date) -> ColumnElement[bool]:
    soon = today + timedelta(days=REMINDED_DAYS_BEFORE)
    to_be_met = ConditionProgress.id.is_(None) & (Condition.due_on <= soon)
    returned = ConditionProgress.state == ConditionState.RETURNED.value
    grounds = [(Project.leader_id == viewer.id) & or_(to_be_met, returned)]
    if viewer.has(Role.SECRETARIAT):
        reported = ConditionProgress.state == ConditionState.REPORTED.value
        grounds.append(reported & free_of_interest(viewer))
    return or_(false(), *grounds)
