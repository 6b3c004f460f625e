"""Lines that help whoever looks after the product, and tell nothing of what people wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.models import Person
from app.db import db
from app.programmes.models import Programme
from app.web.logs import HEADER, log
from tests import story
from tests.conftest import NOW, PASSWORD, Browser, Cast
from tests.web.server import settings

ONE_DATABASE_IS_ENOUGH = "A line of the log is made of the request and its answer."


class Lines:
    """What has been written, as the server writes it."""

    def __init__(self) -> None:
        self.stream = StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [line for line in self.all if line["event"] == "request"]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that is told while the test runs, in the server's form."""
    formatter = dict(settings()["logconfig_dict"]["formatters"]["line"])
    made, handler = Lines(), logging.StreamHandler()
    handler.setStream(made.stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield made
    root.removeHandler(handler)
    root.setLevel(before)


def test_each_request_is_one_line(browser: Browser, cast: Cast, lines: Lines) -> None:
    browser.sign_in(cast.leader)
    assert browser.get("/").status_code == 200
    signed_in, start = lines.requests
    assert set(start) == {
        "event", "level", "time", "request", "method", "endpoint", "status", "ms", "queries", "person",
    }  # fmt: skip
    assert (start["method"], start["endpoint"], start["status"]) == ("GET", "overview.start", 200)
    assert start["person"] == cast.leader.id
    assert start["queries"] > 2
    assert start["ms"] > 0
    assert (signed_in["endpoint"], signed_in["person"]) == ("accounts.sign_in", None)


def test_a_page_is_named_and_what_was_searched_for_is_not(browser: Browser, cast: Cast, lines: Lines) -> None:
    browser.sign_in(cast.secretary)
    browser.get("/arenden?sok=hemlig+fras")
    browser.get("/finns-inte/hemlig-fras")
    assert [line["endpoint"] for line in lines.requests][1:] == ["overview.queue", "unknown"]
    assert "fras" not in lines.text


def test_an_answer_carries_the_number_of_its_line(browser: Browser, lines: Lines) -> None:
    answers = [browser.get("/logga-in") for _time in range(3)]
    assert [answer.headers[HEADER] for answer in answers] == [line["request"] for line in lines.requests]
    assert len({answer.headers[HEADER] for answer in answers}) == 3


@pytest.mark.parametrize("given", ["0123456789abcdef", "req-2027.03_01"])
def test_a_proxys_number_is_kept(given: str, browser: Browser, lines: Lines) -> None:
    assert browser.get("/logga-in", headers={HEADER: given}).headers[HEADER] == given
    assert lines.requests[0]["request"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, 'a","level":"error', "<script>alert(1)</script>", "å" * 9]
)
def test_a_number_that_could_forge_a_line_is_not(given: str, browser: Browser, lines: Lines) -> None:
    answer = browser.get("/logga-in", headers={HEADER: given})
    assert answer.headers[HEADER] != given
    assert len(lines.requests) == 1


def test_an_error_is_told_with_the_number_that_the_reader_sees(
    app: Flask, browser: Browser, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise ValueError("19121212-1212 Tolvan Tolvansson")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "accounts.session_state", fail)
    answer = browser.get("/session")
    assert answer.status_code == 500
    failed, request = lines.all
    assert failed["request"] == request["request"] == answer.headers[HEADER]
    assert failed["request"] in answer.text
    assert failed["level"] == "error"
    assert [fault["kind"] for fault in failed["fault"]] == ["builtins.ValueError"]
    assert failed["fault"][0]["at"][-1].startswith("tests/web/test_logs.py:")
    assert "Tolvan" not in lines.text


def test_a_database_error_is_told_by_its_code_without_the_values(cast: Cast, lines: Lines) -> None:
    twice = Person(
        email=f"{cast.leader.name.lower()}@staden.example",
        name="Tolvan Tolvansson",
        password_hash="hemlig hash",
        created_at=NOW,
        language="sv",
        active=True,
    )
    with db.session.no_autoflush:
        db.session.add(twice)
        try:
            db.session.flush()
        except Exception as error:  # noqa: BLE001 - told as the edge tells whatever it did not expect
            log.error("request failed", exc_info=error)
        db.session.rollback()
    (told,) = lines.all
    assert told["fault"][0]["kind"] == "sqlalchemy.exc.IntegrityError"
    assert told["fault"][1]["code"] in ("SQLITE_CONSTRAINT", "23505")
    for word in ("staden.example", "Tolvan", "hemlig", "INSERT"):
        assert word not in lines.text


def test_the_servers_own_lines_have_the_same_form(lines: Lines) -> None:
    logging.getLogger("gunicorn.error").info("Booting worker with pid: %s", 17)
    try:
        raise OSError(28, "No space left on device", "/srv/Tolvan Tolvansson.pdf")
    except OSError:
        logging.getLogger("gunicorn.error").exception("Error handling request")
    booting, failed = lines.all
    assert booting["event"] == "Booting worker with pid: 17"
    assert {"time", "level", "logger"} <= set(booting)
    assert failed["fault"][0]["code"] == "ENOSPC"
    assert "Tolvan" not in lines.text


def test_nothing_that_people_write_or_sign_in_with_is_told(
    browser: Browser, cast: Cast, programme: Programme, lines: Lines
) -> None:
    project = story.started(cast, programme, title="Hemlig titel")
    browser.post("/logga-in", data={"email": "leader@staden.example", "password": "fel lösenord"})
    browser.sign_in(cast.leader)
    page = f"/projekt/{project.id}/ansokan/bakgrund"
    browser.get(page)
    browser.post(page, data={"problem": "Hemligt problem", "version": "0"})
    browser.post(f"{page}/utkast", data={"problem": "Hemligt utkast"})
    browser.post("/sprak", data={"language": "en", "page": "/hemlig"})
    browser.get("/?hemlig=1", headers={"Referer": "https://hemlig.example", "User-Agent": "Hemlig/1.0"})
    cookie = browser.get_cookie("hemtag")
    assert cookie is not None
    hashes = db.session.scalars(text("select token_hash from sign_in")).all()
    for secret in (PASSWORD, "fel lösenord", "hemlig", "staden.example", "Leader", cookie.value, *hashes):
        assert secret.lower() not in lines.text.lower()
    assert len(lines.requests) == 7
