"""What the rooms know of each project, at a moment: a query for each of them, one row for each project.

What has changed since is told by the history, what was written since is left out. A list of projects (`only`)
keeps a query to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from app.applications.models import ApplicationVersion
from app.budget_effects.taken import taken_home as what_is_taken_home
from app.core.reporting import LIMITS, WRITTEN, Dimension, Light
from app.core.treated import WRITTEN as UNSENT
from app.db import Money
from app.decisions.models import Decision, DecisionKind
from app.delivery.plans.models import Baseline
from app.delivery.reports.models import ReportPeriod, ReportVersion, StatusReport
from app.delivery.risks.models import Risk
from app.follow_up.models import FollowUp
from app.portfolio.moment import Moment, as_it_was, begun_before, changed_since
from app.programmes.models import EntryKind, GrantBalance, LedgerEntry
from app.projects.models import Project
from app.realisation.models import Benefit

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the parts are asked about."""

    moment: Moment
    category: str = ""
    """Of benefits; empty: of every category."""
    only: Sequence[int] | None = None
    """The projects that are asked about; None: all of them."""

    def of(self, query: Rows, project_id: SQLColumnExpression[Any]) -> Rows:
        """The query, of the projects that are asked about, together for each."""
        kept = query if self.only is None else query.where(project_id.in_(self.only))
        return kept.group_by(project_id)


def _sum(column: Any) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(column), 0, type_=Money())


def applied(scope: Scope) -> Subquery:
    """What is asked of the programme, as it came in last."""
    mine = ApplicationVersion
    last = scope.of(
        select(mine.project_id.label("project_id"), func.max(mine.number).label("number")).where(
            scope.moment.had_been(mine.submitted_at)
        ),
        mine.project_id,
    ).subquery()
    query = select(mine.project_id.label("project_id"), mine.applied_amount.label("applied"))
    on = and_(mine.project_id == last.c.project_id, mine.number == last.c.number)
    return query.join(last, on).subquery()


def decided(scope: Scope) -> Subquery:
    """The day of the last decision that approves or rejects."""
    query = select(
        Decision.project_id.label("project_id"), func.max(Decision.decided_on).label("decided_on")
    ).where(Decision.kind != DecisionKind.POSTPONE.value, scope.moment.had_been(Decision.registered_at))
    return scope.of(query, Decision.project_id).subquery()


# --- money -----------------------------------------------------------------------------------------------


def money(scope: Scope) -> Subquery:
    """What was granted, what is paid and not repaid, and what is left to ask for."""
    return _booked(scope) if scope.moment.until else _balances(scope)


def _balances(scope: Scope) -> Subquery:
    mine = GrantBalance
    query = select(
        mine.project_id.label("project_id"),
        _sum(mine.granted).label("granted"),
        _sum(mine.paid - mine.repaid).label("paid"),
        _sum(mine.remaining).label("left"),
    )
    return scope.of(query, mine.project_id).subquery()


_LEFT = {EntryKind.GRANT: 1, EntryKind.REQUISITION: -1, EntryKind.REPAYMENT: 1, EntryKind.RETURN: -1}
_PAID = {EntryKind.PAYMENT: 1, EntryKind.REPAYMENT: -1}
_GRANTED = {EntryKind.GRANT: 1}


def _booked(scope: Scope) -> Subquery:
    query = select(
        LedgerEntry.project_id.label("project_id"),
        _signed(_GRANTED).label("granted"),
        _signed(_PAID).label("paid"),
        _signed(_LEFT).label("left"),
    ).where(LedgerEntry.project_id.is_not(None), scope.moment.had_been(LedgerEntry.created_at))
    return scope.of(query, LedgerEntry.project_id).subquery()


def _signed(effects: Mapping[EntryKind, int]) -> ColumnElement[Decimal]:
    amount = type_coerce(LedgerEntry.amount, BigInteger)
    counted = [(LedgerEntry.kind == kind.value, amount * sign) for kind, sign in effects.items()]
    return _sum(type_coerce(case(*counted, else_=0), Money()))


# --- reports and risks -----------------------------------------------------------------------------------


def report(scope: Scope) -> Subquery:
    """What was sent last: its worst light, and how late it says that a milestone is."""
    mine = ReportVersion
    newest = scope.of(
        select(func.max(mine.id).label("id")).where(scope.moment.had_been(mine.sent_at)), mine.project_id
    ).subquery()
    lights = [getattr(mine, f"{dimension.value}_light") for dimension in Dimension]
    worst = case(
        *((literal(light.value).in_(lights), light.value) for light in (Light.RED, Light.YELLOW)),
        else_=Light.GREEN.value,
    )
    query = select(
        mine.project_id.label("project_id"), worst.label("light"), mine.days_late.label("days_late")
    )
    return query.join(newest, newest.c.id == mine.id).subquery()


