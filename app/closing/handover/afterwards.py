"""What remains after a project has been handed over: what is found then, and what nobody answers for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import department_names, holders_by_department
from app.closing.handover import queries
from app.closing.handover.gate import shortened
from app.closing.handover.models import RestAnswer, RestItem
from app.closing.handover.values import RestValues
from app.core.clock import local_day
from app.core.handover import Standing
from app.db import db
from app.history.service import record
from app.projects.models import Project
from app.projects.obstacles import Obstacle, keeps_open


def keep_found(
    actor: Viewer, project: Project, values: RestValues, *, held_by_id: int, said_at: datetime, now: datetime
) -> RestItem:
    """Write down something that was found after the project had ended. The manager who told of it answers for
    it on behalf of his or her department; who may tell is for the caller to ask."""
    item = RestItem(
        project_id=project.id,
        kind=values.kind.value,
        text=values.text,
        department_id=values.department_id,
        owner=values.owner,
        due_on=values.due_on,
        registered_on=local_day(now),
        standing=Standing.ACCEPTED.value,
        held_by_id=held_by_id,
    )
    db.session.add(item)
    record(actor, "keep_rest_item", item, note=shortened(item.text), now=now)
    said = RestAnswer(
        project_id=project.id,
        item_id=item.id,
        answer=Standing.ACCEPTED.value,
        words="",
        text=item.text,
        department=department_names()[item.department_id],
        owner=item.owner,
        due_on=item.due_on,
        answered_by_id=held_by_id,
        answered_at=said_at,
    )
    db.session.add(said)
    record(actor, "answer_rest_item", said, now=now)
    return item


@keeps_open
def nobody_answers_for(project: Project) -> Iterator[Obstacle]:
    """Every thing on the rest list that is not done and that has nobody: the person who took it over has
    left, or the department that accepted it has no manager."""
    managed = {department for department, people in holders_by_department(Role.MANAGER).items() if people}
    for item in queries.items_of(project.id):
        if item.is_open and not _has_somebody(item, managed):
            text = _l("Ingen ansvarar för ”%(item)s” på restlistan.", item=shortened(item.text))
            yield Obstacle(text, "handover.plan")


def _has_somebody(item: RestItem, managed: set[int]) -> bool:
    if item.standing == Standing.TAKEN_OVER:
        return item.held_by is not None and item.held_by.active
    return item.standing == Standing.ACCEPTED and item.department_id in managed
