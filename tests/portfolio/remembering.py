"""Looking at what the portfolio remembers, as another reader sees it, and holding it to what is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.core.benefits import BenefitCategory
from app.db import db, only_reading
from app.portfolio.facts import Facts
from app.portfolio.known import known
from app.portfolio.moment import Moment, moment_of
from app.realisation import register
from app.realisation.register import Found
from tests.realisation.measuring_story import TODAY

MOMENT = moment_of(None, TODAY)
ASKED: tuple[tuple[Moment, str], ...] = (
    (MOMENT, ""),
    (MOMENT, BenefitCategory.REDISTRIBUTION),
    (moment_of(date(2027, 6, 15), TODAY), ""),
)
AUDITOR = Viewer(0, "", "sv", frozenset({(Role.AUDITOR, None)}))
Told = list[list[int] | None]


def in_another_connection(app: Flask, action: Callable[[], object]) -> None:
    """What somebody else's request does meanwhile."""

    def act() -> None:
        with app.app_context():
            action()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(act).result()


def as_counted() -> None:
    """What is remembered is what is counted."""
    with only_reading():
        for moment, category in ASKED:
            found = {row.id: tuple(row) for row in db.session.execute(Facts(moment, category).query())}
            assert known(moment, category) == found, (moment, category)
        benefits = register_of(AUDITOR)
    assert benefits == register_of(AUDITOR), "who does not only read counts them"
    db.session.rollback()


def register_of(viewer: Viewer) -> tuple[Any, ...]:
    """What the register of benefits says."""
    found = Found(viewer, register.Wanted(), TODAY)
    return found.sums, found.counts, found.listed(limit=None)


@contextmanager
def held_to_it(app: Flask) -> Iterator[None]:
    """After every commit somebody looks, who has looked after the one before."""

    def look(_session: Any) -> None:
        in_another_connection(app, as_counted)

    event.listen(db.session, "after_commit", look)
    try:
        yield
    finally:
        event.remove(db.session, "after_commit", look)


def looked(moment: Moment = MOMENT, category: str = "") -> Any:
    """What a reader sees."""
    db.session.rollback()
    with only_reading():
        return known(moment, category)
