"""Reading what has become of granted money: accounts, requisitions, and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Department, Role
from app.alphabet import alphabetical
from app.core.requisitions import WAITS_FOR, Hand, RequisitionState
from app.db import Money, db
from app.delivery.funds.models import Repayment, Requisition, RequisitionFile, RequisitionVersion
from app.programmes.models import GrantBalance
from app.projects.models import Project
from app.projects.queries import free_of_interest, project_for, visible_to

ZERO = Decimal(0)


@dataclass(frozen=True)
class Sums:
    """Money that was granted, and what has become of it, in kronor."""

    granted: Decimal = ZERO
    requisitioned: Decimal = ZERO
    paid: Decimal = ZERO
    repaid: Decimal = ZERO
    returned: Decimal = ZERO
    remaining: Decimal = ZERO
    """Neither asked for nor returned, or repaid since."""

    @property
    def used(self) -> Decimal:
        """Paid, and not repaid."""
        return self.paid - self.repaid

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.granted + other.granted,
            self.requisitioned + other.requisitioned,
            self.paid + other.paid,
            self.repaid + other.repaid,
            self.returned + other.returned,
            self.remaining + other.remaining,
        )


@dataclass(frozen=True)
class AccountRow:
    """A department's part of a project's money for a budget year."""

    department_id: int
    department: str
    year: int
    sums: Sums


def accounts_of(project_id: int) -> list[AccountRow]:
    """What the project has been granted, by department and budget year."""
    columns = (
        GrantBalance.granted, GrantBalance.requisitioned, GrantBalance.paid, GrantBalance.repaid,
        GrantBalance.returned, GrantBalance.remaining,
    )  # fmt: skip
    query = (
        select(Department.id, Department.name, GrantBalance.year, *columns)
        .join(Department, Department.id == GrantBalance.department_id)
        .where(GrantBalance.project_id == project_id)
        .order_by(alphabetical(Department.name), Department.id, GrantBalance.year)
    )
    return [AccountRow(row[0], row[1], row[2], Sums(*row[3:])) for row in db.session.execute(query)]


def sums_of(rows: Sequence[AccountRow]) -> Sums:
    """Together."""
    return sum((row.sums for row in rows), Sums())


# --- requisitions ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RequisitionOf:
    """A requisition with its case, and as it was sent each time."""

    project: Project
    requisition: Requisition

    @property
    def state(self) -> RequisitionState:
        """Where it stands."""
        return RequisitionState(self.requisition.state)

    @property
    def latest(self) -> RequisitionVersion:
        """As it was sent last."""
        return self.requisition.versions[0]

    @property
    def used(self) -> Decimal:
        """What of it is paid and has not come back."""
        if self.state is not RequisitionState.PAID:
            return ZERO
        return self.requisition.amount - sum((row.amount for row in self.requisition.repayments), ZERO)


def _in_full() -> Select[Requisition]:
    return (
        select(Requisition)
        .options(
            joinedload(Requisition.department),
            joinedload(Requisition.checked_by),
            joinedload(Requisition.paid_by),
            selectinload(Requisition.repayments).joinedload(Repayment.registered_by),
            selectinload(Requisition.versions).options(
                joinedload(RequisitionVersion.department),
                joinedload(RequisitionVersion.sent_by),
                selectinload(RequisitionVersion.files),
            ),
        )
        .execution_options(populate_existing=True)
    )


def requisition_for(viewer: Viewer, project_id: int, requisition_id: int) -> RequisitionOf | None:
    """One requisition of a case that the viewer may see."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = _in_full().where(Requisition.project_id == project_id, Requisition.id == requisition_id)
    found = db.session.scalar(query)
    return RequisitionOf(project, found) if found else None


def requisitions_of(project: Project) -> list[RequisitionOf]:
    """The project's requisitions, the newest first."""
    query = _in_full().where(Requisition.project_id == project.id).order_by(Requisition.number.desc())
    return [RequisitionOf(project, row) for row in db.session.scalars(query)]


def with_money_left(project_id: int) -> list[AccountRow]:
    """The accounts of which something is left to ask for, or to return."""
    return [row for row in accounts_of(project_id) if row.sums.remaining]


