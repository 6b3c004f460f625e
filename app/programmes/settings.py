"""What can be done with settings: a new row with a later first day replaces the one before, which stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from app.accounts.access import Viewer
from app.core.calibration import Assumption
from app.core.follow_up import Schedule
from app.core.verdict import require
from app.db import Base, db
from app.history.changes import Change, values_of
from app.history.service import record
from app.programmes import policy
from app.programmes.models import (
    CalculationSettings,
    Criterion,
    CriterionAnchor,
    DelegationLimit,
    FollowUpSettings,
    HourlyRate,
    OutcomeSettings,
    PriceIndex,
    Programme,
)


class WeightsError(ValueError):
    """The weights of a set of criteria are not 100 per cent together."""

    def __init__(self, total: int) -> None:
        super().__init__(f"the weights are {total} per cent together")
        self.total = total


class NotLaterError(ValueError):
    """A setting must be valid from a later day than the one that it replaces: what was, stays."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"must be later than {latest.isoformat()}")
        self.latest = latest


def set_calculation(  # noqa: PLR0913 - one row of settings, every one of them named
    actor: Viewer,
    programme: Programme,
    *,
    valid_from: date,
    discount_rate: Decimal,
    internal_rate: Decimal,
    price_year: int,
    payroll_overhead: Decimal,
    horizon_years: int,
    reference: str,
    now: datetime,
) -> CalculationSettings:
    """Say what calculations assume from a day on. Earlier rows stay, so that old ones can be made again."""
    require(policy.may_manage_programme(actor, programme))
    _only_later(CalculationSettings, programme, valid_from)
    settings = CalculationSettings(
        programme_id=programme.id,
        valid_from=valid_from,
        discount_rate=discount_rate,
        internal_rate=internal_rate,
        price_year=price_year,
        payroll_overhead=payroll_overhead,
        horizon_years=horizon_years,
        reference=reference,
    )
    db.session.add(settings)
    record(actor, "set_calculation", settings, now=now)
    return settings


def set_price_index(
    actor: Viewer,
    programme: Programme,
    *,
    valid_from: date,
    name: str,
    values: Mapping[int, Decimal],
    reference: str,
    now: datetime,
) -> PriceIndex:
    """Say what prices were in each year, from a day on: the whole index replaces the one before.

    Calculations carry a benefit's amounts from its price year to the programme's by it.
    """
    require(policy.may_manage_programme(actor, programme))
    if len(values) < 2 or min(values.values()) <= 0:
        raise ValueError("a price index has at least two years, each above 0")
    _only_later(PriceIndex, programme, valid_from)
    index = PriceIndex(
        programme_id=programme.id,
        valid_from=valid_from,
        name=name,
        values={str(year): f"{value:f}" for year, value in sorted(values.items())},
        reference=reference,
    )
    db.session.add(index)
    record(actor, "set_price_index", index, now=now)
    return index


def set_hourly_rate(
    actor: Viewer,
    programme: Programme,
    staff_category: str,
    rate: Decimal,
    valid_from: date,
    *,
    now: datetime,
) -> HourlyRate:
    """Say what an hour of a kind of staff costs from a day on."""
    require(policy.may_manage_programme(actor, programme))
    _only_later(HourlyRate, programme, valid_from, HourlyRate.staff_category == staff_category)
    row = HourlyRate(
        programme_id=programme.id, staff_category=staff_category, rate=rate, valid_from=valid_from
    )
    db.session.add(row)
    record(actor, "set_hourly_rate", row, now=now)
    return row


def set_delegation(
    actor: Viewer,
    programme: Programme,
    *,
    decider: str,
    limit: Decimal | None,
    valid_from: date,
    valid_until: date | None = None,
    reference: str = "",
    now: datetime,
) -> DelegationLimit:
    """Say how much an office may decide on from a day on; no limit means any amount."""
    require(policy.may_manage_programme(actor, programme))
    if valid_until is not None and valid_until < valid_from:
        raise ValueError("valid_until is before valid_from")
    _only_later(DelegationLimit, programme, valid_from, DelegationLimit.decider == decider)
    row = DelegationLimit(
        programme_id=programme.id,
        decider=decider,
        limit=limit,
        valid_from=valid_from,
        valid_until=valid_until,
        reference=reference,
    )
    db.session.add(row)
    record(actor, "set_delegation", row, now=now)
    return row


