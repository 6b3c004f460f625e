"""What the page of the timeline shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.core.project_time import ProjectTime
from app.core.workflow import COMPLETED, INTERRUPTED, State
from app.portfolio import queries
from app.portfolio.asked import Wanted, with_money
from app.portfolio.moment import Moment, moment_of
from app.portfolio.rows import Row
from app.portfolio.timeline import pictures
from app.portfolio.timeline.late import Late, late_of
from app.portfolio.timeline.queries import Days, days_of
from app.portfolio.words import lit_tag
from app.web.pages import Page
from app.web.tags import state_tag

ROWS = 8
"""Projects on a page."""
APART = 4
"""So many projects at least stand between two axes, whatever headings there are."""
GROUPED = frozenset({"department", "state", "light"})
"""Orders in which those that are alike stand together under a heading."""


@dataclass(frozen=True)
class Project:
    """A project with its days, and their drawing."""

    row: Row
    time: ProjectTime
    drawn: Markup


@dataclass(frozen=True)
class Group:
    """Projects that are alike in what the page is ordered by."""

    heading: Any
    """Empty where they are not alike in anything."""
    projects: Sequence[Project]
    axis: Markup
    """Of the years; empty where one stands near above."""


@dataclass(frozen=True)
class TimelinePage:
    """Everything on the page."""

    late: Late
    groups: Sequence[Group]
    page: Page
    departments: Mapping[int, str]


def timeline_page(viewer: Viewer, wanted: Wanted, number: int, today: date) -> TimelinePage:
    """Gather the page."""
    moment, asked, names = moment_of(wanted.on, today), with_money(wanted), department_names()
    if asked is None:
        return TimelinePage(Late(), (), Page(1, 0, ROWS), names)
    found = queries.found(viewer, asked, moment)
    late, page = late_of(found), Page(number, len(found), ROWS).within()
    rows = found[page.offset : page.last]
    days = days_of([row.id for row in rows], moment)
    times = [time_of(row, days, moment) for row in rows]
    axis = pictures.axis_of(times, [row.decided_on for row in rows], moment.day)
    projects = [
        Project(row, time, pictures.drawn(axis, time, row.decided_on))
        for row, time in zip(rows, times, strict=True)
    ]
    alike = _alike(projects, asked.sort, names)
    return TimelinePage(late, list(_groups(alike, pictures.years(axis))), page, names)


def time_of(row: Row, days: Days, moment: Moment) -> ProjectTime:
    """The days of a project, as its state lets them count."""
    plans, state = days.plans.get(row.id, ()), State(row.state)
    is_over = state in COMPLETED
    return ProjectTime(
        day=moment.day,
        first=plans[0] if plans else None,
        newest=plans[-1] if plans else None,
        reported_on=days.expected.get(row.id),
        is_over=is_over,
        is_interrupted=state in INTERRUPTED,
        ended_on=days.ended.get(row.id) if is_over else None,
        launched_on=days.launched.get(row.id),
        follow_ups=tuple(days.follow_ups.get(row.id, ())),
    )


def _groups(alike: Sequence[tuple[str, Sequence[Project]]], years: Markup) -> Iterator[Group]:
    since = APART
    for heading, projects in alike:
        yield Group(heading, projects, years if since >= APART else Markup())
        since = len(projects) + (since if since < APART else 0)


def _alike(
    projects: Sequence[Project], sort: str, names: Mapping[int, str]
) -> Sequence[tuple[str, Sequence[Project]]]:
    if sort not in GROUPED:
        return [("", projects)] if projects else []

    def heading(project: Project) -> str:
        row = project.row
        if sort == "department":
            return names[row.department_id]
        tag = state_tag(row.state) if sort == "state" else lit_tag(row.light)
        return str(tag.label) if tag else ""

    return [(name, list(those)) for name, those in groupby(projects, heading)]
