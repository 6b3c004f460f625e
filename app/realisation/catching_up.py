"""Benefits of projects whose plan was fixed before there was a register, taken up as if there had been."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select

from app.closing.termination.queries import outcome_rows
from app.db import db, only_reading, transaction
from app.delivery.plans.models import Baseline, PlannedBenefit
from app.history.service import Actor
from app.projects.models import Project
from app.realisation.closing import end_with_project
from app.realisation.models import Benefit
from app.realisation.promises import take_up


def catch_up(actor: Actor, now: datetime) -> int:
    """Take up what such projects promise, each by itself; how many benefits that was. What is there stays as
    it is, so that it may be stopped anywhere and done anew."""
    with only_reading():
        waiting = unregistered()
    taken = 0
    for number in waiting:
        with transaction():
            taken += _taken_up(actor, number, now)
    return taken


def unregistered() -> Sequence[int]:
    """The projects with a fixed plan that promises benefits of which the register knows none."""
    planned = exists().where(PlannedBenefit.project_id == Project.id)
    known = exists().where(Benefit.project_id == Project.id)
    fixed = exists().where(Baseline.project_id == Project.id)
    query = select(Project.id).where(planned, fixed, ~known).order_by(Project.id)
    return db.session.scalars(query).all()


def _taken_up(actor: Actor, project_id: int, now: datetime) -> int:
    """What was written off with an interrupted project has ended with it, as it would have then."""
    project = db.session.get_one(Project, project_id)
    take_up(actor, project, now)
    for outcome in outcome_rows(project_id).values():
        end_with_project(actor, outcome, now)
    query = select(func.count()).where(Benefit.project_id == project_id)
    return db.session.scalar(query) or 0
