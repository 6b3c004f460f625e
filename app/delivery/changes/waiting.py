"""Reading requests of all projects: those that wait for somebody, and those that are settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.changes import UNDECIDED, ChangeState
from app.core.workflow import FUNDED, State
from app.db import db
from app.delivery.changes.models import ChangeDecision, ChangeRequest
from app.delivery.changes.queries import ChangeOf
from app.projects.models import Project
from app.projects.queries import free_of_interest, visible_to

TREATED_IN = sorted(FUNDED - {State.TERMINATING})


class QueueRow(NamedTuple):
    """One request in a list."""

    project_id: int
    title: str
    case_number: str | None
    number: int
    state: str
    wanted: Mapping[str, Any]
    """What is asked for, as JSON."""


def waiting_for(viewer: Viewer, *, limit: int) -> list[QueueRow]:
    """The requests in which it is the viewer's turn, the longest waiting first."""
    mine = and_(
        Project.leader_id == viewer.id,
        ChangeRequest.state.in_([ChangeState.DRAFT.value, ChangeState.QUESTIONED.value]),
    )
    treats = and_(ChangeRequest.state == ChangeState.SENT.value, free_of_interest(viewer))
    query = (
        select(
            Project.id, Project.title, Project.case_number,
            ChangeRequest.number, ChangeRequest.state, ChangeRequest.wanted,
        )
        .join(Project, Project.id == ChangeRequest.project_id)
        .where(
            visible_to(viewer),
            Project.state.in_(TREATED_IN),
            or_(mine, treats if viewer.has(Role.SECRETARIAT) else false()),
        )
        .order_by(ChangeRequest.state_since, ChangeRequest.id)
        .limit(limit)
    )  # fmt: skip
    return [QueueRow(*row) for row in db.session.execute(query)]


def queue(viewer: Viewer, standing: str, *, limit: int, offset: int) -> tuple[Sequence[ChangeOf], int]:
    """A page of the requests that stand so: in a state, FALLEN, or "" for all that are still to be decided;
    and how many there are.

    The longest waiting comes first, of what is settled the newest. Drafts are nobody's but their writer's.
    """
    found = and_(_stands(standing), ChangeRequest.versions.any(), visible_to(viewer))
    since = ChangeRequest.state_since.desc() if standing in SETTLED else ChangeRequest.state_since
    query = (
        select(ChangeRequest, Project)
        .join(Project, Project.id == ChangeRequest.project_id)
        .where(found)
        .options(
            selectinload(ChangeRequest.versions),
            joinedload(ChangeRequest.decision).joinedload(ChangeDecision.baseline),
            joinedload(Project.lead_department),
        )
        .order_by(since, ChangeRequest.id)
    )
    rows = [ChangeOf(project, row) for row, project in db.session.execute(query.limit(limit).offset(offset))]
    whole = select(func.count(ChangeRequest.id)).join(Project, Project.id == ChangeRequest.project_id)
    return rows, db.session.scalar(whole.where(found)) or 0


FALLEN: Final = "fallen"
"""How requests stand that were not decided when their project ended."""
SETTLED = frozenset({ChangeState.DECIDED, ChangeState.WITHDRAWN, FALLEN})


def _stands(standing: str) -> ColumnElement[bool]:
    treated = Project.state.in_(TREATED_IN)
    if standing == FALLEN:
        return and_(ChangeRequest.state.in_(sorted(UNDECIDED)), ~treated)
    states = [standing] if standing else sorted(UNDECIDED)
    return and_(ChangeRequest.state.in_(states), or_(treated, ChangeRequest.state.in_(sorted(SETTLED))))
