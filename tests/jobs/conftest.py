"""Work that a test makes up, and how it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.db import db, transaction
from app.jobs import running, service
from app.jobs.kinds import KINDS, Document, Known, Outcome, Work
from app.jobs.models import Job
from app.notifications.models import Notification
from tests.conftest import NOW
from tests.mail.conftest import Time

Do = Callable[[Work, str], Outcome]


def managers_only(viewer: Viewer, _what: object) -> Verdict:
    return YES if viewer.roles else no("Bara den som har en roll.")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[Do], None]:
    """Says what the work of this test is."""

    def is_this(do: Do) -> None:
        known = Known(lambda _viewer, what: what if what != "okänt" else None, managers_only, do)
        monkeypatch.setitem(KINDS, "test", known)

    is_this(lambda _work, what: Outcome(Document(what.encode(), f"{what}.txt", "text/plain")))
    return is_this


@pytest.fixture
def time() -> Time:
    return Time()


def asked(viewer: Viewer, what: str = "rapport") -> int:
    with transaction():
        return service.ask(viewer, "test", {"what": what}, "Samlad rapport", NOW).id


def job(number: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, number, populate_existing=True)


def told(viewer: Viewer) -> list[str]:
    return list(
        db.session.scalars(
            select(Notification.kind).where(Notification.person_id == viewer.id).order_by(Notification.id)
        )
    )


def another_worker(app: Flask, time: Time) -> None:
    """In a process of its own, as far as the database can tell."""
    with app.app_context():
        running.do_what_waits(time)
        db.session.remove()
