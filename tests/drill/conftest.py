"""A ground for the short forms of the drills."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import stage_for
from tests.databases import Databases, owner_of
from tools.drill.city import City, founded, product
from tools.grounds import Ground

FRAME = Decimal("10000005.00")
"""Holds ten of the amounts that the drill of decisions grants."""


@pytest.fixture
def ground(database: Databases, tmp_path: Path) -> Iterator[Ground]:
    """A migrated database without rows."""
    address = database.copy(stage_for(database, ()))
    yield Ground(address.partition(":")[0].partition("+")[0], owner_of(address), address, tmp_path)
    database.drop(address)


@pytest.fixture
def city(ground: Ground) -> Iterator[City]:
    """The city, with the application running."""
    with product(ground, connections=16):
        yield founded(FRAME)
