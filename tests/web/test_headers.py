"""Every answer keeps the browser on our side: pages, faults, files, redirects and paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug import Response

from app import create_app
from app.db import db
from app.programmes.models import Programme
from app.web.headers import CONTENT_POLICY, DOWNLOAD_POLICY, HEADERS
from config import Config
from tests import story
from tests.applications.files import PDF
from tests.apps import close_database
from tests.conftest import PASSWORD, Browser, Cast

ONE_DATABASE_IS_ENOUGH = "What stands in an answer's headers does not depend on what it was made from."

TELLTALE = {"Server", "X-Powered-By", "Via", "X-Runtime", "X-AspNet-Version"}


def policy_is_strict(policy: str) -> bool:
    """Nothing inline, nothing evaluated, nothing of others, and nothing that is not mentioned."""
    given = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    sources = {source for values in given.values() for source in values.split()}
    return given["default-src"] == "'none'" and sources <= {"'self'", "'none'"}


def is_guarded(answer: Response, policy: str = CONTENT_POLICY) -> bool:
    expected = HEADERS | {"Content-Security-Policy": policy}
    given = {name: answer.headers.getlist(name) for name in expected}
    assert given == {name: [value] for name, value in expected.items()}
    assert not TELLTALE & set(answer.headers.keys())
    return True


def test_the_policy_has_no_exception() -> None:
    assert policy_is_strict(CONTENT_POLICY)
    assert policy_is_strict(DOWNLOAD_POLICY.removesuffix("; sandbox"))


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/logga-in", 200),
        ("HEAD", "/logga-in", 200),
        ("POST", "/logga-in", 422),
        ("GET", "/", 302),
        ("GET", "/session", 200),
        ("GET", "/finns-inte", 404),
        ("GET", "/static/finns-inte.js", 404),
        ("GET", "/static/css/base.css", 200),
        ("GET", "//logga-in", 308),
        ("DELETE", "/logga-in", 405),
        ("OPTIONS", "/logga-in", 405),
        ("TRACE", "/logga-in", 405),
        ("GET", "/logga-ut", 405),
    ],
)
def test_no_answer_is_without_them(browser: Browser, method: str, address: str, status: int) -> None:
    with browser.open(address, method=method) as answer:
        assert answer.status_code == status
        assert is_guarded(answer)
        kept = answer.status_code == 200 and address.startswith("/static/")
        assert ("no-store" in answer.headers["Cache-Control"]) is not kept


def test_an_answer_without_content_has_them_too(browser: Browser) -> None:
    with browser.get("/static/css/base.css") as first:
        etag = first.headers["ETag"]
    with browser.get("/static/css/base.css", headers={"If-None-Match": etag}) as again:
        assert again.status_code == 304
        assert is_guarded(again)


def test_a_fault_of_ours_has_them_too(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("on purpose")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "accounts.session_state", broken)
    answer = browser.get("/session")
    assert answer.status_code == 500
    assert is_guarded(answer)
    assert "on purpose" not in answer.text
    assert "Traceback" not in answer.text


def test_a_file_that_is_handed_out_is_locked_in(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme)
    browser.sign_in(cast.leader)
    sent = {"file": (BytesIO(PDF), "offert.pdf"), "description": ""}
    assert browser.post(f"/projekt/{project.id}/bilagor", data=sent).status_code == 302
    with browser.get(f"/projekt/{project.id}/bilagor/1") as file:
        assert is_guarded(file, DOWNLOAD_POLICY)
        assert file.headers["Content-Disposition"].startswith("attachment;")
        assert file.headers["Cache-Control"] == "no-store"
    with browser.get(f"/projekt/{project.id}/bilagor/1", headers={"Range": "bytes=0-3"}) as part:
        assert is_guarded(part, DOWNLOAD_POLICY)


def test_paper_has_them_too(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = story.filled_application(cast, programme)
    browser.sign_in(cast.leader)
    with browser.get(f"/projekt/{project.id}/ansokan.pdf") as paper:
        assert paper.status_code == 200
        assert is_guarded(paper)
        assert paper.headers["Content-Type"] == "application/pdf"


def test_static_files_carry_nothing_of_anybody(browser: Browser, cast: Cast) -> None:
    """They may be kept by caches that many share."""
    browser.sign_in(cast.leader)
    with browser.get("/static/css/base.css") as sheet:
        assert "Set-Cookie" not in sheet.headers
        assert "Vary" not in sheet.headers


@pytest.fixture
def behind_a_proxy(tmp_path: Path, app: Flask) -> Iterator[Flask]:
    """Set up as a city would: HTTPS, one proxy, one name."""
    behind = create_app(
        Config(
            database_url=app.config["SQLALCHEMY_DATABASE_URI"],
            data_folder=tmp_path,
            secret_key="for tests only",
            secure_cookies=True,
            demo=False,
            trusted_hosts=("hemtag.staden.example",),
            trusted_proxies=1,
            extra={"TESTING": True},
        )
    )
    yield behind
    with behind.app_context():
        close_database()


PROXIED = {"Host": "hemtag.staden.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def signed_in(app: Flask) -> Browser:
    db.session.rollback()  # nothing of the test's own may hold the database
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    page = client.get("/logga-in", headers=PROXIED, base_url="https://hemtag.staden.example").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    sent = {"email": "leader@staden.example", "password": PASSWORD, "csrf_token": token}
    answer = client.post("/logga-in", headers=PROXIED, data=sent, base_url="https://hemtag.staden.example")
    assert answer.status_code == 302, answer.text
    cookies = answer.headers.getlist("Set-Cookie")
    assert sorted(one.partition("=")[0] for one in cookies) == ["__Host-hemtag", "__Host-hemtag-browser"]
    assert all({"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(one.split("; ")) for one in cookies)
    assert not any("Domain" in one for one in cookies)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert answer.headers["Location"] == "/"
    return client


def test_behind_https_cookies_are_bound_to_the_host(cast: Cast, behind_a_proxy: Flask) -> None:
    db.session.rollback()
    with behind_a_proxy.app_context():
        client = signed_in(behind_a_proxy)
        page = client.get("/mina-sessioner", headers=PROXIED, base_url="https://hemtag.staden.example")
        assert "192.0.2.7" in page.text, "the address of the visitor, not of the proxy"


def test_a_visitor_cannot_make_up_an_address_behind_the_proxy(behind_a_proxy: Flask, cast: Cast) -> None:
    with behind_a_proxy.app_context():
        made_up = PROXIED | {"X-Forwarded-For": "10.0.0.1, 192.0.2.7"}
        with behind_a_proxy.test_client() as client:
            client.get("/session", headers=made_up)
            assert request.remote_addr == "192.0.2.7"


def test_without_a_proxy_what_a_visitor_says_of_proxies_is_not_believed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    for name in ("X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
        page = browser.get("/", headers={name: "evil.example", "X-Forwarded-For": "203.0.113.9"})
        assert page.status_code == 200
        assert "evil.example" not in page.text
        assert "evil.example" not in str(page.headers)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:443", "hemtag.staden.example.evil.example"])
def test_another_host_is_not_answered(behind_a_proxy: Flask, host: str) -> None:
    answer = behind_a_proxy.test_client().get("/logga-in", headers=PROXIED | {"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
