"""Lessons beside the sections of an application that they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from markupsafe import Markup

from app.accounts.access import Viewer
from app.knowledge import policy, queries
from app.knowledge.offering import RISKS, offers
from app.projects.models import Project

BESIDE = frozenset({RISKS})
"""Where lessons are offered: where one writes what can go wrong."""


class LessonNotes:
    """What the application asks for beside its sections (app.applications.notes.SectionNotes)."""

    def beside(self, viewer: Viewer, project: Project, section_key: str) -> Markup:
        """That others have learned something of this, for whoever writes."""
        if section_key not in BESIDE or not policy.may_answer_points(viewer, project):
            return Markup("")
        answered = queries.answers_in(viewer, project)
        lessons = [
            row for offer in offers(viewer, project) for row in offer.lessons if row.id not in answered
        ]
        page = render_template("knowledge/_note.html", project=project, lessons=lessons)
        return Markup(page)  # noqa: S704 - the template escapes what people wrote

    def open_questions(self, _project: Project) -> Mapping[str, int]:
        """None: who writes may answer lessons, and does not have to."""
        return {}
