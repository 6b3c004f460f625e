"""Attachments: how files are added to an application and removed. Which are taken in: `app.accepted`."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accepted.refusal import AttachmentError
from app.accepted.taking_in import TakenIn
from app.accounts.access import Viewer
from app.applications import policy, queries
from app.applications.models import Attachment
from app.core.verdict import require
from app.db import db
from app.history.service import record
from app.projects.models import Project

MOST_ATTACHMENTS = 50


def refuse_more(project: Project) -> None:
    """Raises AttachmentError when the application has as many attachments as it may."""
    if len(queries.attachments_of(project.id)) >= MOST_ATTACHMENTS:
        raise AttachmentError(_l("Ansökan har redan 50 bilagor. Ta bort någon först."))


def add_attachment(
    actor: Viewer, project: Project, file: TakenIn, *, description: str, now: datetime
) -> Attachment:
    """Attach a file. The same file with the same name twice is one attachment. Raises AttachmentError."""
    require(policy.may_write(actor, project))
    refuse_more(project)
    name, stored = file.name, file.stored
    present = queries.attachments_of(project.id)
    same = [row for row in present if (row.sha256, row.filename) == (stored.sha256, name)]
    if same:
        return same[0]
    attachment = Attachment(
        project_id=project.id,
        filename=name,
        description=description,
        media_type=file.media_type,
        size=stored.size,
        sha256=stored.sha256,
        added_at=now,
        added_by_id=actor.id,
    )
    db.session.add(attachment)
    record(actor, "add_attachment", attachment, note=name, now=now)
    return attachment


def remove_attachment(actor: Viewer, project: Project, attachment: Attachment, now: datetime) -> None:
    """Take an attachment out of the application. Versions that were submitted with it keep it."""
    require(policy.may_write(actor, project))
    if attachment.removed_at is None:
        attachment.removed_at = now
        record(actor, "remove_attachment", attachment, note=attachment.filename, now=now)
