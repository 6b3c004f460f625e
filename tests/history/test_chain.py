"""The chain shows whatever is changed, removed or put in between; the database refuses to do it at all."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError

from app.accounts import service as accounts
from app.db import Base, db
from app.history.chain import GENESIS, Break, first_break, link_hash
from app.history.guard import FixedRecordError
from app.history.models import HistoryEvent, HistoryHead
from app.history.queries import head, timeline_of, whole_chain
from app.programmes.models import LedgerEntry, Programme
from tests.conftest import NOW, Cast
from tests.databases import address_of, as_owner, past_the_guards

FIXED = sorted(model.class_.__tablename__ for model in Base.registry.mappers if model.class_.__fixed__)


def broken() -> Break | None:
    db.session.expire_all()
    return first_break(whole_chain(), head())


def tamper(*statements: str) -> None:
    """What an owner of the database could do with its own tools: take the triggers away first."""
    db.session.rollback()
    with past_the_guards(address_of(db.engine)) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def last_id() -> int:
    newest = head()
    assert newest is not None
    return int(newest.last_event_id)


def test_the_chain_holds_from_its_beginning(cast: Cast) -> None:
    events = list(whole_chain())
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    assert events[0].previous_hash == GENESIS
    assert broken() is None


def test_an_empty_history_holds(app: object) -> None:
    assert broken() is None


@pytest.mark.parametrize(
    "change",
    [
        "to_value = 'något annat'",
        "note = 'tillagd i efterhand'",
        "actor_name = 'Någon annan'",
        "verb = 'approve'",
        "at = '2020-01-01 00:00:00'",
        "hash = upper(hash)",
    ],
)
def test_a_changed_row_is_found(change: str, cast: Cast) -> None:
    tamper(f"update history_event set {change} where id = 5")
    assert broken() == Break(5, "was changed after it was written")


def test_a_changed_row_with_a_fitting_hash_breaks_the_next(cast: Cast) -> None:
    tamper("update history_event set note = 'bättre så' where id = 5")
    db.session.expire_all()
    forged = link_hash(db.session.get_one(HistoryEvent, 5))
    tamper(f"update history_event set hash = '{forged}' where id = 5")
    assert broken() == Break(6, "does not follow the event before it")


def test_a_removed_row_is_found(cast: Cast) -> None:
    tamper("delete from history_event where id = 5")
    assert broken() == Break(5, "event 5 is missing; the next is 6")


def test_a_removed_end_is_found(cast: Cast) -> None:
    gone = last_id()
    tamper(f"delete from history_event where id = {gone}")
    found = broken()
    assert found is not None
    assert found.event_id == gone
    assert "the head says" in found.reason


def test_an_inserted_row_is_found(cast: Cast) -> None:
    chained = ("id", "hash", "previous_hash")
    columns = ", ".join(column.key for column in inspect(HistoryEvent).columns if column.key not in chained)
    new = last_id() + 1
    db.session.execute(
        text(
            f"insert into history_event (id, hash, previous_hash, {columns}) "
            f"select {new}, 'forged', 'forged', {columns} from history_event where id = 5"
        )
    )
    db.session.commit()
    found = broken()
    assert found is not None
    assert found.event_id == new


def test_a_head_that_was_turned_back_is_found(cast: Cast) -> None:
    tamper("update history_head set last_event_id = last_event_id - 1")
    assert broken() is not None


def test_there_is_one_head(cast: Cast) -> None:
    db.session.add(HistoryHead(id=2, last_event_id=0, last_hash=GENESIS))
    with pytest.raises(Exception, match="one_row"):
        db.session.flush()
    db.session.rollback()


def test_the_orm_changes_nothing_that_is_fixed(cast: Cast, programme: Programme) -> None:
    event = db.session.get_one(HistoryEvent, 5)
    event.note = "i efterhand"
    with pytest.raises(FixedRecordError, match="history_event"):
        db.session.flush()
    db.session.rollback()
    db.session.delete(db.session.scalars(select(LedgerEntry)).one())
    with pytest.raises(FixedRecordError, match="ledger_entry"):
        db.session.flush()
    db.session.rollback()
    assert broken() is None


@pytest.mark.parametrize("table", FIXED)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_every_fixed_table_has_a_trigger_for_it(table: str, verb: str, app: object) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    found = text(
        "select sql from sqlite_master where type = 'trigger' and name = :name"
        if sqlite
        else "select pg_get_triggerdef(oid) from pg_trigger where tgname = :name"
    )
    name = f"fixed_{table}_{verb}" if sqlite else f"fixed_{table}"
    said = (db.session.scalar(found, {"name": name}) or "").upper()
    assert "BEFORE" in said
    assert verb.upper() in said
    assert f"ON {table.upper()}" in said.replace("PUBLIC.", "")


@pytest.mark.parametrize("table", ["history_event", "ledger_entry"])
def test_the_database_refuses_its_owner_too(table: str, cast: Cast, programme: Programme) -> None:
    db.session.rollback()
    for statement in (f"update {table} set id = id", f"delete from {table}"):
        with (
            pytest.raises(DatabaseError, match="is fixed once written"),
            as_owner(address_of(db.engine)) as owner,
        ):
            owner.exec_driver_sql(statement)


def test_a_timeline_is_read_in_portions(cast: Cast, programme: Programme) -> None:
    from app.projects.models import ProjectKind
    from app.projects.service import start

    project = start(
        cast.leader,
        programme_id=programme.id,
        round_id=None,
        title="Bygglov på nätet",
        kind=ProjectKind.IMPLEMENTATION,
        department_id=cast.department.id,
        now=NOW,
    )
    accounts.create_department(cast.administrator, "Idrottsförvaltningen", NOW)
    newest = timeline_of(project.id, limit=1)
    assert [event.verb for event in newest] == ["start_project"]
    assert timeline_of(project.id, before_id=newest[0].id) == []
