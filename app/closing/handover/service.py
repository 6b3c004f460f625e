"""What can be done with what remains: write it down, ask receivers, answer, take over, be done with it; and
the way into a project's last step and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.closing.handover import policy, queries, told
from app.closing.handover.models import NothingLeft, RestAnswer, RestItem
from app.closing.handover.queries import RestItemOf
from app.closing.handover.values import RestValues
from app.core.clock import local_day
from app.core.handover import ANSWERS, HELD, RestAction, RestOutcome, Standing, after
from app.core.verdict import RefusedError, require
from app.core.workflow import Action
from app.db import db
from app.history.service import record
from app.projects import service as projects
from app.projects.models import Project


class OutsideTheCaseError(ValueError):
    """The person who is asked by name does not read the case."""


# --- the project leader ----------------------------------------------------------------------------------


def add_item(actor: Viewer, project: Project, values: RestValues, now: datetime) -> RestItem:
    """Write down something that remains. Raises OutsideTheCaseError."""
    require(policy.may_keep_list(actor, project))
    item = RestItem(project_id=project.id, registered_on=local_day(now), standing=Standing.NOTED.value)
    _write(project, item, values)
    db.session.add(item)
    record(actor, "add_rest_item", item, note=told.shortened(item.text), now=now)
    return item


def change_item(actor: Viewer, found: RestItemOf, values: RestValues, now: datetime) -> None:
    """Write it otherwise: whoever had accepted it is to be asked anew. Raises OutsideTheCaseError."""
    require(policy.may_change_item(actor, found))
    item = found.item
    _write(found.project, item, values)
    if not db.session.is_modified(item):
        return
    _stand(item, RestAction.CHANGE)
    record(actor, RestAction.CHANGE.value, item, note=told.shortened(item.text), now=now)


def _write(project: Project, item: RestItem, values: RestValues) -> None:
    _require_reader(project, values)
    for column in fields(values):
        setattr(item, column.name, getattr(values, column.name))


def _require_reader(project: Project, values: RestValues) -> None:
    """Whoever is asked reads the case: for the receiving department, or for one that takes part."""
    if values.person_id is None:
        return
    reading = queries.reading_departments(project) | {values.department_id}
    known = {row.person_id for row in queries.candidates() if row.department_id in reading}
    if values.person_id not in known - {project.leader_id}:
        raise OutsideTheCaseError


def ask(actor: Viewer, project: Project, now: datetime) -> int:
    """Ask the receivers of everything that has been written or changed; how many things that is. A department
    that is asked takes part in the case from then on, so that it can read what it is about."""
    require(policy.may_keep_list(actor, project))
    asked = [
        item for item in queries.items_of(project.id) if item.is_open and item.standing == Standing.NOTED
    ]
    receiving = {item.department_id for item in asked}
    taking_part = set(queries.reading_departments(project) | receiving)
    projects.set_departments(actor, project, taking_part, now)
    for item in asked:
        _stand(item, RestAction.ASK)
        record(actor, RestAction.ASK.value, item, note=told.shortened(item.text), now=now)
    told.asked(project, asked, now)
    return len(asked)


# --- the receiver ----------------------------------------------------------------------------------------


def answer(actor: Viewer, found: RestItemOf, action: RestAction, words: str, now: datetime) -> None:
    """Accept what remains for one's department, or decline it and say why."""
    require(policy.may_answer(actor, found))
    if action is RestAction.TAKE_OVER:
        raise ValueError("a department accepts; a person takes over")
    if action is RestAction.DECLINE and not words.strip():
        raise RefusedError(told.SAY_WHY)
    _answer(actor, found, action, words, now)


def take_over(actor: Viewer, found: RestItemOf, words: str, now: datetime) -> None:
    """Take over, in one's own name, what one has been asked to."""
    require(policy.may_take_over(actor, found))
    _answer(actor, found, RestAction.TAKE_OVER, words, now)


def _answer(actor: Viewer, found: RestItemOf, action: RestAction, words: str, now: datetime) -> None:
    item = found.item
    said = RestAnswer(
        project_id=item.project_id,
        item_id=item.id,
        answer=ANSWERS[action].value,
        words=words,
        text=item.text,
        department=department_names()[item.department_id],
        owner=item.owner,
        due_on=item.due_on,
        answered_by_id=actor.id,
        answered_at=now,
    )
    db.session.add(said)
    record(actor, "answer_rest_item", said, now=now)
    _stand(item, action, actor.id)
    record(actor, action.value, item, note=told.shortened(item.text), now=now)
    told.answered(found, action, words, now)


def _stand(item: RestItem, action: RestAction, held_by_id: int | None = None) -> None:
    """The only function that changes who has a thing."""
    target = after(Standing(item.standing), action)
    if target is None:
        raise RefusedError(told.GONE_ON)
    item.standing = target.value
    item.held_by_id = held_by_id if target in HELD else None


def close(actor: Viewer, found: RestItemOf, outcome: RestOutcome, *, note: str, now: datetime) -> None:
    """It is done, or is not to be done after all, and why."""
    require(policy.may_close(actor, found))
    if outcome is RestOutcome.DROPPED and not note.strip():
        raise RefusedError(told.SAY_WHY)
    item = found.item
    item.outcome, item.note = outcome.value, note
    item.closed_on, item.closed_by_id = local_day(now), actor.id
    record(actor, f"rest_item_{outcome.value}", item, note=told.shortened(item.text), now=now)


def confirm_nothing_left(actor: Viewer, project: Project, words: str, now: datetime) -> None:
    """Say, for the department that has the project, that nothing remains."""
    require(policy.may_confirm_nothing_left(actor, project))
    known = queries.count_of(project.id)
    said = NothingLeft(
        project_id=project.id, items_known=known, words=words, confirmed_by_id=actor.id, confirmed_at=now
    )
    db.session.add(said)
    record(actor, "confirm_nothing_left", said, now=now)
    told.nothing_left(project, now)


# --- into the last step, and back ------------------------------------------------------------------------


def begin_closing(actor: Viewer, project: Project, now: datetime) -> None:
    """The project is ready with its work, and is to be handed over."""
    projects.move(actor, project, Action.BEGIN_CLOSING, now)
    told.closing_begun(project, now)


def reopen(actor: Viewer, project: Project, reason: str, now: datetime) -> None:
    """It was not ready: it runs again, and says why."""
    if not reason.strip():
        raise RefusedError(told.SAY_WHY)
    projects.move(actor, project, Action.REOPEN, now, note=reason)
    told.reopened(project, reason, now)
