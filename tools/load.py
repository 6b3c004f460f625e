"""Hundreds of people who write long applications at once, each thinking between two sentences.

`python -m tools.load [DATABASE] [PEOPLE] [SECONDS]`: everybody is somebody of his or her own, signed in
beforehand, with an own application open, in a browser that saves what is typed as static/js/autosave.js does,
and goes on to another section now and then. Says how long they wait, how often something failed, and whether
every save that was acknowledged is found afterwards. A run of full length is kept in docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update

from app.accounts.models import Person, Role, RoleGrant, SignIn
from app.accounts.queries import token_hash
from app.accounts.session import TOKEN
from app.core.workflow import State
from app.db import db
from app.drafts import Draft
from app.projects.models import Project
from tools.bench_server import THREADS, WORKERS, free_port, gunicorn
from tools.kept import crowded
from tools.measuring import HEAD, Row, Target, keep, machine, of_times
from tools.writers import Writer

SECONDS, CASES = 300, 10_000


@dataclass(frozen=True)
class Crowd:
    """How many write, how long each thinks between two saves, and what is promised them."""

    people: int
    thinks: tuple[float, float]
    wait: Target


CROWDS: Mapping[str, Crowd] = {
    "sqlite": Crowd(200, (2, 8), Target(p95=300)),
    "postgresql": Crowd(1_000, (10, 30), Target(p95=500)),
}
"""A browser saves when nothing has been typed for a second and a half: after each sentence or two."""


def writers(app: Flask, port: int, crowd: Crowd) -> Iterator[Writer]:
    """As many as there are applications that can be written in, each with a leader of its own, signed in."""
    now = datetime.now(UTC)
    with app.app_context():
        places = db.session.execute(
            select(Project.id, Project.lead_department_id)
            .where(Project.state.in_([State.DRAFT.value, State.RETURNED.value]))
            .order_by(Project.state, Project.id)
            .limit(crowd.people)
        ).all()
        for number, (project_id, department_id) in enumerate(places):
            token = _leader(number, project_id, department_id, now)
            cookie = _cookie(app, token)
            yield Writer(port, project_id, cookie, Random(number), crowd.thinks)  # noqa: S311 - nothing secret
        db.session.commit()


def _leader(number: int, project_id: int, department_id: int, now: datetime) -> str:
    """Somebody new who leads the project, and the token of a session that has begun."""
    token = secrets.token_urlsafe(32)
    person_id = _added(
        Person, email=f"writer{number}@staden.example", name=f"Skribent {number}", password_hash="",
        language="sv", created_at=now,
    )  # fmt: skip
    _added(
        RoleGrant, person_id=person_id, role=Role.PROJECT_LEADER.value, department_id=department_id,
        granted_at=now,
    )  # fmt: skip
    _added(SignIn, token_hash=token_hash(token), person_id=person_id, created_at=now, last_seen_at=now)
    db.session.execute(update(Project).where(Project.id == project_id).values(leader_id=person_id))
    return token


def _added(table: Any, **values: object) -> int:
    return int(db.session.execute(insert(table).values(**values).returning(table.id)).scalar_one())


def _cookie(app: Flask, token: str) -> str:
    """What the browser got when it signed in."""
    signer: Any = app.session_interface
    signed = signer.get_signing_serializer(app).dumps({"_permanent": True, TOKEN: token})
    return f"{app.config['SESSION_COOKIE_NAME']}={signed}"


def lost(app: Flask, people: Sequence[Writer]) -> list[str]:
    """What was acknowledged and is not there."""
    with app.app_context():
        found = {
            (place, text)
            for place, fields in db.session.execute(select(Draft.place, Draft.fields))
            for _name, text in fields
        }
    return [
        f"{place}: {text[-60:]}"
        for person in people
        for place, text in person.acknowledged.items()
        if (place, text) not in found
    ]


async def _all_write(people: Sequence[Writer], seconds: int) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(person.write(until) for person in people))


def measured(app: Flask, crowd: Crowd, seconds: int) -> Iterator[Row | str]:
    """Let everybody write; the rows of the table, then what went wrong."""
    port = free_port()
    people = list(writers(app, port, crowd))
    with gunicorn(port):
        asyncio.run(_all_write(people, seconds))
    failed = [text for person in people for text in person.failed]
    missing = lost(app, people)
    size = f"{len(people)} people, {seconds} s"
    yield of_times("section opened", size, [one for person in people for one in person.opened], crowd.wait)
    yield of_times("draft saved", size, [one for person in people for one in person.saved], crowd.wait)
    yield Row("failed requests", size, 1, len(failed), None, "0", not failed, "requests")
    saves = sum(len(person.acknowledged) for person in people)
    yield Row("last saves not found", f"of {saves}", 1, len(missing), None, "0", not missing, "saves")
    yield from failed[:20]
    yield from missing[:20]


def main(database: str, people: int | None, seconds: int) -> int:
    """Print the table and keep it; 1 when something failed or was lost."""
    ordinary = CROWDS[database]
    crowd = Crowd(people or ordinary.people, ordinary.thinks, ordinary.wait)
    with crowded(CASES, database) as app:
        told = list(measured(app, crowd, seconds))
    rows = [one for one in told if isinstance(one, Row)]
    pauses = f"each pauses {crowd.thinks[0]:g} to {crowd.thinks[1]:g} s between two saves"
    served = f"{WORKERS} workers x {THREADS} threads, client and server on one machine"
    lines = [f"On {database}; {pauses}; {served}.", "", HEAD, *map(str, rows)]
    if seconds >= SECONDS:
        keep(f"load on {database}", lines)
    print(machine(), *lines, *(one for one in told if isinstance(one, str)), sep="\n")
    return 0 if all(row.holds or row.unit == "ms" for row in rows) else 1


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    sys.exit(main(given.get(0, "sqlite"), int(given.get(1, 0)) or None, int(given.get(2, SECONDS))))
