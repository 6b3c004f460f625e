"""What waits for whoever writes the programme's own reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.overview.task import Task
from app.programme_report.waiting import to_write
from app.programme_report.words import BEING_WRITTEN, TO_WRITE, kind_and_year


def report_tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """The report on the time that ended last, and what is begun."""
    for row in to_write(viewer, today):
        if row.report_id is None:
            address = url_for(
                "programme_report.begin", programme=row.programme_id, kind=row.kind.value, year=row.year
            )
            tag = TO_WRITE
        else:
            address = url_for("programme_report.report", report_id=row.report_id)
            tag = BEING_WRITTEN
        yield Task(
            None,
            row.programme,
            None,
            _("Ge ut programrapporten"),
            kind_and_year(row.kind.value, row.year),
            address,
            tag,
            row.due_on,
            row.late(today),
        )
