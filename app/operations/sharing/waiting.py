"""Shares that wait for somebody: to be accepted, or to be talked over since they were declined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.core.sharing import ShareState
from app.core.workflow import COMPLETED
from app.db import db
from app.operations.models import OperatedService
from app.operations.models_sharing import ServiceShare, ServiceSharing
from app.operations.queries import lives
from app.operations.standing_shares import is_in, stands
from app.projects.models import DeclaredInterest, Project


class WaitingShare(NamedTuple):
    """A department's share of a year that somebody is to do something about."""

    share_id: int
    service_id: int
    title: str
    year: int
    department_id: int
    department: str
    answer_by: date


def to_accept(viewer: Viewer, *, limit: int) -> list[WaitingShare]:
    """What the viewer's departments are asked; `policy.may_answer_share` says the same of one."""
    own = sorted(viewer.departments(Role.MANAGER))
    if not own:
        return []
    mine = ServiceShare.department_id.in_(own)
    return _found(_rows().where(mine, is_in(ShareState.WAITING), _may_answer(viewer)), limit)


def declined(viewer: Viewer, *, limit: int) -> list[WaitingShare]:
    """What departments have declined of the keys that the viewer has proposed."""
    mine = ServiceSharing.proposed_by_id == viewer.id
    return _found(_rows().where(mine, is_in(ShareState.DECLINED)), limit)


def unanswered(today: date, days_before: int) -> Sequence[WaitingShare]:
    """Every share that is to be answered so soon, or should have been."""
    soon = ServiceSharing.answer_by <= today + timedelta(days=days_before)
    return _found(_rows().where(soon, is_in(ShareState.WAITING)))


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ServiceShare.id, OperatedService.id, OperatedService.title, ServiceSharing.year,
            Department.id, Department.name, ServiceSharing.answer_by,
        )
        .select_from(ServiceShare)
        .join(ServiceSharing, ServiceSharing.id == ServiceShare.sharing_id)
        .join(OperatedService, OperatedService.id == ServiceSharing.service_id)
        .join(Department, Department.id == ServiceShare.department_id)
        .where(stands(), lives())
    )  # fmt: skip


def _found(query: Select[*tuple[Any, ...]], limit: int | None = None) -> list[WaitingShare]:
    in_order = query.order_by(ServiceSharing.answer_by, ServiceShare.id).limit(limit)
    return [WaitingShare(*row) for row in db.session.execute(in_order)]


def _may_answer(viewer: Viewer) -> ColumnElement[bool]:
    declared = select(DeclaredInterest.project_id).where(
        DeclaredInterest.person_id == viewer.id, DeclaredInterest.withdrawn_at.is_(None)
    )
    inside = select(Project.id).where(
        or_(Project.leader_id == viewer.id, Project.id.in_(declared)),
        Project.state.not_in(sorted(COMPLETED)),
    )
    mine = OperatedService
    others_key = ServiceSharing.proposed_by_id != viewer.id
    outside = or_(mine.project_id.is_(None), mine.project_id.not_in(inside))
    return or_(others_key, ServiceShare.department_id == mine.department_id) & outside
