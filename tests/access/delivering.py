"""What happens in the cases that have been granted money, its texts marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import current_app

from app.accepted.taking_in import TakenIn, take_in
from app.closing.handover.models import RestItem
from app.closing.handover.queries import items_of
from app.core.changes import Cost, Pause, Wanted
from app.core.costs import CostKind
from app.core.measuring import Period
from app.core.realisation import BenefitEnd
from app.db import transaction
from app.delivery.changes import service as changes
from app.delivery.changes.queries import ChangeOf
from app.delivery.conditions import queries as conditions
from app.delivery.conditions import service as ticked
from app.delivery.costs import queries as booked
from app.delivery.costs import service as costs
from app.delivery.costs.values import EntryValues
from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.delivery.plans import service as plans
from app.delivery.plans.queries import effort_of
from app.delivery.reports import service as reports
from app.delivery.risks import queries as risks
from app.delivery.risks import service as followed
from app.delivery.risks.models import Issue, Risk
from app.delivery.risks.values import IssueValues, RiskValues
from app.operations.models import OperatedService
from app.operations.queries import service_of
from app.operations.sharing import queries as shares
from app.operations.sharing import service as sharing
from app.operations.sharing.values import KeyValues
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import closing
from app.realisation import queries as following
from app.realisation import service as benefits
from tests import changing_story, running_story
from tests.access import taking_home
from tests.applications.files import PDF
from tests.conftest import Cast
from tests.delivery.costs import files
from tests.realisation import measuring_story
from tests.remembered import standing
from tests.review_story import LATER


def deliver(cast: Cast, project: Project, mark: str) -> None:
    """The first condition is said to be met, the second has its day soon. Of three requisitions the first is
    sent, the second checked, the third returned."""
    with transaction():
        found = conditions.conditions_in(project)[0]
        file = _file(mark)
        ticked.report(cast.leader, found, text=mark, met_on=LATER.date(), files=[file], now=LATER)
        year = accounts.accounts_of(project.id)[0].year
        claim = funds.Claim(cast.department.id, year, Decimal(1), mark)
        for _ in range(3):
            funds.send(cast.leader, project, claim, files=[file], now=LATER)
    last, middle, _first = accounts.requisitions_of(standing(project.id))
    with transaction():
        funds.approve(cast.secretary, middle, 1, LATER)
        funds.send_back(cast.secretary, last, 1, reason=mark, now=LATER)


def plan(cast: Cast, project: Project) -> None:
    """A plan that has begun with what the application says."""
    with transaction():
        plans.draw_up(cast.leader, project, LATER)


def run(cast: Cast, project: Project, mark: str) -> None:
    """A plan that is established, a risk beside those of the application, and an issue: both overdue."""
    running_story.complete(cast, project, LATER)
    with transaction():
        plans.establish(cast.leader, project, LATER)
        due_on = LATER.date() - timedelta(days=1)
        issue = IssueValues(text=mark, consequence=5, action=mark, owner=mark, due_on=due_on)
        risk = RiskValues(**asdict(issue), probability=5)
        followed.add_issue(cast.leader, project, issue, LATER)
        followed.add_risk(cast.leader, project, risk, LATER)
    follow(cast, standing(project.id), mark)
    share(cast, standing(project.id), mark)


def share(cast: Cast, project: Project, mark: str) -> None:
    """Its department and one that takes part are asked to share what its service costs in the first year."""
    found = service_of(project)
    assert found is not None
    values = KeyValues(
        basis=mark, unit=mark, measured_on=LATER.date(), source=mark, words=mark,
        quantities={cast.department.id: Decimal(1), cast.other_department.id: Decimal(1)},
    )  # fmt: skip
    with transaction():
        sharing.propose(cast.leader, shares.year_of(found, min(shares.costs_of(found))), values, LATER)


def follow(cast: Cast, project: Project, mark: str) -> None:
    """Its first benefit is planned, and measured before it was to begin."""
    number = following.benefits_of(project.id)[0].id
    values = measuring_story.plan_values(
        cast, department_id=project.lead_department_id, owner_id=None, measurer_id=None,
        owner_role=mark, indicator=mark, unit=mark, baseline_source=mark, how=mark, measurer_role=mark,
    )  # fmt: skip
    period = Period(date(2027, 1, 1), date(2027, 1, 31))
    measured = measuring_story.measured_values(
        period=period,
        indicator_value=values.baseline,
        source=mark,
        explanation=mark,
        counted={"amount": Decimal(1)},
    )
    with transaction():
        benefits.save_plan(cast.leader, _benefit(cast, project, number), values, LATER)
    with transaction():
        benefits.measure(cast.leader, _benefit(cast, project, number), measured, LATER)
    taking_home.agree(cast, standing(project.id), mark)


def _benefit(cast: Cast, project: Project, number: int) -> following.BenefitOf:
    found = following.benefit_for(cast.leader, project.id, number)
    assert found is not None
    return found


def book(cast: Cast, project: Project, mark: str) -> None:
    """Something that was paid, in a project that runs."""
    values = EntryValues(booked_on=LATER.date(), activity=mark, amount=Decimal(1))
    with transaction():
        costs.enter(cast.leader, standing(project.id), [values], LATER)
    files.read_in(cast.leader, project, mark)
    files.begun(cast.leader, project, mark)


def report(cast: Cast, programme: Programme, project: Project, mark: str) -> None:
    """The report of the first tertial is sent."""
    number = running_story.period(cast, programme).id
    found = running_story.report_on(cast.leader, standing(project.id), number)
    content = running_story.complete_content(project, done=mark, coming=mark, needs=mark)
    with transaction():
        reports.send(cast.leader, found, content, LATER)
    end(cast, standing(project.id), mark)


def end(cast: Cast, project: Project, mark: str) -> None:
    """The department proposes that its first benefit is partly taken home."""
    found = following.benefit_for(cast.manager, project.id, following.benefits_of(project.id)[0].id)
    assert found is not None
    with transaction():
        closing.propose(
            cast.manager, found, BenefitEnd.PARTLY, reason=mark, lost=found.benefit.yearly, now=LATER
        )


def change(cast: Cast, project: Project, mark: str, unsent: str) -> None:
    """The first request for changes is sent; the second is being written."""
    requested(cast, project, more_money(cast, mark, pause=Pause(LATER.date(), LATER.date(), mark)))
    _written(cast, standing(project.id), more_money(cast, unsent))


def more_money(cast: Cast, mark: str, **more: Any) -> Wanted:
    """A krona, and what else is asked for."""
    department = cast.department
    cost = Cost(mark, CostKind.ONE_OFF, department.id, department.name, 2028, Decimal(1))
    return Wanted(mark, costs=(cost,), **more)


def requested(cast: Cast, project: Project, wanted: Wanted) -> ChangeOf:
    """A request for changes is sent."""
    found = _written(cast, project, wanted)
    with transaction():
        changes.send(cast.leader, found, LATER)
    return changing_story.change(cast.secretary, standing(project.id), found.request.number)


def _written(cast: Cast, project: Project, wanted: Wanted) -> ChangeOf:
    with transaction():
        number = changes.begin(cast.leader, project, LATER).number
        found = changing_story.change(cast.leader, project, number)
        changes.write(cast.leader, found, wanted, LATER)
    return changing_story.change(cast.leader, standing(project.id), number)


def _file(mark: str) -> TakenIn:
    content = BytesIO(PDF.replace(b"trailer", f"% {mark}\ntrailer".encode()))
    return take_in(content, filename=f"{mark}.pdf", store=current_app.extensions["files"], limit=10_000)


def delivered(project_id: int) -> dict[str, int]:
    """The records of it by the names of their parts in addresses."""
    found = conditions.conditions_in(standing(project_id))
    if not found or not found[0].latest:
        return {}
    last, middle, first = accounts.requisitions_of(standing(project_id))
    entries, _count = booked.entries_of(project_id, limit=1, offset=0)
    entered = _booked(project_id) if entries else {}
    described = service_of(standing(project_id))
    noted_under: list[tuple[str, Sequence[RestItem | Risk | Issue | OperatedService]]] = [
        ("service_id", [described.service] if described else []),
        ("item_id", items_of(project_id)),
        ("risk_id", risks.risks_of(project_id)),
        ("issue_id", risks.issues_of(project_id)),
    ]
    noted = {name: rows[0].id for name, rows in noted_under if rows} | _followed(project_id)
    noted |= taking_home.effects_in(project_id)
    if described:
        year, asked = next(iter(shares.standing_of(described.service.id).items()))
        noted |= {"shared_year": year, "department_id": asked.shares[-1].department_id}
    return (
        entered
        | noted
        | {
            "requisition_id": first.requisition.id,
            "checked_id": middle.requisition.id,
            "returned_id": last.requisition.id,
            "file_id": first.latest.files[0].id,
            "reported_id": found[0].condition.id,
            "condition_id": found[1].condition.id,
            "proof_id": found[0].latest.proofs[0].id,
        }
    )


def _followed(project_id: int) -> dict[str, int]:
    return {
        name: number
        for benefit_id, rows in following.measured_of(project_id).items()
        for name, number in (("benefit_id", benefit_id), ("measurement_id", rows[0].id))
    }


def _booked(project_id: int) -> dict[str, int]:
    entries, _count = booked.entries_of(project_id, limit=1, offset=0)
    return {
        "entry_id": entries[0].id,
        "effort_id": effort_of(project_id)[0].id,
        "read_in_id": booked.read_ins_of(project_id)[0].id,
    }
