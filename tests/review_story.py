"""The story from the completeness check to the decision: each function brings a case one step further.

Every function ends in a committed transaction and answers with the project, freshly loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.applications import service as applications
from app.applications.queries import newest_version
from app.db import transaction
from app.decisions import queries as decided
from app.decisions import service as decisions
from app.decisions.models import Decision, DecisionKind, OpinionKind
from app.programmes.models import Programme
from app.programmes.queries import delegations_on
from app.projects.models import Project
from app.reviews import queries, service
from app.reviews.models import Answer
from tests.conftest import NOW, TODAY, Cast
from tests.remembered import remembered
from tests.story import reloaded, submitted

LATER = NOW + timedelta(days=3)
QUESTIONS = (("goals", "Vilket är utgångsvärdet?"), ("operation", "Vem betalar driften?"))


@remembered
def taken_in(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The secretary has registered the application and handles the case."""
    project = submitted(cast, programme, **details)
    with transaction():
        service.register(cast.secretary, project, NOW + timedelta(hours=2), TODAY)
    return reloaded(project)


def answer_all(cast: Cast, project: Project, answer: Answer = Answer.COMPLETE) -> None:
    """The handler answers every point in the same way."""
    points = queries.check_of(project).points
    with transaction():
        service.answer_checklist(
            cast.secretary, project, {point.key: (answer, "") for point in points}, LATER
        )


def returned(cast: Cast, project: Project, questions: Sequence[tuple[str, str]] = QUESTIONS) -> Project:
    """The handler has returned the application for completion."""
    with transaction():
        service.return_for_completion(
            cast.secretary,
            project,
            message="Två saker saknas.",
            due_on=date(2027, 3, 31),
            questions=questions,
            now=LATER,
        )
    return reloaded(project)


def resubmitted(cast: Cast, project: Project, now: datetime = LATER + timedelta(days=1)) -> Project:
    """The leader has answered every question and submitted the next version."""
    completion = queries.open_request(project.id)
    assert completion is not None
    with transaction():
        for question in completion.questions:
            service.answer_question(cast.leader, project, question, "Det står nu i avsnittet.", now)
        applications.resubmit(cast.leader, project, now, open_questions=queries.open_questions(project.id))
    return reloaded(project)


@remembered
def assessed(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The application is complete and is being assessed."""
    project = taken_in(cast, programme, **details)
    answer_all(cast, project)
    with transaction():
        service.accept_as_complete(cast.secretary, project, LATER)
    return reloaded(project)


@remembered
def in_council(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The council has the case."""
    project = assessed(cast, programme, **details)
    with transaction():
        service.refer_to_council(cast.secretary, project, LATER)
    return reloaded(project)


@remembered
def awaiting_decision(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The council has said what it thinks."""
    project = in_council(cast, programme, **details)
    with transaction():
        decisions.record_opinion(
            cast.secretary,
            project,
            meeting_on=LATER.date(),
            kind=OpinionKind.APPROVE,
            text="Rådet tillstyrker.",
            separate_statements=0,
            now=LATER,
        )
    return reloaded(project)


def applied_rows(project: Project) -> list[tuple[int, int, Decimal]]:
    """What the newest version asks for: department, year, kronor."""
    version = newest_version(project.id)
    assert version is not None
    rows = decided.applied_by_department_and_year(version)
    return [(row.department_id, row.year, row.amount) for row in rows]


def delegation_of(programme_id: int, decider: str) -> int:
    """The delegation of this office today."""
    return next(row.id for row in delegations_on(programme_id, TODAY) if row.decider == decider)


def decide(actor: Viewer, project: Project, **details: Any) -> Decision:
    """Register a decision: unless details say otherwise, the committee approves what was applied for."""
    given: dict[str, Any] = {
        "kind": DecisionKind.APPROVE,
        "decided_on": LATER.date(),
        "delegation_id": delegation_of(project.programme_id, "Kommunstyrelsens utskott"),
        "amounts": applied_rows(project),
        "conditions": (),
        "reasons": "Nyttan överstiger kostnaden.",
        "reference": "KSU 2027-03-04 § 7",
        "now": LATER,
    }
    with transaction():
        return decisions.decide(actor, project, **(given | details))
