"""What a final report takes from the record: changes that were asked for, and what remains."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.closing.final_report.gathering import ground_of
from app.closing.final_report.reading_tables import changes, plans, promised, rest
from app.closing.handover import service as handover
from app.core.final_report import GoalKind
from app.db import transaction
from app.pdf.blocks import Table
from app.programmes.models import Programme
from app.projects.models import Project
from tests.changing_story import asked, cost, decided, later_end, other_scope
from tests.closing.final_story import (
    CLOSED,
    complete_content,
    final_report,
    final_report_written,
    send,
    write,
)
from tests.closing.handover import remaining
from tests.conftest import Cast
from tests.running_story import running
from tests.story import reloaded


def sent(cast: Cast, project: Project) -> dict[str, Any]:
    """The report as a document, once the project has begun to end."""
    with transaction():
        handover.begin_closing(cast.leader, reloaded(project), CLOSED)
    write(cast, reloaded(project), complete_content(reloaded(project)))
    send(cast, reloaded(project))
    version = final_report(cast.leader, reloaded(project)).newest
    assert version is not None
    return version.content


def test_an_end_that_was_moved_is_late_against_the_first_plan(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, time=later_end(project)))
    ground = ground_of(reloaded(project))
    assert ground.plan is not None
    assert ground.first is not None
    end = ground.end(ground.plan.ends_on)
    assert end is not None
    assert (end.delay, end.planned_on) == (90, ground.first.ends_on + timedelta(days=90))
    added = [row for row in ground.milestones({}) if row.first_on is None]
    assert len(added) == 1, "what the change added was in no first plan"


def test_the_report_tells_of_every_change_and_of_those_that_nobody_decided(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    decided(cast, asked(cast, project, time=later_end(project)))
    asked(cast, project, costs=(cost(cast, Decimal(745_500)),))
    said = sent(cast, project)
    table = changes(said)
    assert isinstance(table, Table)
    assert [(row[0], row[1].replace("\u00a0", " ")) for row in table.rows] == [
        ("1. Mer eller annan tid", "–"),
        ("2. Mer pengar", "745 500"),
    ]
    assert table.rows[0][3].startswith("Godkänd 2027-")
    assert table.rows[1][3] == "Inte beslutad när rapporten skickades"
    assert [row[0] for row in plans(said).rows] == ["1", "2"]


def test_the_report_holds_a_benefit_against_the_promise_as_a_decision_changed_it(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    before = ground_of(reloaded(project)).goals_of(GoalKind.BENEFIT)
    scope = other_scope(project, Decimal(90_000))
    decided(cast, asked(cast, project, scope=scope))
    asked(cast, project, scope=other_scope(project, Decimal(2)))
    said = sent(cast, project)
    rows = said["goals"][GoalKind.BENEFIT.value]
    assert [(row["by"], row["target"]) for row in rows] == [
        (scope.benefits[0].starts_on.isoformat(), "90000.00"),
        *((goal.by, "") for goal in before[1:]),
    ]
    table = promised(GoalKind.BENEFIT, rows)
    assert [column.label for column in table.columns][2:] == ["Från", "Beslutat värde per år"]
    assert [row[3] for row in table.rows] == ["90\u00a0000", "–"]
    of_before = promised(GoalKind.BENEFIT, [row | {"target": ""} for row in rows])
    assert len(of_before.columns) == 3, "reports that were sent before stay as they are"


def test_the_report_tells_what_remains_and_who_has_it(cast: Cast, programme: Programme) -> None:
    project = remaining.half_accepted(cast, programme)
    write(cast, project, complete_content(project))
    send(cast, reloaded(project))
    version = final_report(cast.leader, reloaded(project)).newest
    assert version is not None
    table = rest(version.content)
    assert isinstance(table, Table)
    assert len(table.rows) == 4
    states = [row[3] for row in table.rows]
    assert sorted(states) == ["Avböjd", "Mottagen", "Mottagen", "Väntar på mottagaren"]


def test_a_draft_of_a_change_is_its_writers_alone(cast: Cast, programme: Programme) -> None:
    project = final_report_written(cast, programme)
    assert ground_of(project).changes == []
