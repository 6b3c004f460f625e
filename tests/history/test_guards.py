"""What is decided stays as it is: tried with every statement that writes, as the application's user and as
the owner of the tables, on both databases."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DatabaseError

from app.accepted.taking_in import take_in
from app.applications.attachments import add_attachment, remove_attachment
from app.db import Base, db, transaction
from app.files import FileStore
from app.programmes.models import Programme
from tests import changing_story, review_story, running_story, sharing_story, story
from tests.applications.files import pdf
from tests.budget_effects import effect_story
from tests.closing import final_story, terminating_story
from tests.closing.handover import remaining
from tests.conftest import NOW, Cast
from tests.databases import address_of, as_owner
from tests.decisions.meeting import packed
from tests.delivery import granted as delivered
from tests.delivery.costs import files
from tests.delivery.costs.booking import booked
from tests.delivery.risks import noted
from tests.follow_up import follow_story
from tests.knowledge import learned
from tests.programme_report import report_story
from tests.realisation import measuring_story
from tests.remembered import kept

FIXED = sorted(model.class_.__tablename__ for model in Base.registry.mappers if model.class_.__fixed__)
KEPT = (
    "attachment", "condition_progress", "frame_balance", "grant_balance", "history_head", "issue",
    "requisition", "rest_item", "risk",
)  # fmt: skip
"""Rows that stay, and of which only something may change."""
UNIQUE = {
    "application_version": ("project_id", "number"),
    "change_decision": ("request_id",),
    "change_version": ("request_id", "number"),
    "condition_assessment": ("report_id",),
    "cost_read_in": ("project_id", "sha256", "attempt"),
    "cost_read_in_void": ("read_in_id",),
    "cost_void": ("entry_id",),
    "condition_progress": ("condition_id",),
    "condition_report": ("condition_id", "number"),
    "baseline": ("project_id", "number"),
    "decision_amount": ("decision_id", "department_id", "year"),
    "grant_balance": ("project_id", "department_id", "year"),
    "final_report_remark": ("version_id",),
    "follow_up_remark": ("version_id",),
    "follow_up_version": ("follow_up_id", "number"),
    "final_report_version": ("report_id", "number"),
    "history_event": ("hash",),
    "benefit_verdict": ("closing_id",),
    "indicator": ("department_id", "name"),
    "issue": ("risk_id",),
    "measurement": ("replaces_id",),
    "meeting_pack_item": ("pack_id", "project_id"),
    "programme_report_version": ("report_id", "number"),
    "report_period": ("programme_id", "ends_on"),
    "report_version": ("report_id", "number"),
    "repayment": ("entry_id",),
    "requisition": ("project_id", "number"),
    "requisition_version": ("requisition_id", "number"),
    "service_review": ("service_id", "due_on"),
    "service_share": ("sharing_id", "department_id"),
    "service_share_answer": ("share_id", "answer"),
    "service_sharing": ("service_id", "year", "number"),
    "termination": ("project_id",),
}
TURNS = {
    "condition_progress": "state = 'returned'",
    "grant_balance": "year = year + 1",
    "attachment": "filename = 'annan.pdf'",
    "history_head": "last_event_id = last_event_id - 1",
    "issue": "solution = 'Inget.'",
    "requisition": "return_reason = 'Nej.'",
    "rest_item": "text = 'Något annat.'",
    "risk": "text = 'Något annat.'",
}
"""A change of a row of which something else may change."""


@pytest.fixture
def decided(cast: Cast, programme: Programme, tmp_path: Path) -> None:
    """A case with everything that is fixed in it, in the database: its files are not kept."""
    kept("a case with everything that is fixed", lambda: decide(cast, programme, tmp_path))


def decide(cast: Cast, programme: Programme, folder: Path) -> None:
    """A version, an opinion, a decision, a pack, a file, and all that came afterwards."""
    project = review_story.in_council(cast, programme)
    with transaction():
        packed(cast, programme, project)
    project = review_story.awaiting_decision(cast, programme)
    review_story.decide(cast.secretary, project, conditions=[("Samverka.", None)])
    store = FileStore(folder)
    proof = take_in(io.BytesIO(pdf(b"kvar")), filename="kvar.pdf", store=store, limit=1000)
    delivered.reported(cast, project, files=[proof])
    delivered.approved(cast, project)
    delivered.sent(cast, project, files=[proof])
    delivered.checked(cast, project)
    delivered.paid(cast, project)
    delivered.repaid(cast, project)
    running_story.run(cast, project, NOW)
    sharing_story.disputed(cast, story.reloaded(project), NOW)
    measuring_story.plan(cast, project)
    measuring_story.corrected(cast, project)
    effect_story.ready(cast, project)
    measuring_story.decided_between(cast, project)
    measuring_story.ended(cast, project)
    noted.closed(cast, project)
    booked(cast, project)
    running_story.report_and_read(cast, programme, project)
    changing_story.questioned_and_decided(cast, project)
    final_story.report_and_return(cast, project)
    follow_story.kept_and_returned(cast, project)
    remaining.received_and_done(cast, project)
    files.undone(cast.leader, project, files.read_in(cast.leader, project, "rad"))
    terminating_story.interrupt(cast, story.reloaded(project))
    draft = story.started(cast, programme)
    with transaction():
        for name in ("kvar.pdf", "borta.pdf"):
            content = io.BytesIO(pdf(name.encode()))
            file = take_in(content, filename=name, store=store, limit=1000)
            row = add_attachment(cast.leader, draft, file, description="", now=NOW)
        remove_attachment(cast.leader, draft, row, NOW)
    learned.answered(cast, story.reloaded(project), draft)
    report_story.issued_twice(cast, programme)


def attacks(table: str, dialect: str) -> Iterator[str]:
    """Every way to write over a row, to take it away, or to put another in its place."""
    columns = [column.name for column in Base.metadata.tables[table].columns]
    own = "programme_id" if table == "frame_balance" else "id"
    if table != "frame_balance":
        yield f"update {table} set {TURNS.get(table, 'id = id')}"
    yield f"delete from {table}"
    yield f"delete from {table} where {own} = (select max({own}) from {table})"
    named = ", ".join(columns)
    rows = f"select {named} from {table}"
    if dialect == "sqlite":
        yield f"insert or replace into {table} ({named}) {rows}"
        yield f"replace into {table} ({named}) {rows} limit 1"
        if table != "frame_balance":
            yield f"insert into {table} ({named}) {rows} where true on conflict do update set id = id + 900"
        if key := UNIQUE.get(table):
            rest = [name for name in columns if name != "id"]
            aside = ", ".join("'x'" if name == "previous_hash" else name for name in rest)
            head = "id, " if table == "history_event" else ""
            new = "id + 9000, " if table == "history_event" else ""
            assert set(key) <= set(rest)
            yield f"insert or replace into {table} ({head}{', '.join(rest)}) select {new}{aside} from {table}"
    else:
        if table != "frame_balance":
            again = "on conflict (id) do update set id = excluded.id + 900"
            yield f"insert into {table} ({named}) {rows} {again}"
        yield f"truncate {table}"
        yield f"truncate {table} cascade"
        yield f"merge into {table} a using {table} b on a.{own} = b.{own} when matched then delete"


def rows_of(connection: Connection, table: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in connection.execute(text(f"select * from {table}"))), key=repr)


@pytest.mark.usefixtures("decided")
def test_no_statement_changes_what_is_fixed(subtests: pytest.Subtests) -> None:
    db.session.rollback()
    dialect = db.engine.dialect.name
    with db.engine.connect() as connection:
        if dialect == "sqlite":  # another tool would not ask the triggers about a replaced row
            connection.exec_driver_sql("rollback")
            connection.exec_driver_sql("pragma recursive_triggers = off")
            connection.exec_driver_sql("begin immediate")
        for table in [*FIXED, *KEPT]:
            before = rows_of(connection, table)
            assert before, f"nothing in {table}"
            for attack in attacks(table, dialect):
                with subtests.test(attack):
                    connection.exec_driver_sql("savepoint attack")
                    with pytest.raises(DatabaseError, match=r"is fixed once written|permission denied"):
                        connection.exec_driver_sql(attack)
                    connection.exec_driver_sql("rollback to attack")
                    assert rows_of(connection, table) == before


@pytest.mark.usefixtures("decided")
def test_nor_does_the_owner_by_mistake(subtests: pytest.Subtests) -> None:
    """Who may take the triggers away must do so on purpose."""
    db.session.rollback()
    with as_owner(address_of(db.engine)) as connection:
        for table in [*FIXED, *KEPT]:
            for attack in attacks(table, connection.dialect.name):
                with subtests.test(attack):
                    connection.exec_driver_sql("savepoint attack")
                    with pytest.raises(DatabaseError, match=r"is fixed once written|cannot truncate"):
                        connection.exec_driver_sql(attack)
                    connection.exec_driver_sql("rollback to attack")


@pytest.mark.usefixtures("cast")
def test_the_application_cannot_take_its_guards_away(subtests: pytest.Subtests) -> None:
    if db.engine.dialect.name == "sqlite":
        # A file belongs to who may write it: there the chain shows what was done (test_chain.py).
        return
    for attempt in (
        "set session_replication_role = replica",
        "alter table history_event disable trigger all",
        "drop trigger fixed_history_event on history_event",
        "drop function refuse_change cascade",
        "create or replace function refuse_change() returns trigger language sql as 'select 1'",
        "drop table history_event",
        "create table of_my_own (id int)",
    ):
        with subtests.test(attempt):
            with pytest.raises(DatabaseError, match=r"denied|must be owner"):
                db.session.execute(text(attempt))
            db.session.rollback()


@pytest.mark.usefixtures("cast")
def test_no_two_events_follow_the_same_one() -> None:
    columns = [column.key for column in inspect(Base.metadata.tables["history_event"]).columns]
    others = ", ".join(name for name in columns if name not in ("id", "hash"))
    fork = f"insert into history_event (id, hash, {others}) select 999, 'forged', {others} from history_event"
    with pytest.raises(DatabaseError, match="previous_hash"):
        db.session.execute(text(f"{fork} where id = 5"))
    db.session.rollback()
