"""Migrations that are killed in the middle leave the database as it was, and are run again, in short."""

from __future__ import annotations

import pytest

from tests.conftest import stage_for
from tests.databases import Databases, owner_of
from tools.drill.killed_migrations import LAST, Point, killed_and_run_again

INSIDE = Point.after("0016", 3)


@pytest.mark.filterwarnings(
    "ignore:.*expression-based index"
)  # they are compared as the database writes them
def test_killed_migrations_leave_everything_as_it_was_and_can_be_run_again(database: Databases) -> None:
    address = database.copy(stage_for(database, ("programme",)))
    assert killed_and_run_again(owner_of(address), "0015", [INSIDE, LAST]) == 2
    database.drop(address)
