"""What can be done with files of costs and hours: take one up, say what its columns mean, read it in, undo.

All rows of a file are entered in one transaction, or none. One event of the history tells of them, with the
file's hash and a print of every row; `flask --app wsgi verify-history` holds the rows against the print.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from app.accepted.attached import said_of
from app.accepted.taking_in import TakenIn
from app.accounts.access import Viewer
from app.core.tabular import Table
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.costs import policy, queries
from app.delivery.costs.columns import Columns, Headings, columns_in
from app.delivery.costs.models import CostColumns, CostEntry, CostReadIn, CostReadInVoid, CostUpload
from app.delivery.costs.prints import print_of
from app.delivery.costs.queries import ReadInOf, UploadOf
from app.delivery.costs.reading import Ground, Reading, read_entries
from app.history.service import record
from app.projects.models import Project


class AlreadyReadError(ValueError):
    """The same file has been read in before, and stands."""

    def __init__(self, before: CostReadIn) -> None:
        super().__init__(before.filename)
        self.before = before


class FaultyError(ValueError):
    """Some row cannot be read, so none is entered."""


def take_up(actor: Viewer, project: Project, file: TakenIn) -> CostUpload:
    """Begin with a file; one that was begun with before is left. Raises AlreadyReadError."""
    require(policy.may_enter(actor, project))
    _see_that_it_is_new(project, file.stored.sha256)
    begun = queries.upload_of(project.id, actor.id)
    if begun is not None:
        db.session.delete(begun)
        db.session.flush()
    row = CostUpload(project_id=project.id, person_id=actor.id, columns=None, **said_of(file))
    db.session.add(row)
    db.session.flush()
    return row


def choose(
    actor: Viewer,
    found: UploadOf,
    columns: Columns,
    headings: Headings,
    *,
    account: str,
    save_as: str,
    now: datetime,
) -> None:
    """Say what the columns mean and what rows without a budget line are booked on; keep it under a name."""
    require(policy.may_read_in(actor, found))
    found.upload.columns, found.upload.account = columns.as_json(), account
    if not save_as:
        return
    programme_id = found.project.programme_id
    kept = queries.columns_called(programme_id, save_as)
    said: dict[str, Any] = {"headings_sha256": headings.print, "columns": columns.as_json()}
    if kept is None:
        kept = CostColumns(programme_id=programme_id, name=save_as, **said)
        db.session.add(kept)
    elif (kept.headings_sha256, kept.columns) == (said["headings_sha256"], said["columns"]):
        return
    kept.headings_sha256, kept.columns = said["headings_sha256"], said["columns"]
    record(actor, "keep_cost_columns", kept, note=save_as, now=now)


def reading_of(
    found: UploadOf, table: Table, ground: Ground, begun: Callable[[int], None] = lambda _number: None
) -> Reading:
    """What would be entered, and what is wrong; `begun` is told each row's place before it is read."""
    if found.upload.columns is None:
        raise LookupError("nobody has said what the columns mean")
    return read_entries(table, columns_in(found.upload.columns), ground, begun)


def read_in(
    actor: Viewer, found: UploadOf, table: Table, ground: Ground, *, shown: str, now: datetime
) -> CostReadIn:
    """Enter every row of the file, as it was shown (`shown` is the print of that), all of them or none.

    Raises FaultyError, AlreadyReadError.
    """
    require(policy.may_read_in(actor, found))
    project, upload = found.project, found.upload
    reading = reading_of(found, table, ground)
    if reading.fault_count or not reading.rows:
        raise FaultyError
    prints = print_of(reading.rows)
    if prints != shown:
        raise RefusedError(_l("Något har ändrats sedan filen granskades. Granska den på nytt."))
    _see_that_it_is_new(project, upload.sha256)
    row = CostReadIn(
        project_id=project.id,
        attempt=queries.attempts_at(project.id, upload.sha256) + 1,
        columns=upload.columns,
        row_count=len(reading.rows),
        hours=reading.hours,
        amount=reading.amount,
        rows_sha256=prints,
        read_in_at=now,
        read_in_by_id=actor.id,
        **said_of(upload),
    )
    db.session.add(row)
    record(actor, "read_in_costs", row, note=upload.filename, now=now)
    _write(row, reading)
    db.session.delete(upload)
    return row


def _write(file: CostReadIn, reading: Reading) -> None:
    """The rows at once, past the records of the session: `file` is recorded and vouches for them."""
    common = {
        "project_id": file.project_id,
        "read_in_id": file.id,
        "entered_at": file.read_in_at,
        "entered_by_id": file.read_in_by_id,
    }
    names = (
        "row_number", "booked_on", "activity", "role", "budget_line_id", "effort_line_id", "hours", "rate",
        "amount", "financier",
    )  # fmt: skip
    rows = [common | {name: getattr(row, name) for name in names} for row in reading.rows]
    db.session.connection().execute(insert(CostEntry), rows)


def void_read_in(actor: Viewer, found: ReadInOf, *, reason: str, now: datetime) -> CostReadInVoid:
    """Say that no row of the file counts, and why. The file may then be read in again."""
    require(policy.may_void_read_in(actor, found))
    if not reason.strip():
        raise RefusedError(_l("Skriv varför inläsningen makuleras."))
    row = CostReadInVoid(
        project_id=found.project.id,
        read_in_id=found.read_in.id,
        reason=reason,
        voided_at=now,
        voided_by_id=actor.id,
    )
    db.session.add(row)
    record(actor, "void_read_in", row, note=f"{found.read_in.filename}: {reason}", now=now)
    return row


def _see_that_it_is_new(project: Project, sha256: str) -> None:
    before = queries.standing_read_in(project.id, sha256)
    if before is not None:
        raise AlreadyReadError(before)
