"""Measure the portfolio: ten thousand projects, their benefits, and half a million measurements.

`python -m tools.bench_portfolio [projects] [database]`. Times are wall-clock, in the application, of whole
pages as their readers get them. What a worker remembers from page to page is told apart from what it counts
anew: all of it for the first page of a day, and the projects that somebody has written of since.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from types import ModuleType
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.accounts.queries import viewer_of
from app.db import Base, db, only_reading, transaction
from app.delivery.risks import service as risks
from app.delivery.risks.values import RiskValues
from app.history.models import HistoryEvent
from app.knowledge.counting import count_outcomes
from app.portfolio.known import counted
from app.portfolio.moment import moment_of
from app.projects.models import Project
from app.realisation.models import Benefit, Measurement
from tools import copied, copying, crowd, measured_crowd, measuring, running_crowd, trial
from tools.bench_pages import read
from tools.grounds import KINDS
from tools.kept import Kind, crowded
from tools.measuring import Row, Target, keep, of_times, seconds
from tools.trial import signed_in

PROJECTS, MEASUREMENTS_EACH = 10_000, 50
PAGE, DRILL, CALIBRATION = Target(p95=200), Target(p95=100), Target(p95=2_000)
RUNS, PROJECTS_READ, WRITTEN = 8, 60, 20
YEARS_ON = 6
"""By then every benefit of the city should have begun to come."""
WAYS = ("", "sort=-realised", "sort=-risk", "sort=title&page=40", "sort=-late&page=3", "sort=department")
"""Ways to see all of it."""
FILTERED = (
    "forvaltning=3", "ljus=red", "sent=rapport", "kategori=financial&sort=-forecast",
    "beslutsar={year}&sort=-granted", "omgang=1&lage=granted",
)  # fmt: skip
"""Ways to see some of it."""
REGISTER = (
    "/nyttor",
    "/nyttor?lage=unmeasured",
    "/nyttor?forvaltning=3&page=7",
    "/nyttor?kategori=financial",
)
RISK = RiskValues(
    text="Leverantören hinner inte.", probability=4, consequence=4, action="Vite.", owner="Beställare"
)
_MAKERS: tuple[ModuleType, ...] = (measured_crowd, running_crowd, crowd, copying, copied)
MEASURED = Kind(
    "measured",
    lambda projects, now: measured_crowd.fill(projects, projects * MEASUREMENTS_EACH, now),
    _MAKERS,
)


def of_kind(kind: str, projects: int) -> Iterator[Row]:
    """What either database gives."""
    with crowded(projects, kind, MEASURED) as app:
        gc.freeze()  # as wsgi.py does: what the product is made of never becomes garbage
        now = datetime.now(UTC)
        with app.app_context():
            size = f"{kind}, {_count(Project)} projects, {_count(Benefit)} benefits"
            everything = f"{size}, {_count(Measurement)} measurements, {_count(HistoryEvent)} events"
            db.session.remove()
        people = trial.people(app)
        secretary, manager = (signed_in(app, people[role]) for role in ("secretariat", "manager"))
        before = _held()
        yield from _pages(size, secretary, manager, now.date())
        yield from _drills(app, size, secretary)
        yield Row("memory that remembering takes", everything, 1, (_held() - before) / 1024, unit="MB")
        yield from _counted(app, everything, now.date())
        yield _written(app, size, secretary)
        yield _calibrated(app, everything, now.date())


def _counted(app: Flask, size: str, today: date) -> Iterator[Row]:
    """What the first page of a day waits for in each worker, before it has anything to remember."""
    for days in (0, 30, 400):
        moment = moment_of(today - timedelta(days=days), today)
        when = f"as at {days} days ago" if days else "today"
        with app.app_context(), only_reading():
            yield _timed(f"everything counted anew, {when}", size, [partial(counted, moment, "")] * 5)


def _pages(size: str, secretary: FlaskClient, manager: FlaskClient, today: date) -> Iterator[Row]:
    some = [one.format(year=today.year) for one in FILTERED]
    yield _measured("portfolio, the secretariat's", size, secretary, WAYS, PAGE)
    yield _measured("portfolio, filtered", size, secretary, some, PAGE)
    yield _measured("portfolio, a manager's", size, manager, WAYS, PAGE)
    for days in (30, 400):
        day = today - timedelta(days=days)
        asked = [f"per={day}", f"per={day}&sort=-realised"]
        yield _measured(f"portfolio as at {days} days ago", size, secretary, asked, PAGE)


def _measured(
    what: str, size: str, client: FlaskClient, asked: Sequence[str], target: Target | None = None
) -> Row:
    addresses = [f"/portfolj?{one}" for one in asked]
    for address in addresses:
        read(client, address)
    return _timed(what, size, [partial(read, client, address) for address in addresses * RUNS], target)


def _timed(
    what: str, size: str, actions: Sequence[Callable[[], object]], target: Target | None = None
) -> Row:
    """Do everything once. Beside the time that passes stands what the application computes of it: a machine
    that does other things, too, makes the one longer and not the other."""
    passed, computing = [], []
    for action in actions:
        begun = process_time()
        passed.append(seconds(action))
        computing.append((process_time() - begun) * 1000)
    row = of_times(what, size, passed, target)
    high = quantiles(computing, n=20)[-1]
    return replace(row, size=f"{size}; computing {median(computing):.0f}, p95 {high:.0f}")


def _written(app: Flask, size: str, client: FlaskClient) -> Row:
    """The page after somebody has written of a project, each time of another one."""
    with app.app_context():
        numbers = db.session.scalars(select(Project.id).order_by(Project.id).limit(WRITTEN)).all()
        db.session.rollback()
    times = []
    for number in numbers:
        with app.app_context(), transaction():
            project = db.session.get_one(Project, number)
            risks.add_risk(_leader(project), project, RISK, datetime.now(UTC))
        times.append(seconds(partial(read, client, "/portfolj")))
    return of_times("portfolio, when a project has been written of", size, times, PAGE)


def _leader(project: Project) -> Viewer:
    found = viewer_of(project.leader_id)
    if found is None:
        raise LookupError(project.case_number)
    return found


def _drills(app: Flask, size: str, client: FlaskClient) -> Iterator[Row]:
    """What the page's own figures and names lead to."""
    with app.app_context():
        newest = select(Project.id).order_by(Project.id.desc()).limit(PROJECTS_READ)
        numbers = db.session.scalars(newest).all()
        db.session.remove()
    page = client.get("/portfolj")
    links = BeautifulSoup(page.data, "html.parser").select("main a[href]")
    found = list(dict.fromkeys(urljoin("/portfolj", str(link["href"])) for link in links))
    filters = [one for one in found if one.startswith("/portfolj?")]
    figures = [one for one in filters if "sort=" not in one and "page=" not in one]
    yield _drill("the cases behind a figure", size, client, figures)
    yield _drill("a case", size, client, [f"/projekt/{number}" for number in numbers])
    yield _drill("a case's benefits", size, client, [f"/projekt/{number}/nyttor" for number in numbers])
    yield _drill("the register of benefits", size, client, REGISTER)


