"""What waits for somebody in the services of the city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.core.sharing import ShareState
from app.operations import waiting
from app.operations.sharing import waiting as shares
from app.operations.sharing.waiting import WaitingShare
from app.operations.sharing.words import share_tag
from app.operations.words import TO_REVIEW, service_tag
from app.overview.task import MOST_OF_A_KIND, Task


def service_tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """What the viewer is asked to answer for, what others have declined, and what is to be reviewed."""
    for row in waiting.to_answer(viewer, limit=MOST_OF_A_KIND):
        yield _task(row, _("Ta emot driftansvaret"), "operations.answer")
    for row in waiting.declined(viewer, limit=MOST_OF_A_KIND):
        yield _task(row, _("Driftansvaret är avböjt"), "operations.service")

    for row in waiting.to_review(viewer, today, limit=MOST_OF_A_KIND):
        late = row.review_due_on is not None and row.review_due_on < today
        task = _task(row, _("Granska driftansvaret"), "operations.review")
        yield replace(task, tag=TO_REVIEW, due_on=row.review_due_on, late=late)
    yield from _share_tasks(viewer, today)


def _share_tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """Shares that the viewer's departments are to accept, and those that others have declined. Their projects
    are not named: who has a share may not see them."""
    for row in shares.to_accept(viewer, limit=MOST_OF_A_KIND):
        address = url_for(
            "operations.share_answer",
            service_id=row.service_id,
            year=row.year,
            department_id=row.department_id,
        )
        task = _of_share(row, _("Godkänn andelen %(year)s", year=row.year), address)
        yield replace(task, due_on=row.answer_by, late=row.answer_by < today)
    for row in shares.declined(viewer, limit=MOST_OF_A_KIND):
        address = url_for("operations.sharing_year", service_id=row.service_id, year=row.year)
        task = _of_share(row, _("Andelen %(year)s är avböjd", year=row.year), address)
        yield replace(task, tag=share_tag(ShareState.DECLINED, mine=True))


def _of_share(row: WaitingShare, what: str, address: str) -> Task:
    tag = share_tag(ShareState.WAITING, mine=True)
    return Task(None, row.title, None, what, row.department, address, tag, None, late=False)


def _task(row: waiting.WaitingService, what: str, endpoint: str) -> Task:
    return Task(
        row.project_id,
        row.title,
        row.case_number,
        what,
        row.department,
        url_for(endpoint, service_id=row.service_id),
        service_tag(row.standing, mine=True),
        None,
        late=False,
    )
