"""Who writes records has the pen; who reads cannot write; what no history tells of is written beside it."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from app.accounts.models import Person
from app.accounts.service import create_department
from app.db import db
from app.engine import has_the_pen, reading, unrecorded
from app.history.models import HistoryEvent
from app.history.service import System, WithoutPenError
from tests.conftest import NOW, Cast


def test_a_transaction_begun_for_reading_cannot_write(cast: Cast) -> None:
    db.session.rollback()
    with reading(), pytest.raises(DatabaseError, match=r"read-?only"):
        db.session.execute(text("update person set title = 'Chef'"))
    db.session.rollback()
    assert not db.session.scalar(select(Person.id).where(Person.title == "Chef"))
    db.session.execute(text("update person set title = 'Chef'"))  # the next one, not begun so, can
    db.session.rollback()


def test_a_transaction_begun_for_reading_sees_one_moment(cast: Cast) -> None:
    db.session.rollback()
    events = select(func.count()).select_from(HistoryEvent)
    with reading():
        before = db.session.scalar(events)
        _write_in_another_transaction()
        assert db.session.scalar(events) == before
    db.session.rollback()
    assert db.session.scalar(events) != before


def _write_in_another_transaction() -> None:
    """What somebody else's request does meanwhile."""
    app = current_app._get_current_object()  # type: ignore[attr-defined] # werkzeug's proxies tell no types

    def write() -> None:
        with app.app_context():
            create_department(System(), "Idrottsförvaltningen", NOW)
            db.session.commit()

    thread = Thread(target=write)
    thread.start()
    thread.join()


def test_who_waits_in_vain_is_told_has_written_nothing_and_can_try_again(cast: Cast) -> None:
    db.session.rollback()
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as other:
        other.begin()
        with db.engine.connect() as waiting:
            driver: Any = waiting.connection.driver_connection
            driver.execute("PRAGMA busy_timeout=50" if on_sqlite else "SET lock_timeout = '50ms'")
            if not on_sqlite:
                driver.commit()
            with pytest.raises(OperationalError):
                waiting.begin()
            assert not driver.in_transaction if on_sqlite else True
            waiting.rollback()
            other.rollback()
            with waiting.begin():
                assert has_the_pen(waiting)
            if on_sqlite:
                assert driver.execute("PRAGMA busy_timeout").fetchone() == (50,), "as patient as before"
            waiting.invalidate()  # nobody else should be so impatient


def test_no_record_is_written_without_the_pen(cast: Cast) -> None:
    db.session.rollback()
    with unrecorded():
        assert not has_the_pen(db.session.connection())
        with pytest.raises(WithoutPenError):
            create_department(System(), "Idrottsförvaltningen", NOW)
    db.session.rollback()
    assert has_the_pen(db.session.connection())