def set_follow_ups(
    actor: Viewer,
    programme: Programme,
    schedule: Schedule,
    valid_from: date,
    *,
    reference: str,
    now: datetime,
) -> FollowUpSettings:
    """Say when what is handed over from a day on is followed up."""
    require(policy.may_manage_programme(actor, programme))
    _only_later(FollowUpSettings, programme, valid_from)
    row = FollowUpSettings(
        programme_id=programme.id,
        valid_from=valid_from,
        months=list(schedule.months),
        working_days=schedule.working_days,
        reference=reference,
    )
    db.session.add(row)
    record(actor, "set_follow_ups", row, now=now)
    return row


def set_outcomes(
    actor: Viewer,
    programme: Programme,
    assumed: Assumption,
    valid_from: date,
    *,
    reference: str,
    now: datetime,
) -> OutcomeSettings:
    """Say what is believed of benefits from a day on, before any has been measured."""
    require(policy.may_manage_programme(actor, programme))
    _only_later(OutcomeSettings, programme, valid_from)
    row = OutcomeSettings(
        programme_id=programme.id,
        valid_from=valid_from,
        share=assumed.share.mean,
        share_spread=assumed.share.spread,
        months=assumed.months_late.mean,
        months_spread=assumed.months_late.spread,
        cases=assumed.share.cases,
        reference=reference,
    )
    db.session.add(row)
    record(actor, "set_outcomes", row, now=now)
    return row


def add_criterion(
    actor: Viewer,
    programme: Programme,
    *,
    position: int,
    name: str,
    weight: int,
    valid_from: date,
    anchors: Sequence[str],
    now: datetime,
) -> Criterion:
    """Add a criterion to the set that is valid from this day, with what each score from 1 to 5 means."""
    require(policy.may_manage_programme(actor, programme))
    if len(anchors) != 5:
        raise ValueError("a criterion has five anchors, one for each score")
    criterion = Criterion(
        programme_id=programme.id,
        position=position,
        name=name,
        weight=weight,
        valid_from=valid_from,
        anchors=[CriterionAnchor(score=score, text=text) for score, text in enumerate(anchors, start=1)],
    )
    db.session.add(criterion)
    db.session.flush()
    meanings = [Change(f"anchors.{anchor.score}", None, anchor.text) for anchor in criterion.anchors]
    record(
        actor,
        "add_criterion",
        criterion,
        changes=[Change(None, None, values_of(criterion)), *meanings],
        covers=criterion.anchors,
        now=now,
    )
    return criterion


@dataclass(frozen=True)
class CriterionText:
    """A criterion as somebody writes it."""

    name: str
    weight: int
    anchors: Sequence[str]


def set_criteria(
    actor: Viewer,
    programme: Programme,
    *,
    valid_from: date,
    criteria: Sequence[CriterionText],
    now: datetime,
) -> list[Criterion]:
    """Replace the whole set of criteria from a day on; the weights are together 100 per cent."""
    require(policy.may_manage_programme(actor, programme))
    total = sum(criterion.weight for criterion in criteria)
    if total != 100:
        raise WeightsError(total)
    _only_later(Criterion, programme, valid_from)
    return [
        add_criterion(
            actor,
            programme,
            position=position,
            name=criterion.name,
            weight=criterion.weight,
            valid_from=valid_from,
            anchors=criterion.anchors,
            now=now,
        )
        for position, criterion in enumerate(criteria, start=1)
    ]


def _only_later(
    model: type[Base], programme: Programme, valid_from: date, *same: ColumnElement[bool]
) -> None:
    """Refuse a row that would be valid from the same day as the newest of its kind, or from before it."""
    table = model.__table__
    latest = db.session.scalar(
        select(func.max(table.c.valid_from)).where(table.c.programme_id == programme.id, *same)
    )
    if latest is not None and valid_from <= latest:
        raise NotLaterError(latest)
