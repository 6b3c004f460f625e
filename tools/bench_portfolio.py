"""Measure the portfolio: ten thousand projects, their benefits, and half a million measurements.

`python -m tools.bench_portfolio [projects]`. Times are wall-clock, in the application, of whole pages as
their readers get them; nothing is kept from one page to the next but what the database keeps.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.accounts.models import Person
from app.accounts.passwords import hashed
from app.db import Base, db
from app.history.models import HistoryEvent
from app.projects.models import Project
from app.realisation.models import Benefit, Measurement
from tools import measured_crowd, measuring, trial
from tools.bench_pages import read
from tools.drill.city import migrate, product
from tools.grounds import KINDS, ground
from tools.measuring import Row, Target, keep, measured
from tools.trial import PASSWORD, signed_in

PROJECTS, MEASUREMENTS_EACH = 10_000, 50
PAGE, DRILL = Target(p95=200), Target(p95=100)
RUNS = 8
WHOLE = ("", "sort=-realised", "sort=-risk", "sort=title&page=40", "sort=-late&page=3")
"""Ways to see all of it."""
FILTERED = (
    "forvaltning=3", "ljus=red", "sent=rapport", "kategori=financial&sort=-forecast",
    "beslutsar={year}&sort=-granted", "omgang=1&lage=granted",
)  # fmt: skip
"""Ways to see some of it: what the figures of the page lead to."""


def of_kind(kind: str, projects: int) -> Iterator[Row]:
    """What either database gives."""
    now = datetime.now(UTC)
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):  # who copies sets the numbers that come next
            measured_crowd.fill(projects, projects * MEASUREMENTS_EACH, now)
        with product(place) as app:
            app.config["WTF_CSRF_ENABLED"] = False
            yield from _pages(app, kind, now)


def _pages(app: Flask, kind: str, now: datetime) -> Iterator[Row]:
    with app.app_context():
        size = f"{kind}, {_count(Project)} projects, {_count(Measurement)} measurements"
        everything = f"{size}, {_count(Benefit)} benefits, {_count(HistoryEvent)} events"
        numbers = db.session.scalars(select(Project.id).order_by(Project.id.desc()).limit(60)).all()
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(update(Person).values(password_hash=hashed(PASSWORD)))
    people = trial.people(app)
    secretary, manager = (signed_in(app, people[role]) for role in ("secretariat", "manager"))
    yield _measured("portfolio, the secretariat's", everything, secretary, WHOLE, PAGE)
    yield _measured(
        "portfolio, filtered", size, secretary, [one.format(year=now.year) for one in FILTERED], PAGE
    )
    yield _measured("portfolio, a manager's", size, manager, WHOLE, PAGE)
    for days in (30, 400):
        day = (now - timedelta(days=days)).date()
        asked = [f"per={day}", f"per={day}&sort=-realised"]
        yield _measured(f"portfolio as at {days} days ago", size, secretary, asked)
    drills: Mapping[str, Sequence[str]] = {
        "a case": [f"/projekt/{number}" for number in numbers],
        "a case's benefits": [f"/projekt/{number}/nyttor" for number in numbers],
    }
    for name, addresses in drills.items():
        actions = [partial(read, secretary, address) for address in addresses]
        yield measured(f"from the portfolio to {name}", size, actions, DRILL)


def _measured(
    what: str, size: str, client: FlaskClient, asked: Sequence[str], target: Target | None = None
) -> Row:
    addresses = [f"/portfolj?{one}" for one in asked]
    for address in addresses:
        read(client, address)
    return measured(what, size, [partial(read, client, address) for address in addresses * RUNS], target)


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def main() -> None:
    """Print what each database gives; of the whole size, keep the table in docs/benchmarks.md."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else PROJECTS
    lines = [measuring.HEAD]
    for kind in KINDS:
        for row in of_kind(kind, projects):
            lines.append(str(row))
            print(row, flush=True)
    if projects == PROJECTS:
        keep("portfolio", lines)


if __name__ == "__main__":
    main()
