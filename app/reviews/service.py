"""What the secretariat does with a case until it goes to the council, and how the applicant answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from app.accounts.access import Viewer
from app.applications.queries import newest_version
from app.core.clock import local_day
from app.core.verdict import require
from app.core.workflow import Action
from app.db import db
from app.history.service import record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects import service as projects
from app.projects.models import Project
from app.reviews import policy, queries
from app.reviews.models import Answer, ChecklistAnswer, CompletionQuestion, CompletionRequest

CHECK_WITHIN_DAYS = 10
"""Working days that the secretariat gives itself for the completeness check."""

ANSWER_WITHIN_DAYS = 15
"""Working days that the applicant usually gets for a completion."""


class NothingAskedError(ValueError):
    """A return for completion must ask for something."""


class DueDateError(ValueError):
    """The applicant cannot complete anything in the past."""


class UnknownPointError(ValueError):
    """The checklist has no such point for this kind of project."""


def register(actor: Viewer, project: Project, now: datetime, today: date) -> str:
    """Take the application in and become its handler. Answers with the case number."""
    number = projects.register(actor, project, now, due_on=working_days_after(today, CHECK_WITHIN_DAYS))
    _tell_leader(project, Kind.REGISTERED, now, case_number=number)
    return number


def working_days_after(day: date, count: int) -> date:
    """The day after so many days from Monday to Friday; public holidays count as any other day."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def claim(actor: Viewer, project: Project, now: datetime) -> None:
    """Take the case over from a colleague."""
    require(policy.may_claim(actor, project))
    projects.claim(actor, project, now)


def answer_checklist(
    actor: Viewer, project: Project, answers: Mapping[str, tuple[Answer, str]], now: datetime
) -> None:
    """Save the answers and notes that are given; points that are not among them stay as they are."""
    require(policy.may_check(actor, project))
    version = newest_version(project.id)
    known = {point.key for point in queries.check_of(project).points}
    if version is None or not answers.keys() <= known:
        raise UnknownPointError(", ".join(sorted(answers.keys() - known)))
    before = queries.answers_to(version.id)
    for point, (answer, note) in answers.items():
        row = before.get(point)
        if row is None:
            row = ChecklistAnswer(project_id=project.id, version_id=version.id, point=point)
            db.session.add(row)
        elif (row.answer, row.note) == (answer.value, note):
            continue
        row.answer, row.note = answer.value, note
        row.answered_by_id, row.answered_at = actor.id, now
        record(actor, "answer_checklist", row, now=now)


def return_for_completion(
    actor: Viewer,
    project: Project,
    *,
    message: str,
    due_on: date,
    questions: Sequence[tuple[str, str]],
    now: datetime,
) -> CompletionRequest:
    """Give the application back with questions, each a pair of section and text, to be answered by a day."""
    require(policy.may_return(actor, project))
    version = newest_version(project.id)
    if not questions or version is None:
        raise NothingAskedError
    if due_on < local_day(now):
        raise DueDateError(due_on.isoformat())
    request = CompletionRequest(
        project_id=project.id,
        number=queries.requests_made(project.id) + 1,
        version_id=version.id,
        message=message,
        due_on=due_on,
        requested_by_id=actor.id,
        requested_at=now,
        questions=[CompletionQuestion(section=section, text=text, answer="") for section, text in questions],
    )
    db.session.add(request)
    record(actor, "request_completion", request, now=now)
    for question in request.questions:
        record(actor, "ask", question, project_id=project.id, now=now)
    projects.move(actor, project, Action.RETURN_FOR_COMPLETION, now, note=message or None, due_on=due_on)
    _tell_leader(
        project, Kind.RETURNED_FOR_COMPLETION, now, due_on=due_on.isoformat(), questions=len(questions)
    )
    return request


def answer_question(
    actor: Viewer, project: Project, question: CompletionQuestion, text: str, now: datetime
) -> None:
    """Answer a question of the open return, or change the answer; an empty text takes it back."""
    require(policy.may_answer(actor, queries.AskedQuestion(project, question)))
    request = queries.open_request(project.id)
    if request is None or question.request_id != request.id:
        raise ValueError("the question belongs to another return")
    if question.answer == text:
        return
    question.answer = text
    question.answered_by_id, question.answered_at = (actor.id, now) if text else (None, None)
    record(actor, "answer_question", question, project_id=project.id, note=question.section, now=now)


def accept_as_complete(actor: Viewer, project: Project, now: datetime) -> None:
    """End the check: the application holds what an assessment needs."""
    require(policy.may_accept(actor, project, queries.check_of(project)))
    projects.move(actor, project, Action.ACCEPT_AS_COMPLETE, now, due_on=projects.answer_due(project))
    _tell_leader(project, Kind.ACCEPTED_AS_COMPLETE, now)


def refer_to_council(actor: Viewer, project: Project, now: datetime) -> None:
    """Send the case to the council for its opinion."""
    require(policy.may_refer(actor, project))
    projects.move(actor, project, Action.REFER_TO_COUNCIL, now, due_on=projects.answer_due(project))
    _tell_leader(project, Kind.REFERRED_TO_COUNCIL, now)


def _tell_leader(project: Project, kind: Kind, now: datetime, **details: object) -> None:
    notify([project.leader_id], kind, project.id, now, title=project.title, **details)
