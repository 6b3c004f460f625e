"""Measure a reporting period of very many projects: its overview as a page, all of its reports as one PDF.

Part of `python -m tools.bench_period`. The PDF is made as it is for a person: asked for as a job, and done by
a worker.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, sleep

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
from tools import running_crowd, trial
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
    """Seconds, in the worker and its makers."""
    memory: int
    """The most that worker and makers held at one time, MB."""

    def __str__(self) -> str:
        """A row of the table."""
        told = f"{self.size}, {self.memory} MB | {self.wall:.1f} | {self.computing:.1f}"
        holds = "yes" if self.wall <= SECONDS and self.memory <= MEGABYTES else "**no**"
        return f"| all reports as one PDF | {told} | <= {SECONDS:g} s, {MEGABYTES} MB | {holds} |"


def reporting(kind: str) -> tuple[Row, AsOne]:
    """The overview and the PDF, on this kind of database."""
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):  # who copies sets the numbers that come next
            running_crowd.fill(PROJECTS, datetime.now(UTC))
        with product(place) as app:
            period_id, reports = _fullest()
            size = f"{kind}, {PROJECTS} projects, {reports} reports"
            return _overview(app, period_id, size), _as_one(period_id, size, place.environment)


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


def _as_one(period_id: int, size: str, environment: Mapping[str, str]) -> AsOne:
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
    wall, cpu = perf_counter(), computed()
    memory = worked_through(environment)
    wall, cpu = perf_counter() - wall, computed() - cpu
    db.session.expire_all()
    job = own(asker, number)
    must_hold(job is not None and job.state == JobState.DONE, "the job is done")
    return AsOne(size, wall, cpu, memory)


def computed() -> float:
    """Seconds of computing in the processes that have ended, and in theirs."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def worked_through(environment: Mapping[str, str]) -> int:
    """Let a worker do what waits; the most that it and its makers held at one time, in MB."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work", "--once"]
    most = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as worker:
        while worker.poll() is None:
            most = max(most, sum(map(_held, _family(str(worker.pid)))))
            sleep(0.2)
    must_hold(worker.returncode == 0, "the worker has ended as it should")
    return most // 1024


def _family(pid: str) -> Iterator[str]:
    """A process and all that came from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(child)


def _held(pid: str) -> int:
    """In kB; nothing of a process that is gone."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
    return 0
