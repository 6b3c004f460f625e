"""The page of a piece of work: how far it has come, and what came of it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from app.jobs import queries
from app.jobs.kinds import goes_on_at
from app.jobs.labels import told
from app.jobs.models import Job, JobState
from app.jobs.policy import asked_for_it
from app.jobs.running import results
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.web.access import requires

bp = Blueprint("jobs", __name__)


@leads_to(Kind.JOB_DONE, Kind.JOB_FAILED)
def _its_job(notification: Notification) -> Place:
    return "jobs.job", {"job_id": int(notification.details["job"])}


@bp.get("/arbeten/<int:job_id>")
@requires(asked_for_it, load=queries.own)
def job(record: Job) -> ResponseReturnValue:
    """How far it has come."""
    there = bool(record.sha256) and results().path(record.sha256).exists()
    done = record.state == JobState.DONE.value
    page = goes_on_at(record.kind, record.arguments, done=done) if record.ended_at else None
    return render_template(
        "jobs/job.html",
        job=record,
        told=told(record),
        can_be_fetched=there,
        goes_on=url_for(page[0], **page[1]) if page else "",
    )


@bp.get("/arbeten/<int:job_id>/lage")
@requires(asked_for_it, load=queries.own)
def state(record: Job) -> ResponseReturnValue:
    """How far it has come, for the page that stands open. To ask does not prolong the session."""
    return {
        "ended": record.ended_at is not None,
        "done": record.done,
        "total": record.total,
        "told": told(record),
    }


@bp.get("/arbeten/<int:job_id>/fil")
@requires(asked_for_it, load=queries.own_result)
def fetch(record: Job) -> ResponseReturnValue:
    """What came of it; never shown by the browser itself unless it is paper."""
    path = results().path(record.sha256)
    if not path.exists():
        abort(404)
    shown = record.media_type == "application/pdf"
    return send_file(path, mimetype=record.media_type, download_name=record.filename, as_attachment=not shown)
