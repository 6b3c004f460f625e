"""Nothing is said to a mail server that has not shown who it is; what is said then, nobody else hears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.mail.models import MailState
from app.mail.sending import settings
from app.projects.models import Project
from tests.conftest import Cast
from tests.mail.certificates import Certificate, certificate_of
from tests.mail.conftest import Time, only_mail, send, tell, use
from tests.mail.post_office import PostOffice, open_office

WAYS = pytest.mark.parametrize("security", ["starttls", "tls"])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_of(tmp_path_factory.mktemp("own"), "IP:127.0.0.1")


@pytest.fixture(scope="module")
def of_another(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_of(tmp_path_factory.mktemp("another"), "DNS:mail.staden.example")


def trusted(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> None:
    """As on a machine that trusts whoever vouches for the city's own mail server."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def encrypted(app: Flask, security: str, own: Certificate) -> Iterator[PostOffice]:
    with open_office(encrypted=own.server(), at_once=security == "tls") as opened:
        use(app, opened.port)
        app.config["MAIL"] = replace(settings(), security=security, user="hemtag", password="hemligt")
        yield opened


@WAYS
def test_a_mail_leaves_encrypted_to_a_server_that_shows_who_it_is(
    cast: Cast,
    project: Project,
    encrypted: PostOffice,
    own: Certificate,
    time: Time,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted(monkeypatch, own.certificate)
    tell(cast.leader, cast.manager, project=project)
    assert send(time) == 2
    assert len(encrypted.taken) == 2
    assert encrypted.conversations == 1
    assert "AUTH" not in encrypted.heard_in_clear
    assert "MAIL" not in encrypted.heard_in_clear
    assert send(time) == 0


@WAYS
def test_a_server_that_nobody_vouches_for_hears_nothing(
    cast: Cast, project: Project, encrypted: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    send(time)
    waits = only_mail()
    assert (waits.state, waits.attempts) == (MailState.WAITING, 1)
    assert "CERTIFICATE_VERIFY_FAILED" in waits.fault
    assert "hemligt" not in waits.fault
    assert not encrypted.taken
    assert "AUTH" not in encrypted.heard_in_clear


@WAYS
def test_a_server_with_the_certificate_of_another_hears_nothing(
    app: Flask,
    cast: Cast,
    project: Project,
    security: str,
    of_another: Certificate,
    time: Time,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusted(monkeypatch, of_another.certificate)
    with open_office(encrypted=of_another.server(), at_once=security == "tls") as opened:
        use(app, opened.port)
        app.config["MAIL"] = replace(settings(), security=security)
        tell(cast.leader, project=project)
        send(time)
        assert only_mail().state == MailState.WAITING
        assert "127.0.0.1" in only_mail().fault
        assert not opened.taken
