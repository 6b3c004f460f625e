"""Pages that no link leads to: what is shown when something is wrong, between two steps, or to two at once.

A scene plays until its page is open; `tools.screenshots` then photographs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, request
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFError
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge

from app.core.workflow import State
from app.db import db
from app.projects.models import Project

BREAK = "X-Break"
"""A request with this header fails in the way that the header names."""
FAILURES: dict[str, Callable[[], Exception]] = {
    "400": CSRFError,
    "405": MethodNotAllowed,
    "409": StaleDataError,
    "413": RequestEntityTooLarge,
    "500": RuntimeError,
    "503": lambda: OperationalError("", {}, RuntimeError()),
}
Play = Callable[..., object]
"""Given a page, and the places of cases, opens what is to be seen."""
Places = dict[State, int]
"""A case in each state."""


@dataclass(frozen=True)
class Scene:
    """What somebody does, and what the page that it leads to is called."""

    name: str
    role: str
    play: Play
    needs: frozenset[State] = frozenset()
    """In which states there must be a case."""


def breakable(app: Flask) -> None:
    """Let a photographer say which request fails, and how."""

    @app.before_request
    def _break() -> None:
        if BREAK in request.headers:
            failure = FAILURES[request.headers[BREAK]]
            raise failure()


def places_of(client: FlaskClient) -> Places:
    """The newest case in each state, of those that this person can open."""
    newest_first = select(Project.state, Project.id).order_by(Project.id.desc())
    with client.application.app_context():
        cases = db.session.execute(newest_first).all()
    found: Places = {}
    for state, number in cases:
        if State(state) not in found and client.get(f"/projekt/{number}").status_code == 200:
            found[State(state)] = number
    return found


def _open(address: str) -> Play:
    return lambda page, **_: page.goto(address)


def _at(state: State, rest: str) -> Play:
    return lambda page, places: page.goto(f"/projekt/{places[state]}{rest}")


def _broken(code: str) -> Play:
    """A page that cannot be shown."""

    def play(page: Page, **_: Places) -> None:
        page.set_extra_http_headers({BREAK: code})
        page.goto("/")
        page.set_extra_http_headers({})

    return play


def _sent_and_broken(code: str) -> Play:
    """A form that cannot have its effect: what was typed is shown."""

    def play(page: Page, places: Places) -> None:
        _write(page, places)
        page.set_extra_http_headers({BREAK: code})
        _send(page)
        page.set_extra_http_headers({})

    return play


def _write(page: Page, places: Places) -> None:
    page.goto(f"/projekt/{places[State.DRAFT]}/ansokan/sammanfattning")
    page.locator("main textarea").first.fill(
        "Vi vill korta vägen från fråga till svar.\n\nDet är hela saken."
    )


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button").last.click()


def _faulty(address: str) -> Play:
    """A form sent as it is, without what it needs."""

    def play(page: Page, **_: Places) -> None:
        page.goto(address)
        _send(page)

    return play


def _faulty_line(page: Page, places: Places) -> None:
    page.goto(f"/projekt/{places[State.DRAFT]}/kalkyl/kostnad/ny")
    for field in page.locator("main input[inputmode]").all():
        field.fill("tolv")
    _send(page)


def _two_at_once(page: Page, places: Places) -> None:
    """Two tabs at the same section: the second one to save has to choose."""
    with page.context.new_page() as other:
        for one, text in ((page, "Den enes text."), (other, "Den andres text.")):
            _write(one, places)
            one.locator("main textarea").first.fill(text)
        _send(other)
    _send(page)


def _decide(page: Page, places: Places) -> None:
    page.goto(f"/projekt/{places[State.AWAITING_DECISION]}/beslut")
    page.get_by_role("radio").first.check()
    page.locator("textarea[name=reasons]").fill("Nyttan överstiger kostnaden redan 2029.")
    for radio in page.locator("input[name=delegation]").all()[-1:]:
        radio.check()
    number = page.locator("input[name=reference]")
    if number.count():
        number.fill("KSU § 7")


def _decision_checked(page: Page, places: Places) -> None:
    _decide(page, places)
    _send(page)


def _with_draft(page: Page, places: Places) -> None:
    """Typed and not saved: found again under the person's own drafts."""
    _decide(page, places)
    page.locator("[data-saved]:not(:empty)").first.wait_for()
    page.goto("/mina-utkast")


DRAFT = frozenset({State.DRAFT})
AWAITING = frozenset({State.AWAITING_DECISION})
SCENES = (
    Scene("sign-in", "visitor", _open("/logga-in")),
    Scene("sign-in-refused", "visitor", _faulty("/logga-in")),
    Scene("not-found-visitor", "visitor", _open("/finns-inte")),
    Scene("tell", "visitor", _open("/tillganglighet/synpunkt")),
    Scene("tell-with-faults", "visitor", _faulty("/tillganglighet/synpunkt")),
    Scene("not-found", "project_leader", _open("/projekt/999999")),
    Scene("forbidden", "project_leader", _open("/admin/personer")),
    *(Scene(f"broken-{code}", "project_leader", _broken(code)) for code in FAILURES),
    *(
        Scene(f"sent-and-broken-{code}", "project_leader", _sent_and_broken(code), DRAFT)
        for code in ("400", "409", "500", "503")
    ),
    Scene("new-project-with-faults", "project_leader", _faulty("/projekt/nytt")),
    Scene("line-with-faults", "project_leader", _faulty_line, DRAFT),
    Scene("two-at-once", "project_leader", _two_at_once, DRAFT),
    Scene("signed", "manager", _at(State.SUBMITTED, "/underskrift/klar"), frozenset({State.SUBMITTED})),
    Scene("no-cases-found", "secretariat", _open("/arenden?q=finnsinte")),
    Scene("new-pack-with-faults", "secretariat", _faulty("/moten/nytt")),
    Scene(
        "decision-with-faults",
        "secretariat",
        lambda page, places: _faulty(f"/projekt/{places[State.AWAITING_DECISION]}/beslut")(page),
        AWAITING,
    ),
    Scene("decision-checked", "secretariat", _decision_checked, AWAITING),
    Scene("drafts", "secretariat", _with_draft, AWAITING),
    Scene("no-person-found", "administrator", _open("/admin/personer?sok=finnsinte")),
)
