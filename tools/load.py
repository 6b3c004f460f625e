"""Two hundred people who write long applications at once, each thinking between two sentences.

`python -m tools.load [PEOPLE] [SECONDS]`: everybody has an application of their own open, in a browser that
saves what is typed as static/js/autosave.js does, and goes on to another section now and then. Says how long
they wait, how often something failed, and whether every save that was acknowledged is found afterwards.
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.core.workflow import State
from app.db import db
from app.drafts import Draft
from app.projects.models import Project
from app.web.typed import TO
from tools import trial
from tools.bench_pages import form_fields
from tools.bench_server import free_port, gunicorn
from tools.measuring import HEAD, Row, Target, machine, of_times

PEOPLE, SECONDS, CASES = 200, 300, 10_000
SECTIONS = ("bakgrund", "losning", "mal", "omfattning")
"""Sections with much to write, as their addresses name them."""
THINKS = (2.0, 8.0)
"""Seconds between two saves, at least and at most."""
SENTENCES = 6
"""Saves before the next section."""
WAIT = Target(p95=300)


@dataclass
class Writer:
    """One person with one application."""

    port: int
    project_id: int
    cookies: dict[str, str]
    chance: Random
    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    """What was said to be saved last, by the section's address."""

    def write(self, until: float) -> None:
        """Open a section, write, and go on to the next, until the time is over."""
        self._pause()
        while time.monotonic() < until:
            for slug in SECTIONS:
                self._one_section(slug, until)

    def _one_section(self, slug: str, until: float) -> None:
        address = f"/projekt/{self.project_id}/ansokan/{slug}"
        status, page = self._ask("GET", address, self.opened)
        if status != 200:
            self.failed.append(f"GET {address}: {status}")
            return
        fields = form_fields(page)
        name = next(name for name in fields if name not in ("csrf_token", "form_key", "version", "page"))
        for turn in range(SENTENCES):
            self._pause()
            if time.monotonic() > until:
                return
            text = f"{fields[name]} Mening {turn}, {self.chance.getrandbits(64):x}."
            keeps = f"/utkast?{urlencode({TO: address})}"
            status, said = self._ask("POST", keeps, self.saved, fields | {name: text})
            if status == 200:
                self.acknowledged[address] = text
            else:
                self.failed.append(f"POST {address}: {status} {said[:100]}")

    def _pause(self) -> None:
        time.sleep(self.chance.uniform(*THINKS))

    def _ask(
        self, method: str, address: str, times: list[float], fields: dict[str, str] | None = None
    ) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        begun = time.perf_counter()
        try:
            connection.request(method, address, urlencode(fields or {}), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()
        times.append((time.perf_counter() - begun) * 1000)
        for told in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {one.key: one.value for one in SimpleCookie(told).values()}
        return answer.status, text


def writers(app: Flask, port: int, count: int) -> Iterator[Writer]:
    """As many as there are drafts to write, signed in; who leads several has several windows."""
    with app.app_context():
        query = (
            select(Person.email, Project.id)
            .join(Person, Person.id == Project.leader_id)
            .where(Project.state == State.DRAFT.value)
            .order_by(Project.id)
            .limit(count)
        )
        drafts = db.session.execute(query).tuples().all()
    sessions = {email: trial.cookies(trial.signed_in(app, email)) for email in {email for email, _ in drafts}}
    for number, (email, project_id) in enumerate(drafts):
        cookies = {one.key: one.value for one in SimpleCookie(sessions[email]).values()}
        yield Writer(port, project_id, cookies, Random(number))  # noqa: S311 - nothing secret is drawn


def lost(app: Flask, people: Sequence[Writer]) -> list[str]:
    """What was acknowledged and is not there."""
    with app.app_context():
        kept = {
            (place, text)
            for place, fields in db.session.execute(select(Draft.place, Draft.fields)).tuples()
            for _name, text in fields
        }
    return [
        f"{place}: {text[-60:]}"
        for person in people
        for place, text in person.acknowledged.items()
        if (place, text) not in kept
    ]


def main(count: int, seconds: int) -> int:
    """Let everybody write; 1 when something failed or was lost."""
    with trial.crowded(CASES) as app:
        port = free_port()
        people = list(writers(app, port, count))
        with gunicorn(port):
            until = time.monotonic() + seconds
            threads = [threading.Thread(target=person.write, args=(until,)) for person in people]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        missing = lost(app, people)
    failed = [text for person in people for text in person.failed]
    size = f"{len(people)} people, {seconds} s"
    print(f"{machine()}\n\n{HEAD}")
    print(of_times("section opened", size, [one for person in people for one in person.opened], WAIT))
    print(of_times("draft saved", size, [one for person in people for one in person.saved], WAIT))
    saves = sum(len(person.acknowledged) for person in people)
    print(Row("failed requests", size, 1, len(failed), None, "0", not failed, "requests"))
    print(Row("last saves not found", f"of {saves}", 1, len(missing), None, "0", not missing, "saves"))
    print(*failed[:20], *missing[:20], sep="\n")
    return 1 if failed or missing else 0


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(given + [PEOPLE, SECONDS][len(given) :])))
