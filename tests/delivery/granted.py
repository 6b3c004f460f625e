"""A project that has been granted its money, under conditions, and what becomes of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import current_app

from app.accepted.taking_in import TakenIn, take_in
from app.accounts import service as people
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import person_by_email, roles_of
from app.db import transaction
from app.delivery.conditions import queries, service
from app.delivery.conditions.queries import ConditionOf
from app.delivery.funds import queries as accounts
from app.delivery.funds import repaying
from app.delivery.funds import service as funds
from app.delivery.funds.queries import RequisitionOf
from app.delivery.funds.repaying import Repaid
from app.delivery.funds.service import Claim
from app.history.service import System
from app.programmes.models import Programme
from app.programmes.queries import frame_balance
from app.projects.models import Project
from tests import review_story
from tests.applications.files import PDF
from tests.conftest import PASSWORD_HASH, Cast
from tests.remembered import remembered
from tests.review_story import LATER
from tests.story import reloaded

DUE = date(2027, 3, 20)
AFTER = LATER + timedelta(hours=1)
TOMORROW = LATER + timedelta(days=1)
CONDITIONS = (
    ("Redovisa en plan för hur nyttan hämtas hem.", DUE),
    ("Samverka med kontaktcenter.", None),
)


@remembered
def granted(cast: Cast, programme: Programme, applied: Decimal = Decimal(1_500_000)) -> Project:
    """Approved with two conditions: 500 000 kr of the first year, 1 000 000 kr of the second."""
    project = review_story.awaiting_decision(cast, programme, applied=applied)
    review_story.decide(cast.secretary, project, conditions=CONDITIONS)
    return reloaded(project)


def condition(viewer: Viewer, project: Project, place: int = 0) -> ConditionOf:
    """One of the project's conditions as it stands now."""
    number = queries.conditions_in(reloaded(project))[place].condition.id
    found = queries.condition_for(viewer, project.id, number)
    assert found is not None
    return found


def file(name: str = "plan.pdf", content: bytes = PDF) -> TakenIn:
    """A file in the store."""
    store = current_app.extensions["files"]
    return take_in(BytesIO(content), filename=name, store=store, limit=100_000)


def reported(
    cast: Cast, project: Project, *, files: Sequence[TakenIn] = (), place: int = 0, **details: Any
) -> ConditionOf:
    """The leader has said that the condition is met."""
    given: dict[str, Any] = {"text": "Planen är beslutad.", "met_on": LATER.date(), "now": AFTER}
    with transaction():
        service.report(cast.leader, condition(cast.leader, project, place), files=files, **(given | details))
    return condition(cast.auditor, project, place)


def last_report(found: ConditionOf) -> int:
    """The number of the report that waits for an answer."""
    assert found.latest is not None
    return found.latest.id


def approved(cast: Cast, project: Project, place: int = 0) -> ConditionOf:
    """The secretariat has agreed."""
    found = condition(cast.secretary, project, place)
    with transaction():
        service.approve(cast.secretary, found, last_report(found), note="Planen håller.", now=TOMORROW)
    return condition(cast.auditor, project, place)


def given_back(cast: Cast, project: Project, reason: str = "Planen saknar ansvarig.") -> ConditionOf:
    """The secretariat has said what is lacking."""
    found = condition(cast.secretary, project)
    with transaction():
        service.give_back(cast.secretary, found, last_report(found), reason=reason, now=TOMORROW)
    return condition(cast.auditor, project)


# --- money -----------------------------------------------------------------------------------------------


def money(project: Project) -> dict[int, tuple[Any, ...]]:
    """By budget year: granted, requisitioned, paid, returned and remaining."""
    return {
        row.year: (
            row.sums.granted, row.sums.requisitioned, row.sums.paid, row.sums.returned, row.sums.remaining,
        )
        for row in accounts.accounts_of(project.id)
    }  # fmt: skip


def claim(cast: Cast, amount: Decimal | int = 100_000, year: int = 2027, covers: str = "Sprint 1.") -> Claim:
    """What is asked for."""
    return Claim(cast.department.id, year, Decimal(amount), covers)


def requisition(viewer: Viewer, project: Project, number: int = 1) -> RequisitionOf:
    """One of the project's requisitions as it stands now."""
    rows = accounts.requisitions_of(reloaded(project))
    identity = next(row.requisition.id for row in rows if row.requisition.number == number)
    found = accounts.requisition_for(viewer, project.id, identity)
    assert found is not None
    return found


def sent(cast: Cast, project: Project, asked: Claim | None = None, **details: Any) -> RequisitionOf:
    """The leader has asked for money."""
    given: dict[str, Any] = {"files": (), "now": AFTER}
    with transaction():
        row = funds.send(cast.leader, reloaded(project), asked or claim(cast), **(given | details))
        number = row.number
    return requisition(cast.auditor, project, number)


def checked(cast: Cast, project: Project, number: int = 1) -> RequisitionOf:
    """The secretariat has found it right."""
    found = requisition(cast.secretary, project, number)
    with transaction():
        funds.approve(cast.secretary, found, found.latest.number, TOMORROW)
    return requisition(cast.auditor, project, number)


def payer() -> Viewer:
    """A controller of the whole programme."""
    known = person_by_email("payer@staden.example")
    if known is None:
        with transaction():
            known = people.create_person(
                System(),
                email="payer@staden.example",
                name="Payer",
                title="",
                password_hash=PASSWORD_HASH,
                now=LATER,
            )
            people.grant_role(System(), known, Role.CONTROLLER, None, LATER)
    return Viewer(known.id, known.name, "sv", roles_of(known.id))


def paid(cast: Cast, project: Project, number: int = 1) -> RequisitionOf:
    """The controller has paid it."""
    who = payer()
    found = requisition(who, project, number)
    with transaction():
        funds.pay(who, found, found.latest.number, paid_on=TOMORROW.date(), reference="V-1042", now=TOMORROW)
    return requisition(cast.auditor, project, number)


def repaid(cast: Cast, project: Project, amount: Decimal | int = 100, number: int = 1) -> RequisitionOf:
    """The controller has posted that something of it came back."""
    who = payer()
    given = Repaid(Decimal(amount), TOMORROW.date(), "V-2042", "Det blev billigare.")
    with transaction():
        repaying.repay(who, requisition(who, project, number), given, TOMORROW)
    return requisition(cast.auditor, project, number)


def put_right(cast: Cast, project: Project, reason: str = "Fakturan saknas.") -> RequisitionOf:
    """The secretariat has sent it back."""
    found = requisition(cast.secretary, project)
    with transaction():
        funds.send_back(cast.secretary, found, found.latest.number, reason=reason, now=TOMORROW)
    return requisition(cast.auditor, project)


def frame_of(programme: Programme) -> tuple[Any, ...]:
    """What is granted, requisitioned, paid, returned and left of the frame."""
    row = frame_balance(programme.id)
    assert row is not None
    return row.granted, row.requisitioned, row.paid, row.returned, row.available
