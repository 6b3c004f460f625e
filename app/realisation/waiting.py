"""Benefits that are to be measured, or that nobody has planned, across projects."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Row, func, null, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.calendar import DAYS_AFTER, Reminder
from app.core.realisation import BenefitStanding
from app.core.workflow import COMPLETED, INTERRUPTED
from app.db import db
from app.projects.models import Project
from app.projects.queries import free_of_interest, visible_to
from app.realisation.models import Benefit, BenefitPlan
from app.realisation.models_closing import BenefitClosing, BenefitVerdict

SOON = -DAYS_AFTER[Reminder.SOON]
"""So many days before its day a measurement waits for whoever measures."""


class ToMeasure(NamedTuple):
    """A benefit that is to be measured."""

    project_id: int
    title: str
    case_number: str | None
    benefit_id: int
    name: str
    due_on: date | None


def to_measure(viewer: Viewer, today: date, *, limit: int) -> list[ToMeasure]:
    """What the viewer is to measure soon, or should have: as the one who measures, or for the department that
    owns the benefit when nobody is named."""
    own = sorted(viewer.departments(Role.MANAGER))
    nobodys = BenefitPlan.measurer_id.is_(None) & BenefitPlan.department_id.in_(own)
    query = (
        select(Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, Benefit.next_due_on)
        .select_from(Benefit)
        .join(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .join(Project, Project.id == Benefit.project_id)
        .where(
            Benefit.next_due_on <= today + timedelta(days=SOON),
            or_(BenefitPlan.measurer_id == viewer.id, nobodys),
            visible_to(viewer),
        )
        .order_by(Benefit.next_due_on, Benefit.id)
        .limit(limit)
    )
    return [ToMeasure(*row) for row in db.session.execute(query)]


class ToPlan(NamedTuple):
    """A project with benefits that nobody has said how to measure."""

    project_id: int
    title: str
    case_number: str | None
    benefits: int


def to_plan(viewer: Viewer, *, limit: int) -> list[ToPlan]:
    """The projects that the viewer leads, and that go on, with benefits without a plan: the oldest first."""
    query = (
        select(Project.id, Project.title, Project.case_number, func.count(Benefit.id))
        .select_from(Benefit)
        .join(Project, Project.id == Benefit.project_id)
        .outerjoin(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .where(
            BenefitPlan.id.is_(None),
            Benefit.standing != BenefitStanding.CLOSED.value,
            Project.leader_id == viewer.id,
            Project.state.not_in(sorted(COMPLETED | INTERRUPTED)),
        )
        .group_by(Project.id, Project.title, Project.case_number)
        .order_by(Project.id)
        .limit(limit)
    )
    return [ToPlan(*row) for row in db.session.execute(query)]


def to_judge(viewer: Viewer, *, limit: int) -> list[ToMeasure]:
    """The benefits whose end the viewer verifies or sends back: the first proposed first.

    `policy.may_judge_end` says the same of one.
    """
    if not viewer.has(Role.SECRETARIAT):
        return []
    judged = select(BenefitVerdict.id).where(BenefitVerdict.closing_id == BenefitClosing.id)
    query = (
        select(Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, null())
        .select_from(Benefit)
        .join(BenefitClosing, BenefitClosing.benefit_id == Benefit.id)
        .join(Project, Project.id == Benefit.project_id)
        .where(
            Benefit.standing == BenefitStanding.PROPOSED.value,
            BenefitClosing.proposed_by_id != viewer.id,
            ~judged.exists(),
            free_of_interest(viewer),
            visible_to(viewer),
        )
        .order_by(BenefitClosing.id)
        .limit(limit)
    )
    return [ToMeasure(*row) for row in db.session.execute(query)]


def owed_measurements(
    today: date,
) -> Sequence[Row[int, str, date | None, int, int | None, int, str]]:
    """Of every benefit that is to be measured soon, or should have been: itself, its name, the day; the
    department that owns it and who measures; its project's number and title."""
    query = (
        select(
            Benefit.id, Benefit.name, Benefit.next_due_on, BenefitPlan.department_id,
            BenefitPlan.measurer_id, Project.id, Project.title,
        )
        .select_from(Benefit)
        .join(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .join(Project, Project.id == Benefit.project_id)
        .where(Benefit.next_due_on <= today + timedelta(days=SOON))
        .order_by(Benefit.id)
    )  # fmt: skip
    return db.session.execute(query).all()
