"""Case numbers over New Year: unique, without gaps, of the right year, however many register at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db import db
from app.history import chain, queries
from app.projects.models import CaseCounter, Project
from app.projects.service import register
from tools.drill import must_hold
from tools.drill.city import NOW, City, cases, founded, migrate, product
from tools.drill.crowd import by_processes, divided, persistently
from tools.grounds import Ground

TITLE = "Case numbers over New Year, four processes"
CASES = 10_000
FAILS_EVERY = 7
"""Every so often a registration fails after it has taken its number, which must not leave a gap."""


def register_all(city: City, case_ids: Sequence[int]) -> int:
    """Register the cases in turn, the first half before midnight; answer how many."""
    for place, case_id in enumerate(case_ids):
        moment = NOW if place < len(case_ids) / 2 else NOW + timedelta(hours=2)
        if place % FAILS_EVERY == 0:
            with suppress(OperationalError):
                register(city.secretary, db.session.get_one(Project, case_id), moment, due_on=None)
            db.session.rollback()
        persistently(partial(_registered, city, case_id, moment))
    return len(case_ids)


def _registered(city: City, case_id: int, moment: datetime) -> None:
    register(city.secretary, db.session.get_one(Project, case_id), moment, due_on=None)


def verify(count: int) -> str:
    """What the database holds afterwards. Raises AssertionError."""
    rows = db.session.execute(select(Project.case_year, Project.case_serial, Project.case_number)).all()
    must_hold(len(rows) == count, f"{len(rows)} cases")
    for year in (2027, 2028):
        serials = sorted(row.case_serial for row in rows if row.case_year == year)
        must_hold(serials == list(range(1, len(serials) + 1)), f"gaps or doubles in {year}")
        must_hold(len(serials) >= count // 2 - 4, f"{len(serials)} numbers in {year}")
        must_hold(db.session.get_one(CaseCounter, year).last_serial == len(serials), f"the counter of {year}")
    must_hold(all(row.case_number == f"{row.case_year}-{row.case_serial:04d}" for row in rows), "spelling")
    broken = chain.first_break(queries.whole_chain(), queries.head())
    must_hold(broken is None, f"the history: {broken}")
    return f"{count} numbers in two years, unique and without gaps; the history is whole"


def drill(ground: Ground) -> str:
    """Four processes register ten thousand cases."""
    migrate(ground)
    with product(ground):
        city = founded()
        by_processes(ground, city, register_all, divided(cases(city, CASES, "submitted"), 4))
        return verify(CASES)
