"""Whatever is sent to whichever route, by whomever, is answered; it never makes a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import quote_plus

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from app.db import db
from app.programmes.models import Programme
from tests import hostile, story
from tests.conftest import Browser, Cast
from tests.review_story import in_council
from tests.test_routes import rules

ROLES = ("leader", "secretary", "administrator", "auditor")
ODD_BYTES = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"%", b"%zz", b"%00", b"\x1b[2J",
    b"\r\nSet-Cookie: x=1", b"&", b"=", b";", b"\xe2\x80\xae", b"\xef\xbf\xbf", b"-1", b"1e309", b"NaN",
    b"9" * 40, b"2027-02-30", b"0000-00-00", b"../../etc/passwd", b"' or 1=1 --", b"*" * 70_000,
)  # fmt: skip
"""No text, half a text, and text that some reader has taken for something else."""
AS_MARKUP = re.compile(rb"<(img src=x|script>|svg onload|iframe|base |style)")
FORMS = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data; boundary=",
    "multipart/form-data",
    "application/json",
    "\xff/\x80",
    "",
)
VALUES = st.one_of(
    st.sampled_from(ODD_BYTES),
    st.sampled_from(hostile.TEXTS).map(str.encode),
    st.binary(max_size=20),
    st.text(max_size=20).map(lambda text: text.encode(errors="surrogatepass")),
    st.sampled_from([b"", b"1", b"2", b"y", b"3,5", b"2027-03-12", b"approve", b"programme"]),
)
PLACES = {"int": ("1", "2", "2147483647", "0", "9" * 14), "form_key": ("bakgrund", "%00", "%ff", "a%2fb")}
ASKED = (
    "q", "sok", "page", "sort", "order", "state", "version", "from", "to", "before", "line", "program",
    "language",
)  # fmt: skip
SIGNS_OUT = {"accounts.sign_in", "accounts.sign_out", "accounts.end_session", "accounts.own_settings"}


@dataclass(frozen=True)
class City:
    """Some cases, somebody of each role, and what their pages ask for."""

    browsers: dict[str, Browser]
    rules: list[Rule]
    fields: list[str]


@pytest.fixture
def city(app: Flask, cast: Cast, programme: Programme) -> City:
    story.filled_application(cast, programme)
    in_council(cast, programme)
    app.test_client_class = Browser
    browsers: dict[str, Browser] = {}
    for role in ROLES:
        client = app.test_client()
        assert isinstance(client, Browser)
        browsers[role] = client.sign_in(getattr(cast, role))
    routes = [rule for rule in rules(app) if rule.endpoint not in SIGNS_OUT]
    routes.sort(key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    return City(
        browsers, routes, sorted({field for one in browsers.values() for field in asked_by(one, routes)})
    )


def asked_by(browser: Browser, routes: list[Rule]) -> Iterator[str]:
    """The names of what can be filled in, on every page about the first of everything."""
    for rule in routes:
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(".pdf"):
            with browser.get(PLACE.sub("1", rule.rule)) as answer:
                page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
                yield from re.findall(r' name="([^"]+)"', page)


PLACE = re.compile(r"<(?:(\w+):)?\w+>")


def over_the_wire(names: list[str], values: list[bytes]) -> str:
    """Names and values with every byte that can be written so, and some that cannot."""
    return "&".join(
        f"{quote_plus(name)}={value.decode('latin-1') if b'%' in value else quote_plus(value)}"
        for name, value in zip(names, values, strict=True)
    )


@st.composite
def pairs(draw: st.DrawFn, names: list[str], most: int) -> str:
    """Some names with a value each; a name may come twice."""
    chosen = draw(st.lists(st.sampled_from(names), max_size=most))
    return over_the_wire(chosen, [draw(VALUES) for _name in chosen])


@settings(
    max_examples=150,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(draws=st.data())
def test_no_request_makes_a_fault_of_ours(city: City, draws: st.DataObject) -> None:
    rule = draws.draw(st.sampled_from(city.rules))
    method = draws.draw(st.sampled_from(sorted((rule.methods or set()) & {"GET", "POST"})))
    browser = city.browsers[draws.draw(st.sampled_from(ROLES))]
    path = PLACE.sub(
        lambda place: draws.draw(st.sampled_from(PLACES.get(place[1], PLACES["form_key"]))), rule.rule
    )
    with browser.open(
        path,
        method=method,
        query_string=draws.draw(pairs(list(ASKED), 3)),
        data=draws.draw(pairs(city.fields, 12)) if method == "POST" else None,
        content_type=draws.draw(st.sampled_from(FORMS)) if method == "POST" else None,
        headers={"Referer": "\xff", "Accept-Language": "\x80;q=9", "Range": "bytes=9-1"},
    ) as answer:
        assert answer.status_code < 500
        page = answer.get_data() if answer.mimetype == "text/html" else b""
        assert not AS_MARKUP.search(page), "what was sent comes back as text"
    db.session.rollback()


class Slow(BytesIO):
    """What somebody sends little by little; it looks whether the database waits meanwhile."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.held: list[bool] = []

    def read(self, size: int | None = -1) -> bytes:
        self.held.append(db.session().in_transaction())
        return super().read(size)

    def readinto(self, buffer: Any) -> int:
        self.held.append(db.session().in_transaction())
        return super().readinto(buffer)


def test_nobody_waits_for_a_slow_sender(browser: Browser, cast: Cast, programme: Programme) -> None:
    """The database is asked when everything has come, not while it is coming."""
    project = story.started(cast, programme)
    page = f"/projekt/{project.id}/uppgifter"
    browser.sign_in(cast.leader)
    db.session.rollback()
    fields = {"form_key": browser.key(), "title": "Sakta"}
    parts = [
        f"--x\r\nContent-Disposition: form-data; name={name}\r\n\r\n{text}\r\n"
        for name, text in fields.items()
    ]
    body = "".join([*parts, "--x--\r\n"]).encode()
    slow = Slow(body)
    answer = browser.post(
        page,
        input_stream=slow,
        content_length=len(body),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 302
    assert slow.held
    assert not any(slow.held)


def test_what_no_text_can_hold_is_left_out_of_texts(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.started(cast, programme)
    browser.sign_in(cast.leader)
    page = f"/projekt/{project.id}/ansokan/bakgrund"
    sent = {"version": "0", "need_today": "före\x00\x08\x1b\ufffe\x7fefter\r\nnästa"}
    assert browser.post(page, data=sent).status_code == 302
    assert "föreefter\nnästa" in browser.get(page).text
