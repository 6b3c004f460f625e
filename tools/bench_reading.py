"""Measure what it takes to read a file of 20,000 rows of costs and hours in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from time import process_time

from alembic import command
from alembic.config import Config as AlembicConfig
from flask import current_app

from app import create_app
from app.accepted.taking_in import take_in
from app.accepted.types import TABLES
from app.core.clock import local_day
from app.db import db, only_reading, transaction
from app.delivery.costs import queries, read_in
from app.delivery.costs.pages_reading import preview_page
from app.upkeep import read_ins
from config import Config
from tests.applications.workbooks import Value, one_sheet
from tests.conftest import make_cast, make_programme
from tests.delivery.costs import files
from tests.delivery.costs.booking import DAY
from tests.review_story import LATER
from tests.running_story import running
from tools.grounds import KINDS, ground
from tools.measuring import HEAD, Row, Target, keep, repeated, seconds

ROWS = 20_000
WHOLE = Target(median=5_000)


def workbook() -> bytes:
    """Hours with a price on every other row, an amount on the rest."""
    rows: list[list[Value]] = [list(files.HEADINGS)]
    for number in range(ROWS):
        worked: list[Value] = ["7,5", 753, None] if number % 2 else [None, None, f"{number + 1} 234,50"]
        day = DAY - timedelta(days=number % 300)
        rows.append([day, f"Verifikation {number}", None, "Projektledare", *worked])
    return one_sheet(rows)


def measured_on(kind: str) -> Iterator[Row]:
    """Each step by itself, then what the person waits for when the button is pressed."""
    with ground(kind) as here:
        os.environ["DATABASE_URL"] = here.owner
        command.upgrade(AlembicConfig(toml_file="pyproject.toml"), "head")
        config = replace(Config.from_env(), database_url=here.application, data_folder=here.folder)
        with create_app(config).app_context():
            yield from _steps(f"{ROWS} rows, {kind}")


def _steps(size: str) -> Iterator[Row]:
    cast = make_cast()
    project = running(cast, make_programme(cast))
    store, content = current_app.extensions["files"], workbook()
    file = take_in(BytesIO(content), filename="huvudbok.xlsx", store=store, limit=10**8, among=TABLES)
    found = files.begun(cast.leader, project, "huvudbok", file)
    held = files.ground(project)
    yield repeated("read the workbook", size, lambda: files.table_of(found), runs=3)
    table = files.table_of(found)
    yield repeated("look at every row", size, lambda: preview_page(found, table, held), runs=3)
    shown = preview_page(found, table, held).print
    db.session.rollback()

    def all_of_it() -> None:
        opened = files.opened(cast.leader, project)
        again = files.table_of(opened)
        db.session.rollback()
        with transaction():
            read_in.read_in(cast.leader, opened, again, held, shown=shown, now=LATER)

    begun = process_time()
    whole = seconds(all_of_it)
    computed = (process_time() - begun) * 1000
    yield Row(
        "read it in: workbook, rows, database", size, 1, whole, None, str(WHOLE), WHOLE.met(whole, whole)
    )
    yield Row("of that, computing in the product", size, 1, computed)
    with only_reading():
        actuals = repeated(
            "add up what it cost", size, lambda: queries.actuals_of(project.id, local_day(LATER)), runs=3
        )
    yield actuals
    with db.engine.connect() as connection:
        yield repeated(
            "hold the rows against the print", size, lambda: list(read_ins.faults(connection)), runs=3
        )


def main() -> None:
    """Print each row as it comes, and keep them in docs/benchmarks.md."""
    lines = [HEAD]
    for kind in KINDS:
        for row in measured_on(kind):
            print(row, flush=True)
            lines.append(str(row))
    keep("reading in", lines)


if __name__ == "__main__":
    main()
