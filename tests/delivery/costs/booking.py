"""Costs and hours of a running project, as tests enter them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.accounts.access import Viewer
from app.core.spending import Actuals
from app.db import transaction
from app.delivery.costs import queries, service
from app.delivery.costs.models import CostEntry
from app.delivery.costs.values import AssessmentValues, EntryValues
from app.delivery.plans.models import BudgetLine, EffortLine
from app.delivery.plans.queries import budget_of, effort_of
from app.projects.models import Project
from tests.conftest import Cast
from tests.review_story import LATER
from tests.story import reloaded

DAY = LATER.date()


def values(activity: str = "Utveckling", **more: Any) -> EntryValues:
    """Something that was paid on the day of the story."""
    given: dict[str, Any] = {"booked_on": DAY, "activity": activity}
    if not {"hours", "amount"} & more.keys():
        given["amount"] = Decimal(1000)
    return EntryValues(**(given | more))


def entered(leader: Viewer, project: Project, *entries: EntryValues) -> list[CostEntry]:
    """Entered, and committed."""
    with transaction():
        return service.enter(leader, reloaded(project), entries or [values()], LATER)


def entry_of(viewer: Viewer, project: Project, entry: CostEntry) -> queries.EntryOf:
    """The entry as its page loads it."""
    found = queries.entry_for(viewer, project.id, entry.id)
    assert found is not None
    return found


def effort(viewer: Viewer, project: Project, line: EffortLine) -> queries.EffortOf:
    """The role as its page loads it."""
    found = queries.effort_for(viewer, project.id, line.id)
    assert found is not None
    return found


def actuals(project: Project) -> Actuals:
    """What has been booked up to the day of the story."""
    return queries.actuals_of(project.id, DAY)


def lines(project: Project) -> tuple[BudgetLine, BudgetLine, EffortLine]:
    """The programme's line of the first year, the department's own, and the steering group."""
    budget = budget_of(project.id)
    steering = next(row for row in effort_of(project.id) if row.role == "Styrgrupp")
    return budget[0], budget[-1], steering


def booked(cast: Cast, project: Project) -> None:
    """Something is entered, something is voided, and the steering group's time is judged."""
    first, _second = entered(cast.leader, project, values("Fel post"), values(hours=Decimal(8)))
    judged = AssessmentValues(until=DAY, low=Decimal(40), high=Decimal(60))
    with transaction():
        found = entry_of(cast.leader, project, first)
        service.void(cast.leader, found, reason="Hör till ett annat projekt.", now=LATER)
        steering = lines(project)[2]
        service.assess(cast.leader, effort(cast.leader, project, steering), judged, LATER)
