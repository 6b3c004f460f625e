"""What the addresses of the application's pages lead to: a record together with its project."""

from __future__ import annotations

from dataclasses import dataclass

from app.applications.declaration import Section
from app.applications.models import Attachment
from app.projects.models import Project


@dataclass(frozen=True, slots=True)
class SectionOf:
    """A section of a project's application."""

    project: Project
    section: Section

    @property
    def key(self) -> str:
        """The section's key."""
        return self.section.key


@dataclass(frozen=True, slots=True)
class AttachmentOf:
    """An attachment of a project."""

    project: Project
    attachment: Attachment
