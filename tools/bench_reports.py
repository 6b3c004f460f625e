"""Measure a reporting period of very many projects: its overview as a page, all of its reports as one PDF.

Part of `python -m tools.bench_period`. The PDF is made as it is for a person: asked for as a job, and done by
what the worker does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from app.accounts.models import Person, Role
from app.accounts.passwords import hashed
from app.accounts.queries import people_with_role, viewer_of
from app.db import db, transaction
from app.delivery.reports.collecting import collection_for
from app.delivery.reports.models import ReportVersion, StatusReport
from app.delivery.reports.overview import Where
from app.delivery.reports.printing import PERIOD
from app.jobs import service as jobs
from app.jobs.models import JobState
from app.jobs.queries import own
from app.jobs.running import do_what_waits
from tools import running_crowd, trial
from tools.bench_paper import computed, most_memory
from tools.drill import must_hold
from tools.drill.city import migrate, product
from tools.grounds import ground
from tools.measuring import Row, Target, measured

PROJECTS = 500
PAGE = Target(p95=150)
SECONDS, MEGABYTES = 120.0, 800
ROUNDS = 8


@dataclass(frozen=True)
class AsOne:
    """How the PDF of the whole period was made."""

    size: str
    wall: float
    computing: float
    """Seconds, in the makers."""
    memory: int
    """The most that worker and makers held together, MB."""

    @property
    def holds(self) -> bool:
        """As promised."""
        return self.wall <= SECONDS and self.memory <= MEGABYTES


def reporting(kind: str) -> tuple[Row, AsOne]:
    """The overview and the PDF, on this kind of database."""
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):  # who copies sets the numbers that come next
            running_crowd.fill(PROJECTS, datetime.now(UTC))
        with product(place) as app:
            period_id, reports = _fullest()
            size = f"{kind}, {PROJECTS} projects, {reports} reports"
            return _overview(app, period_id, size), _as_one(period_id, size)


def _fullest() -> tuple[int, int]:
    """The period that most reports have been sent on, and how many."""
    sent = func.count(func.distinct(ReportVersion.report_id))
    query = (
        select(StatusReport.period_id, sent)
        .join(ReportVersion, ReportVersion.report_id == StatusReport.id)
        .group_by(StatusReport.period_id)
        .order_by(sent.desc())
    )
    found = db.session.execute(query).first()
    must_hold(found is not None, "somebody has reported")
    db.session.rollback()
    return (found[0], found[1]) if found else (0, 0)


def _overview(app: Flask, period_id: int, size: str) -> Row:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        db.session.execute(update(Person).values(password_hash=hashed(trial.PASSWORD)))
    client = trial.signed_in(app, trial.people(app)[Role.SECRETARIAT])
    ways = ["", *(f"&lage={where}" for where in Where), "&page=2", "&page=5"]
    addresses = [f"/lagesrapporter?period={period_id}{way}" for way in ways]
    _read(client, addresses[0])
    actions = [partial(_read, client, address) for address in addresses * ROUNDS]
    return measured(f"overview of a period, {len(ways)} ways to ask", size, actions, PAGE)


def _read(client: FlaskClient, address: str) -> None:
    must_hold(client.get(address).status_code == 200, address)


def _as_one(period_id: int, size: str) -> AsOne:
    """All reports of the period as one PDF, asked for and done."""
    asker = viewer_of(people_with_role(Role.SECRETARIAT)[0].id)
    collection = collection_for(asker, period_id) if asker else None
    if asker is None or collection is None:
        raise LookupError("the secretariat sees the period")
    asked = {
        "period_id": period_id,
        "project_ids": list(collection.project_ids),
        "day": datetime.now(UTC).date().isoformat(),
    }
    with transaction():
        number = jobs.ask(asker, PERIOD, asked, collection.period.name, datetime.now(UTC)).id
    Path("/proc/self/clear_refs").write_text("5")  # the most that this process has held is counted anew
    wall, cpu = perf_counter(), computed()
    do_what_waits(lambda: datetime.now(UTC))
    wall, cpu = perf_counter() - wall, computed() - cpu
    memory = most_memory()
    db.session.expire_all()
    job = own(asker, number)
    must_hold(job is not None and job.state == JobState.DONE, "the job is done")
    return AsOne(size, wall, cpu, memory)
