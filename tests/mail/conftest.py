"""A project to write home about, and a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import MailChoice, Person
from app.db import db, transaction
from app.history.service import System
from app.mail.models import Mail
from app.mail.sending import send_what_waits
from app.notifications import service as notifications
from app.notifications.models import Kind
from app.programmes.models import Programme
from app.projects.models import Project
from config import MailConfig
from tests.conftest import NOW, Cast
from tests.mail.post_office import PostOffice, open_office
from tests.story import started

SENDER = "hemtag@staden.example"
BASE = "https://hemtag.staden.example"


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """The leader's own draft, told of to nobody yet."""
    return started(cast, programme, title="Bygglov på nätet")


@pytest.fixture
def office(app: Flask) -> Iterator[PostOffice]:
    """A mail server that the product sends to."""
    with open_office() as opened:
        use(app, opened.port)
        yield opened


def use(app: Flask, port: int) -> None:
    """Let the product send to the mail server at this port."""
    app.config["MAIL"] = MailConfig(
        host="127.0.0.1", port=port, security="none", sender=SENDER, base_address=BASE, seconds=20
    )


def impatient(app: Flask) -> None:
    """Do not wait long for a mail server that says nothing."""
    app.config["MAIL"] = replace(app.config["MAIL"], seconds=0.3)


@dataclass
class Time:
    """A clock that goes when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def time() -> Time:
    return Time()


def tell(
    *people: Viewer, project: Project, now: datetime = NOW, kind: Kind = Kind.REGISTERED, **details: object
) -> None:
    """Tell people of the project."""
    with transaction():
        notifications.notify(
            [person.id for person in people], kind, project.id, now, **{"title": project.title, **details}
        )


def choose(viewer: Viewer, choice: MailChoice) -> None:
    """The person wants mail in this way."""
    with transaction():
        found = db.session.get_one(Person, viewer.id)
        accounts.set_mail_choice(System(), found, choice, NOW)


def mails() -> list[Mail]:
    """The outbox, as it stands in the database."""
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.id).execution_options(populate_existing=True)))


def only_mail() -> Mail:
    (mail,) = mails()
    return mail


def send(time: Time) -> int:
    """What the worker does in one round."""
    return send_what_waits(time)
