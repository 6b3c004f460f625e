"""Workers killed at random while people save, sign and decide, and the database restarted under them.

Whatever was acknowledged is found afterwards; whatever was not is there as a whole or not at all.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from itertools import count
from threading import Event

from sqlalchemy import func, select

from app.applications.models import ApplicationSection, ApplicationVersion
from app.applications.snapshot import sha256_of
from app.core.clock import LOCAL_TIME
from app.db import db
from app.decisions.models import Decision
from app.history import chain, queries
from app.history.models import HistoryEvent
from app.programmes.models import FrameBalance, LedgerEntry
from app.projects.models import Project
from tools.drill import must_hold
from tools.drill.city import PASSWORD, City, cases, cases_to_decide, founded, migrate, product
from tools.drill.serving import Served, served
from tools.drill.visitor import BROKEN, Visitor
from tools.grounds import Ground

TITLE = "Workers killed during saves, signatures and decisions"
KILLS = 200
RESTART_EVERY = 40
"""So often PostgreSQL is stopped as by a power cut, and started again."""
APPLIED = Decimal("1000000.50")
SAVERS = 3
DONE, UNABLE = (302, 303), 500
"""Statuses: what is done leads on to the next page; from here on the product could not answer."""


@dataclass
class Acknowledged:
    """What the product has said that it did."""

    saved: list[str] = field(default_factory=list)
    signed: list[int] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    unanswered: int = 0

    @property
    def count(self) -> int:
        """How many acts are acknowledged."""
        return len(self.saved) + len(self.signed) + len(self.decided)

    def has_more_than(self, count: int) -> bool:
        """Whether something has been acknowledged since there were so many."""
        return self.count > count


@dataclass(frozen=True)
class Work:
    """The cases that people work with."""

    drafts: list[int]
    to_sign: list[int]
    to_decide: list[int]


def prepared(city: City, kills: int) -> Work:
    """Enough to do for as long as the killing lasts."""
    return Work(
        cases(city, SAVERS, "draft"),
        cases(city, kills * 2, "awaiting_signature", returned=True),
        cases_to_decide(city, kills * 2, APPLIED),
    )


def work_under_fire(ground: Ground, work: Work, kills: int) -> Acknowledged:
    """Let people work until so many workers are killed; what was acknowledged meanwhile."""
    told, over = Acknowledged(), Event()
    with served(ground) as running, ThreadPoolExecutor(SAVERS + 2) as people:
        tasks = [
            *(_saving(running, draft, told) for draft in work.drafts),
            _signing(running, work.to_sign, told),
            _deciding(running, work.to_decide, told),
        ]
        done = [people.submit(_busy, task, told, over) for task in tasks]
        try:
            _kill(ground, running, kills, told)
        finally:
            over.set()
        for one in done:
            one.result()
    return told


def _kill(ground: Ground, running: Served, kills: int, told: Acknowledged) -> None:
    _wait_until(lambda: bool(told.saved and told.signed and told.decided), told)  # everybody has begun
    killed = 0
    while killed < kills:
        # Else only workers that are starting would die.
        _wait_until(partial(told.has_more_than, told.count), told)
        time.sleep(random.uniform(0, 0.3))  # noqa: S311 - chance, not a secret
        killed += running.kill_a_worker()
        if ground.server is not None and killed % RESTART_EVERY == RESTART_EVERY - 1:
            ground.server.stop("immediate")
            ground.server.start()


def _wait_until(happened: Callable[[], bool], told: Acknowledged) -> None:
    patience = time.monotonic() + 120
    while not happened():
        must_hold(time.monotonic() < patience, f"nothing is done: {told}")
        time.sleep(0.02)


def _busy(steps: Iterator[Callable[[], None]], told: Acknowledged, over: Event) -> None:
    for step in steps:
        if over.is_set():
            return
        try:
            step()
        except BROKEN:
            told.unanswered += 1


def _signed_in(running: Served, who: str) -> Visitor:
    visitor = Visitor(running.base, f"{who}@staden.example", PASSWORD)
    for _attempt in range(100):
        with suppress(*BROKEN, RuntimeError):
            visitor.sign_in()
            return visitor
        time.sleep(0.2)
    raise RuntimeError(f"{who} never came in")


def _saving(running: Served, draft: int, told: Acknowledged) -> Iterator[Callable[[], None]]:
    visitor = _signed_in(running, "leader")

    def save(text: str) -> None:
        page = f"/projekt/{draft}/ansokan/sammanfattning"
        if visitor.fill_in(page, {"summary": text, "action": "save"}, "summary") in DONE:
            told.saved.append(text)

    for number in count(1):
        yield partial(save, f"Text {draft} nummer {number}.")


def _signing(running: Served, ids: list[int], told: Acknowledged) -> Iterator[Callable[[], None]]:
    visitor = _signed_in(running, "manager")

    def sign(case: int) -> int:
        status = visitor.fill_in(f"/projekt/{case}/underskrift", {"confirm": "y"}, "confirm")
        if status in DONE:
            told.signed.append(case)
        return status

    yield from _one_after_another(ids, sign, told)


def _deciding(running: Served, ids: list[int], told: Acknowledged) -> Iterator[Callable[[], None]]:
    visitor = _signed_in(running, "secretary")
    today = datetime.now(UTC).astimezone(LOCAL_TIME).date().isoformat()

    def decide(case: int) -> int:
        typed = {
            "kind": "approve", "decided_on": today, "delegation": "1", "reasons": "Nyttan är större.",
            "reference": f"§ {case}", "step": "register",
            "amounts-0-department": "1", "amounts-0-year": "2028", "amounts-0-amount": "600000,25",
            "amounts-1-department": "2", "amounts-1-year": "2029", "amounts-1-amount": "400000,25",
        }  # fmt: skip
        status = visitor.fill_in(f"/projekt/{case}/beslut", typed, "reasons")
        if status in DONE:
            told.decided.append(case)
        return status

    yield from _one_after_another(ids, decide, told)


def _one_after_another(
    cases: list[int], act: Callable[[int], int], told: Acknowledged
) -> Iterator[Callable[[], None]]:
    """Each case until the product can answer: else all would be used up while the database is away."""
    for case in cases:
        answered = False

        def step(case: int = case) -> None:
            nonlocal answered
            answered = act(case) < UNABLE
            if not answered:
                told.unanswered += 1
                time.sleep(0.05)

        while not answered:
            yield step


def verify(work: Work, told: Acknowledged) -> str:
    """Everything acknowledged is there, and nothing is half done. Raises AssertionError."""
    must_hold(bool(told.saved and told.signed and told.decided), f"too little was done: {told}")
    _saves(told)
    _versions(work, told)
    _decisions(told)
    broken = chain.first_break(queries.whole_chain(), queries.head())
    must_hold(broken is None, f"the history: {broken}")
    return (
        f"{len(told.saved)} saves, {len(told.signed)} signatures and {len(told.decided)} decisions "
        f"acknowledged and found, {told.unanswered} unanswered, nothing half done; the history is whole"
    )


def _saves(told: Acknowledged) -> None:
    events = db.session.execute(
        select(HistoryEvent.record_id, HistoryEvent.to_value)
        .where(HistoryEvent.verb == "save_section", HistoryEvent.field == "summary.summary")
        .order_by(HistoryEvent.id)
    ).all()
    lost = set(told.saved) - {event.to_value for event in events}
    must_hold(not lost, f"saves said and lost: {lost}")
    last = {event.record_id: event.to_value for event in events}
    sections = db.session.scalars(select(ApplicationSection)).all()
    stands = {section.id: section.content.get("summary") for section in sections}
    must_hold(stands == last, "a section says other than its history")


def _versions(work: Work, told: Acknowledged) -> None:
    states = dict(db.session.execute(select(Project.id, Project.state)).all())
    rows = db.session.scalars(
        select(ApplicationVersion).where(ApplicationVersion.project_id.in_(work.to_sign))
    ).all()
    must_hold(set(told.signed) <= {row.project_id for row in rows}, "a signature was said and lost")
    must_hold(len({row.project_id for row in rows}) == len(rows), "signed twice")
    for row in rows:
        must_hold(row.content_sha256 == sha256_of(row.content), f"version {row.id} is not what was signed")
    moved = {case for case in work.to_sign if states[case] != "awaiting_signature"}
    must_hold(moved == {row.project_id for row in rows}, "a state without its version, or a version without")


def _decisions(told: Acknowledged) -> None:
    decided = db.session.scalars(select(Decision.project_id)).all()
    must_hold(set(told.decided) <= set(decided), "a decision was said and lost")
    must_hold(len(set(decided)) == len(decided), "decided twice")
    approved = set(db.session.scalars(select(Project.id).where(Project.state == "approved")))
    must_hold(approved == set(decided), "a state without its decision, or a decision without")
    granted = select(LedgerEntry.project_id, func.sum(LedgerEntry.amount)).where(LedgerEntry.kind == "grant")
    sums = dict(db.session.execute(granted.group_by(LedgerEntry.project_id)).all())
    must_hold(sums == dict.fromkeys(decided, APPLIED), "half a decision in the ledger")
    balance = db.session.scalars(select(FrameBalance)).one()
    must_hold(balance.granted == APPLIED * len(decided), f"the balance says {balance.granted}")


def drill(ground: Ground, kills: int = KILLS) -> str:
    """Kill two hundred workers."""
    migrate(ground)
    with product(ground):
        work = prepared(founded(frame=APPLIED * kills * 4), kills)
    told = work_under_fire(ground, work, kills)
    with product(ground):
        return f"{kills} kills: {verify(work, told)}"
