"""Two promises kept by the session itself: every change is in the history, and fixed records stay fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.db import Base, db
from app.history.changes import Change, changes_of, merged

_TOUCHED = "history.touched"


@dataclass
class _Touched:
    """A record that was written and is not told of yet."""

    record: Base
    """Held, so that its id() stays its own."""
    changes: list[Change]


class UnrecordedChangeError(RuntimeError):
    """A record was changed and nobody wrote it to the history: a fault in the program."""


class FixedRecordError(RuntimeError):
    """Somebody tried to change or remove a record that is fixed once written."""


def take_changes(subject: Base, *covers: Base) -> list[Change]:
    """What has been written of the subject since its last record; the history now tells of it.

    Gathered at every flush, not when asked: a query between change and record flushes too.
    """
    touched: dict[int, _Touched] = db.session.info.get(_TOUCHED, {})
    found = touched.pop(id(subject), None)
    for covered in covers:
        touched.pop(id(covered), None)
    return found.changes if found else []


@event.listens_for(db.session, "before_flush")
def _collect(current: Session, _context: Any, _instances: Any) -> None:
    changed = [record for record in current.dirty if current.is_modified(record)]
    for record in [*changed, *current.deleted]:
        if record.__fixed__:
            raise FixedRecordError(f"{record.__tablename__} is fixed once written")
    _remember(current, [*changed, *current.deleted])


@event.listens_for(db.session, "after_flush")
def _collect_new(current: Session, _context: Any) -> None:
    """A record's beginning is told when its number, and that of what it belongs to, are known."""
    _remember(current, list(current.new))


def _remember(current: Session, records: list[Base]) -> None:
    touched: dict[int, _Touched] = current.info.setdefault(_TOUCHED, {})
    for record in records:
        if record.__recorded__:
            row = touched.setdefault(id(record), _Touched(record, []))
            row.changes = merged(row.changes, changes_of(record))


@event.listens_for(db.session, "before_commit")
def _check(current: Session) -> None:
    current.flush()
    left = current.info.get(_TOUCHED, {})
    if left:
        raise UnrecordedChangeError(", ".join(sorted({row.record.__tablename__ for row in left.values()})))


@event.listens_for(db.session, "after_rollback")
@event.listens_for(db.session, "after_commit")
def _forget(current: Session) -> None:
    current.info.pop(_TOUCHED, None)
