"""A project that has been granted its money, under conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import current_app

from app.accepted.taking_in import TakenIn, take_in
from app.accounts.access import Viewer
from app.db import transaction
from app.delivery.conditions import queries, service
from app.delivery.conditions.queries import ConditionOf
from app.programmes.models import Programme
from app.projects.models import Project
from tests import review_story
from tests.applications.files import PDF
from tests.conftest import Cast
from tests.remembered import remembered
from tests.review_story import LATER
from tests.story import reloaded

DUE = date(2027, 3, 20)
AFTER = LATER + timedelta(hours=1)
TOMORROW = LATER + timedelta(days=1)
CONDITIONS = (
    ("Redovisa en plan för hur nyttan hämtas hem.", DUE),
    ("Samverka med kontaktcenter.", None),
)


@remembered
def granted(cast: Cast, programme: Programme, applied: Decimal = Decimal(1_500_000)) -> Project:
    """Approved with two conditions: 500 000 kr of the first year, 1 000 000 kr of the second."""
    project = review_story.awaiting_decision(cast, programme, applied=applied)
    review_story.decide(cast.secretary, project, conditions=CONDITIONS)
    return reloaded(project)


def condition(viewer: Viewer, project: Project, place: int = 0) -> ConditionOf:
    """One of the project's conditions as it stands now."""
    number = queries.conditions_in(reloaded(project))[place].condition.id
    found = queries.condition_for(viewer, project.id, number)
    assert found is not None
    return found


def file(name: str = "plan.pdf", content: bytes = PDF) -> TakenIn:
    """A file in the store."""
    store = current_app.extensions["files"]
    return take_in(BytesIO(content), filename=name, store=store, limit=100_000)


def reported(
    cast: Cast, project: Project, *, files: Sequence[TakenIn] = (), place: int = 0, **details: Any
) -> ConditionOf:
    """The leader has said that the condition is met."""
    given: dict[str, Any] = {"text": "Planen är beslutad.", "met_on": LATER.date(), "now": AFTER}
    with transaction():
        service.report(cast.leader, condition(cast.leader, project, place), files=files, **(given | details))
    return condition(cast.auditor, project, place)


def last_report(found: ConditionOf) -> int:
    """The number of the report that waits for an answer."""
    assert found.latest is not None
    return found.latest.id


def approved(cast: Cast, project: Project, place: int = 0) -> ConditionOf:
    """The secretariat has agreed."""
    found = condition(cast.secretary, project, place)
    with transaction():
        service.approve(cast.secretary, found, last_report(found), note="Planen håller.", now=TOMORROW)
    return condition(cast.auditor, project, place)


def given_back(cast: Cast, project: Project, reason: str = "Planen saknar ansvarig.") -> ConditionOf:
    """The secretariat has said what is lacking."""
    found = condition(cast.secretary, project)
    with transaction():
        service.give_back(cast.secretary, found, last_report(found), reason=reason, now=TOMORROW)
    return condition(cast.auditor, project)
