"""Reading requests to change a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.access import Viewer
from app.accounts.models import Person, Role
from app.accounts.queries import department_names, people_with_role
from app.applications.models import ApplicationVersion
from app.applications.queries import newest_version
from app.benefits.inputs import Inputs
from app.benefits.snapshot import inputs_from_json
from app.core import changes as core
from app.core.changes import UNDECIDED, ChangeState
from app.core.moving import Room
from app.core.plan import Plan
from app.core.workflow import UNDECIDED as WAITING
from app.db import db
from app.delivery.changes import wanted as json
from app.delivery.changes import worth
from app.delivery.changes.models import ChangeDecision, ChangeRemark, ChangeRequest, ChangeVersion
from app.delivery.changes.worth import Worth
from app.delivery.costs.queries import actuals_of
from app.delivery.funds.queries import accounts_of
from app.delivery.plans import queries as plans
from app.delivery.plans.document import from_json
from app.programmes.queries import frame_balance, programme
from app.projects.models import Project
from app.projects.queries import project_for, visible_to

ZERO = Decimal(0)


@dataclass(frozen=True)
class ChangeOf:
    """A request and its project."""

    project: Project
    request: ChangeRequest

    @property
    def state(self) -> ChangeState:
        """Where the request stands."""
        return ChangeState(self.request.state)

    @property
    def latest(self) -> ChangeVersion:
        """As it was last sent. Raises LookupError for one that has never been sent."""
        return self.request.versions[0]

    @property
    def wanted_as_sent(self) -> core.Wanted:
        """As it was last sent."""
        return json.from_json(self.latest.content["wanted"])

    @property
    def wanted(self) -> core.Wanted:
        """As it is written now."""
        return json.from_json(self.request.wanted)


def change_for(viewer: Viewer, project_id: int, number: int) -> ChangeOf | None:
    """One request that the viewer may know of: drafts are their writer's. Made for `requires(…, load=…)`."""
    project = project_for(viewer, project_id)
    if project is None:
        return None
    found = next((row for row in changes_of(viewer, project) if row.number == number), None)
    return ChangeOf(project, found) if found else None


ADDRESSES = {
    "tid": core.Part.TIME,
    "omfattning": core.Part.SCOPE,
    "pengar": core.Part.FUNDS,
    "flytt": core.Part.MOVE,
    "bemanning": core.Part.EFFORT,
    "projektledare": core.Part.LEADER,
    "paus": core.Part.PAUSE,
    "avbrott": core.Part.TERMINATION,
}
"""What the parts are called in addresses."""


@dataclass(frozen=True)
class PartOf:
    """One part of a request, asked for or not."""

    found: ChangeOf
    name: str

    @property
    def part(self) -> core.Part:
        """Which it is."""
        return ADDRESSES[self.name]


def part_for(viewer: Viewer, project_id: int, number: int, name: str) -> PartOf | None:
    """A part of a request that the viewer may know of. Made for `requires(…, load=…)`."""
    found = change_for(viewer, project_id, number)
    return PartOf(found, name) if found and name in ADDRESSES else None


def changes_of(viewer: Viewer, project: Project) -> Sequence[ChangeRequest]:
    """The project's requests, the newest first; what was never sent only for the project leader."""
    query = (
        select(ChangeRequest)
        .where(ChangeRequest.project_id == project.id)
        .options(
            selectinload(ChangeRequest.versions).joinedload(ChangeVersion.sent_by),
            joinedload(ChangeRequest.decision).joinedload(ChangeDecision.registered_by),
            joinedload(ChangeRequest.decision).joinedload(ChangeDecision.baseline),
        )
        .order_by(ChangeRequest.number.desc())
    )
    rows = db.session.scalars(query).all()
    leads = project.leader_id == viewer.id
    return [row for row in rows if row.versions or (leads and row.state == ChangeState.DRAFT.value)]


def undecided_of(project_id: int) -> Sequence[ChangeRequest]:
    """The requests that were sent and not decided, the oldest first: they stay when the project ends."""
    query = (
        select(ChangeRequest)
        .where(ChangeRequest.project_id == project_id, ChangeRequest.state.in_(sorted(UNDECIDED)))
        .options(selectinload(ChangeRequest.versions))
        .order_by(ChangeRequest.number)
    )
    return db.session.scalars(query).all()


