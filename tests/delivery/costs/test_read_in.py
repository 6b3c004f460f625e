"""A file is read in as a whole or not at all, once, so that every row can be traced and all of it undone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.costs import queries, read_in, service
from app.delivery.costs.models import CostEntry, CostReadIn, CostUpload
from app.delivery.costs.prints import print_of
from app.history.models import HistoryEvent
from app.programmes.models import Programme
from app.projects.models import Project
from app.upkeep import verification
from tests.applications.workbooks import Value, one_sheet
from tests.conftest import Cast
from tests.databases import address_of, past_the_guards
from tests.delivery.costs import files
from tests.delivery.costs.booking import DAY, actuals, entry_of
from tests.review_story import LATER
from tests.running_story import running


def faults() -> list[str]:
    db.session.rollback()
    with db.engine.connect() as connection:
        found = verification.faults(connection, current_app.extensions["files"])
        return [f"{fault.place} {fault.what}" for fault in found]


# --- the service -----------------------------------------------------------------------------------------


def test_every_row_is_entered_and_can_be_traced_to_the_file(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    row = files.read_in(cast.leader, project, "Faktura")
    assert (row.row_count, row.amount, row.hours) == (3, Decimal(111), Decimal(0))
    assert actuals(project).total == 111
    entries, count = queries.entries_of(project.id, limit=10, offset=0)
    assert count == 3
    assert [entry.row_number for entry in entries] == [4, 3, 2]
    assert [entry.amount for entry in entries] == [100, 10, 1]
    assert {entry.read_in.filename for entry in entries if entry.read_in} == {"Faktura.xlsx"}
    assert queries.upload_of(project.id, cast.leader.id) is None


def test_one_event_vouches_for_all_rows_and_the_record_holds(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    before = db.session.scalar(select(func.count(HistoryEvent.id))) or 0
    row = files.read_in(cast.leader, project, "Faktura")
    event = db.session.scalars(select(HistoryEvent).where(HistoryEvent.id > before)).one()
    assert event.verb == "read_in_costs"
    assert event.to_value is not None
    assert row.rows_sha256 in event.to_value
    assert row.sha256 in event.to_value
    assert faults() == []


TAMPERED = {
    "an amount": "update cost_entry set amount = amount + 1 where row_number = 2",
    "a day": "update cost_entry set booked_on = '2020-01-01' where row_number = 2",
    "who pays": "update cost_entry set financier = 'programme' where row_number = 2",
    "a row less": "delete from cost_entry where row_number = 2",
    "a row of its own": "update cost_entry set row_number = 99 where row_number = 2",
    "by hand": "update cost_entry set read_in_id = null, row_number = null where row_number = 2",
    "who entered it": "update cost_entry set entered_by_id = 1 where row_number = 2",
    "a row more": "insert into cost_entry (project_id, booked_on, activity, role, amount, financier,"
    " entered_at, entered_by_id, read_in_id, row_number) select project_id, booked_on, activity, role,"
    " amount, financier, entered_at, entered_by_id, read_in_id, 77 from cost_entry where row_number = 2",
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_whatever_is_changed_behind_the_product_is_found(cast: Cast, programme: Programme, name: str) -> None:
    project = running(cast, programme)
    row = files.read_in(cast.leader, project, "Faktura")
    number = row.id
    db.session.rollback()
    with past_the_guards(address_of(db.engine)) as connection:
        connection.execute(text(TAMPERED[name]))
    assert any(f"Cost read in {number}" in fault for fault in faults())


def test_the_same_file_is_not_read_in_twice(cast: Cast, programme: Programme) -> None:
    project, other = running(cast, programme), running(cast, programme, title="En annan")
    file = files.kept("Faktura")
    files.read_in(cast.leader, project, "Faktura", file)
    with pytest.raises(read_in.AlreadyReadError):
        files.begun(cast.leader, project, "Faktura", file)
    files.read_in(cast.leader, other, "Faktura", file)
    assert actuals(project).total == actuals(other).total == 111


def test_two_who_have_begun_with_the_same_file_read_it_in_once(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    file = files.kept("Faktura")
    first = files.begun(cast.leader, project, "Faktura", file)
    table, held = files.table_of(first), files.ground(project)
    with transaction():  # the leader of yesterday had begun with it too
        row = first.upload
        said = {name: getattr(row, name) for name in ("filename", "media_type", "size", "sha256", "columns")}
        db.session.add(
            CostUpload(project_id=project.id, person_id=cast.other_leader.id, account=row.account, **said)
        )
    files.read_in(cast.leader, project, "Faktura", file)
    begun = queries.upload_of(project.id, cast.other_leader.id)
    assert begun is not None
    late = queries.UploadOf(project, begun)
    project.leader_id = cast.other_leader.id
    shown = print_of(read_in.reading_of(late, table, held).rows)
    with pytest.raises(read_in.AlreadyReadError):
        read_in.read_in(cast.other_leader, late, table, held, shown=shown, now=LATER)
    db.session.rollback()


def test_an_undone_file_counts_no_longer_and_may_be_read_in_again(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    file = files.kept("Faktura")
    first = files.read_in(cast.leader, project, "Faktura", file)
    files.undone(cast.leader, project, first)
    assert actuals(project).total == 0
    with pytest.raises(RefusedError, match="redan makulerad"):
        files.undone(cast.leader, project, first)
    entry, *_rest = queries.entries_of(project.id, limit=1, offset=0)[0]
    with pytest.raises(RefusedError, match="redan makulerad"):
        _void(cast, project, entry)
    second = files.read_in(cast.leader, project, "Faktura", file)
    assert (first.attempt, second.attempt) == (1, 2)
    assert actuals(project).total == 111
    assert faults() == []


def _void(cast: Cast, project: Project, entry: CostEntry) -> None:
    with transaction():
        service.void(cast.leader, entry_of(cast.leader, project, entry), reason="Fel.", now=LATER)


def test_one_row_of_a_file_can_be_voided_alone(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    files.read_in(cast.leader, project, "Faktura")
    entry, *_rest = queries.entries_of(project.id, limit=1, offset=0)[0]
    _void(cast, project, entry)
    assert actuals(project).total == 11
    assert faults() == []


def test_with_one_wrong_row_nothing_is_entered(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    wrong: list[list[Value]] = [*files.rows("Faktura"), [DAY, "Fel", None, None, None, None, "mycket"]]
    with pytest.raises(read_in.FaultyError):
        files.read_in(cast.leader, project, "Faktura", files.kept("Faktura", one_sheet(wrong)))
    db.session.rollback()
    assert not actuals(project).sums
    assert db.session.scalar(select(func.count(CostReadIn.id))) == 0


def test_what_was_not_shown_is_not_read_in(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    found = files.begun(cast.leader, project, "Faktura")
    table, held = files.table_of(found), files.ground(project)
    with pytest.raises(RefusedError, match="har ändrats"):
        read_in.read_in(cast.leader, found, table, held, shown="0" * 64, now=LATER)


def test_only_the_leader_reads_in(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    file = files.kept("Faktura")
    for somebody in (cast.manager, cast.secretary, cast.other_leader, cast.auditor, cast.controller):
        with pytest.raises(RefusedError):
            read_in.take_up(somebody, project, file)


def test_the_database_itself_lets_no_row_in_twice(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    row = files.read_in(cast.leader, project, "Faktura")
    given: dict[str, Any] = {
        "project_id": project.id, "booked_on": DAY, "activity": "x", "amount": Decimal(1),
        "financier": "own_budget", "entered_at": LATER, "entered_by_id": cast.leader.id,
    }  # fmt: skip
    for wrong in ({"read_in_id": row.id, "row_number": 2}, {"read_in_id": row.id, "row_number": None}):
        db.session.add(CostEntry(**given, **wrong))
        with pytest.raises(DatabaseError):
            db.session.flush()
        db.session.rollback()
