"""The pages of a city with very many cases, one reader at a time, in the application itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.accounts.models import Person
from app.core.workflow import State
from app.db import db
from app.projects.models import Project
from tools import trial
from tools.measuring import Row, Target, measured
from tools.writers import OwnForm

QUEUE, START = Target(median=20, p95=60), Target(median=25, p95=60)
PROJECT, AUTOSAVE = Target(median=25), Target(p95=25)
MOST_QUERIES = 8
ASKED = (
    "", "lage=all", "lage=checking", "lage=approved&sort=-amount", "forvaltning=3",
    "lage=all&forvaltning=5&sort=title", "omgang=4&sort=due", "slag=pre_study&lage=all&sort=-title",
    "handlaggare=mine", "handlaggare=nobody&sort=-due", "sena=1&sort=state", "lage=all&sort=amount",
    "lage=all&sort=department", "lage=all&sort=-case", "q=bygglov&lage=all", "q=2026-01&lage=all",
    "q=H%C3%84GERSTEN", "lage=all&page=2", "lage=all&page=100", "lage=all&sort=title&page=150",
)  # fmt: skip
"""What people ask the list for: filters, sorts, searches and pages."""
ROUNDS = 5


def crowded_pages(app: Flask) -> Iterator[Row]:
    """The list, the start pages, the project page, and a draft saved while it is written."""
    people = trial.people(app)
    secretary = trial.signed_in(app, people["secretariat"])
    yield from _queue(app, secretary)
    for role in ("secretariat", "council", "manager", "project_leader"):
        client = trial.signed_in(app, people[role])
        yield measured(f"start page, {role}", "", [partial(read, client, "/")] * 30, START)
    yield _projects(app, secretary)
    yield _autosave(app)


def _queue(app: Flask, client: FlaskClient) -> Iterator[Row]:
    addresses = [f"/arenden?{query}" for query in ASKED]
    actions = [partial(read, client, address) for address in addresses * ROUNDS]
    size = max(len(client.get(address).data) for address in addresses)
    yield measured(
        "list of cases, 50 rows", f"{len(ASKED)} ways to ask, at most {size / 1000:.1f} kB", actions, QUEUE
    )
    fresh = [partial(read, client, f"/arenden?lage=all&sort=case&page={page}") for page in range(20, 120)]
    yield measured("list of cases, 50 rows", "rows that nobody has looked at", fresh, QUEUE)
    with _counted(app) as queries:
        most = max(_asked(client, address, queries) for address in addresses)
    yield Row(
        "list of cases", "any filter or sort", len(addresses), most, None, f"<= {MOST_QUERIES}",
        most <= MOST_QUERIES, "queries",
    )  # fmt: skip


def _projects(app: Flask, client: FlaskClient) -> Row:
    with app.app_context():
        numbers = db.session.scalars(select(Project.id).where(Project.submitted_at.is_not(None))).all()
    drawn = Random(1).sample(numbers, 60)  # noqa: S311 - nothing secret is drawn
    actions = [partial(read, client, f"/projekt/{number}") for number in drawn]
    return measured("project page", "60 different projects", actions, PROJECT)


def _autosave(app: Flask) -> Row:
    with app.app_context():
        email, number = db.session.execute(
            select(Person.email, Project.id)
            .join(Person, Person.id == Project.leader_id)
            .where(Project.state == State.DRAFT.value)
            .order_by(Project.id.desc())
        ).first() or ("", 0)
    client = trial.signed_in(app, email)
    address = f"/projekt/{number}/ansokan/bakgrund"
    form = OwnForm(client.get(address).text)
    texts = [f"{form.fields[form.text]} Mening {turn}." for turn in range(100)]
    actions = [partial(_write, client, form.keeps, form.fields | {form.text: text}) for text in texts]
    return measured("autosave of a section", "one draft, 100 times", actions, AUTOSAVE)


def read(client: FlaskClient, address: str) -> None:
    """Get a page as a reader does; anything but a page is a fault."""
    if client.get(address).status_code != 200:
        raise RuntimeError(address)


def _write(client: FlaskClient, address: str, fields: dict[str, str]) -> None:
    answer = client.post(address, data=fields)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status} {answer.text[:200]}")


def _asked(client: FlaskClient, address: str, queries: list[str]) -> int:
    queries.clear()
    read(client, address)
    return len(queries)


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    queries: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            queries.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield queries
    event.remove(engine, "before_cursor_execute", note)
