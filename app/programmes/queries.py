"""Reading the programme, its settings on a day, its rounds and its ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.core import alphabet
from app.core.follow_up import Schedule
from app.db import Base, db
from app.programmes.models import (
    CalculationSettings,
    Criterion,
    DelegationLimit,
    FollowUpSettings,
    FrameBalance,
    HourlyRate,
    LedgerEntry,
    OutcomeSettings,
    PriceIndex,
    Programme,
    ProgrammeGoal,
    Round,
)

_Setting = TypeVar("_Setting", bound=Base)


def programmes() -> Sequence[Programme]:
    """Every programme, the latest first."""
    return db.session.scalars(
        select(Programme).order_by(Programme.starts_on.desc(), Programme.id.desc())
    ).all()


def the_programme() -> Programme | None:
    """The latest programme: the one that pages speak of unless another is asked for."""
    return db.session.scalar(
        select(Programme).order_by(Programme.starts_on.desc(), Programme.id.desc()).limit(1)
    )


def programme(programme_id: int) -> Programme | None:
    """One programme."""
    return db.session.get(Programme, programme_id)


def goals_of(programme_id: int) -> Sequence[ProgrammeGoal]:
    """The programme's goals, in their order."""
    query = select(ProgrammeGoal).where(ProgrammeGoal.programme_id == programme_id)
    return db.session.scalars(query.order_by(ProgrammeGoal.position, ProgrammeGoal.id)).all()


def all_of(model: type[_Setting], programme_id: int) -> Sequence[_Setting]:
    """Every row of a kind of settings: what was, what is and what comes, the oldest first."""
    table = model.__table__
    query = select(model).where(table.c.programme_id == programme_id).order_by(table.c.valid_from, table.c.id)
    return db.session.scalars(query).all()


def _valid(model: type[_Setting], programme_id: int, day: date) -> _Setting | None:
    """The row of a kind of settings that is valid on this day."""
    table = model.__table__
    query = (
        select(model)
        .where(table.c.programme_id == programme_id, table.c.valid_from <= day)
        .order_by(table.c.valid_from.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def calculation_on(programme_id: int, day: date) -> CalculationSettings | None:
    """What a benefit calculation assumes on this day; None before the first settings."""
    return _valid(CalculationSettings, programme_id, day)


def price_index_on(programme_id: int, day: date) -> PriceIndex | None:
    """The price index of this day; None before the first."""
    return _valid(PriceIndex, programme_id, day)


def follow_ups_on(programme_id: int, day: date) -> Schedule:
    """When what is handed over on this day is followed up; as usual, where nobody has said otherwise."""
    found = _valid(FollowUpSettings, programme_id, day)
    return found.schedule if found else Schedule()


def outcomes_on(programme_id: int, day: date) -> OutcomeSettings | None:
    """What is believed of benefits on this day; None where nobody has decided (calibration.ASSUMED holds)."""
    return _valid(OutcomeSettings, programme_id, day)


def hourly_rates_on(programme_id: int, day: date) -> Sequence[HourlyRate]:
    """The newest rate of each kind of staff on this day, by name."""
    newest = {row.staff_category: row for row in all_of(HourlyRate, programme_id) if row.valid_from <= day}
    return [newest[name] for name in sorted(newest, key=alphabet.key)]


def delegations_on(programme_id: int, day: date) -> Sequence[DelegationLimit]:
    """Who may decide on how much on this day, the smallest limit first."""
    newest = {row.decider: row for row in all_of(DelegationLimit, programme_id) if row.valid_from <= day}
    valid = [row for row in newest.values() if row.valid_until is None or row.valid_until >= day]
    return sorted(valid, key=lambda row: (row.limit is None, row.limit or 0, alphabet.key(row.decider)))


def delegation(delegation_id: int) -> DelegationLimit | None:
    """One delegation, valid or not."""
    return db.session.get(DelegationLimit, delegation_id)


def criteria(programme_id: int) -> Sequence[Criterion]:
    """Every criterion that is, was or comes, with its anchors: the oldest set first, in the set's order."""
    query = (
        select(Criterion)
        .where(Criterion.programme_id == programme_id)
        .options(selectinload(Criterion.anchors))
        .order_by(Criterion.valid_from, Criterion.position, Criterion.id)
    )
    return db.session.scalars(query).all()


def criteria_on(programme_id: int, day: date) -> Sequence[Criterion]:
    """The set of criteria on this day, with anchors. A set replaces the one before it as a whole."""
    begun = [row for row in criteria(programme_id) if row.valid_from <= day]
    return [row for row in begun if row.valid_from == begun[-1].valid_from]


def rounds_of(programme_id: int) -> Sequence[Round]:
    """Every application round, the latest first."""
    query = select(Round).where(Round.programme_id == programme_id)
    return db.session.scalars(query.order_by(Round.opens_on.desc(), Round.id.desc())).all()


_ROUND_NAMES = select(Round.id, Round.name).order_by(Round.opens_on.desc(), Round.id.desc())


def round_names() -> dict[int, str]:
    """What the rounds of every programme are called, the latest first."""
    return {row.id: row.name for row in db.session.connection().execute(_ROUND_NAMES)}


def open_rounds(programme_id: int, day: date) -> Sequence[Round]:
    """The rounds that take applications in on this day: first to close first, rolling ones last."""
    query = (
        select(Round)
        .where(
            Round.programme_id == programme_id,
            Round.opens_on <= day,
            or_(Round.closes_on.is_(None), Round.closes_on >= day),
        )
        .order_by(Round.closes_on.is_(None), Round.closes_on, Round.id)
    )
    return db.session.scalars(query).all()


def round_by_id(round_id: int) -> Round | None:
    """One application round."""
    return db.session.get(Round, round_id)


def frame_balance(programme_id: int) -> FrameBalance | None:
    """The frame, what is granted of it and what is left; read anew, since services write it by SQL."""
    query = select(FrameBalance).where(FrameBalance.programme_id == programme_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def ledger(programme_id: int) -> Sequence[LedgerEntry]:
    """Every line of the ledger, in the order in which they were written: so the balance is never negative."""
    query = select(LedgerEntry).where(LedgerEntry.programme_id == programme_id)
    return db.session.scalars(query.order_by(LedgerEntry.id)).all()
