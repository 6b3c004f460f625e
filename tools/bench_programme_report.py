"""Measure a programme's report of very many projects: its figures frozen, and all of it as one PDF.

`python -m tools.bench_programme_report [database]`. Every project is one that runs and has reported. The PDF
is made as it is for a person: asked for as a job, and done by a worker; then once more of a later version, of
which only what differs is made anew. It is made of ever more projects, so that one sees how it grows.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from time import perf_counter, process_time

from flask import current_app
from pikepdf import Pdf

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role, viewer_of
from app.core.calendar import ONE_DAY
from app.core.clock import local_day
from app.core.programme_report import GoalStanding, ReportKind
from app.db import db, transaction
from app.demo.programme_reports import TEXTS
from app.jobs import service as jobs
from app.jobs.models import Job, JobState
from app.programme_report import service
from app.programme_report.content import Content, GoalSaid
from app.programme_report.printing import REPORT
from app.programme_report.queries import ReportOf, report_for
from app.programmes.queries import goals_of, the_programme
from tools import running_crowd
from tools.bench_reports import computed, worked_through
from tools.drill import must_hold
from tools.drill.city import migrate, product
from tools.grounds import KINDS, ground
from tools.measuring import keep

SIZES = (100, 300, 1_000)
SECONDS, MEGABYTES, GROWS = 180.0, 1_000, 1.2
HEAD = "| what | size | seconds | computing | ms a page | target | holds |\n|---|---|--:|--:|--:|---|---|"


@dataclass(frozen=True)
class AsOne:
    """How a report became one PDF."""

    size: str
    pages: int
    parts: int
    """That the asker was told of while they were made."""
    memory: int
    """The most that worker and makers held at one time, MB."""
    wall: float
    computing: float

    @property
    def a_page(self) -> float:
        """Milliseconds of computing."""
        return self.computing * 1000 / self.pages

    def __str__(self) -> str:
        """A row of the table."""
        holds = "yes" if self.wall <= SECONDS and self.memory <= MEGABYTES else "**no**"
        told = f"{self.size}, {self.pages} pages, {self.parts} parts, {self.memory} MB"
        took = f"{self.wall:.1f} | {self.computing:.1f} | {self.a_page:.0f}"
        promised = f"<= {SECONDS:g} s, {MEGABYTES} MB | {holds}"
        return f"| a programme's report as one PDF | {told} | {took} | {promised} |"


def reporting(kind: str, projects: int) -> tuple[AsOne, list[str]]:
    """How it was made of so many projects on this kind of database, and the rows of the table."""
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):  # who copies sets the numbers that come next
            running_crowd.fill(projects, datetime.now(UTC))
        with product(place):
            writer = _writer()
            size = f"{kind}, {projects} projects"
            report_id, issued = _issued(writer, size)
            first = _printed(writer, report_id, 1, size, place.environment)
            _again(writer, report_id)
            later = _printed(writer, report_id, 2, f"{size}, a later version", place.environment)
            return first, [issued, str(first), str(later)]


def _writer() -> Viewer:
    writer = viewer_of(people_with_role(Role.SECRETARIAT)[0].id)
    if writer is None:
        raise LookupError("the secretariat")
    return writer


def _found(writer: Viewer, report_id: int) -> ReportOf:
    found = report_for(writer, report_id)
    if found is None:
        raise LookupError("the report")
    return found


def _issued(writer: Viewer, size: str) -> tuple[int, str]:
    """Last year's report, with the figures of yesterday."""
    now = datetime.now(UTC)
    today, programme = local_day(now), the_programme()
    if programme is None:
        raise LookupError("the programme")
    with transaction():
        report = service.begin(writer, programme, ReportKind.YEAR, today.year - 1, today=today, now=now)
        said = GoalSaid("Andel", "61 %", GoalStanding.PARTLY, "På väg.")
        goals = {str(goal.id): said for goal in goals_of(programme.id)}
        service.save(writer, _found(writer, report.id), Content(TEXTS, goals), now)
        service.choose_day(writer, _found(writer, report.id), today - ONE_DAY, now)
        report_id = report.id
    wall, cpu = perf_counter(), process_time()
    with transaction():
        service.issue(writer, _found(writer, report_id), today=today, now=now)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    return report_id, f"| figures of a report frozen | {size} | {wall:.1f} | {cpu:.1f} |  |  |  |"


def _again(writer: Viewer, report_id: int) -> None:
    """A later version, with another sentence and the same figures."""
    now = datetime.now(UTC)
    today: date = local_day(now)
    with transaction():
        service.revise(writer, _found(writer, report_id), reason="En mening är rättad.", now=now)
        service.issue(writer, _found(writer, report_id), today=today, now=now)


def _printed(writer: Viewer, report_id: int, number: int, size: str, environment: Mapping[str, str]) -> AsOne:
    """A version as one PDF, asked for and done."""
    asked = {"report_id": report_id, "number": number}
    with transaction():
        job_id = jobs.ask(writer, REPORT, asked, "Programrapport", datetime.now(UTC)).id
    wall, cpu = perf_counter(), computed()
    memory = worked_through(environment)
    wall, cpu = perf_counter() - wall, computed() - cpu
    db.session.expire_all()
    job = db.session.get_one(Job, job_id)
    must_hold(job.state == JobState.DONE, "the job is done")
    with Pdf.open(BytesIO(current_app.extensions["results"].path(job.sha256).read_bytes())) as made:
        pages = len(made.pages)
    parts = job.total
    db.session.rollback()
    return AsOne(size, pages, parts, memory, wall, cpu)


def main() -> None:
    """Print what each database gives, or the one that is named, and keep the table in docs/benchmarks.md."""
    lines = [HEAD]
    for kind in sys.argv[1:] or KINDS:
        made = []
        for projects in SIZES:
            one, rows = reporting(kind, projects)
            made.append(one)
            lines += rows
            print("\n".join(rows), flush=True)
        lines.append(_growth(kind, made[-2], made[-1]))
        print(lines[-1], flush=True)
    keep("programme report", lines)


def _growth(kind: str, some: AsOne, many: AsOne) -> str:
    """What a page of a long report takes, compared with one of a short."""
    times = many.a_page / some.a_page
    holds = "yes" if times <= GROWS else "**no**"
    size = f"{kind}, {many.pages} pages, compared with {some.pages}"
    return f"| computing for a page | {size} |  |  | {times:.2f} times | <= {GROWS:g} times | {holds} |"


if __name__ == "__main__":
    main()
