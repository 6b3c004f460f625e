"""A trial city: the product with its demo data in a folder of its own, and somebody signed in for each role.

For measuring and photographing; nothing of it touches the database that people use.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.exceptions import HTTPException

from app import create_app
from app.accounts.models import Person, RoleGrant
from app.accounts.passwords import hashed
from app.db import db
from app.projects.models import Project
from config import Config

PASSWORD = "only for the trial"


def use(folder: str) -> str:
    """Let this process, and the commands it starts, use a database in a folder; its address."""
    url = f"sqlite:///{folder}/trial.sqlite3"
    os.environ |= {"DATABASE_URL": url, "DATA_FOLDER": folder}
    return url


def migrate() -> None:
    """Make the tables, and nothing in them."""
    subprocess.run([str(Path(sys.executable).parent / "alembic"), "upgrade", "head"], check=True)


def fill(projects: int = 0) -> None:
    """Migrate and put the demo data in, as `make demo` does, with so many projects of earlier years."""
    flask = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "prepare"]
    flask += ["--projects", str(projects)]
    subprocess.run(flask, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def city() -> Iterator[Flask]:
    """The product on demo data, everybody with the same password, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        use(folder)
        fill()
        app = create_app(Config.from_env())
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(update(Person).values(password_hash=hashed(PASSWORD)))
        yield app


@contextmanager
def bare() -> Iterator[Flask]:
    """The product as it is first met: no demo data, and nobody but the first administrator."""
    with tempfile.TemporaryDirectory() as folder:
        use(folder)
        migrate()
        flask = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "add-administrator"]
        who = ["administrator@staden.example", "Administratören", "--password", PASSWORD]
        subprocess.run([*flask, *who], check=True, stdout=subprocess.DEVNULL)
        app = create_app(Config.from_env())
        app.config["WTF_CSRF_ENABLED"] = False
        yield app


def people(app: Flask) -> dict[str, str]:
    """The address of one person for each role that somebody holds."""
    held = select(RoleGrant.role, Person.email).join(Person, Person.id == RoleGrant.person_id)
    in_force = held.where(RoleGrant.ended_at.is_(None), Person.active).order_by(Person.id.desc())
    with app.app_context():
        return dict(sorted(db.session.execute(in_force).tuples().all()))


def faces(app: Flask) -> list[tuple[str, str | None]]:
    """A visitor, somebody for each role, and more of them until every state of their cases is met."""
    with app.app_context():
        held = select(RoleGrant.role, Person.email, RoleGrant.department_id)
        grants = db.session.execute(
            held.join(Person, Person.id == RoleGrant.person_id).order_by(Person.id)
        ).all()
        led = select(Project.lead_department_id, Project.state)
        cases = db.session.execute(led).all()
    found: list[tuple[str, str | None]] = [("visitor", None)]
    shown: dict[str, set[str]] = {}
    for role, email, department in grants:
        states = {state for where, state in cases if department in (None, where)}
        if role not in shown or not states <= shown[role]:
            shown[role] = shown.get(role, set()) | states
            found.append((role, email))
    return list(dict.fromkeys(found))


def signed_in(app: Flask, email: str) -> FlaskClient:
    """A browser without a window, signed in through the page."""
    client = app.test_client()
    answer = client.post("/logga-in", data={"email": email, "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"{email} could not sign in: {answer.status}")
    return client


def cookies(client: FlaskClient) -> str:
    """What the client sends as its cookies, for another client to send."""
    client.get("/")  # whose answer brings the key of the forms, which the next request then has
    with client:
        client.get("/")
        return request.headers["Cookie"]


def endpoint_of(app: Flask, address: str) -> str | None:
    """The name of the page at an address, or None where no page is read."""
    try:
        endpoint, _parts = app.url_map.bind("").match(urlsplit(address).path, "GET")
    except HTTPException:
        return None
    return None if endpoint == "static" else str(endpoint)


def pages(
    app: Flask, client: FlaskClient, variant: Callable[[str], str] = lambda _address: ""
) -> dict[str, str]:
    """One address of every kind of page that this person can reach by links from the start page.

    variant: what else tells two pages of one kind apart, given an address.
    """
    found: dict[str, str] = {}
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        endpoint = endpoint_of(app, address)
        if endpoint is None:
            continue
        name = endpoint + variant(address)
        if name in found:
            continue
        answer = client.get(address)
        if answer.status_code >= 500:
            raise RuntimeError(f"{address} answered {answer.status}")
        if answer.status_code != 200:
            continue
        found[name] = address
        if answer.mimetype == "text/html":
            links = BeautifulSoup(answer.data, "html.parser").select("a[href]")
            waiting.extend(urljoin(address, str(link["href"])) for link in links)
    return found
