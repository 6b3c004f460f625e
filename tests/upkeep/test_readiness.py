"""Whether the process lives, and whether the product can work: said to machines, without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.files import FileStore
from tests.apps import close_database, make_app
from tests.conftest import Browser
from tests.databases import Databases, past_the_guards

AWAY = {
    "sqlite": "sqlite:////nowhere/hemligt.sqlite3",
    "postgresql": "postgresql://hemtag:hemligt@127.0.0.1:1/hemtag",
}


def test_a_product_that_can_work_says_so(browser: Browser) -> None:
    alive, ready = browser.get("/healthz"), browser.get("/readyz")
    assert (alive.status_code, alive.json) == (200, {"alive": True})
    assert (ready.status_code, ready.json) == (200, {"ready": True, "reasons": []})


@pytest.mark.parametrize("kind", AWAY)
def test_without_a_database_the_process_lives_but_is_not_ready(kind: str, tmp_path: Path) -> None:
    app = make_app(AWAY[kind], tmp_path)
    browser = app.test_client()
    assert browser.get("/healthz").status_code == 200
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"ready": False, "reasons": ["The database does not answer."]},
    )
    assert "hemligt" not in answer.text
    with app.app_context():
        close_database()


def test_a_database_that_is_not_migrated_is_told(database: Databases, app: Flask, browser: Browser) -> None:
    with past_the_guards(app.config["SQLALCHEMY_DATABASE_URI"]) as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))
    assert browser.get("/readyz").json == {
        "ready": False,
        "reasons": ["The database is at another migration than the product."],
    }


def test_a_folder_that_cannot_be_written_to_is_told(app: Flask, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("a file, where the folder should be")
    app.extensions["files"] = FileStore(tmp_path / "in the way" / "files")
    answer = browser.get("/readyz")
    assert answer.json == {"ready": False, "reasons": ["The data folder cannot be written to."]}
    assert str(tmp_path) not in answer.text


def test_a_disk_that_is_nearly_full_is_told_before_it_is(app: Flask, browser: Browser) -> None:
    app.config["LEAST_FREE_SPACE"] = 10**18
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "ready": False,
        "reasons": ["Less than 1000000000000 MB are left for the data folder."],
    }


def test_everything_that_is_wrong_is_told(tmp_path: Path) -> None:
    app = make_app(AWAY["sqlite"], tmp_path)
    app.config["LEAST_FREE_SPACE"] = 10**18
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert len(answer.json["reasons"]) == 2
    with app.app_context():
        close_database()
