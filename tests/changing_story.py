"""Stories of requests to change a project: each function brings one a step further, and commits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.accounts import service as people
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import person_by_email, roles_of
from app.core.changes import Cost, Move, Pause, Promise, Scope, Termination, Time, Wanted
from app.core.costs import CostKind, Financier
from app.core.plan import Effort, Milestone, MilestoneKind, differences
from app.db import transaction
from app.decisions.models import DecisionKind
from app.delivery.changes import queries, service
from app.delivery.changes.models import ChangeDecision
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.delivery.plans import queries as plans
from app.history.service import System
from app.projects.models import Project
from tests.cast import PASSWORD_HASH, Cast
from tests.review_story import delegation_of
from tests.running_story import PLANNED
from tests.story import reloaded

ASKED = PLANNED + timedelta(days=60)
DECIDED = ASKED + timedelta(days=7)
WHY = "Upphandlingen överklagades."


def change(viewer: Viewer, project: Project, number: int = 1) -> ChangeOf:
    """The project's request of this number, as the viewer finds it now."""
    found = queries.change_for(viewer, project.id, number)
    assert found is not None
    return found


def later_end(project: Project, days: int = 90) -> Time:
    """The last milestone and the end so many days later, one milestone more."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    *others, last = plan.milestones
    moved = replace(last, planned_on=last.planned_on + timedelta(days=days))
    new = Milestone(0, "Utbildningen är klar", MilestoneKind.DELIVERY, date(2028, 5, 2), "Projektledare")
    return Time(plan.ends_on + timedelta(days=days), (*others, moved, new))


def cost(cast: Cast, amount: Decimal = Decimal(300_000), year: int = 2028, **more: Any) -> Cost:
    """More money for the lead department."""
    given: dict[str, Any] = {"description": "Ny upphandling", "kind": CostKind.ONE_OFF}
    department = cast.department
    return Cost(
        department_id=department.id, department=department.name, year=year, amount=amount, **given | more
    )


def move(
    cast: Cast,
    project: Project,
    amount: Decimal,
    to: tuple[int, int] | None = None,
    of: Financier = Financier.PROGRAMME,
) -> Move:
    """Of the first such line's first year; to the year after unless `to` names department and year."""
    line = next(row for row in plans.budget_of(project.id) if row.financier == of)
    year, names = line.amounts[0].year, queries.names_of_departments()
    department, to_year = to or (line.department_id, year + 1)
    return Move(
        line.id, line.description, of, line.department_id, names[line.department_id], year,
        department, names[department], to_year, amount,
    )  # fmt: skip


def other_scope(
    project: Project, yearly: Decimal | None = None, days: int = 180, working: str = "Färre ärenden."
) -> Scope:
    """The service is opened to fewer, and its first benefit comes later, worth this much a year."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    first = plan.benefits[0]
    assert first.starts_on is not None
    promise = Promise(
        first.key,
        first.description,
        first.starts_on + timedelta(days=days),
        yearly,
        working if yearly else "",
    )
    return Scope("Tjänsten öppnas bara för hushåll.", (promise,))


def more_hours(project: Project) -> tuple[Effort, ...]:
    """The steering group works three times as much as planned, and a role comes to."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    leader, steering = plan.effort
    more = replace(steering, low=Decimal(240), high=Decimal(260))
    new = Effort(0, "Referensgrupp", steering.department, Decimal(80), Decimal(80), None)
    return (leader, more, new)


def rest() -> Pause:
    """A quarter of a year."""
    return Pause(date(2027, 6, 1), date(2027, 8, 31), "Leverantören byter plattform.")


def early_end() -> Termination:
    """The steering group has had enough."""
    return Termination("Styrgruppen", date(2027, 5, 3), "Nyttan uteblir.")


def asked(cast: Cast, project: Project, **parts: Any) -> ChangeOf:
    """The leader has sent a request for these parts."""
    project = reloaded(project)
    with transaction():
        number = service.begin(cast.leader, project, ASKED).number
    with transaction():
        service.write(cast.leader, change(cast.leader, project, number), Wanted(WHY, **parts), ASKED)
    with transaction():
        service.send(cast.leader, change(cast.leader, project, number), ASKED)
    return change(cast.secretary, project, number)


def draft(found: ChangeOf, **details: Any) -> Draft:
    """A decision: unless details say otherwise, the committee approves all that is asked for."""
    given: dict[str, Any] = {
        "kind": DecisionKind.APPROVE,
        "decided_on": DECIDED.date(),
        "delegation_id": delegation_of(found.project.programme_id, "Kommunstyrelsens utskott"),
        "amounts": tuple(row.amount for row in found.wanted.costs),
        "reasons": "Det som återstår är värt det.",
        "reference": "KSU 2027-05-20 § 3",
    }
    return Draft(**given | details)


def rejection(found: ChangeOf) -> Draft:
    """The committee says no."""
    nothing = tuple(Decimal(0) for _row in found.wanted.costs)
    return draft(found, kind=DecisionKind.REJECT, amounts=nothing)


def decided(cast: Cast, found: ChangeOf, given: Draft | None = None) -> ChangeDecision:
    """The decision is registered."""
    found = change(cast.secretary, reloaded(found.project), found.request.number)
    with transaction():
        return service.decide(cast.secretary, found, given or draft(found), DECIDED)


def colleague(cast: Cast) -> int:
    """Somebody else who may lead the department's projects."""
    with transaction():
        person = person_by_email("kollega@staden.example") or people.create_person(
            System(),
            email="kollega@staden.example",
            name="Kollega",
            title="",
            password_hash=PASSWORD_HASH,
            now=PLANNED,
        )
        if not roles_of(person.id):
            people.grant_role(System(), person, Role.PROJECT_LEADER, cast.department.id, PLANNED)
        return person.id


def questioned(cast: Cast, found: ChangeOf) -> ChangeOf:
    """The secretariat asks something about the request."""
    with transaction():
        service.ask(cast.secretary, found, "Vad händer om det blir nej?", ASKED)
    return change(cast.leader, found.project, found.request.number)


def questioned_and_decided(cast: Cast, project: Project) -> None:
    """A request for more money has been asked about, answered and approved."""
    found = questioned(cast, asked(cast, project, costs=(cost(cast),)))
    with transaction():
        service.answer(cast.leader, found, "Då stannar upphandlingen.", ASKED)
    decided(cast, found)


def money_agrees(project: Project) -> bool:
    """The plan's part of the programme's money is what is granted, by department and year."""
    plan = plans.current_plan(project.id)
    assert plan is not None
    rows = {(name, year): amount for name, year, amount in plans.granted_rows(project.id)}
    return not differences(plan, rows)


def standing(project: Project) -> tuple[object, ...]:
    """The plan, and the money of the project and of the frame."""
    money = queries.granted_in_all(project.id), queries.left_of_frame(project.programme_id)
    return (plans.current_plan(project.id), *money)
