"""Who asks for a document and cannot have it is told plainly what is the matter, and what to do."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from app.pdf import LostError, Order, PdfError
from app.programmes.models import Programme
from app.web import paper
from tests.conftest import Browser, Cast
from tests.story import started

ONE_DATABASE_IS_ENOUGH = "What the maker of documents fails with does not come from the records."

ADDRESS = "/projekt/{0}/ansokan.pdf"


@pytest.fixture(autouse=True)
def _own_paper(app: Flask, tmp_path: Path) -> None:
    """Nothing has been made before these tests."""
    app.config["PAPER_FOLDER"] = tmp_path / "paper"


@pytest.fixture
def address(cast: Cast, programme: Programme) -> str:
    return ADDRESS.format(started(cast, programme).id)


def test_a_document_is_sent_as_a_pdf_and_kept_for_the_next_time(
    app: Flask, cast: Cast, address: str, browser: Browser
) -> None:
    answer = browser.sign_in(cast.leader).get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    folder: Path = app.config["PAPER_FOLDER"]
    assert len(list(folder.glob("??/*"))) == 1
    assert browser.get(address).data == answer.data


def test_when_too_many_wait_the_page_says_so_and_when_to_come_back(
    cast: Cast, address: str, browser: Browser
) -> None:
    browser.sign_in(cast.leader)
    with paper.workshop().place(), paper.workshop().place():
        answer = browser.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "Många dokument görs just nu" in answer.text
    assert f'href="{address}' in answer.text
    assert browser.get(address).status_code == 200


def test_what_takes_longer_than_somebody_waits_goes_on_and_is_there_the_next_time(
    app: Flask, cast: Cast, address: str, browser: Browser
) -> None:
    browser.sign_in(cast.leader)
    app.config["PAPER_PATIENCE"] = 0
    answer = browser.get(address)
    assert answer.status_code == 503
    assert "Det görs i bakgrunden" in answer.text
    app.config["PAPER_PATIENCE"] = 600
    assert browser.get(address).mimetype == "application/pdf"


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (LostError("It computed for more than 30 seconds"), 504, "Det tog för lång tid"),
        (PdfError("The template does not fit"), 500, "Dokumentet gick inte att göra"),
    ],
)
def test_the_page_and_the_log_carry_the_same_number(
    cast: Cast,
    address: str,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: PdfError,
    status: int,
    told: str,
) -> None:
    def fails(_order: Order, _document: object) -> bytes:
        raise error

    monkeypatch.setattr(Order, "render", fails)
    browser.sign_in(cast.leader)
    with caplog.at_level(logging.ERROR, logger="hemtag"):
        answer = browser.get(address)
    assert answer.status_code == status
    assert told in answer.text
    assert str(error) not in answer.text  # a reason for administrators
    number = caplog.records[-1].msg["request"]  # type: ignore[index] # a line is told as its parts
    assert number in answer.text
    assert str(error) in caplog.text


def test_what_is_kept_is_reached_only_through_a_document_that_one_may_print(
    app: Flask, cast: Cast, address: str, browser: Browser
) -> None:
    assert browser.sign_in(cast.leader).get(address).status_code == 200
    folder: Path = app.config["PAPER_FOLDER"]
    (kept,) = folder.glob("??/*")
    assert not any(rule.endpoint.endswith("paper") for rule in app.url_map.iter_rules())
    for guess in (f"/static/../paper/{kept.name}", f"/paper/{kept.parent.name}/{kept.name}", f"/{kept.name}"):
        assert browser.get(guess).status_code == 404
    browser.post("/logga-ut")
    assert browser.sign_in(cast.other_leader).get(address).status_code == 404
