"""Reading opinions, decisions and meeting packs, always only of cases that the viewer may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.queries import departments
from app.applications.models import ApplicationVersion
from app.applications.operating import operating_plan_in
from app.applications.queries import newest_version
from app.applications.snapshot import calculation_in
from app.core.operation import Lack, lacks_of_promise
from app.core.workflow import DECIDED, State
from app.db import db
from app.decisions.models import Condition, Decision, DecisionAmount, MeetingPack, MeetingPackItem, Opinion
from app.decisions.rules import ZERO, Amount, Ground
from app.programmes.queries import delegations_on, frame_balance
from app.projects.models import Project, ProjectKind
from app.projects.queries import free_of_interest, visible_to, with_names

ON_AN_AGENDA = frozenset({State.COUNCIL, State.AWAITING_DECISION})
"""States in which a case can be put on the agenda of a meeting."""

SETTLED = DECIDED | {State.POSTPONED}
"""States in which a decision has been made, if only to wait."""


def decisions_of(project_id: int) -> Sequence[Decision]:
    """The project's decisions with their amounts and conditions, the newest first."""
    query = (
        select(Decision)
        .where(Decision.project_id == project_id)
        .options(
            selectinload(Decision.amounts).joinedload(DecisionAmount.department),
            selectinload(Decision.conditions),
            joinedload(Decision.registered_by),
        )
        .order_by(Decision.id.desc())
    )
    return db.session.scalars(query).all()


def opinions_of(project_id: int) -> Sequence[Opinion]:
    """The council's opinions on the project, the newest first."""
    query = select(Opinion).where(Opinion.project_id == project_id).order_by(Opinion.id.desc())
    return db.session.scalars(query).all()


def conditions_of(project_id: int) -> Sequence[Condition]:
    """What the project's decisions require, in the order in which it was required."""
    query = (
        select(Condition)
        .join(Decision, Decision.id == Condition.decision_id)
        .where(Decision.project_id == project_id)
        .order_by(Decision.id, Condition.position, Condition.id)
    )
    return db.session.scalars(query).all()


def applied_by_department_and_year(version: ApplicationVersion) -> list[Amount]:
    """What the version asks of the programme, from the calculation that was fixed with it."""
    ids = {name: int(key) for key, name in version.content["departments"].items()}
    return [
        Amount(ids[department], year, amount)
        for year, amounts in calculation_in(version.content).by_year_and_department.items()
        for department, amount in amounts.items()
    ]


def ground_for(project: Project, decided_on: date, today: date) -> Ground:
    """What a decision on the project is held against."""
    version = newest_version(project.id)
    balance = frame_balance(project.programme_id)
    return Ground(
        applied=version.applied_amount if version else ZERO,
        available=balance.available if balance else ZERO,
        delegations=delegations_on(project.programme_id, decided_on),
        departments=frozenset(row.id for row in departments(active_only=False)),
        today=today,
        operation_lacks=operation_lacks_in(project, version, decided_on),
    )


def operation_lacks_in(
    project: Project, version: ApplicationVersion | None, decided_on: date
) -> tuple[Lack, ...]:
    """What the version does not say of who is to own its service and pay for it. A pre-study leaves none."""
    if version is None or project.kind != ProjectKind.IMPLEMENTATION:
        return ()
    return tuple(lacks_of_promise(operating_plan_in(version.content).promise, decided_on))


def share_of_frame(programme_id: int, amount: Decimal) -> Decimal | None:
    """How much of the programme's whole frame the amount is, 0 to 1."""
    balance = frame_balance(programme_id)
    return amount / balance.frame if balance and balance.frame else None


def cases_for_agenda(viewer: Viewer, programme_id: int) -> Sequence[Project]:
    """The cases that the viewer may put on an agenda, those that came in first at the top.

    They wait for the council or for a decision, and the viewer has no interest in them.
    """
    query = select(Project).where(
        Project.programme_id == programme_id,
        Project.state.in_(sorted(ON_AN_AGENDA)),
        free_of_interest(viewer),
        visible_to(viewer),
    )
    return db.session.scalars(with_names(query).order_by(Project.submitted_at, Project.id)).all()


@dataclass(frozen=True)
class Agenda:
    """A meeting pack as far as the viewer may see it."""

    pack: MeetingPack
    items: Sequence[MeetingPackItem]

    @property
    def applied(self) -> Decimal:
        """What the cases ask for together."""
        return sum((item.version.applied_amount for item in self.items), ZERO)

    @property
    def proposed(self) -> Decimal:
        """What is proposed for the cases together."""
        return sum((item.proposed_amount for item in self.items), ZERO)


def pack_for(viewer: Viewer, pack_id: int) -> Agenda | None:
    """One meeting pack with those of its cases that the viewer may see."""
    pack = db.session.get(MeetingPack, pack_id)
    return Agenda(pack, _items(viewer, [pack_id])) if pack else None


def packs(viewer: Viewer) -> list[Agenda]:
    """Every meeting pack, the latest meeting first, with the cases that the viewer may see."""
    found = db.session.scalars(
        select(MeetingPack).order_by(MeetingPack.meeting_on.desc(), MeetingPack.id.desc())
    ).all()
    items = _items(viewer, [pack.id for pack in found])
    return [Agenda(pack, [item for item in items if item.pack_id == pack.id]) for pack in found]


def next_meeting(viewer: Viewer, today: date) -> Agenda | None:
    """The first meeting from today on that has a case which the viewer may see."""
    coming = db.session.scalars(
        select(MeetingPack)
        .where(MeetingPack.meeting_on >= today)
        .order_by(MeetingPack.meeting_on, MeetingPack.id.desc())
    ).all()
    items = _items(viewer, [pack.id for pack in coming])
    agendas = (Agenda(pack, [item for item in items if item.pack_id == pack.id]) for pack in coming)
    return next((agenda for agenda in agendas if agenda.items), None)


def proposal_is_read_by(viewer: Viewer) -> ColumnElement[bool]:
    """Whoever has an interest in a case reads what is proposed in it when it is decided, not before.

    `policy.may_read_memo` says the same of the memo.
    """
    return free_of_interest(viewer) | Project.state.in_(sorted(SETTLED))


def _items(viewer: Viewer, pack_ids: Sequence[int]) -> Sequence[MeetingPackItem]:
    query = (
        select(MeetingPackItem)
        .join(Project, Project.id == MeetingPackItem.project_id)
        .where(MeetingPackItem.pack_id.in_(pack_ids), visible_to(viewer), proposal_is_read_by(viewer))
        .options(
            joinedload(MeetingPackItem.project).joinedload(Project.lead_department),
            joinedload(MeetingPackItem.version),
        )
        .order_by(MeetingPackItem.pack_id, MeetingPackItem.position, MeetingPackItem.id)
    )
    return db.session.scalars(query).all()


def newest_versions(project_ids: Sequence[int]) -> dict[int, ApplicationVersion]:
    """The last submitted version of each project."""
    query = (
        select(ApplicationVersion)
        .where(ApplicationVersion.project_id.in_(project_ids))
        .order_by(ApplicationVersion.number)
    )
    return {version.project_id: version for version in db.session.scalars(query)}