def late_report(scope: Scope) -> Subquery:
    """Projects that have not sent their report on the last period that is over, though it was due. Nothing is
    expected of those that do not run."""
    until, day = scope.moment.until, scope.moment.day
    over = select(
        ReportPeriod.programme_id.label("programme_id"), func.max(ReportPeriod.ends_on).label("ends_on")
    ).where(ReportPeriod.ends_on < day)
    changed = None
    if until:
        known = begun_before(until, ReportPeriod.__tablename__)
        over = over.join(known, known.c.record_id == ReportPeriod.id)
        since = changed_since(until, StatusReport.__tablename__, "state", only=scope.only)
        # PostgreSQL would ask the history anew for each project.
        changed = select(since).cte("reports_since").prefix_with("MATERIALIZED", dialect="postgresql")
    last = over.group_by(ReportPeriod.programme_id).subquery()
    standing = as_it_was(StatusReport.state, changed, "state")
    query = (
        select(Project.id.label("project_id"), func.count().label("late_reports"))
        .join(Baseline, and_(Baseline.project_id == Project.id, Baseline.number == 1))
        .join(last, last.c.programme_id == Project.programme_id)
        .join(
            ReportPeriod,
            and_(ReportPeriod.programme_id == last.c.programme_id, ReportPeriod.ends_on == last.c.ends_on),
        )
        .outerjoin(
            StatusReport,
            and_(StatusReport.project_id == Project.id, StatusReport.period_id == ReportPeriod.id),
        )
        .where(ReportPeriod.due_on < day, ReportPeriod.ends_on >= Baseline.established_on)
        .where(Baseline.established_on <= day)
    )
    if changed is not None:
        query = query.outerjoin(changed, changed.c.record_id == StatusReport.id)
    unsent = case((StatusReport.id.is_(None), 1), (standing.in_(sorted(WRITTEN)), 1), else_=0)
    return scope.of(query.where(unsent == 1), Project.id).subquery()


def risk(scope: Scope) -> Subquery:
    """The highest score of the risks that are open, and how many of them make a report red."""
    changed = None
    if scope.moment.until:
        changed = changed_since(
            scope.moment.until, Risk.__tablename__, "probability", "consequence", only=scope.only
        )
    score = as_it_was(Risk.probability, changed, "probability") * as_it_was(
        Risk.consequence, changed, "consequence"
    )
    query = select(
        Risk.project_id.label("project_id"),
        func.max(score).label("risk"),
        func.count(case((score >= LIMITS.risk[1], 1))).label("high_risks"),
    ).where(_is_open(scope.moment))
    if changed is not None:
        query = query.outerjoin(changed, changed.c.record_id == Risk.id)
    return scope.of(query, Risk.project_id).subquery()


def _is_open(moment: Moment) -> ColumnElement[bool]:
    if moment.until is None:
        return Risk.closed_on.is_(None)
    return (Risk.registered_on <= moment.day) & func.coalesce(Risk.closed_on > moment.day, literal(True))


# --- after launch ----------------------------------------------------------------------------------------


def follow_up(scope: Scope) -> Subquery:
    """How many follow-ups should have been sent, and have not been."""
    changed = None
    if scope.moment.until:
        changed = changed_since(scope.moment.until, FollowUp.__tablename__, "state", only=scope.only)
    state = as_it_was(FollowUp.state, changed, "state")
    query = select(FollowUp.project_id.label("project_id"), func.count().label("late_follow_ups")).where(
        FollowUp.due_on < scope.moment.day, state.in_(sorted(UNSENT))
    )
    if scope.moment.until:
        known = begun_before(scope.moment.until, FollowUp.__tablename__, scope.only)
        query = query.join(known, known.c.record_id == FollowUp.id)
    if changed is not None:
        query = query.outerjoin(changed, changed.c.record_id == FollowUp.id)
    return scope.of(query, FollowUp.project_id).subquery()


def taken_home(scope: Scope) -> Subquery:
    """What has been taken home of benefits in budgets."""
    told = what_is_taken_home(scope.moment.until).subquery()
    query = select(told.c.project_id, _sum(told.c.amount).label("taken_home"))
    if scope.category:
        query = query.join(Benefit, Benefit.id == told.c.benefit_id)
        query = query.where(Benefit.category == scope.category)
    return scope.of(query, told.c.project_id).subquery()


def late_case(scope: Scope, changed: Subquery | None) -> ColumnElement[bool]:
    """Whether somebody should have acted on the case by now. Days are compared as texts, which is how the
    history keeps them, and which put them in their order."""
    if changed is None:
        return Project.due_on < scope.moment.day
    return _was_due(changed) < scope.moment.day.isoformat()


def _was_due(changed: Subquery) -> ColumnElement[str]:
    return case((changed.c.has_due_on == 1, changed.c.due_on), else_=cast(Project.due_on, String))


PARTS: Mapping[str, Callable[[Scope], Subquery]] = {
    "applied": applied,
    "decided": decided,
    "money": money,
    "report": report,
    "late_report": late_report,
    "risk": risk,
    "follow_up": follow_up,
    "taken_home": taken_home,
}
