"""Reading the days of projects, as they were known at a moment: plans, reports, ends, launches, follow-ups.

Plans and reports are fixed documents, of which only the days are read; what may change since is undone by the
history, as everywhere in the portfolio.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.closing.final_report.models import FinalReportVersion
from app.core.follow_up import standing
from app.core.project_time import FollowedUp, Period
from app.core.treated import Treated
from app.db import db
from app.delivery.plans.models import Baseline
from app.delivery.reports.models import ReportVersion
from app.follow_up.models import FollowUp
from app.operations.models import OperatedService
from app.portfolio.moment import Moment, as_it_was, begun_before, changed_since


@dataclass(frozen=True, slots=True)
class Days:
    """The days of some projects, by their numbers."""

    plans: Mapping[int, Sequence[Period]]
    """The first plan, and the newest where it is another."""
    expected: Mapping[int, date]
    """By reports that go by the newest plan: the last day on which a milestone is expected."""
    ended: Mapping[int, date]
    launched: Mapping[int, date]
    follow_ups: Mapping[int, Sequence[FollowedUp]]


def days_of(project_ids: Sequence[int], moment: Moment) -> Days:
    """All of them, for projects that their reader sees."""
    if not project_ids:
        return Days({}, {}, {}, {}, {})
    newest, plans = _plans(project_ids, moment)
    return Days(
        plans,
        _expected(project_ids, moment, newest),
        _ended(project_ids, moment),
        _launched(project_ids, moment),
        _follow_ups(project_ids, moment),
    )


def _plans(
    project_ids: Sequence[int], moment: Moment
) -> tuple[Mapping[int, int], Mapping[int, Sequence[Period]]]:
    mine = Baseline
    days = (mine.content[name].as_string() for name in ("starts_on", "ends_on"))
    query = (
        select(mine.project_id, mine.number, *days)
        .where(mine.project_id.in_(project_ids), moment.had_been(mine.established_at))
        .order_by(mine.project_id, mine.number)
    )
    numbers: dict[int, int] = {}
    found: dict[int, list[Period]] = defaultdict(list)
    for project_id, number, starts_on, ends_on in db.session.execute(query):
        numbers[project_id] = number
        plan = Period(date.fromisoformat(starts_on), date.fromisoformat(ends_on))
        found[project_id] = [*found[project_id][:1], plan]
    return numbers, found


def _newest(model: Any, project_ids: Sequence[int], moment: Moment, *told: Any) -> Select[Any]:
    """Of each project, what was sent last."""
    newest = (
        select(func.max(model.id).label("id"))
        .where(model.project_id.in_(project_ids), moment.had_been(model.sent_at))
        .group_by(model.project_id)
        .subquery()
    )
    query = select(model.project_id, *told).join(newest, newest.c.id == model.id)
    return query.order_by(model.project_id)


def _expected(
    project_ids: Sequence[int], moment: Moment, newest_plan: Mapping[int, int]
) -> Mapping[int, date]:
    content = ReportVersion.content
    query = _newest(
        ReportVersion, project_ids, moment, content["baseline"].as_integer(), content["milestones"].as_json()
    )
    return {
        project_id: date.fromisoformat(max(row["expected_on"] for row in milestones))
        for project_id, baseline, milestones in db.session.execute(query)
        if milestones and baseline == newest_plan.get(project_id)
    }


def _ended(project_ids: Sequence[int], moment: Moment) -> Mapping[int, date]:
    """By the final report that was sent last; whether it counts depends on the project's state."""
    day = FinalReportVersion.content[("end", "ended_on")].as_string()
    query = _newest(FinalReportVersion, project_ids, moment, day)
    return {
        project_id: date.fromisoformat(ended_on)
        for project_id, ended_on in db.session.execute(query)
        if ended_on
    }


def _launched(project_ids: Sequence[int], moment: Moment) -> Mapping[int, date]:
    """The first day on which a service of the project was, or is to be, in use. The history keeps days as
    texts, which put them in their order."""
    mine, until = OperatedService, moment.until
    if until is None:
        query = select(mine.project_id, func.min(mine.launched_on)).where(mine.project_id.in_(project_ids))
        return {
            project_id: day
            for project_id, day in db.session.execute(query.group_by(mine.project_id))
            if project_id and day
        }
    changed = changed_since(until, mine.__tablename__, "launched_on", only=project_ids)
    told = (
        select(mine.project_id, mine.launched_on, changed.c.has_launched_on, changed.c.launched_on)
        .outerjoin(changed, changed.c.record_id == mine.id)
        .where(mine.project_id.in_(project_ids))
        .order_by(mine.id)
    )
    found: dict[int, date] = {}
    for project_id, now, is_changed, before in db.session.execute(told):
        day = (date.fromisoformat(before) if before else None) if is_changed else now
        if day and project_id:
            found[project_id] = min(day, found.get(project_id, day))
    return found


def _follow_ups(project_ids: Sequence[int], moment: Moment) -> Mapping[int, Sequence[FollowedUp]]:
    mine, until, changed = FollowUp, moment.until, None
    if until:
        changed = changed_since(until, mine.__tablename__, "state", only=project_ids)
    state = as_it_was(mine.state, changed, "state")
    query = select(mine.project_id, mine.follows_on, mine.due_on, mine.months, state)
    if until and changed is not None:
        known = begun_before(until, mine.__tablename__, project_ids)
        query = query.join(known, known.c.record_id == mine.id)
        query = query.outerjoin(changed, changed.c.record_id == mine.id)
    query = query.where(mine.project_id.in_(project_ids)).order_by(mine.follows_on, mine.id)
    found: dict[int, list[FollowedUp]] = defaultdict(list)
    for project_id, on, due_on, months, stands in db.session.execute(query):
        told = standing(Treated(stands), on, due_on, moment.day)
        found[project_id].append(FollowedUp(on, months, told))
    return found
