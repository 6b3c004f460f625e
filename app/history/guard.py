"""Two promises kept by the session itself: every change is in the history, and fixed records stay fixed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.db import Base, db

_TOUCHED = "history.touched"


class UnrecordedChangeError(RuntimeError):
    """A record was changed and nobody wrote it to the history: a fault in the program."""


class FixedRecordError(RuntimeError):
    """Somebody tried to change or remove a record that is fixed once written."""


def mark_recorded(*subjects: Base) -> None:
    """The history now tells of these records' changes."""
    touched = db.session.info.get(_TOUCHED, {})
    for subject in subjects:
        touched.pop(id(subject), None)


@event.listens_for(db.session, "before_flush")
def _collect(current: Session, _context: Any, _instances: Any) -> None:
    changed = [record for record in current.dirty if current.is_modified(record)]
    for record in [*changed, *current.deleted]:
        if record.__fixed__:
            raise FixedRecordError(f"{record.__tablename__} is fixed once written")
    touched = current.info.setdefault(_TOUCHED, {})
    for record in [*current.new, *changed, *current.deleted]:
        if record.__recorded__:
            touched[id(record)] = record  # holding it keeps its id() its own


@event.listens_for(db.session, "before_commit")
def _check(current: Session) -> None:
    current.flush()
    left = current.info.get(_TOUCHED, {})
    if left:
        raise UnrecordedChangeError(", ".join(sorted({record.__tablename__ for record in left.values()})))


@event.listens_for(db.session, "after_rollback")
@event.listens_for(db.session, "after_commit")
def _forget(current: Session) -> None:
    current.info.pop(_TOUCHED, None)
