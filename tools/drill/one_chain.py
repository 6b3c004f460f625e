"""Sixteen who write history at once: one chain, no fork, nothing lost."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts.models import Department
from app.accounts.service import create_department
from app.db import db
from app.history import chain, queries
from app.history.models import HistoryEvent
from app.history.service import System
from tools.drill import must_hold
from tools.drill.city import NOW, City, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, persistently
from tools.grounds import Ground

TITLE = "Sixteen writers of one history"
WRITERS = 16
EACH = 50


def write(_city: City, share: tuple[str, int]) -> int:
    """Write so many events; every third attempt is taken back first."""
    name, count = share
    for number in range(count):
        if number % 3 == 0:
            with suppress(OperationalError):
                create_department(System(), f"{name} {number}", NOW)
            db.session.rollback()
        persistently(partial(create_department, System(), f"{name} {number}", NOW))
    return count


def verify(written: int, before: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    broken = chain.first_break(queries.whole_chain(), queries.head())
    departments = db.session.scalar(select(func.count()).select_from(Department))
    must_hold(broken is None, f"the history: {broken}")
    must_hold(events() == before + written, f"{events() - before} of {written} events")
    must_hold(departments == written + 2, f"{departments} departments")
    return f"{written} events in one chain"


def events() -> int:
    """How many events there are."""
    return db.session.scalar(select(func.count()).select_from(HistoryEvent)) or 0


def drill(ground: Ground) -> str:
    """Sixteen threads, then four processes."""
    migrate(ground)
    with product(ground, connections=WRITERS):
        city = founded()
        before = events()
        written = sum(by_threads(city, write, [(f"Tråd {one}", EACH) for one in range(WRITERS)]))
        shares = [(f"Process {one}", EACH * 4) for one in range(4)]
        written += sum(by_processes(ground, city, write, shares))
        return verify(written, before)
