"""What becomes of granted money, for each project, department and budget year: verbs of the frame's ledger.

They are for services that have asked who may. Every change is one conditional statement on the account's row,
whose CHECKs say the same once more: of two who ask for the last krona at once, one is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, insert, select, update

from app.db import db
from app.history.service import Actor, record
from app.programmes.models import EntryKind, FrameBalance, GrantBalance, LedgerEntry

ZERO = Decimal(0)


@dataclass(frozen=True)
class Account:
    """A department's part of a project's money, for one budget year."""

    programme_id: int
    project_id: int
    department_id: int
    year: int


@dataclass(frozen=True)
class Posting:
    """What a line of the ledger says besides its account."""

    amount: Decimal
    booked_on: date
    reference: str
    now: datetime


class GrantExceededError(ValueError):
    """More would be asked for, moved or returned than is left of what was granted."""

    def __init__(self, remaining: Decimal) -> None:
        super().__init__(f"only {remaining} is left of what was granted")
        self.remaining = remaining


class RepaymentExceededError(ValueError):
    """More would be repaid than what is paid and not repaid."""

    def __init__(self, used: Decimal) -> None:
        super().__init__(f"only {used} is paid and not repaid")
        self.used = used


@dataclass(frozen=True)
class _Change:
    """How much more stands in each column."""

    granted: Decimal = ZERO
    requisitioned: Decimal = ZERO
    paid: Decimal = ZERO
    repaid: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def remaining(self) -> Decimal:
        return self.granted - self.requisitioned + self.repaid - self.returned


def open_account(account: Account, amount: Decimal) -> None:
    """Enter what is granted; for the ledger's own verbs, which have taken it of the frame."""
    row = GrantBalance
    entered = db.session.scalar(
        update(row)
        .where(_is(account))
        .values(granted=row.granted + amount, remaining=row.remaining + amount)
        .returning(row.id)
        .execution_options(synchronize_session=False)
    )
    if entered is None:
        new = insert(row).values(
            programme_id=account.programme_id, **_key(account), granted=amount, remaining=amount,
            requisitioned=ZERO, paid=ZERO, repaid=ZERO, returned=ZERO,
        )  # fmt: skip
        db.session.execute(new)


def requisition(actor: Actor, account: Account, posting: Posting) -> LedgerEntry:
    """Set money aside for a requisition, or (with a negative amount) let it go again."""
    if not posting.amount:
        raise ValueError("a requisition is about an amount")
    _apply(account, _Change(requisitioned=posting.amount))
    return _write(actor, EntryKind.REQUISITION, account, posting)


def pay(actor: Actor, account: Account, posting: Posting) -> LedgerEntry:
    """Pay what was set aside."""
    _more_than_nothing(posting)
    _apply(account, _Change(paid=posting.amount))
    return _write(actor, EntryKind.PAYMENT, account, posting)


def hold(account: Account) -> None:
    """Let nobody else change the account until the transaction ends: what is read now holds till then."""
    db.session.execute(select(GrantBalance.id).where(_is(account)).with_for_update())


def repay(actor: Actor, account: Account, posting: Posting) -> LedgerEntry:
    """Take back what was paid and not used: it is left again. Raises RepaymentExceededError."""
    _more_than_nothing(posting)
    try:
        _apply(account, _Change(repaid=posting.amount))
    except GrantExceededError:
        used = select(GrantBalance.paid - GrantBalance.repaid).where(_is(account))
        raise RepaymentExceededError(db.session.scalar(used) or ZERO) from None
    return _write(actor, EntryKind.REPAYMENT, account, posting)


def give_back(actor: Actor, account: Account, posting: Posting) -> LedgerEntry:
    """Return what nobody has asked for: the frame can grant it anew."""
    _more_than_nothing(posting)
    _apply(account, _Change(returned=posting.amount))
    return _write(actor, EntryKind.RETURN, account, posting)


def move(actor: Actor, source: Account, target: Account, posting: Posting) -> tuple[LedgerEntry, LedgerEntry]:
    """Move what nobody has asked for to another year or department of the project."""
    _more_than_nothing(posting)
    if source.project_id != target.project_id or source == target:
        raise ValueError("money is moved between accounts of a project")
    _apply(source, _Change(granted=-posting.amount))
    open_account(target, posting.amount)
    out = Posting(-posting.amount, posting.booked_on, posting.reference, posting.now)
    return (
        _write(actor, EntryKind.MOVE, source, out),
        _write(actor, EntryKind.MOVE, target, posting),
    )


def _more_than_nothing(posting: Posting) -> None:
    if posting.amount <= ZERO:
        raise ValueError("an amount is more than nothing")


def _key(account: Account) -> dict[str, int]:
    return {
        "project_id": account.project_id,
        "department_id": account.department_id,
        "year": account.year,
    }


def _is(account: Account) -> ColumnElement[bool]:
    return and_(*(getattr(GrantBalance, name) == value for name, value in _key(account).items()))


def _apply(account: Account, change: _Change) -> None:
    """Change the account, if what is left allows it, and the frame's sums with it."""
    row = GrantBalance
    here = _is(account)
    changed = db.session.scalar(
        update(row)
        .where(
            here,
            row.remaining + change.remaining >= ZERO,
            row.paid + change.paid <= row.requisitioned + change.requisitioned,
            row.repaid + change.repaid <= row.paid + change.paid,
        )
        .values(
            granted=row.granted + change.granted,
            requisitioned=row.requisitioned + change.requisitioned,
            paid=row.paid + change.paid,
            repaid=row.repaid + change.repaid,
            returned=row.returned + change.returned,
            remaining=row.remaining + change.remaining,
        )
        .returning(row.remaining)
        .execution_options(synchronize_session=False)
    )
    if changed is None:
        raise GrantExceededError(db.session.scalar(select(row.remaining).where(here)) or ZERO)
    frame = FrameBalance
    db.session.execute(
        update(frame)
        .where(frame.programme_id == account.programme_id)
        .values(
            requisitioned=frame.requisitioned + change.requisitioned,
            paid=frame.paid + change.paid,
            repaid=frame.repaid + change.repaid,
            returned=frame.returned + change.returned,
            available=frame.available + change.returned,
        )
        .execution_options(synchronize_session=False)
    )


def _write(actor: Actor, kind: EntryKind, account: Account, posting: Posting) -> LedgerEntry:
    entry = LedgerEntry(
        programme_id=account.programme_id,
        kind=kind.value,
        amount=posting.amount,
        booked_on=posting.booked_on,
        **_key(account),
        reference=posting.reference,
        created_at=posting.now,
    )
    db.session.add(entry)
    record(actor, f"post_{kind.value}", entry, now=posting.now)
    return entry
