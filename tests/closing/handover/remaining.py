"""What remains of a project, as its leader writes it and receivers answer, and finding it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.access import Viewer
from app.closing.handover import queries, service
from app.closing.handover.models import RestItem
from app.closing.handover.queries import RestItemOf
from app.closing.handover.values import RestValues
from app.core.handover import RestAction, RestKind, RestOutcome
from app.db import db, transaction
from app.notifications.models import Notification
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.remembered import remembered
from tests.running_story import PLANNED, running
from tests.story import reloaded

ENDING = PLANNED + timedelta(days=30)
ANSWERED = ENDING + timedelta(days=2)
PRICE_MODEL = (
    (RestKind.FOLLOW_UP, "Uppföljning av effektmålen i verksamhetsrådet", date(2027, 12, 1)),
    (RestKind.INFORMATION, "Information till kunderna om den nya prismodellen", date(2027, 9, 1)),
    (RestKind.INFORMATION, "Förankring bland medarbetarna", date(2027, 10, 1)),
    (RestKind.TASK, "Prislista 2028 beslutas i nämnden", date(2027, 11, 15)),
)
"""What remained of a real project: four things, none of which was the project's to do."""


def values(cast: Cast, **changes: Any) -> RestValues:
    given = RestValues(
        kind=RestKind.FOLLOW_UP,
        text=PRICE_MODEL[0][1],
        department_id=cast.other_department.id,
        owner="Verksamhetschef",
        due_on=PRICE_MODEL[0][2],
    )
    return replace(given, **changes)


def added(cast: Cast, project: Project, **changes: Any) -> RestItem:
    with transaction():
        return service.add_item(cast.leader, project, values(cast, **changes), ENDING)


def asked(cast: Cast, project: Project, **changes: Any) -> RestItem:
    """One more thing, and its receiver has been asked."""
    item = added(cast, project, **changes)
    with transaction():
        service.ask(cast.leader, reloaded(project), ENDING)
    return item


def of(viewer: Viewer, item: RestItem) -> RestItemOf:
    found = queries.item_for(viewer, item.project_id, item.id)
    assert found is not None
    return found


def answered(viewer: Viewer, item: RestItem, action: RestAction = RestAction.ACCEPT, words: str = "") -> None:
    with transaction():
        service.answer(viewer, of(viewer, item), action, words, ANSWERED)


@remembered
def closing(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The project has done its work, and is to be handed over."""
    project = running(cast, programme, **details)
    with transaction():
        service.begin_closing(cast.leader, project, ENDING)
    return reloaded(project)


@remembered
def half_accepted(cast: Cast, programme: Programme, **details: Any) -> Project:
    """Four things remain: two are accepted, one is declined, one is not answered."""
    project = closing(cast, programme, **details)
    for kind, text, due_on in PRICE_MODEL:
        added(cast, project, kind=kind, text=text, due_on=due_on)
    with transaction():
        service.ask(cast.leader, reloaded(project), ENDING)
    first, second, third, _fourth = queries.items_of(project.id)
    answered(cast.other_manager, first)
    answered(cast.other_manager, second)
    answered(cast.other_manager, third, RestAction.DECLINE, "Vi har ingen sådan roll.")
    return reloaded(project)


def kinds_told(person_id: int) -> list[str]:
    query = select(Notification.kind).where(Notification.person_id == person_id).order_by(Notification.id)
    return list(db.session.scalars(query))


def received_and_done(cast: Cast, project: Project) -> None:
    """Something has remained of a project that ends, and is done; nothing remains."""
    item = asked(cast, project)
    answered(cast.other_manager, item)
    with transaction():
        done = of(cast.other_manager, item)
        service.close(cast.other_manager, done, RestOutcome.DONE, note="Klart.", now=ANSWERED)
    with transaction():
        service.confirm_nothing_left(cast.manager, reloaded(project), "Inget återstår.", ANSWERED)
