"""The frame's ledger: it only adds, and the balance beside it can never go below zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select, update

from app.accounts.access import Viewer
from app.core.verdict import require
from app.db import db
from app.history.service import record
from app.programmes import policy
from app.programmes.grants import Account, open_account
from app.programmes.models import EntryKind, FrameBalance, LedgerEntry, Programme


class FrameExceededError(ValueError):
    """More would be granted than the frame holds."""

    def __init__(self, available: Decimal) -> None:
        super().__init__(f"only {available} is left of the frame")
        self.available = available


def change_frame(
    actor: Viewer, programme: Programme, amount: Decimal, *, reference: str, booked_on: date, now: datetime
) -> LedgerEntry:
    """Raise or (with a negative amount) lower the frame by a decision; never below what is granted."""
    require(policy.may_manage_programme(actor, programme))
    return book_frame(actor, programme, amount, reference=reference, booked_on=booked_on, now=now)


def book_frame(
    actor: Viewer, programme: Programme, amount: Decimal, *, reference: str, booked_on: date, now: datetime
) -> LedgerEntry:
    """Write a change of the frame; for services that have asked who may."""
    if not amount:
        raise ValueError("a frame is changed by an amount")
    changed = db.session.scalar(
        update(FrameBalance)
        .where(FrameBalance.programme_id == programme.id, FrameBalance.available + amount >= 0)
        .values(frame=FrameBalance.frame + amount, available=FrameBalance.available + amount)
        .returning(FrameBalance.available)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise FrameExceededError(_available(programme.id))
    entry = LedgerEntry(
        programme_id=programme.id,
        kind=EntryKind.FRAME.value,
        amount=amount,
        booked_on=booked_on,
        reference=reference,
        created_at=now,
    )
    db.session.add(entry)
    record(actor, "change_frame", entry, now=now)
    return entry


def post_grant(  # noqa: PLR0913 - one line of the ledger, every column of it named
    actor: Viewer,
    *,
    programme_id: int,
    project_id: int,
    department_id: int,
    year: int,
    amount: Decimal,
    booked_on: date,
    reference: str,
    now: datetime,
) -> LedgerEntry:
    """Grant money of the frame to a department's part in a project, for one budget year.

    Balance and limit are one statement: of two who grant the last krona at once, one is refused.
    """
    require(policy.may_post_grant(actor))
    if amount <= 0:
        raise ValueError("a grant is more than nothing")
    granted = db.session.scalar(
        update(FrameBalance)
        .where(FrameBalance.programme_id == programme_id, FrameBalance.available >= amount)
        .values(granted=FrameBalance.granted + amount, available=FrameBalance.available - amount)
        .returning(FrameBalance.available)
        .execution_options(synchronize_session=False)
    )
    if granted is None:
        raise FrameExceededError(_available(programme_id))
    open_account(Account(programme_id, project_id, department_id, year), amount)
    entry = LedgerEntry(
        programme_id=programme_id,
        kind=EntryKind.GRANT.value,
        amount=amount,
        booked_on=booked_on,
        project_id=project_id,
        department_id=department_id,
        year=year,
        reference=reference,
        created_at=now,
    )
    db.session.add(entry)
    record(actor, "post_grant", entry, now=now)
    return entry


def _available(programme_id: int) -> Decimal:
    query = select(FrameBalance.available).where(FrameBalance.programme_id == programme_id)
    return db.session.scalar(query) or Decimal(0)
