"""What is seen from above: the start page, the list of cases, the project page."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.policy import may_administer, signed_in
from app.accounts.session import today, viewer
from app.history.queries import timeline_of
from app.overview import listing, project_page, queries, start_page
from app.overview.getting_started import SETUP_TAGS
from app.overview.policy import may_see_queue
from app.overview.project_page import reader
from app.overview.timeline import told
from app.projects.models import Project
from app.projects.policy import sees_working_copy, visible
from app.projects.queries import project_for
from app.web import styleguide as sample
from app.web.access import requires
from app.web.addresses import record_number
from app.web.pages import PAGE_SIZE, Page, page_number

bp = Blueprint("overview", __name__)

HISTORY_PAGE = 80
"""Changes on a page of the history; an act often changes several fields."""


@bp.get("/")
@requires(signed_in)
def start() -> ResponseReturnValue:
    """What waits for me, my projects, the programme in four numbers."""
    page = start_page.start_page(viewer(), today(), page_number())
    return render_template("overview/start.html", page=page, setup_tags=SETUP_TAGS)


@bp.get("/arenden")
@requires(may_see_queue)
def queue() -> ResponseReturnValue:
    """The list of cases: filtered, sorted and searched, all of it in the address."""
    wanted = listing.asked_for(request.args)
    number = page_number()
    rows, totals = queries.queue(
        viewer(), wanted, today=today(), limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
    )
    shown, offered = "", listing.names()
    for room in listing.rooms_for(rows):
        shown = render_template(
            "overview/queue.html",
            rows=listing.listed(rows, today(), room),
            totals=totals,
            page=Page(number, totals.count),
            filters=listing.filters(wanted, offered, room),
            columns=listing.COLUMNS,
            sort=listing.Sort(wanted),
            filtered=wanted != replace(listing.NOTHING, sort=wanted.sort, descending=wanted.descending),
            clear=url_for("overview.queue"),
        )
        if len(shown.encode()) <= listing.LIGHT:
            break
    return shown


@bp.get("/projekt/<int:project_id>")
@requires(visible, load=project_for)
def project(project: Project) -> ResponseReturnValue:
    """One project: where it stands, its figures, the next step, what has been decided, what has happened."""
    return render_template(
        "overview/project.html", page=project_page.project_page(viewer(), project, today())
    )


@bp.get("/projekt/<int:project_id>/historik")
@requires(visible, load=project_for)
def history(project: Project) -> ResponseReturnValue:
    """Everything that has happened to the project."""
    before = record_number(request.args.get("before", ""))
    events = timeline_of(project.id, limit=HISTORY_PAGE, before_id=before)
    own = sees_working_copy(viewer(), project)
    return render_template(
        "overview/history.html",
        project=project,
        entries=told(events, reader(), with_writing=own, in_department=own, with_planning=True),
        older=events[-1].id if len(events) == HISTORY_PAGE else None,
    )


@bp.get("/styleguide", defaults={"part": "pages"})
@bp.get("/styleguide/<part>")
@requires(may_administer)
def styleguide(part: str) -> ResponseReturnValue:
    """Every macro in every state."""
    if part not in sample.PARTS:
        abort(404)
    return render_template(f"styleguide/{part}.html", part=part, parts=sample.PARTS, **sample.samples())
