"""What happened in the time that a report is about, as far as it was known at its moment: decisions, money,
projects that ended, and what reports say of projects that do not go as planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.core.calendar import ONE_DAY
from app.core.clock import LOCAL_TIME, local_day
from app.core.programme_report import Span
from app.core.reporting import Dimension, Light
from app.core.workflow import State
from app.db import Money, db
from app.decisions.models import Decision
from app.delivery.reports.models import ReportVersion
from app.history.models import HistoryEvent
from app.portfolio.moment import Moment
from app.programmes.models import EntryKind, LedgerEntry
from app.projects.models import Project

_MONEY = (EntryKind.GRANT, EntryKind.PAYMENT, EntryKind.REPAYMENT, EntryKind.RETURN)
_ENDS = (State.HANDED_OVER.value, State.TERMINATED.value, State.CLOSED.value)


def booked_in(programme_id: int, span: Span, moment: Moment) -> dict[str, Decimal]:
    """What was granted, paid, repaid and returned in the time, by the days on which it is booked."""
    mine = LedgerEntry
    query = (
        select(mine.kind, func.sum(mine.amount, type_=Money()))
        .where(
            mine.programme_id == programme_id,
            mine.booked_on.between(span.starts_on, span.ends_on),
            moment.had_been(mine.created_at),
        )
        .group_by(mine.kind)
    )
    found = {kind: amount for kind, amount in db.session.execute(query)}  # noqa: C416 - pairs to mypy
    return {kind.value: found.get(kind.value, Decimal(0)) for kind in _MONEY}


def decided_in(project_ids: Sequence[int], span: Span, moment: Moment) -> list[tuple[str, int, Decimal]]:
    """The decisions of the time: of each kind how many, and how much they grant."""
    query = (
        select(Decision.kind, func.count(), func.sum(Decision.amount, type_=Money()))
        .where(
            Decision.project_id.in_(project_ids),
            Decision.decided_on.between(span.starts_on, span.ends_on),
            moment.had_been(Decision.registered_at),
        )
        .group_by(Decision.kind)
        .order_by(Decision.kind)
    )
    return [(kind, count, amount) for kind, count, amount in db.session.execute(query)]


def ended_in(project_ids: Sequence[int], span: Span, moment: Moment) -> Mapping[int, Mapping[str, str]]:
    """The projects that ended in the time: how, and on which day."""
    begins, ends = (
        datetime.combine(day, time(), LOCAL_TIME).astimezone(UTC)
        for day in (span.starts_on, span.ends_on + ONE_DAY)
    )
    mine = HistoryEvent
    query = (
        select(mine.record_id, mine.to_value, mine.at)
        .where(
            mine.record_type == Project.__tablename__,
            mine.field == "state",
            mine.record_id.in_(project_ids),
            mine.at >= begins,
            mine.at < ends,
            mine.to_value.in_(_ENDS),
            moment.had_been(mine.at),
        )
        .order_by(mine.id.desc())
    )
    # The first step counts: what is handed over has ended, whatever comes of it later.
    return {
        number: {"state": str(state), "on": local_day(at).isoformat()}
        for number, state, at in db.session.execute(query)
    }


def told_by(project_ids: Sequence[int], moment: Moment) -> Mapping[int, Mapping[str, Any]]:
    """What the newest report of each project says: lights that are not green with their reasons, and what it
    needs."""
    mine = ReportVersion
    newest = select(func.max(mine.id)).where(mine.project_id.in_(project_ids), moment.had_been(mine.sent_at))
    query = select(mine.project_id, mine.content).where(mine.id.in_(newest.group_by(mine.project_id)))
    return {number: _told(content) for number, content in db.session.execute(query)}


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    lights = content["lights"]
    return {
        "period": content["period"]["name"],
        "lights": [
            {
                "dimension": dimension.value,
                "light": lights[dimension.value]["light"],
                "reason": lights[dimension.value]["reason"],
            }
            for dimension in Dimension
            if lights[dimension.value]["light"] != Light.GREEN
        ],
        "needs": content["needs"],
    }
