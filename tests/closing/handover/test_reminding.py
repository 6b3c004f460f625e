"""Whoever has received what remains is reminded of it, also when the project has ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.closing.handover import service, waiting
from app.closing.handover.reminding import due_items
from app.core.handover import RestOutcome
from app.core.workflow import State
from app.db import db, transaction
from app.history.service import System, record
from app.notifications.models import Notification
from app.notifications.places import place_of
from app.programmes.models import Programme
from app.reminders import round as rounds
from app.reminders.sources import SOURCES
from tests.closing.handover.remaining import ANSWERED, answered, asked, closing, kinds_told, of
from tests.conftest import Cast
from tests.delivery.test_reminding import at
from tests.story import reloaded

DUE_ON = date(2027, 12, 1)


@pytest.fixture(autouse=True)
def _only_what_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in set(SOURCES) - {"rest_item"}:
        monkeypatch.delitem(SOURCES, kind)


def people(after: int) -> set[int]:
    return {due.person_id for due in due_items(DUE_ON + timedelta(days=after))}


def test_an_accepted_thing_is_the_departments_and_one_taken_over_is_the_persons(
    cast: Cast, programme: Programme
) -> None:
    project = closing(cast, programme)
    accepted = asked(cast, project, due_on=DUE_ON)
    assert people(1) == set(), "nobody is reminded of what nobody has"
    answered(cast.other_manager, accepted)
    assert people(-15) == set()
    assert people(-14) == people(1) == {cast.other_manager.id}
    taken = asked(cast, project, due_on=DUE_ON, person_id=cast.manager.id)
    with transaction():
        service.take_over(cast.manager, of(cast.manager, taken), "", ANSWERED)
        service.close(
            cast.other_manager, of(cast.other_manager, accepted), RestOutcome.DONE, note="", now=ANSWERED
        )
    assert people(1) == {cast.manager.id}
    assert people(7) == {cast.manager.id, cast.other_manager.id}, "late for a week: the department too"


def test_reminders_come_once_each_after_the_project_has_ended(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    answered(cast.other_manager, asked(cast, project, due_on=DUE_ON))
    found = reloaded(project)
    with transaction():
        found.state = State.HANDED_OVER.value
        record(System(), "hand_over", found, now=ANSWERED)
    before = len(kinds_told(cast.other_manager.id))
    for day in range(-20, 30):
        rounds.remind_of_today(at(DUE_ON + timedelta(days=day)), 7)
        rounds.remind_of_today(at(DUE_ON + timedelta(days=day)), 7)
    db.session.rollback()
    assert kinds_told(cast.other_manager.id)[before:] == ["rest_due"] * 2 + ["rest_late"] * 3
    last = db.session.scalars(db.select(Notification).order_by(Notification.id.desc())).first()
    assert last is not None
    assert place_of(last) == ("handover.plan", {"project_id": project.id})


def test_it_waits_on_the_start_page_of_the_one_who_has_it(cast: Cast, programme: Programme) -> None:
    project = closing(cast, programme)
    item = asked(cast, project, due_on=DUE_ON)
    assert [row.item_id for row in waiting.to_answer(cast.other_manager, limit=9)] == [item.id]
    assert not waiting.to_answer(cast.leader, limit=9)
    answered(cast.other_manager, item)
    assert not waiting.to_answer(cast.other_manager, limit=9)
    near = DUE_ON - timedelta(days=14)
    assert not waiting.to_do(cast.other_manager, near - timedelta(days=1), limit=9)
    assert [row.item_id for row in waiting.to_do(cast.other_manager, near, limit=9)] == [item.id]
    rows, count = waiting.queue(cast.secretary, DUE_ON + timedelta(days=1), only_late=True, limit=9, offset=0)
    assert ([row.item_id for row in rows], count) == ([item.id], 1)
