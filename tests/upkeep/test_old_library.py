"""An SQLite that can corrupt what several processes write is not let near a database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from app.engine import FIRST_SAFE_WAL, UnsafeSQLiteError, engine_options, prepare


def engine_of_version(version: str, address: str) -> Engine:
    """The product's engine on the real library, which answers with another version when it is asked."""
    engine = create_engine(address, **engine_options(address))

    @event.listens_for(engine, "connect")
    def _disguise(connection: Any, _record: Any) -> None:
        connection.create_function("sqlite_version", 0, lambda: version)

    prepare(engine)
    return engine


@pytest.mark.parametrize("version", ["3.7.0", "3.50.4", "3.51.2"])
def test_a_version_with_the_wal_reset_bug_is_refused_and_leaves_the_database_alone(
    version: str, tmp_path: Path
) -> None:
    path = tmp_path / "old.sqlite3"
    path.touch()
    engine = engine_of_version(version, f"sqlite:///{path}")
    with pytest.raises(UnsafeSQLiteError, match=rf"SQLite {version} can corrupt .* Install 3\.51\.3"):
        engine.connect()
    engine.dispose()
    assert path.read_bytes() == b"", "not even turned to WAL"


def test_the_first_version_without_the_bug_is_used(tmp_path: Path) -> None:
    engine = engine_of_version(".".join(map(str, FIRST_SAFE_WAL)), f"sqlite:///{tmp_path}/new.sqlite3")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
