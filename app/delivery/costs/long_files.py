"""Reading a long file in: beside the pages, as its rows were shown, with progress (docs/adr/0022, 0023)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accepted.tables import read_table
from app.accepted.tables.bounds import TableError
from app.accounts.access import Viewer
from app.core.tabular import Table
from app.core.verdict import RefusedError
from app.delivery.costs import policy, queries, read_in
from app.delivery.costs.pages_reading import already_read, ground_of
from app.delivery.costs.queries import UploadOf
from app.jobs.kinds import JobFailedError, Outcome, Page, Work, kind
from app.web import attached

READ_IN = "cost_read_in"

LONG = 2_000
"""Rows. So many are read, looked at and entered before a page has become slow; more wait for a worker."""


def _asked(viewer: Viewer, project_id: int, upload_id: int, **_how: str) -> UploadOf | None:
    """The file that the viewer asked to have read in, unless he or she has begun with another one since."""
    found = queries.chosen_upload_for(viewer, project_id)
    return found if found and found.upload.id == upload_id else None


def _costs(arguments: dict[str, Any]) -> Page:
    return "costs.costs", {"project_id": arguments["project_id"]}


def _preview(arguments: dict[str, Any]) -> Page:
    return "costs.preview", {"project_id": arguments["project_id"]}


@kind(READ_IN, load=_asked, allowed=policy.may_read_in, done_at=_costs, failed_at=_preview)
def read_long_file(work: Work, found: UploadOf) -> Outcome:
    """Look at every row as the preview did, then enter all of them in the transaction that ends the work."""
    work.word = _("Filen öppnas.")
    table, day = _table_of(found), date.fromisoformat(work.arguments["day"])
    word, count = _("Raderna läses."), len(table.rows)
    ground = ground_of(found, day)
    reading = read_in.reading_of(found, table, ground, lambda place: work.tell(place - 1, count, word))
    if reading.fault_count or not reading.rows:
        raise JobFailedError(_("Alla rader går inte att läsa. Inget är inläst. Granska filen på nytt."))
    work.tell(count, count, _("Raderna bokförs."))

    def entered(now: datetime) -> None:
        _enter(work, table, day, now)

    told = ngettext("%(num)s rad är inläst.", "%(num)s rader är inlästa.", len(reading.rows))
    return Outcome(effect=entered, told=told)


def _table_of(found: UploadOf) -> Table:
    row = found.upload
    try:
        return read_table(attached.store().path(row.sha256), row.media_type, (row.columns or {})["sheet"])
    except TableError as error:
        raise JobFailedError(str(error.reason)) from error


def _enter(work: Work, table: Table, day: date, now: datetime) -> None:
    """Held against what stands in this transaction: the plan, and the columns, may have changed meanwhile."""
    asked = work.arguments
    found = _asked(work.viewer, asked["project_id"], asked["upload_id"])
    if found is None:
        raise RefusedError(_("Filen är utbytt mot en annan. Granska den på nytt."))
    try:
        read_in.read_in(work.viewer, found, table, ground_of(found, day), shown=asked["shown"], now=now)
    except read_in.AlreadyReadError as error:
        raise RefusedError(already_read(error.before)) from None
    except read_in.FaultyError:
        raise RefusedError(_("Något har ändrats sedan filen granskades. Granska den på nytt.")) from None
