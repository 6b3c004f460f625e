"""Attachments: how files are added and removed. Which are taken in: `app.applications.accepted`.

A file must be what its name says: the name is what a person clicks on, the content is what opens.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from app.files import FileStore, Stored
from app.history.service import record
from app.projects.models import Project

__all__ = ["AttachmentError", "TakenIn", "add_attachment", "refuse_more", "remove_attachment", "take_in"]

MOST_ATTACHMENTS = 50


@dataclass(frozen=True)
class TakenIn:
    """A file that has been found good, and whose content is in the store; no record tells of it yet."""

    name: str
    media_type: str
    stored: Stored


def take_in(stream: IO[bytes], *, filename: str, store: FileStore, limit: int) -> TakenIn:
    """Check a file and keep its content. Takes as long as the file is large, and needs no database."""
    name = clean_name(filename)
    media_type = checked_type(stream, name, limit=limit)
    return TakenIn(name, media_type, store.keep(stream))


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
