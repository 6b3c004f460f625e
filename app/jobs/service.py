"""Asking for work, and telling who asked what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import RefusedError
from app.db import db
from app.jobs import queries
from app.jobs.kinds import record_for
from app.jobs.models import Job
from app.notifications.models import Kind
from app.notifications.service import Telling, tell


def ask(actor: Viewer, kind: str, arguments: Mapping[str, Any], title: str, now: datetime) -> Job:
    """Ask for a piece of work; one that is under way already is not begun anew. Raises RefusedError."""
    given = dict(arguments)
    if record_for(actor, kind, given) is None:
        raise RefusedError(_l("Du har inte rätt att beställa det."))
    found = queries.under_way(actor.id, kind, given)
    if found is not None:
        return found
    job = Job(kind=kind, arguments=given, title=title[:200], person_id=actor.id, created_at=now, next_at=now)
    db.session.add(job)
    db.session.flush()
    return job


def tell_asker(job: Job, kind: Kind, now: datetime) -> None:
    """The work is done, or nothing came of it."""
    details = {"title": job.title, "job": job.id}
    tell([Telling(job.person_id, kind, None, details)], now)
