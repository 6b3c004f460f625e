"""One row for each change, and no change without its row."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Department, Person, Role
from app.accounts.passwords import hashed
from app.db import db
from app.history.guard import UnrecordedChangeError
from app.history.models import HistoryEvent
from app.history.service import Change, System, record, remove
from app.programmes.models import Programme, ProgrammeGoal
from tests.conftest import NOW, PASSWORD_HASH, Cast


def events(verb: str) -> list[HistoryEvent]:
    query = select(HistoryEvent).where(HistoryEvent.verb == verb).order_by(HistoryEvent.id)
    return list(db.session.scalars(query))


def leader(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.leader.id)


def test_a_beginning_is_one_row_with_everything_that_was_said(cast: Cast) -> None:
    accounts.create_department(cast.administrator, "Idrottsförvaltningen", NOW)
    begun = events("create_department")[-1]
    assert (begun.actor_id, begun.actor_name) == (cast.administrator.id, "Administrator")
    assert (begun.record_type, begun.field, begun.from_value) == ("department", None, None)
    assert json.loads(begun.to_value or "")["name"] == "Idrottsförvaltningen"


def test_a_change_is_one_row_for_each_changed_field(cast: Cast) -> None:
    accounts.change_person(
        cast.administrator,
        leader(cast),
        email="leader@staden.example",
        name="Nytt namn",
        title="projektledare",
        active=True,
        now=NOW,
    )
    told = {(row.field, row.from_value, row.to_value) for row in events("change_person")}
    assert told == {("name", "Leader", "Nytt namn"), ("title", "", "projektledare")}


def test_a_change_is_told_whole_though_queries_write_it_in_portions(cast: Cast) -> None:
    """Every query flushes what has changed so far."""
    person = leader(cast)
    person.name = "Ett namn"
    db.session.flush()
    person.name, person.title = "Nytt namn", "projektledare"
    db.session.flush()
    record(cast.administrator, "change_person", person, now=NOW)
    told = {(row.field, row.from_value, row.to_value) for row in events("change_person")}
    assert told == {("name", "Leader", "Nytt namn"), ("title", "", "projektledare")}


def test_what_was_changed_back_before_it_was_recorded_is_no_change(cast: Cast) -> None:
    person = leader(cast)
    person.name = "Ett namn"
    db.session.flush()
    person.name = "Leader"
    record(cast.administrator, "change_person", person, now=NOW)
    assert [row.field for row in events("change_person")] == [None]


def test_a_beginning_is_told_though_it_was_written_before(cast: Cast) -> None:
    accounts.grant_role(cast.administrator, leader(cast), Role.AUDITOR, None, NOW)
    begun = events("grant_role")[-1]
    assert json.loads(begun.to_value or "")["role"] == "auditor"


def test_an_act_that_changes_no_field_is_one_row_all_the_same(cast: Cast) -> None:
    record(cast.administrator, "looked_at", leader(cast), note="för tillsyn", now=NOW)
    (row,) = events("looked_at")
    assert (row.field, row.from_value, row.to_value, row.note) == (None, None, None, "för tillsyn")


def test_changes_given_by_hand_are_told_as_they_are(cast: Cast) -> None:
    record(cast.administrator, "corrected", leader(cast), changes=[Change("inner field", "a", "b")], now=NOW)
    (row,) = events("corrected")
    assert (row.field, row.from_value, row.to_value) == ("inner field", "a", "b")


def test_what_is_removed_leaves_what_it_said(cast: Cast, programme: Programme) -> None:
    goal = db.session.scalars(select(ProgrammeGoal).where(ProgrammeGoal.position == 1)).one()
    remove(cast.administrator, "remove_programme_goal", goal, now=NOW)
    db.session.commit()
    (row,) = events("remove_programme_goal")
    assert json.loads(row.from_value or "")["text"] == "Ökad medborgarnytta"
    assert row.to_value is None
    assert db.session.get(ProgrammeGoal, row.record_id) is None


def test_the_product_itself_may_act(cast: Cast) -> None:
    record(System(), "checked", leader(cast), now=NOW)
    (row,) = events("checked")
    assert (row.actor_id, row.actor_name) == (None, "Hemtag")


def test_a_password_is_never_in_the_history(cast: Cast) -> None:
    accounts.set_password(cast.administrator, leader(cast), hashed("fyra glada gröna grodor"), NOW)
    (row,) = events("set_password")
    assert (row.field, row.from_value, row.to_value) == ("password_hash", None, None)
    for event in db.session.scalars(select(HistoryEvent)):
        said = f"{event.from_value} {event.to_value} {event.note}"
        assert "argon2" not in said
        assert PASSWORD_HASH not in said
        assert "grodor" not in said


def test_a_change_that_nobody_recorded_is_not_committed(cast: Cast) -> None:
    leader(cast).name = "I smyg"
    with pytest.raises(UnrecordedChangeError, match="person"):
        db.session.commit()
    db.session.rollback()
    assert leader(cast).name == "Leader"


def test_nor_is_a_record_added_or_removed_in_silence(cast: Cast, programme: Programme) -> None:
    db.session.add(Department(name="I smyg", active=True))
    with pytest.raises(UnrecordedChangeError, match="department"):
        db.session.commit()
    db.session.rollback()
    db.session.delete(db.session.scalars(select(ProgrammeGoal)).first())
    with pytest.raises(UnrecordedChangeError, match="programme_goal"):
        db.session.commit()
    db.session.rollback()


def test_a_change_after_the_record_needs_a_record_of_its_own(cast: Cast) -> None:
    department = accounts.create_department(cast.administrator, "Idrottsförvaltningen", NOW)
    department.name = "Något annat"
    with pytest.raises(UnrecordedChangeError, match="department"):
        db.session.commit()
    db.session.rollback()
    assert not db.session.scalars(select(Department).where(Department.name == "Något annat")).all()
