"""What the application tells each of its connections, whatever the server's own settings are."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db

TOLD: dict[str, dict[str, object]] = {
    "postgresql": {
        "jit": "off",
        "synchronous_commit": "on",
        "timezone": "UTC",
        "lock_timeout": "30s",
        "statement_timeout": "45s",
    },
    "sqlite": {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1},
}


def test_every_connection_is_told_how_to_work(app: Flask, subtests: pytest.Subtests) -> None:
    kind = db.engine.dialect.name
    ask = "PRAGMA" if kind == "sqlite" else "SHOW"
    with db.engine.connect() as connection:
        for name, value in TOLD[kind].items():
            with subtests.test(name):
                assert connection.exec_driver_sql(f"{ask} {name}").scalar() == value
