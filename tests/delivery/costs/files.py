"""Files of costs and hours, as tests read them in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from flask import current_app

from app.accepted.tables import read_table
from app.accepted.taking_in import TakenIn, take_in
from app.accepted.types import TABLES
from app.accounts.access import Viewer
from app.core.costs import Financier
from app.core.tabular import Table
from app.db import transaction
from app.delivery.costs import queries
from app.delivery.costs import read_in as service
from app.delivery.costs.columns import headings_of, proposed
from app.delivery.costs.models import CostReadIn
from app.delivery.costs.prints import print_of
from app.delivery.costs.queries import ReadInOf, UploadOf
from app.delivery.costs.reading import Ground
from app.delivery.costs.service import lines_of
from app.projects.models import Project
from tests.applications.workbooks import Value, one_sheet
from tests.delivery.costs.booking import DAY
from tests.review_story import LATER
from tests.story import reloaded

HEADINGS = ("Datum", "Text", "Budgetrad", "Roll", "Timmar", "Timpris", "Belopp")


def rows(mark: str, count: int = 3) -> list[list[Value]]:
    """Headings, and so many rows of ten kronor, hundred kronor …"""
    found: list[list[Value]] = [list(HEADINGS)]
    return [
        *found,
        *([DAY, f"{mark} {number}", None, None, None, None, 10**number] for number in range(count)),
    ]


def kept(mark: str, content: bytes | None = None, name: str = "") -> TakenIn:
    """A workbook in the store; named by the mark."""
    return take_in(
        BytesIO(one_sheet(rows(mark)) if content is None else content),
        filename=name or f"{mark}.xlsx",
        store=current_app.extensions["files"],
        limit=20_000_000,
        among=TABLES,
    )


def table_of(found: UploadOf) -> Table:
    """What the file holds."""
    path = current_app.extensions["files"].path(found.upload.sha256)
    return read_table(path, found.upload.media_type)


def ground(project: Project) -> Ground:
    """What rows are held against: the plan, and the department's own money for what it does not have."""
    lines = lines_of(project)
    return Ground(lines.budget, lines.effort, None, Financier.OWN_BUDGET, DAY)


def begun(leader: Viewer, project: Project, mark: str, file: TakenIn | None = None) -> UploadOf:
    """A file whose columns are chosen, and that is not read in yet."""
    with transaction():
        service.take_up(leader, reloaded(project), file or kept(f"{mark} begynt"))
        found = opened(leader, project)
        table = table_of(found)
        columns = proposed(table)
        headings = headings_of(table, columns.header_row)
        account = Financier.OWN_BUDGET.value
        service.choose(leader, found, columns, headings, account=account, save_as="", now=LATER)
    return opened(leader, project)


def opened(leader: Viewer, project: Project) -> UploadOf:
    """The begun file as its pages load it."""
    found = queries.upload_for(leader, project.id)
    assert found is not None
    return found


def read_in(leader: Viewer, project: Project, mark: str, file: TakenIn | None = None) -> CostReadIn:
    """Read in, and committed."""
    found = begun(leader, project, mark, file or kept(mark))
    table = table_of(found)
    held = ground(project)
    shown = print_of(service.reading_of(found, table, held).rows)
    with transaction():
        return service.read_in(leader, opened(leader, project), table, held, shown=shown, now=LATER)


def undone(leader: Viewer, project: Project, row: CostReadIn) -> None:
    """None of its rows count."""
    with transaction():
        service.void_read_in(leader, again(leader, project, row), reason="Fel fil.", now=LATER)


def again(leader: Viewer, project: Project, row: CostReadIn) -> ReadInOf:
    """The file as its page loads it."""
    found = queries.read_in_for(leader, project.id, row.id)
    assert found is not None
    return found


def texts(project: Project) -> Sequence[str]:
    """What all entries say, the last first."""
    return [entry.activity for entry in queries.entries_of(project.id, limit=100, offset=0)[0]]