def open_to(found: RequisitionOf) -> list[AccountRow]:
    """The same for a requisition that is put right: what it asked for itself is left too."""
    own = found.requisition
    rows = [
        replace(row, sums=row.sums + Sums(remaining=own.amount))
        if (row.department_id, row.year) == (own.department_id, own.year)
        else row
        for row in accounts_of(found.project.id)
    ]
    return [row for row in rows if row.sums.remaining]


def repaid_of(requisition_id: int) -> Decimal:
    """What of a requisition has come back."""
    total = func.coalesce(func.sum(Repayment.amount), 0, type_=Money())
    return db.session.scalar(select(total).where(Repayment.requisition_id == requisition_id)) or ZERO


def last_number(project_id: int) -> int:
    """The number of the project's newest requisition; 0 when there is none."""
    query = select(func.max(Requisition.number)).where(Requisition.project_id == project_id)
    return db.session.scalar(query) or 0


def last_version(requisition_id: int) -> int:
    """The number of the requisition's newest version; 0 before it is sent."""
    query = select(func.max(RequisitionVersion.number)).where(
        RequisitionVersion.requisition_id == requisition_id
    )
    return db.session.scalar(query) or 0


def file_for(viewer: Viewer, project_id: int, file_id: int) -> RequisitionFile | None:
    """One file of a requisition, if the viewer may see the case."""
    if project_for(viewer, project_id) is None:
        return None
    query = select(RequisitionFile).where(
        RequisitionFile.project_id == project_id, RequisitionFile.id == file_id
    )
    return db.session.scalar(query)


# --- across projects -------------------------------------------------------------------------------------


class QueueRow(NamedTuple):
    """One requisition in the list."""

    project_id: int
    title: str
    case_number: str | None
    requisition_id: int
    number: int
    department: str
    year: int
    amount: Decimal
    state: str
    state_since: datetime
    mine: bool
    """It is the viewer's turn."""


@dataclass(frozen=True)
class QueueTotals:
    """How many requisitions were found, and what they ask for together."""

    count: int
    amount: Decimal


def queue(
    viewer: Viewer, state: RequisitionState | None, *, limit: int, offset: int
) -> tuple[list[QueueRow], QueueTotals]:
    """A page of the requisitions in this state, or of all that wait for somebody; and the whole's totals."""
    states = [state.value] if state else sorted(WAITS_FOR)
    found = and_(Requisition.state.in_(states), visible_to(viewer))
    order = (Requisition.state_since, Requisition.id)
    rows = db.session.execute(_rows(viewer).where(found).order_by(*order).limit(limit).offset(offset))
    total = func.coalesce(func.sum(Requisition.amount), 0, type_=Money())
    whole = select(func.count(Requisition.id), total).join(Project, Project.id == Requisition.project_id)
    count, amount = db.session.execute(whole.where(found)).one()
    return [QueueRow(*row) for row in rows], QueueTotals(count, amount)


def waiting_for(viewer: Viewer, *, limit: int) -> list[QueueRow]:
    """The requisitions in which it is the viewer's turn: the longest waiting first."""
    query = _rows(viewer).where(visible_to(viewer), _my_turn(viewer))
    query = query.order_by(Requisition.state_since, Requisition.id).limit(limit)
    return [QueueRow(*row) for row in db.session.execute(query)]


def _rows(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Project.id, Project.title, Project.case_number,
            Requisition.id, Requisition.number, Department.name, Requisition.year, Requisition.amount,
            Requisition.state, Requisition.state_since, _my_turn(viewer).label("mine"),
        )
        .select_from(Requisition)
        .join(Project, Project.id == Requisition.project_id)
        .join(Department, Department.id == Requisition.department_id)
    )  # fmt: skip


def _my_turn(viewer: Viewer) -> ColumnElement[bool]:
    grounds = [and_(Project.leader_id == viewer.id, _with(Hand.LEADER))]
    if viewer.has(Role.SECRETARIAT):
        grounds.append(and_(_with(Hand.CHECKER), free_of_interest(viewer)))
    if viewer.has(Role.CONTROLLER):
        own_check = Requisition.checked_by_id == viewer.id
        grounds.append(and_(_with(Hand.PAYER), ~own_check, free_of_interest(viewer)))
    return or_(false(), *grounds)


def _with(hand: Hand) -> ColumnElement[bool]:
    return Requisition.state.in_(sorted(state for state, whose in WAITS_FOR.items() if whose is hand))
