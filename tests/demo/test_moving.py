"""The whole demonstration moves from either database to the other, and is the same there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.db import db
from app.export.everything import everything
from tests.apps import make_app
from tests.databases import Databases, owner_of
from tests.demo.conftest import DAY
from tests.upkeep.conftest import closed, run


def test_the_demonstration_is_the_same_after_a_move(
    city: Flask, exported: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    other = "postgres_databases" if db.engine.dialect.name == "sqlite" else "sqlite_files"
    databases: Databases = request.getfixturevalue(other)
    address = owner_of(databases.empty())
    moved = run(city, "copy-database", address)
    assert moved.exit_code == 0, moved.output
    assert "proved equal" in moved.output
    assert "The record is whole" in moved.output
    there = make_app(address, tmp_path)
    request.addfinalizer(lambda: closed(there))
    with there.app_context():
        assert everything(DAY) == exported
        db.session.rollback()
