"""Reading across the steps: work lists, what waits, figures. Everything is filtered by who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role
from app.alphabet import alphabetical, holds
from app.applications.models import ApplicationVersion
from app.core.clock import local_day
from app.core.workflow import ENDED, GRANTED, INTERRUPTED, UNDECIDED, WAITS_FOR, Party
from app.db import Money, db
from app.programmes.models import Round
from app.projects.models import Project
from app.projects.queries import free_of_interest, submitted, visible_to, with_names

OPEN = "open"


@dataclass(frozen=True)
class QueueFilter:
    """What the reader asks the queue for; empty fields ask for nothing."""

    search: str = ""
    state: str = ""
    """A state, or OPEN for every state that waits for somebody."""
    department_id: int | None = None
    round_id: int | None = None
    kind: str = ""
    handler: str = ""
    """`mine`, `nobody` or empty."""
    late: bool = False
    sort: str = "age"
    descending: bool = True


class QueueRow(NamedTuple):
    """One case in the queue."""

    id: int
    case_number: str | None
    title: str
    kind: str
    state: str
    state_since: datetime
    submitted_at: datetime | None
    due_on: date | None
    applied_amount: Decimal | None
    department: str
    round: str | None
    handler: str | None
    mine: bool
    """It is the viewer's turn."""

    def age_days(self, today: date) -> int | None:
        """Days since the application first came in; None when nobody waits for a decision any more."""
        if self.submitted_at is None or self.state not in UNDECIDED:
            return None
        return (today - local_day(self.submitted_at)).days

    def late(self, today: date) -> bool:
        """Somebody should have acted by now."""
        return self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class QueueTotals:
    """How many cases the filter finds, and what they ask for together."""

    count: int
    amount: Decimal


_PLACES = select(
    Department.id,
    func.row_number().over(order_by=(alphabetical(Department.name), Department.id)).label("place"),
).subquery("places")
"""Which department comes first: found for each department once, not for each case."""

SORTS: dict[str, tuple[Any, ...]] = {
    "age": (Project.submitted_at,),
    "case": (Project.case_year, Project.case_serial),
    "title": (Project.title_key,),
    "department": (_PLACES.c.place,),
    "amount": (Project.applied_amount,),
    "state": (Project.state,),
    "due": (Project.due_on,),
}


def queue_conditions(viewer: Viewer, wanted: QueueFilter, today: date) -> list[ColumnElement[bool]]:
    """The queue holds what has come in; the filter narrows it."""
    handler = Project.handler_id == viewer.id if wanted.handler == "mine" else Project.handler_id.is_(None)
    asked: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.state == OPEN, Project.state.in_(sorted(UNDECIDED))),
        (wanted.state and wanted.state != OPEN, Project.state == wanted.state),
        (wanted.department_id, Project.lead_department_id == wanted.department_id),
        (wanted.round_id, Project.round_id == wanted.round_id),
        (wanted.kind, Project.kind == wanted.kind),
        (wanted.handler, handler),
        (wanted.late, Project.due_on < today),
        (wanted.search, _contains(wanted.search)),
    ]
    return [visible_to(viewer), submitted(), *(condition for value, condition in asked if value)]


def _contains(search: str) -> ColumnElement[bool]:
    return or_(
        holds(Project.title_key, search),
        Project.case_number.startswith(search, autoescape=True),
    )


def queue(
    viewer: Viewer, wanted: QueueFilter, *, today: date, limit: int, offset: int
) -> tuple[Sequence[QueueRow], QueueTotals]:
    """A page of the queue and the totals of the whole of it."""
    page, whole = _queue_statements(viewer, wanted, today)
    connection = db.session.connection()
    rows = [QueueRow._make(row) for row in connection.execute(page, {"limit": limit, "offset": offset})]
    count, amount = connection.execute(whole).one()
    return rows, QueueTotals(count, amount or Decimal(0))


