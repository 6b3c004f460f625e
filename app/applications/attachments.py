"""Attachments: how files are added and removed. Which are taken in: `app.applications.accepted`.

A file must be what its name says: the name is what a person clicks on, the content is what opens.
"""

from __future__ import annotations

from datetime import datetime
from typing import IO

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications import policy, queries
from app.applications.accepted.names import clean_name
from app.applications.accepted.refusal import AttachmentError
from app.applications.accepted.types import checked_type
from app.applications.models import Attachment
from app.core.verdict import require
from app.db import db
from app.files import FileStore
from app.history.service import record
from app.projects.models import Project

__all__ = ["AttachmentError", "add_attachment", "remove_attachment"]

MOST_ATTACHMENTS = 50


def add_attachment(
    actor: Viewer,
    project: Project,
    stream: IO[bytes],
    *,
    filename: str,
    description: str,
    store: FileStore,
    limit: int,
    now: datetime,
) -> Attachment:
    """Take a file in. The same file with the same name twice is one attachment. Raises AttachmentError."""
    require(policy.may_write(actor, project))
    present = queries.attachments_of(project.id)
    if len(present) >= MOST_ATTACHMENTS:
        raise AttachmentError(_l("Ansökan har redan 50 bilagor. Ta bort någon först."))
    name = clean_name(filename)
    media_type = checked_type(stream, name, limit=limit)
    stored = store.keep(stream)
    same = [row for row in present if (row.sha256, row.filename) == (stored.sha256, name)]
    if same:
        return same[0]
    attachment = Attachment(
        project_id=project.id,
        filename=name,
        description=description,
        media_type=media_type,
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
