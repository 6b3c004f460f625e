"""Projects from before there was a register are in it after migrating, with what new ones have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alembic import command
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.core.workflow import State
from app.db import db
from app.history.models import HistoryEvent
from app.programmes.models import Programme
from app.realisation.catching_up import unregistered
from app.realisation.models import Benefit
from app.upkeep import verification
from tests.applications.test_older_drafts import walk
from tests.apps import close_database
from tests.closing.terminating_story import accounted_for
from tests.conftest import Cast
from tests.databases import address_of
from tests.running_story import planned, running

BEFORE = "0043"
NEW = {"id", "measured_until", "next_due_on", "fulfilment", "realised"}
"""What is counted anew, or follows from measurements, of which there were none."""


def rows() -> list[dict[str, Any]]:
    """Every benefit of the register, without its number."""
    table = Benefit.metadata.tables[Benefit.__tablename__]
    query = select(*(column for column in table.columns if column.name not in NEW))
    found = db.session.execute(query.order_by(table.c.benefit_line_id)).mappings()
    return [dict(row) for row in found]


def promised(now: int = 0) -> Sequence[HistoryEvent]:
    """What the history tells of benefits that were taken up, after this event."""
    query = select(HistoryEvent).where(HistoryEvent.verb == "promise_benefit", HistoryEvent.id > now)
    return db.session.scalars(query.order_by(HistoryEvent.id)).all()


def migrate(app: Flask) -> Result:
    """What whoever runs the installation does with a new release."""
    db.session.remove()
    return app.test_cli_runner().invoke(args=["migrate"])


def test_older_projects_are_taken_up_when_the_database_is_migrated(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    accounted_for(cast, programme)
    running(cast, programme, title="Felanmälan på nätet")
    before, last = rows(), db.session.scalar(select(func.max(HistoryEvent.id))) or 0
    assert {row["standing"] for row in before} == {"open", "closed"}, "one was written off with its project"
    address = address_of(db.engine)
    close_database()
    walk(address, command.downgrade, BEFORE)
    walk(address, command.upgrade, "head")
    assert rows() == []
    assert len(unregistered()) == 2
    first = migrate(app)
    assert first.exit_code == 0, first.output
    assert f"{len(before)} benefits of older projects were taken up in the register." in first.output
    assert rows() == before
    told = promised(last)
    assert {row.record_id for row in told} == set(db.session.scalars(select(Benefit.id)))
    assert {(row.actor_id, row.actor_name) for row in told} == {(None, "Hemtag")}
    db.session.rollback()
    with db.engine.connect() as connection:
        assert list(verification.faults(connection, app.extensions["files"])) == []
    again = migrate(app)
    assert again.exit_code == 0, again.output
    assert "taken up" not in again.output
    assert rows() == before


def test_a_project_without_a_fixed_plan_promises_nothing_yet(
    app: Flask, cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    assert State(project.state) is State.APPROVED
    assert unregistered() == []
