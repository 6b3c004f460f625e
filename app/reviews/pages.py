"""The forms of the review as they are opened: on what is saved, and sent to where each is saved."""

from __future__ import annotations

from functools import partial

from flask import url_for

from app.applications.queries import versions_of
from app.projects.models import Project
from app.reviews import queries
from app.reviews.forms import AnswerForm, CheckForm, check_data, check_form
from app.reviews.queries import AskedQuestion
from app.web.changing import on_saved


def checklist_form(project: Project) -> CheckForm:
    """The answers to the newest version, and what the version before it had right."""
    answers = [queries.answers_to(version.id) for version in versions_of(project.id)[-2:]]
    now_and_before = [*reversed(answers), {}, {}][:2]
    address = url_for("reviews.answer_checklist", project_id=project.id)
    make = check_form(queries.check_of(project).points)
    return on_saved(partial(make, data=check_data(*now_and_before), at=address))


def answer_form(asked: AskedQuestion) -> AnswerForm:
    """The answer to one question, in the section that it stands in or on a page of its own."""
    question = asked.question
    address = url_for("reviews.answer", project_id=asked.project.id, question_id=question.id)
    make = partial(AnswerForm, prefix=f"question-{question.id}", data={"answer": question.answer}, at=address)
    return on_saved(make)
