"""Measure the end of a reporting period: reminding of every report that is late, by two workers at once; the
overview of the period; and all of its reports as one PDF.

`python -m tools.bench_period`. Wall-clock seconds on either database; every project is one that runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from time import perf_counter, process_time

from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.delivery.reports.models import ReportPeriod
from app.notifications.models import Kind, Notification
from app.projects.models import Project
from app.reminders.models import Reminder
from app.reminders.round import remind_of
from tools import measuring, running_crowd
from tools.bench_reports import reporting
from tools.drill import must_hold
from tools.drill.city import migrate, product
from tools.grounds import KINDS, ground
from tools.measuring import keep

REMINDED = 2_000
WITHIN = 10.0
"""Seconds for reminding of so many reports."""
HEAD = "| what | size | seconds | computing | target | holds |\n|---|---|--:|--:|---|---|"


def line(what: str, size: str, times: tuple[float, float], limit: float | None = None) -> str:
    """A row of the table."""
    wall, cpu = times
    promised = f"<= {limit:g} s" if limit else ""
    holds = ("yes" if wall <= limit else "**no**") if limit else ""
    return f"| {what} | {size} | {wall:.1f} | {cpu:.1f} | {promised} | {holds} |"


def reminders(kind: str) -> Iterator[str]:
    """Two workers remind of every report a week after its day; then once more, when nothing is left."""
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):  # who copies sets the numbers that come next
            running_crowd.fill(REMINDED, datetime.now(UTC))
        with product(place) as app:
            due_on = db.session.scalar(select(func.max(ReportPeriod.due_on)))
            day = (due_on or date.min) + timedelta(days=7)
            db.session.remove()
            once = _together(app, day)
            told = _told()
            again = _together(app, day)
            must_hold(_told() == told, "nobody is told twice")
        size = f"{kind}, {REMINDED} projects, {told} reminders, two workers"
        yield line("reminding of reports a week late", size, once, WITHIN)
        yield line("the same again, nothing left to tell", size, again)


def _together(app: Flask, day: date) -> tuple[float, float]:
    together = Barrier(2)

    def worker() -> None:
        with app.app_context():
            together.wait()
            remind_of(day, datetime.now(UTC))
            db.session.remove()

    wall, cpu = perf_counter(), process_time()
    workers = [Thread(target=worker) for _one in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return perf_counter() - wall, process_time() - cpu


def _told() -> int:
    """How many reminders of reports there are: as many rows, as many notifications, one for each project."""
    db.session.rollback()
    late = select(func.count()).where(Notification.kind == Kind.REPORT_LATE)
    told = db.session.scalar(late) or 0
    rows = db.session.scalar(select(func.count()).where(Reminder.kind == "report")) or 0
    projects = db.session.scalar(select(func.count(func.distinct(Reminder.record_id)))) or 0
    must_hold(rows == told, f"{rows} reminders, {told} notifications")
    must_hold(projects == db.session.scalar(select(func.count()).select_from(Project)), "every project")
    db.session.rollback()
    return told


def main() -> None:
    """Print what each database gives, and keep the tables in docs/benchmarks.md."""
    pages, lines = [measuring.HEAD], [HEAD]
    for kind in KINDS:
        page, paper = reporting(kind)
        pages.append(str(page))
        lines.append(str(paper))
        lines += reminders(kind)
        print("\n".join((pages[-1], *lines[1:])), flush=True)
    keep("period", [*pages, "", *lines])


if __name__ == "__main__":
    main()
