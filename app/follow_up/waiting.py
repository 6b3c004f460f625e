"""What waits: for those who write follow-ups, for those who read them, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role
from app.accounts.queries import department_names
from app.core.follow_up import Standing, standing
from app.core.treated import WRITTEN, Treated
from app.core.workflow import FOLLOWED_UP, State
from app.db import db
from app.follow_up.models import FollowUp, FollowUpVersion
from app.projects.models import Project
from app.projects.queries import free_of_interest, visible_to

UNSENT = sorted(WRITTEN)
STILL = sorted(FOLLOWED_UP)


class WaitingFollowUp(NamedTuple):
    """A follow-up that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    number: int
    follows_on: date
    due_on: date
    state: str

    def standing(self, today: date) -> Standing:
        """Where it stands today."""
        return standing(Treated(self.state), self.follows_on, self.due_on, today)


_WAITING = (
    Project.id, Project.title, Project.case_number, FollowUp.number, FollowUp.follows_on, FollowUp.due_on,
    FollowUp.state,
)  # fmt: skip


def waiting_for(viewer: Viewer, today: date, *, limit: int) -> list[WaitingFollowUp]:
    """The follow-ups in which it is the viewer's turn, the earliest due first: to write once its day has
    come, to read once it is sent."""
    query = (
        select(*_WAITING)
        .join(FollowUp, FollowUp.project_id == Project.id)
        .where(visible_to(viewer), Project.state.in_(STILL), _my_turn(viewer, today))
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(limit)
    )
    return [WaitingFollowUp._make(row) for row in db.session.execute(query)]


def _my_turn(viewer: Viewer, today: date) -> ColumnElement[bool]:
    to_write = FollowUp.state.in_(UNSENT) & (FollowUp.follows_on <= today)
    own = sorted(viewer.departments(Role.MANAGER))
    mine = or_(Project.leader_id == viewer.id, FollowUp.department_id.in_(own))
    grounds = [and_(mine, to_write)]
    if viewer.has(Role.SECRETARIAT):
        sent = FollowUp.state == Treated.SENT.value
        grounds.append(and_(sent, free_of_interest(viewer)))
    return or_(*grounds)


class ToClose(NamedTuple):
    """A project whose follow-ups are all approved."""

    project_id: int
    title: str
    case_number: str | None


def to_close(viewer: Viewer, *, limit: int) -> list[ToClose]:
    """The projects that the viewer can close, the longest waiting first."""
    if not viewer.has(Role.SECRETARIAT):
        return []
    unapproved = exists().where(FollowUp.project_id == Project.id, FollowUp.state != Treated.APPROVED.value)
    query = (
        select(Project.id, Project.title, Project.case_number)
        .where(
            visible_to(viewer), free_of_interest(viewer), Project.state == State.FOLLOW_UP.value, ~unapproved
        )
        .order_by(Project.state_since, Project.id)
        .limit(limit)
    )
    return [ToClose._make(row) for row in db.session.execute(query)]


class Owed(NamedTuple):
    """A follow-up that is not sent, for whoever reminds of it."""

    follow_up_id: int
    follows_on: date
    due_on: date
    department_id: int
    project_id: int
    title: str
    leader_id: int
    leader_is_there: bool
    handler_id: int | None


def owed(today: date, days_before: int) -> Iterator[Owed]:
    """All that is due within so many days, or late."""
    query = (
        select(
            FollowUp.id, FollowUp.follows_on, FollowUp.due_on, FollowUp.department_id, Project.id,
            Project.title, Project.leader_id, Person.active, Project.handler_id,
        )
        .join(Project, Project.id == FollowUp.project_id)
        .join(Person, Person.id == Project.leader_id)
        .where(
            FollowUp.state.in_(UNSENT),
            FollowUp.due_on <= today + timedelta(days=days_before),
            Project.state.in_(STILL),
        )
        .order_by(FollowUp.id)
    )  # fmt: skip
    return (Owed._make(row) for row in db.session.execute(query))


# --- the list --------------------------------------------------------------------------------------------


