"""What whoever looks after the installation is told, and the exit codes that scripts go by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from app.db import db
from app.history.chain import GENESIS
from app.upkeep import commands
from tests.conftest import Cast
from tests.databases import as_owner, past_the_guards
from tests.upkeep.conftest import run


def forge(app: Flask, statement: str) -> None:
    db.session.rollback()
    with past_the_guards(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        connection.exec_driver_sql(statement)


def test_a_whole_record_is_one_line_and_exit_0(app: Flask, cast: Cast) -> None:
    checked = run(app, "verify-history")
    head = json.loads(run(app, "export-history-head").output)
    assert checked.exit_code == 0
    assert checked.output == f"The record is whole: {head['number']} events, head {head['hash'][:12]}.\n"


def test_a_broken_record_names_the_place_and_ends_with_1(app: Flask, cast: Cast) -> None:
    forge(app, "update history_event set note = 'i efterhand' where id = 7")
    checked = run(app, "verify-history")
    assert checked.exit_code == 1
    assert checked.output == (
        "History event 7: was changed after it was written\nThe record is broken in 1 place.\n"
    )


def test_a_head_is_exported_and_found_again(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "head.json"
    assert run(app, "export-history-head", file).exit_code == 0
    head = json.loads(file.read_text())
    assert set(head) == {"number", "hash", "time"}
    assert head["time"] == "2027-03-01T09:00:00.000000+00:00"
    checked = run(app, "verify-history", "--head", file)
    assert checked.exit_code == 0
    assert f"contains event {head['number']} as exported" in checked.output


def test_a_chain_that_was_cut_with_its_head_is_found_by_the_exported_one(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "head.json"
    run(app, "export-history-head", file)
    last = json.loads(file.read_text())["number"]
    forge(app, f"delete from history_event where id > {last - 3}")
    forge(
        app,
        f"update history_head set last_event_id = {last - 3}, "
        f"last_hash = (select hash from history_event where id = {last - 3})",
    )
    assert run(app, "verify-history").exit_code == 0, "in itself it holds"
    checked = run(app, "verify-history", "--head", file)
    assert checked.exit_code == 1
    assert f"History event {last - 2}: the chain ends at {last - 3}" in checked.output


def test_an_empty_history_has_a_head(app: Flask) -> None:
    head = json.loads(run(app, "export-history-head").output)
    assert head == {"number": 0, "hash": GENESIS, "time": None}


def test_a_file_that_is_no_head_is_told(app: Flask, cast: Cast, tmp_path: Path) -> None:
    for content in ("", "[]", '{"number": 1}', "no json"):
        (tmp_path / "head.json").write_text(content)
        checked = run(app, "verify-history", "--head", tmp_path / "head.json")
        assert checked.exit_code == 1
        assert "is no exported head" in checked.output


def test_a_flood_of_faults_is_cut_off(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_FAULTS_TOLD", 10)
    forge(app, "update history_event set hash = 'forged ' || id")
    checked = run(app, "verify-history")
    assert checked.exit_code == 1
    assert checked.output.splitlines()[-1] == "… and more."
    assert len(checked.output.splitlines()) == 11


def test_a_database_without_tables_is_told_without_a_traceback(app: Flask, cast: Cast) -> None:
    db.session.rollback()
    with as_owner(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        connection.exec_driver_sql("drop table history_head")
    checked = run(app, "verify-history")
    assert checked.exit_code == 1
    assert checked.output.startswith("The database cannot be used: ")
