"""What takes long is done before a request has the pen: others write meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from app.accepted.taking_in import take_in
from app.accounts import passwords
from app.accounts.queries import departments
from app.accounts.service import create_department
from app.applications.queries import attachments_of
from app.db import db, transaction
from app.history.service import System
from app.programmes.models import Programme
from app.web import attached
from tests import story
from tests.applications.files import PDF
from tests.conftest import NOW, Browser, Cast

PATIENCE = 10
"""Seconds. Whoever has the pen keeps others waiting for longer."""
FORMS = {
    "new_password": "/admin/personer/{person}/losenord",
    "new_person": "/admin/personer/ny",
}
TYPED = {"password": "fyra glada gröna grodor", "name": "Ny", "email": "ny@staden.example", "title": ""}


class Meanwhile:
    """Does what it stands for only when somebody else has written a record."""

    def __init__(self, app: Flask, work: Callable[..., Any]) -> None:
        self._app, self._work = app, work
        self.written: list[bool] = []

    def __call__(self, *given: Any, **named: Any) -> Any:
        other = Thread(target=self._write)
        other.start()
        other.join(PATIENCE)
        self.written.append(not other.is_alive())
        return self._work(*given, **named)

    def _write(self) -> None:
        with self._app.app_context(), transaction():
            create_department(System(), f"Förvaltning {len(self.written)}", NOW)


def test_others_write_while_a_file_is_checked_and_kept(
    app: Flask, cast: Cast, programme: Programme, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = story.started(cast, programme)
    slow = Meanwhile(app, take_in)
    monkeypatch.setattr(attached, "take_in", slow)
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/bilagor"
    db.session.rollback()  # the test itself keeps nobody waiting
    sent = {"file": (BytesIO(PDF), "offert.pdf"), "description": "Offert"}
    answer = browser.post(address, data=sent)
    assert (answer.status_code, slow.written) == (302, [True])
    assert [row.filename for row in attachments_of(project.id)] == ["offert.pdf"]
    assert "Förvaltning 0" in {row.name for row in departments()}


@pytest.mark.parametrize("form", FORMS)
def test_others_write_while_a_password_is_hashed(
    form: str, app: Flask, cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Meanwhile(app, passwords.hashed)
    browser.sign_in(cast.administrator)
    monkeypatch.setattr(passwords, "hashed", slow)
    db.session.rollback()
    answer = browser.post(FORMS[form].format(person=cast.leader.id), data=TYPED)
    assert (answer.status_code, slow.written) == (302, [True])
    browser.post("/logga-ut")
    email = TYPED["email"] if form == "new_person" else "leader@staden.example"
    entered = browser.post("/logga-in", data={"email": email, "password": TYPED["password"]})
    assert entered.status_code == 302


def test_whoever_may_not_do_it_makes_nobody_work(
    cast: Cast, programme: Programme, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = story.started(cast, programme)
    worked: list[str] = []
    monkeypatch.setattr(passwords, "hashed", lambda _password: worked.append("hashed"))
    monkeypatch.setattr(attached, "take_in", lambda *_file, **_named: worked.append("took in"))

    def send() -> set[int]:
        others = FORMS["new_password"].format(person=cast.leader.id)
        answers = [browser.post(others, data=TYPED), browser.post(FORMS["new_person"], data=TYPED)]
        sent = {"file": (BytesIO(PDF), "offert.pdf"), "description": "Offert"}
        answers.append(browser.post(f"/projekt/{project.id}/bilagor", data=sent))
        return {answer.status_code for answer in answers}

    assert send() == {302}, "led to the sign-in"
    browser.sign_in(cast.secretary)
    assert send() == {403, 404}
    db.session.rollback()
    assert (worked, attachments_of(project.id)) == ([], [])
