"""Reading an application: its sections, attachments and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.applications.addressed import AttachmentOf, SectionOf
from app.applications.models import ApplicationSection, ApplicationVersion, Attachment
from app.applications.sections import section_for
from app.db import db
from app.projects.policy import sees_working_copy
from app.projects.queries import project_for


def section_of(viewer: Viewer, project_id: int, key: str) -> SectionOf | None:
    """A section of a project that the viewer may see, if such a project has it."""
    project = project_for(viewer, project_id)
    section = section_for(project.kind, key) if project else None
    return SectionOf(project, section) if project and section else None


def saved_sections(project_id: int) -> Mapping[str, ApplicationSection]:
    """The sections that have been saved, by key, with who saved them."""
    query = (
        select(ApplicationSection)
        .where(ApplicationSection.project_id == project_id)
        .options(joinedload(ApplicationSection.saved_by))
        .order_by(ApplicationSection.id)
    )
    return {row.key: row for row in db.session.scalars(query)}


def saved_section(project_id: int, key: str) -> ApplicationSection | None:
    """One section as last saved."""
    query = select(ApplicationSection).where(
        ApplicationSection.project_id == project_id, ApplicationSection.key == key
    )
    return db.session.scalar(query.options(joinedload(ApplicationSection.saved_by)))


def contents_of(project_id: int) -> dict[str, dict[str, object]]:
    """What every saved section holds, by key."""
    return {key: row.content for key, row in saved_sections(project_id).items()}


def attachments_of(project_id: int) -> Sequence[Attachment]:
    """The attachments that belong to the application now, in the order in which they were added."""
    query = select(Attachment).where(Attachment.project_id == project_id, Attachment.removed_at.is_(None))
    return db.session.scalars(query.order_by(Attachment.id)).all()


def attachment_for(viewer: Viewer, project_id: int, attachment_id: int) -> AttachmentOf | None:
    """One attachment with its project, if the viewer may see the project; also a removed one.

    A removed attachment still belongs to the versions that were submitted with it. One that belongs to no
    version yet is seen by those who see what is being written.
    """
    project = project_for(viewer, project_id)
    if project is None:
        return None
    query = select(Attachment).where(Attachment.project_id == project_id, Attachment.id == attachment_id)
    found = db.session.scalar(query)
    if found is None or not (sees_working_copy(viewer, project) or _was_submitted(found)):
        return None
    return AttachmentOf(project, found)


def _was_submitted(attachment: Attachment) -> bool:
    versions = versions_of(attachment.project_id)
    return any(row["id"] == attachment.id for version in versions for row in version.content["attachments"])


def versions_of(project_id: int) -> Sequence[ApplicationVersion]:
    """The submitted versions, the oldest first, with who submitted and who signed."""
    query = (
        select(ApplicationVersion)
        .where(ApplicationVersion.project_id == project_id)
        .options(joinedload(ApplicationVersion.submitted_by), joinedload(ApplicationVersion.signed_by))
        .order_by(ApplicationVersion.number)
    )
    return db.session.scalars(query).all()


def newest_version(project_id: int) -> ApplicationVersion | None:
    """The version that was submitted last."""
    query = select(ApplicationVersion).where(ApplicationVersion.project_id == project_id)
    return db.session.scalar(query.order_by(ApplicationVersion.number.desc()).limit(1))


def last_signed_version(project_id: int) -> ApplicationVersion | None:
    """The newest version that a manager signed as it is; completions after it rest on its signature."""
    query = select(ApplicationVersion).where(
        ApplicationVersion.project_id == project_id,
        ApplicationVersion.signed_at == ApplicationVersion.submitted_at,
    )
    return db.session.scalar(query.order_by(ApplicationVersion.number.desc()).limit(1))