@lru_cache(maxsize=512)
def _queue_statements(viewer: Viewer, wanted: QueueFilter, today: date) -> tuple[Executable, Executable]:
    """What is asked of the database. To put it together takes longer than the database needs to answer."""
    conditions = queue_conditions(viewer, wanted, today)
    columns = SORTS.get(wanted.sort, SORTS["age"])
    # A null sorts first on one database and last on another: say it ourselves, the empty ones last.
    # The oldest case is the one that came in first.
    falling = wanted.descending != (wanted.sort == "age")
    order: list[Any] = []
    if wanted.sort == "age" and wanted.state != OPEN:
        order.append(Project.state.not_in(sorted(UNDECIDED)))
    for column in columns:
        empty = [column.is_(None)] if getattr(column, "nullable", False) else []
        order += [*empty, column.desc() if falling else column.asc()]
    order.append(Project.id)
    found = _with_places(select(Project.id), wanted)
    # Sorted by their numbers alone; only those that are shown are read in full.
    page = found.where(*conditions).order_by(*order).limit(bindparam("limit")).offset(bindparam("offset"))
    chosen = page.subquery("chosen")
    shown = (
        select(
            Project.id, Project.case_number, Project.title, Project.kind, Project.state,
            Project.state_since, Project.submitted_at, Project.due_on, Project.applied_amount,
            Department.name.label("department"), Round.name.label("round"), Person.name.label("handler"),
            _my_turn(viewer).label("mine"),
        )
        .join(chosen, chosen.c.id == Project.id)
        .join(Department, Department.id == Project.lead_department_id)
        .outerjoin(Round, Round.id == Project.round_id)
        .outerjoin(Person, Person.id == Project.handler_id)
        .order_by(*order)
    )  # fmt: skip
    total = func.coalesce(func.sum(Project.applied_amount), 0, type_=Money())
    return _with_places(shown, wanted), select(func.count(), total).where(*conditions)


def _with_places(query: Select[*tuple[Any, ...]], wanted: QueueFilter) -> Select[*tuple[Any, ...]]:
    if wanted.sort != "department":
        return query
    # Every case has one. An outer join begins with the cases, and so with the index that holds all of them.
    return query.outerjoin(_PLACES, _PLACES.c.id == Project.lead_department_id)


def waiting_for(viewer: Viewer, *, limit: int = 20, offset: int = 0) -> Sequence[Project]:
    """The cases in which it is the viewer's turn: the earliest due first, then the longest waiting."""
    query = with_names(select(Project).where(visible_to(viewer), _my_turn(viewer)))
    order = (Project.due_on.is_(None), Project.due_on, Project.state_since, Project.id)
    return db.session.scalars(query.order_by(*order).limit(limit).offset(offset)).all()


def count_waiting_for(viewer: Viewer) -> int:
    """In how many cases it is the viewer's turn."""
    query = select(func.count()).select_from(Project).where(visible_to(viewer), _my_turn(viewer))
    return db.session.scalar(query) or 0


def _my_turn(viewer: Viewer) -> ColumnElement[bool]:
    grounds: list[ColumnElement[bool]] = [
        and_(Project.leader_id == viewer.id, Project.state.in_(_states_of(Party.LEADER)))
    ]
    own = viewer.departments(Role.MANAGER)
    if own:
        grounds.append(
            and_(
                Project.lead_department_id.in_(sorted(own)),
                Project.state.in_(_states_of(Party.MANAGER)),
                Project.leader_id != viewer.id,
            )
        )
    if viewer.has(Role.SECRETARIAT):
        mine = or_(Project.handler_id == viewer.id, Project.handler_id.is_(None))
        grounds.append(and_(mine, Project.state.in_(_states_of(Party.SECRETARIAT)), free_of_interest(viewer)))
    return or_(false(), *grounds)


def _states_of(party: Party) -> list[str]:
    return sorted(state.value for state, whose in WAITS_FOR.items() if whose is party)


def own_projects(viewer: Viewer) -> Sequence[Project]:
    """Projects that the viewer leads and that have not ended, the most recently moved first."""
    query = select(Project).where(Project.leader_id == viewer.id, Project.state.not_in(sorted(ENDED)))
    return db.session.scalars(
        with_names(query).order_by(Project.state_since.desc(), Project.id).limit(50)
    ).all()


def promised_benefits(programme_id: int) -> Decimal:
    """What approved versions promise over the years of their calculation; nothing of what was terminated."""
    newest = (
        select(ApplicationVersion.total_benefit)
        .where(ApplicationVersion.project_id == Project.id)
        .order_by(ApplicationVersion.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    approved = (Project.programme_id == programme_id, Project.state.in_(sorted(GRANTED - INTERRUPTED)))
    promised = select(newest.label("benefit")).where(*approved).subquery()
    total = func.coalesce(func.sum(promised.c.benefit), 0, type_=Money())
    return db.session.scalar(select(total)) or Decimal(0)


def newest_version(project_id: int) -> ApplicationVersion | None:
    """The last submitted version, with who submitted and who signed it."""
    query: Select[ApplicationVersion] = (
        select(ApplicationVersion)
        .where(ApplicationVersion.project_id == project_id)
        .options(joinedload(ApplicationVersion.submitted_by), joinedload(ApplicationVersion.signed_by))
        .order_by(ApplicationVersion.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)