def _drill(what: str, size: str, client: FlaskClient, addresses: Sequence[str]) -> Row:
    for address in addresses:
        read(client, address)
    rounds = max(1, PROJECTS_READ // max(1, len(addresses)))
    actions = [partial(read, client, address) for address in [*addresses] * rounds]
    return _timed(f"from the portfolio to {what}", f"{size}, {len(addresses)} addresses", actions, DRILL)


def _calibrated(app: Flask, size: str, today: date) -> Row:
    """What projects came to, counted and stored for every group, as on a day when all should have come."""
    day = today.replace(year=today.year + YEARS_ON, day=1)

    def count() -> None:
        with transaction():
            count_outcomes(day)

    with app.app_context():
        return _timed("calibration counted anew", size, [count] * 5, CALIBRATION)


def _held() -> int:
    """By this process, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def _count(model: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def main() -> None:
    """Print what each database gives; of the whole size, keep the table in docs/benchmarks.md."""
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else PROJECTS
    kinds = tuple(sys.argv[2:]) or KINDS
    lines = [measuring.HEAD]
    for kind in kinds:
        for row in of_kind(kind, projects):
            lines.append(str(row))
            print(row, flush=True)
    if projects == PROJECTS and kinds == KINDS:
        keep("portfolio", lines)


if __name__ == "__main__":
    main()
