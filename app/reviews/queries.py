"""Reading the check of a case: its versions, the answers, the returns and their questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.accounts.access import Viewer
from app.applications.models import ApplicationVersion
from app.applications.queries import newest_version
from app.db import db
from app.projects.models import Project
from app.projects.queries import project_for
from app.reviews.checklist import Check, points_for
from app.reviews.models import Answer, ChecklistAnswer, CompletionQuestion, CompletionRequest


def answers_to(version_id: int) -> dict[str, ChecklistAnswer]:
    """What the handler found in this version, by point."""
    query = (
        select(ChecklistAnswer).where(ChecklistAnswer.version_id == version_id).order_by(ChecklistAnswer.id)
    )
    return {row.point: row for row in db.session.scalars(query)}


def check_of(project: Project) -> Check:
    """How far the check of the project's newest version has come."""
    version = newest_version(project.id)
    rows = answers_to(version.id) if version else {}
    return Check({key: Answer(row.answer) for key, row in rows.items()}, points_for(project.kind))


def requests_of(project_id: int) -> Sequence[CompletionRequest]:
    """Every return for completion with its questions, the newest first."""
    query = (
        select(CompletionRequest)
        .where(CompletionRequest.project_id == project_id)
        .options(
            selectinload(CompletionRequest.questions),
            joinedload(CompletionRequest.version),
            joinedload(CompletionRequest.requested_by),
        )
        .order_by(CompletionRequest.number.desc())
    )
    return db.session.scalars(query).all()


def open_request(project_id: int) -> CompletionRequest | None:
    """The return that the applicant is answering: no version has been submitted since."""
    lacking, later = aliased(ApplicationVersion), aliased(ApplicationVersion)
    newer = exists().where(later.project_id == lacking.project_id, later.number > lacking.number)
    query = (
        select(CompletionRequest)
        .join(lacking, lacking.id == CompletionRequest.version_id)
        .where(CompletionRequest.project_id == project_id, ~newer)
        .options(selectinload(CompletionRequest.questions))
        .order_by(CompletionRequest.number.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def open_questions(project_id: int) -> int:
    """How many questions of the open return still have no answer."""
    request = open_request(project_id)
    return sum(not question.answer for question in request.questions) if request else 0


def requests_made(project_id: int) -> int:
    """How often the application has been returned for completion."""
    query = select(func.count()).where(CompletionRequest.project_id == project_id)
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the case that it belongs to."""

    project: Project
    question: CompletionQuestion


def question_for(viewer: Viewer, project_id: int, question_id: int) -> AskedQuestion | None:
    """One question, if the viewer may see its project."""
    project = project_for(viewer, project_id)
    query = (
        select(CompletionQuestion)
        .join(CompletionQuestion.request)
        .where(CompletionQuestion.id == question_id, CompletionRequest.project_id == project_id)
    )
    question = db.session.scalar(query)
    return AskedQuestion(project, question) if project and question else None
