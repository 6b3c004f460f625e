"""The secretariat's questions, shown and answered on the pages of the application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flask import render_template
from markupsafe import Markup

from app.accounts.access import Viewer
from app.core.workflow import State
from app.projects.models import Project
from app.reviews import policy, queries
from app.reviews.models import CompletionQuestion
from app.reviews.pages import answer_form

ASKED_IN = frozenset({State.RETURNED, State.AWAITING_NEW_SIGNATURE})
"""States in which the questions of the open return stand on the pages of the application."""


class QuestionNotes:
    """What the application asks for beside its sections (app.applications.notes.SectionNotes)."""

    def beside(self, viewer: Viewer, project: Project, section_key: str) -> Markup:
        """The section's questions; with a form for each when the viewer is the one to answer."""
        questions = [question for question in _asked(project) if question.section == section_key]
        forms = {
            asked.question.id: answer_form(asked)
            for asked in (queries.AskedQuestion(project, question) for question in questions)
            if policy.may_answer(viewer, asked)
        }
        page = render_template("reviews/_note.html", project=project, questions=questions, forms=forms)
        return Markup(page)  # noqa: S704 - the template escapes what people wrote

    def open_questions(self, project: Project) -> Mapping[str, int]:
        """How many questions wait for an answer, by key of section."""
        return Counter(question.section for question in _asked(project) if not question.answer)


def _asked(project: Project) -> Sequence[CompletionQuestion]:
    completion = queries.open_request(project.id) if State(project.state) in ASKED_IN else None
    return completion.questions if completion else ()
