"""A PostgreSQL of one's own starts wherever the packages lie."""

from __future__ import annotations

import psycopg
import pytest

from tools import postgres_server


def test_it_runs_from_a_copy_where_its_account_may_not_look_into_our_folders(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As in the home folder of root, who lends the server another account."""
    monkeypatch.setattr(postgres_server, "_open_to_all", lambda _path: False)
    with (
        postgres_server.running(**postgres_server.FORGETFUL) as server,
        psycopg.connect(host=str(server.folder), user=postgres_server.OWNER, dbname="postgres") as boss,
    ):
        assert boss.execute("select 1").fetchone() == (1,)
