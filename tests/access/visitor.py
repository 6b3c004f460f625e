"""A browser in which somebody is signed in, without having typed a password: the session's row is there."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.db import db
from app.web.keys import FormKey
from tests.access.city import City
from tests.access.oracle import Answer
from tests.access.residents import token_of

_STATUS = {403: Answer.REFUSED, 404: Answer.UNKNOWN}
_CHANCE = re.compile(r'name="(?:csrf_token|form_key)" value="[^"]*"')
"""Keys of forms: other ones each time."""
_OTHER_EACH_TIME = ("Content-Length", "X-Request-ID")
"""Headers: what holds such keys has another length, and each request has a number of its own."""


@dataclass(frozen=True)
class Seen:
    """How a request was answered."""

    status: int
    text: str
    headers: tuple[tuple[str, str], ...]
    statements: int
    """How much the database was asked: what takes longer tells that there was something to find."""

    @property
    def answer(self) -> Answer:
        """The answer in the oracle's words. A form with faults was read, so it was allowed."""
        if self.status in _STATUS:
            return _STATUS[self.status]
        return Answer.ELSEWHERE if self.status in (302, 303) else Answer.OPEN


def count_questions(app: Flask) -> None:
    """From now on, count what this app asks its database."""

    def count(*_arguments: object) -> None:
        app.extensions["questions"] = asked_of(app) + 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)


def asked_of(app: Flask) -> int:
    """How often the app has asked its database, since somebody began to count."""
    found: int = app.extensions.get("questions", 0)
    return found


@dataclass
class Visitor:
    """One person's browser."""

    app: Flask
    city: City
    key: str

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        with self.client.session_transaction() as kept:
            kept["token"] = token_of(self.key)
        self.get("/tillganglighet")  # the browser gets the key that its forms carry

    def get(self, address: str) -> Seen:
        """Open a page."""
        return self._seen(self.client.get, address)

    def post(self, address: str, **fields: str) -> Seen:
        """Send a form that this person has opened; a refusal is told in a line instead of on a page."""
        with self.app.app_context():
            viewer = self.city.viewers.get(self.key)
            key = FormKey(viewer.id if viewer else 0, secrets.token_hex(8), written_in=False)
            sent = {"form_key": str(key)} | fields
        return self._seen(self.client.post, address, data=sent, headers=[("Accept", "application/json")])

    def _seen(self, send: Any, address: str, **more: Any) -> Seen:
        before = asked_of(self.app)
        with send(address, **more) as answer:
            text = answer.get_data().decode("utf-8", "replace")
            assert answer.status_code < 500, f"{address}: {text[:500]}"
            headers = tuple(
                sorted((name, value) for name, value in answer.headers if name not in _OTHER_EACH_TIME)
            )
            return Seen(answer.status_code, text, headers, asked_of(self.app) - before)


def without_names(text: str, *numbers: int) -> str:
    """The page without what differs each time, and without the numbers that the address asked for."""
    plain = _CHANCE.sub("", text)
    for number in numbers:
        plain = re.sub(rf"/{number}(?=[/.\"&?])", "/N", plain)
    return plain
