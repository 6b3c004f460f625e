"""What became of the conditions that decisions set."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import ColumnElement, select

from app.core.conditions import Became, ConditionState, became
from app.core.workflow import COMPLETED, State
from app.db import db
from app.decisions.models import Condition, Decision
from app.decisions.rules import GRANTING
from app.delivery.conditions.models import ConditionAssessment, ConditionProgress, ConditionReport
from app.projects.models import Project

ByYear = dict[int, Counter[Became]]
"""How many conditions became what, by the year of the decision that set them."""


def conditions_by_year(among: ColumnElement[bool], today: date) -> ByYear:
    """Of the decisions on these projects; the first year first."""
    met = (
        select(ConditionReport.condition_id, ConditionReport.met_on)
        .join(ConditionAssessment, ConditionAssessment.report_id == ConditionReport.id)
        .where(ConditionAssessment.approved)
        .subquery()
    )
    query = (
        select(Decision.decided_on, Condition.due_on, ConditionProgress.state, met.c.met_on, Project.state)
        .select_from(Condition)
        .join(Decision, Decision.id == Condition.decision_id)
        .join(Project, Project.id == Decision.project_id)
        .outerjoin(ConditionProgress, ConditionProgress.condition_id == Condition.id)
        .outerjoin(met, met.c.condition_id == Condition.id)
        .where(among, Decision.kind.in_(sorted(GRANTING)))
        .order_by(Decision.decided_on)
    )
    found: ByYear = {}
    for decided_on, due_on, state, met_on, of_project in db.session.execute(query):
        approved_on = met_on if state == ConditionState.APPROVED else None
        ended = State(of_project) in COMPLETED
        found.setdefault(decided_on.year, Counter())[became(approved_on, due_on, today, ended=ended)] += 1
    return found
