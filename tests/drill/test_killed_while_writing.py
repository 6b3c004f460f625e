"""A worker that is killed between the last keystroke and the button takes no text with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import func, select

from app.db import db
from app.decisions.models import Decision
from tests.drafting import filled_in, form_on
from tools.drill.city import PASSWORD, cases_to_decide, founded, product
from tools.drill.killed_workers import APPLIED
from tools.drill.serving import Served, served
from tools.drill.visitor import BROKEN, Visitor
from tools.grounds import Ground

TEXT = "Nyttan överstiger kostnaden.\n\nDriften är finansierad: 'se § 4'."
TIMES = 3


def answered(ask: Callable[[], tuple[int, bytes]]) -> tuple[int, str]:
    """Ask until there is an answer, as somebody does whose browser says that nobody answers."""
    for _attempt in range(600):
        try:
            status, content = ask()
        except BROKEN:
            time.sleep(0.1)
        else:
            return status, content.decode()
    raise AssertionError("nobody answers")


class Writing:
    """The form of a decision, opened by the secretary in the running product."""

    def __init__(self, running: Served, case: int) -> None:
        self.place = f"/projekt/{case}/beslut"
        self._person = Visitor(running.base, "secretary@staden.example", PASSWORD)
        self._person.sign_in()
        form = form_on(self._page())
        self._form = filled_in(form)
        self._autosave = str(form.select("[data-autosave]")[0]["data-autosave"])

    def _page(self) -> str:
        status, page = answered(lambda: self._person.ask(self.place))
        assert status == 200
        return page

    def save(self, text: str) -> bool:
        """What the page's script sends; whether the server has said that it is saved."""
        try:
            status, content = self._person.ask(self._autosave, self._form | {"reasons": text})
        except BROKEN:
            return False
        assert (status, "Utkast sparat" in content.decode()) == (200, True)
        return True

    def reopened(self) -> str:
        """The reasons, as the page shows them when it is opened again."""
        page = self._page()
        assert "Utkast från" in page
        return "\n".join(filled_in(form_on(page))["reasons"].splitlines())


@contextmanager
def writing(ground: Ground) -> Iterator[tuple[Served, Writing]]:
    """Somebody who has opened the form; at the end nothing must have been decided."""
    with product(ground):
        [case] = cases_to_decide(founded(), 1, APPLIED)
    with served(ground) as running:
        yield running, Writing(running, case)
    with product(ground):
        assert db.session.scalar(select(func.count()).select_from(Decision)) == 0


def kill_every_worker(running: Served) -> None:
    """Kill -9, and wait until none is left of those that there were."""
    before = running.workers()
    killed = sum(running.kill(worker) for worker in before)
    assert killed == len(before) > 0
    for _attempt in range(600):
        if not {*before} & {*running.workers()}:
            return
        time.sleep(0.1)
    raise AssertionError("they live on")


def test_nothing_that_was_said_to_be_saved_is_lost_however_often_workers_die(ground: Ground) -> None:
    """First all at once, then one after the other while somebody writes on."""
    with writing(ground) as (running, form):
        assert form.save(TEXT)
        kill_every_worker(running)
        assert form.reopened() == TEXT
        said = -1
        for number in range(TIMES):
            if form.save(f"{TEXT}\n{number}"):
                said = number
            running.kill_a_worker()
        assert said >= 0
        text, _break, last = form.reopened().rpartition("\n")
        assert text == TEXT, "whole, not half"
        assert int(last) >= said
