"""A registered decision stays as it is."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from app.db import db, transaction
from app.decisions.models import Condition, Decision, DecisionAmount, Opinion
from app.history.guard import FixedRecordError
from app.programmes.models import Programme
from tests.conftest import Cast
from tests.review_story import (
    awaiting_decision,
    decide,
)


def test_a_decision_cannot_be_changed_or_removed_by_the_program(cast: Cast, programme: Programme) -> None:
    project = awaiting_decision(cast, programme)
    decision = decide(cast.secretary, project, conditions=[("Samverka.", None)])
    for model, column in (
        (Decision, "reasons"),
        (DecisionAmount, "year"),
        (Condition, "text"),
        (Opinion, "text"),
    ):
        row = db.session.scalars(select(model)).first()
        setattr(row, column, "2030" if column == "year" else "något annat")
        with pytest.raises(FixedRecordError):
            db.session.flush()
        db.session.rollback()
    with pytest.raises(FixedRecordError), transaction():
        db.session.delete(db.session.get(Decision, decision.id))


def replacing(table: str) -> str:
    """What writes a row that is there already: in place of it, if the database lets it."""
    if db.engine.dialect.name == "sqlite":
        return f"insert or replace into {table} select * from {table}"
    return f"insert into {table} select * from {table} on conflict (id) do update set id = excluded.id"


@pytest.mark.parametrize("table", ["decision", "decision_amount", "decision_condition", "opinion"])
def test_a_decision_cannot_be_changed_or_removed_by_sql(cast: Cast, programme: Programme, table: str) -> None:
    decide(cast.secretary, awaiting_decision(cast, programme), conditions=[("Samverka.", None)])
    for statement in (f"update {table} set id = id + 1", f"delete from {table}", replacing(table)):
        with pytest.raises(DatabaseError):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_decided_amount_is_not_replaced_under_a_number_of_its_own(cast: Cast, programme: Programme) -> None:
    decide(cast.secretary, awaiting_decision(cast, programme))
    columns = "decision_id, department_id, year"
    new = f"into decision_amount ({columns}, amount) select {columns}, 1 from decision_amount"
    if db.engine.dialect.name == "sqlite":
        statement = f"insert or replace {new}"
    else:
        statement = f"insert {new} on conflict ({columns}) do update set amount = 1"
    with pytest.raises(DatabaseError):
        db.session.execute(text(statement))
    db.session.rollback()
