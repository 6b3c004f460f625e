"""What can be done with a programme: its frame, its settings and its rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from app.accounts.access import Viewer
from app.db import Base, db
from app.history.service import record
from app.programmes import ledger, policy
from app.programmes.ledger import FrameExceededError, change_frame, post_grant
from app.programmes.models import (
    CalculationSettings,
    Criterion,
    CriterionAnchor,
    DelegationLimit,
    FrameBalance,
    HourlyRate,
    Programme,
    ProgrammeGoal,
    Round,
)
from app.web.access import require

__all__ = [
    "FrameExceededError",
    "NameTakenError",
    "NotLaterError",
    "add_criterion",
    "change_frame",
    "change_programme",
    "change_round",
    "create_programme",
    "open_round",
    "post_grant",
    "set_calculation",
    "set_delegation",
    "set_hourly_rate",
]


class NameTakenError(ValueError):
    """Another programme has this name."""


class NotLaterError(ValueError):
    """A setting must be valid from a later day than the one that it replaces: what was, stays."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"must be later than {latest.isoformat()}")
        self.latest = latest


def create_programme(  # noqa: PLR0913 - a programme is all of this from its first day
    actor: Viewer,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    decision_reference: str,
    frame: Decimal,
    goals: Sequence[str],
    now: datetime,
    description: str = "",
) -> Programme:
    """Set up a programme; its frame is the first line of its ledger."""
    require(policy.may_manage_programme(actor))
    _refuse_taken(name)
    programme = Programme(
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        decision_reference=decision_reference,
        description=description,
    )
    db.session.add(programme)
    record(actor, "create_programme", programme, now=now)
    _write_goals(actor, programme, goals, now)
    db.session.add(
        FrameBalance(programme_id=programme.id, frame=Decimal(0), granted=Decimal(0), available=Decimal(0))
    )
    db.session.flush()
    ledger.book_frame(
        actor, programme, frame, reference=decision_reference, booked_on=ledger.day_of(now), now=now
    )
    return programme


def change_programme(
    actor: Viewer,
    programme: Programme,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    decision_reference: str,
    description: str,
    now: datetime,
) -> None:
    """Revise the programme after a new decision. Its frame is changed in the ledger, not here."""
    require(policy.may_manage_programme(actor, programme))
    if name != programme.name:
        _refuse_taken(name)
    programme.name, programme.description = name, description
    programme.starts_on, programme.ends_on = starts_on, ends_on
    programme.decision_reference = decision_reference
    record(actor, "change_programme", programme, now=now)


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


def set_hourly_rate(
    actor: Viewer, programme: Programme, staff_category: str, rate: Decimal, valid_from: date
) -> HourlyRate:
    """Say what an hour of a kind of staff costs from a day on."""
    require(policy.may_manage_programme(actor, programme))
    _only_later(HourlyRate, programme, valid_from, HourlyRate.staff_category == staff_category)
    row = HourlyRate(
        programme_id=programme.id, staff_category=staff_category, rate=rate, valid_from=valid_from
    )
    db.session.add(row)
    record(actor, "set_hourly_rate", row)
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
    record(actor, "set_delegation", row)
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
    record(actor, "add_criterion", criterion, covers=criterion.anchors)
    return criterion


def open_round(
    actor: Viewer,
    programme: Programme,
    *,
    name: str,
    opens_on: date,
    closes_on: date | None,
    answer_within_days: int,
) -> Round:
    """Announce a round: from when to when applications are taken in; no last day means rolling."""
    require(policy.may_manage_rounds(actor))
    row = Round(
        programme_id=programme.id,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        answer_within_days=answer_within_days,
    )
    db.session.add(row)
    record(actor, "open_round", row)
    return row


def change_round(
    actor: Viewer,
    row: Round,
    *,
    name: str,
    opens_on: date,
    closes_on: date | None,
    answer_within_days: int,
    now: datetime,
) -> None:
    """Correct a round, extend it or close it."""
    require(policy.may_manage_rounds(actor))
    row.name, row.answer_within_days = name, answer_within_days
    row.opens_on, row.closes_on = opens_on, closes_on
    record(actor, "change_round", row, now=now)


def _refuse_taken(name: str) -> None:
    if db.session.scalar(select(Programme.id).where(Programme.name == name)):
        raise NameTakenError(name)


def _write_goals(actor: Viewer, programme: Programme, goals: Sequence[str], now: datetime) -> None:
    for position, text in enumerate(goals, start=1):
        goal = ProgrammeGoal(programme_id=programme.id, position=position, text=text)
        db.session.add(goal)
        record(actor, "add_programme_goal", goal, now=now)


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
