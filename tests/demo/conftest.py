"""The demonstration, entered once for all tests here: they only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.core.clock import LOCAL_TIME
from app.db import db
from app.demo.lives.life import FIRST
from app.demo.load import load
from app.export.everything import everything
from config import Config
from tests.conftest import stage_for
from tests.databases import Databases

DAY = date(2027, 3, 1)
FEW = len(FIRST)
"""One life of each state that has most to tell: all of them take a minute."""
MOMENT = datetime(2027, 3, 1, 9, 0, tzinfo=LOCAL_TIME)


def empty_city(folder: Path, database: Databases) -> Flask:
    """The product on a migrated database without rows."""
    return create_app(
        Config(
            database_url=database.copy(stage_for(database, ())),
            data_folder=folder,
            secret_key="for tests only",
            secure_cookies=False,
            demo=True,
            extra={"TESTING": True},
        )
    )


@pytest.fixture(scope="session")
def entered(tmp_path_factory: pytest.TempPathFactory, database: Databases) -> Iterator[Flask]:
    """The product after `make demo`, on the day of the tests."""
    app = empty_city(tmp_path_factory.mktemp("city"), database)
    with app.app_context():
        load(MOMENT, FEW)
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def city(entered: Flask) -> Iterator[Flask]:
    """The same, ready for queries."""
    with entered.app_context():
        yield entered
        db.session.remove()


@pytest.fixture(scope="session")
def exported(entered: Flask) -> dict[str, Any]:
    """What `flask export` prints of it."""
    with entered.app_context():
        content = everything(DAY)
        db.session.remove()
    return content
