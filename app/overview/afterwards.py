"""What waits for somebody once a project has left something: follow-ups, benefits to measure or plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.access import Viewer
from app.core.follow_up import Standing
from app.core.treated import Treated
from app.core.workflow import State
from app.follow_up import waiting as follow_ups
from app.follow_up.words import follow_up_tag
from app.overview.task import MOST_OF_A_KIND, Task, shortened
from app.realisation import waiting as benefits
from app.realisation.words import PROPOSED, TO_MEASURE, TO_PLAN
from app.web.formats import iso_date
from app.web.tags import state_tag


def afterwards(viewer: Viewer, today: date) -> Iterator[Task]:
    """All of it."""
    yield from _follow_ups(viewer, today)
    yield from _to_close(viewer)
    yield from _to_measure(viewer, today)
    yield from _to_plan(viewer)
    yield from _to_judge(viewer)


def _follow_ups(viewer: Viewer, today: date) -> Iterator[Task]:
    for row in follow_ups.waiting_for(viewer, today, limit=MOST_OF_A_KIND):
        come_in = row.state == Treated.SENT
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Läs en uppföljning") if come_in else _("Följ upp det som projektet lämnade"),
            _("Uppföljning %(day)s", day=iso_date(row.follows_on)),
            url_for("follow_up.follow_up", project_id=row.project_id, number=row.number),
            follow_up_tag(row.state, row.follows_on, row.due_on, today),
            row.due_on,
            late=row.standing(today) is Standing.LATE,
        )


def _to_close(viewer: Viewer) -> Iterator[Task]:
    for row in follow_ups.to_close(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Avsluta ett projekt"),
            _("Alla uppföljningar är godkända."),
            url_for("follow_up.close", project_id=row.project_id),
            state_tag(State.FOLLOW_UP),
            None,
            late=False,
        )


def _to_measure(viewer: Viewer, today: date) -> Iterator[Task]:
    for row in benefits.to_measure(viewer, today, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Mät en nytta"),
            shortened(row.name),
            url_for("realisation.measure", project_id=row.project_id, benefit_id=row.benefit_id),
            TO_MEASURE,
            row.due_on,
            late=row.due_on is not None and row.due_on < today,
        )


def _to_judge(viewer: Viewer) -> Iterator[Task]:
    for row in benefits.to_judge(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Pröva hur en nytta avslutas"),
            shortened(row.name),
            url_for("realisation.judge_end", project_id=row.project_id, benefit_id=row.benefit_id),
            PROPOSED,
            None,
            late=False,
        )


def _to_plan(viewer: Viewer) -> Iterator[Task]:
    for row in benefits.to_plan(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Skriv nyttoplaner"),
            ngettext("%(num)s nytta saknar nyttoplan.", "%(num)s nyttor saknar nyttoplan.", row.benefits),
            url_for("realisation.benefits", project_id=row.project_id),
            TO_PLAN,
            None,
            late=False,
        )
