"""What a project's benefits come to, at a moment: promised, expected and realised."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    cast,
    func,
    null,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.core.realisation import BenefitEnd, BenefitStanding
from app.db import Money
from app.portfolio.moment import Moment, as_it_was, begun_before, changed_since
from app.portfolio.parts import Scope
from app.realisation.models import Benefit, BenefitPlan, Measurement
from app.realisation.models_closing import BenefitClosing, BenefitForecast, BenefitVerdict

_TOLD = ("promised_total", "yearly", "standing", "outcome")
_MILLION = 1_000_000


def benefits(scope: Scope) -> Subquery:
    """Of each project, in whole kronor: promised and realised in all; promised and expected a year at full
    effect; how many should have been measured by now, as far as that is known."""
    moment, changed = scope.moment, None
    if moment.until:
        changed = changed_since(moment.until, Benefit.__tablename__, *_TOLD, only=scope.only)
    promised, yearly, standing, outcome = (as_it_was(getattr(Benefit, name), changed, name) for name in _TOLD)
    realised = _measured(scope) if moment.until else None
    forecast, lost = _forecasts(scope), _lost(scope)
    came = func.coalesce(realised.c.realised, 0) if realised is not None else Benefit.realised
    hoped = func.coalesce(forecast.c.yearly, yearly)
    ended = standing == BenefitStanding.CLOSED.value
    expected = case(
        (and_(ended, outcome == BenefitEnd.ABANDONED.value), 0),
        (and_(ended, outcome == BenefitEnd.PARTLY.value), yearly - func.coalesce(lost.c.lost, 0)),
        else_=hoped,
    )
    query = (
        select(
            Benefit.project_id.label("project_id"),
            func.count().label("benefits"),
            _sum(promised).label("promised"),
            _sum(_whole(came)).label("realised"),
            _sum(_whole(func.coalesce(yearly, 0))).label("yearly"),
            _sum(_whole(func.coalesce(expected, 0))).label("forecast"),
            _unmeasured(moment).label("unmeasured"),
        )
        .outerjoin(forecast, forecast.c.benefit_id == Benefit.id)
        .outerjoin(lost, lost.c.benefit_id == Benefit.id)
    )
    if moment.until and changed is not None and realised is not None:
        known = begun_before(moment.until, Benefit.__tablename__, scope.only)
        query = query.join(known, known.c.record_id == Benefit.id)
        query = query.outerjoin(changed, changed.c.record_id == Benefit.id)
        query = query.outerjoin(realised, realised.c.benefit_id == Benefit.id)
    if scope.category:
        query = query.where(Benefit.category == scope.category)
    return scope.of(query, Benefit.project_id).subquery()


def _sum(column: Any) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), 0, type_=Money())


def _whole(amount: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    """An amount that is not below nought, in whole kronor, as `core.money.round_half_up` has it."""
    return type_coerce((type_coerce(amount, BigInteger) + 50) // 100 * 100, Money())


def _unmeasured(moment: Moment) -> ColumnElement[Any]:
    """The register keeps only when a benefit is due next, not when it was."""
    return cast(null(), Integer) if moment.until else func.count(case((Benefit.next_due_on < moment.day, 1)))


def _measured(scope: Scope) -> Subquery:
    """Of each benefit, its own part of what had been measured and not replaced, as `own_part` has it. What
    was replaced is little, and read once: it is not looked for at each measurement."""
    moment, later = scope.moment, aliased(Measurement)
    replaced = select(later.replaces_id).where(
        later.replaces_id.is_not(None), moment.had_been(later.measured_at), *_among(scope, later.project_id)
    )
    value, share = (type_coerce(column, BigInteger) for column in (Measurement.value, BenefitPlan.share))
    own = (value * share + _MILLION // 2) // _MILLION
    query = (
        select(
            Measurement.benefit_id.label("benefit_id"),
            type_coerce(cast(func.sum(own), BigInteger), Money()).label("realised"),
        )
        .join(BenefitPlan, BenefitPlan.benefit_id == Measurement.benefit_id)
        .where(
            moment.had_been(Measurement.measured_at),
            Measurement.id.not_in(replaced),
            *_among(scope, Measurement.project_id),
        )
    )
    return query.group_by(Measurement.benefit_id).subquery()


def _among(scope: Scope, project_id: SQLColumnExpression[Any]) -> list[ColumnElement[bool]]:
    """The projects that are asked about, where not all of them are: of the others nothing need be read."""
    return [] if scope.only is None else [project_id.in_(scope.only)]


def _forecasts(scope: Scope) -> Subquery:
    """What is expected a year, by the newest forecast of each benefit that has one."""
    mine = BenefitForecast
    newest = (
        select(func.max(mine.id).label("id"))
        .where(scope.moment.had_been(mine.made_at), *_among(scope, mine.project_id))
        .group_by(mine.benefit_id)
        .subquery()
    )
    query = select(mine.benefit_id.label("benefit_id"), mine.yearly.label("yearly"))
    return query.join(newest, newest.c.id == mine.id).subquery()


def _lost(scope: Scope) -> Subquery:
    """What of each benefit that has ended will not come, by what the secretariat agreed to."""
    mine = BenefitClosing
    newest = (
        select(func.max(mine.id).label("id"))
        .join(BenefitVerdict, BenefitVerdict.closing_id == mine.id)
        .where(
            BenefitVerdict.verified,
            scope.moment.had_been(BenefitVerdict.judged_at),
            *_among(scope, mine.project_id),
        )
        .group_by(mine.benefit_id)
        .subquery()
    )
    query = select(mine.benefit_id.label("benefit_id"), mine.lost.label("lost"))
    return query.join(newest, newest.c.id == mine.id).subquery()
