"""What later steps of the process have to say beside a section: the secretariat's questions, for instance.

A step reads the steps before it and never the ones after it. So the application asks whoever has announced
that there is something to say, and knows nothing of what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from flask import current_app
from flask.sansio.app import App
from markupsafe import Markup

from app.accounts.access import Viewer
from app.projects.models import Project

_EXTENSION = "section_notes"


class SectionNotes(Protocol):
    """Somebody who has something to say beside the sections of an application."""

    def beside(self, viewer: Viewer, project: Project, section_key: str) -> Markup:
        """What stands above the section's own form, with forms of its own; empty when there is nothing."""

    def open_questions(self, project: Project) -> Mapping[str, int]:
        """How many questions wait for an answer, by key of section."""


def announce(app: App, notes: SectionNotes) -> None:
    """Let these notes be shown. Called once, when the app is made (`bp.record_once`)."""
    app.extensions.setdefault(_EXTENSION, []).append(notes)


def beside(viewer: Viewer, project: Project, section_key: str) -> Sequence[Markup]:
    """Everything that stands beside this section."""
    found = (notes.beside(viewer, project, section_key) for notes in _announced())
    return [note for note in found if note.strip()]


def open_questions(project: Project) -> dict[str, int]:
    """How many questions wait for an answer, by key of section."""
    counts: dict[str, int] = {}
    for notes in _announced():
        for key, count in notes.open_questions(project).items():
            counts[key] = counts.get(key, 0) + count
    return counts


def _announced() -> Sequence[SectionNotes]:
    announced: Sequence[SectionNotes] = current_app.extensions.get(_EXTENSION, ())
    return announced