def next_number(project_id: int) -> int:
    """The number of the project's next request."""
    last = select(func.max(ChangeRequest.number)).where(ChangeRequest.project_id == project_id)
    return (db.session.scalar(last) or 0) + 1


def remarks_on(request_id: int) -> Sequence[ChangeRemark]:
    """Questions and answers, the first first."""
    query = select(ChangeRemark).where(ChangeRemark.request_id == request_id)
    query = query.options(joinedload(ChangeRemark.written_by)).order_by(ChangeRemark.id)
    return db.session.scalars(query).all()


def decisions_of(project_id: int) -> Sequence[ChangeDecision]:
    """Every decision on the project's requests, the first first."""
    query = select(ChangeDecision).where(ChangeDecision.project_id == project_id)
    return db.session.scalars(query.order_by(ChangeDecision.id)).all()


# --- what a request would mean ---------------------------------------------------------------------------


def worths(project_id: int, plan: Plan, later: Plan) -> tuple[Worth, Worth]:
    """What the project is worth as it is planned, and as it would be."""
    decided, departments = decided_calculation(project_id), numbers_of_departments()
    return worth.worths(*(worth.as_planned(decided, drawn_up, departments) for drawn_up in (plan, later)))


def decided_calculation(project_id: int) -> Inputs:
    """The calculation of the decided application."""
    return inputs_from_json(plans.granting_decision(project_id).version.content["calculation"])


def promised_by(project_id: int) -> Inputs:
    """The same, its benefits as decisions have changed them since."""
    baselines = [from_json(row.content) for row in plans.baselines_of(project_id)]
    return worth.promised(decided_calculation(project_id), baselines)


def left_of_frame(programme_id: int) -> Decimal:
    """What can still be granted."""
    balance = frame_balance(programme_id)
    return balance.available if balance else ZERO


def granted_in_all(project_id: int) -> Decimal:
    """All that the project has been granted together."""
    return sum(plans.granted_by_department_and_year(project_id).values(), ZERO)


def displaced(viewer: Viewer, project: Project, amount: Decimal) -> list[tuple[Project, Decimal]]:
    """The waiting applications that the viewer sees, that what is left of the frame would no longer hold."""
    left = left_of_frame(project.programme_id)
    query = select(Project).where(
        Project.programme_id == project.programme_id,
        Project.state.in_(sorted(WAITING)),
        visible_to(viewer),
    )
    found = []
    for row in db.session.scalars(query.order_by(Project.submitted_at, Project.id)):
        version: ApplicationVersion | None = newest_version(row.id)
        if version is not None and left - amount < version.applied_amount <= left:
            found.append((row, version.applied_amount))
    return found


def possible_leaders(project: Project) -> Sequence[Person]:
    """Those who may lead projects of the lead department, besides the one who does."""
    leaders = people_with_role(Role.PROJECT_LEADER, project.lead_department_id)
    return [person for person in leaders if person.id != project.leader_id]


def reached_milestones(project_id: int) -> Mapping[int, str]:
    """The milestones that are reached, by number: they are not moved or dropped any more."""
    return {row.id: row.name for row in plans.milestones_of(project_id) if row.reached_on}


def last_days_of_benefits(project_id: int) -> dict[int, date]:
    """The last day of each benefit that has one, by the number of its line."""
    entries = decided_calculation(project_id).benefits
    return {worth.line_number(entry.key): entry.values.ends_on for entry in entries if entry.values.ends_on}


def names_of_departments() -> dict[int, str]:
    """Every department's name."""
    return department_names()


def numbers_of_departments() -> dict[str, int]:
    """Every department's number, by its name."""
    return {name: number for number, name in department_names().items()}


def room_of(project: Project) -> Room:
    """What nobody has used of the project's money."""
    booked: dict[tuple[int, int], Decimal] = {}
    for row in actuals_of(project.id, date.max).sums:
        if row.line is not None:
            booked[row.line, row.year] = booked.get((row.line, row.year), ZERO) + row.amount
    remaining = {(row.department_id, row.year): row.sums.remaining for row in accounts_of(project.id)}
    return Room(numbers_of_departments(), booked, remaining)


def years_of(programme_id: int) -> range:
    """The budget years of the programme."""
    found = programme(programme_id)
    return range(found.starts_on.year, found.ends_on.year + 1) if found else range(0)