class Listed(NamedTuple):
    """A follow-up in the list, as it was sent last, if it was."""

    project_id: int
    title: str
    case_number: str | None
    number: int
    follows_on: date
    due_on: date
    state: str
    department: str
    months: int | None
    sent: int | None
    digital: Decimal | None
    works: str | None

    def standing(self, today: date) -> Standing:
        """Where it stands today."""
        return standing(Treated(self.state), self.follows_on, self.due_on, today)


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for."""

    standing: Standing | None = None
    department_id: int | None = None
    year: int | None = None
    """The year of its day."""


def listed(
    viewer: Viewer, wanted: Wanted, today: date, *, limit: int, offset: int
) -> tuple[list[Listed], int]:
    """A page of the follow-ups that the viewer sees, and how many there are: the earliest due first, what is
    approved last."""
    newest = aliased(FollowUpVersion)
    last = (
        select(func.max(FollowUpVersion.number))
        .where(FollowUpVersion.follow_up_id == FollowUp.id)
        .correlate(FollowUp)
        .scalar_subquery()
    )
    where = [visible_to(viewer), *_conditions(wanted, today)]
    query = (
        select(*_WAITING, Department.name, FollowUp.months, newest.number, newest.digital, newest.works)
        .select_from(FollowUp)
        .join(Project, Project.id == FollowUp.project_id)
        .join(Department, Department.id == FollowUp.department_id)
        .outerjoin(newest, and_(newest.follow_up_id == FollowUp.id, newest.number == last))
        .where(*where)
        .order_by(FollowUp.state == Treated.APPROVED.value, FollowUp.due_on, FollowUp.id)
    )
    whole = select(func.count(FollowUp.id)).join(Project, Project.id == FollowUp.project_id).where(*where)
    rows = [Listed._make(row) for row in db.session.execute(query.limit(limit).offset(offset))]
    return rows, db.session.scalar(whole) or 0


def _conditions(wanted: Wanted, today: date) -> Iterator[ColumnElement[bool]]:
    if wanted.standing is not None:
        yield _standing(wanted.standing, today)
    if wanted.department_id is not None:
        yield FollowUp.department_id == wanted.department_id
    if wanted.year is not None:
        yield FollowUp.follows_on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31))


def _standing(asked: Standing, today: date) -> ColumnElement[bool]:
    """The same as `core.follow_up.standing`, for rows."""
    late = FollowUp.state.in_(UNSENT) & (FollowUp.due_on < today)
    draft = (FollowUp.state == Treated.DRAFT.value) & (FollowUp.due_on >= today)
    found: dict[Standing, ColumnElement[bool]] = {
        Standing.LATE: late,
        Standing.COMING: draft & (FollowUp.follows_on > today),
        Standing.OPEN: draft & (FollowUp.follows_on <= today),
        Standing.RETURNED: (FollowUp.state == Treated.RETURNED.value) & (FollowUp.due_on >= today),
        Standing.SENT: FollowUp.state == Treated.SENT.value,
        Standing.APPROVED: FollowUp.state == Treated.APPROVED.value,
    }
    return found.get(asked, false())


def counts(viewer: Viewer, wanted: Wanted, today: date) -> dict[Standing, int]:
    """How many stand where, of what else is asked for."""
    rest = Wanted(None, wanted.department_id, wanted.year)
    where = [visible_to(viewer), *_conditions(rest, today)]
    query = (
        select(FollowUp.state, FollowUp.follows_on, FollowUp.due_on, func.count(FollowUp.id))
        .join(Project, Project.id == FollowUp.project_id)
        .where(*where)
        .group_by(FollowUp.state, FollowUp.follows_on, FollowUp.due_on)
    )
    found = dict.fromkeys(Standing, 0)
    for state, follows_on, due_on, count in db.session.execute(query):
        found[standing(Treated(state), follows_on, due_on, today)] += count
    return found


def departments_with_any(viewer: Viewer) -> list[tuple[int, str]]:
    """The departments that have a follow-up that the viewer sees, by name."""
    with_any = set(db.session.scalars(_of_seen(select(FollowUp.department_id).distinct(), viewer)))
    return [(number, name) for number, name in department_names().items() if number in with_any]


def years_with_any(viewer: Viewer) -> list[int]:
    """The years that have a follow-up that the viewer sees, in their order."""
    days = db.session.scalars(_of_seen(select(FollowUp.follows_on).distinct(), viewer))
    return sorted({day.year for day in days})


def _of_seen(query: Select[Any], viewer: Viewer) -> Select[Any]:
    return query.join(Project, Project.id == FollowUp.project_id).where(visible_to(viewer))
