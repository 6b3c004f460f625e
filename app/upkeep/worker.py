"""The worker: what goes on beside the pages. Mails leave, reminders fall due, long work is done.

Each line of work has a thread of its own, so that nothing long keeps the mails waiting. Any number of workers
may run at once, on as many machines: what one has taken, no other takes (app.mail.claiming).
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic
from typing import Any

import structlog
from flask import Flask

from app.core.clock import local_day
from app.db import db, transaction
from app.jobs.running import do_what_waits, forget_old_results
from app.knowledge.counting import count_outcomes, is_counted
from app.mail.sending import send_what_waits, settings, sweep_old
from app.reminders.round import remind_of_today
from app.web.logs import log

Step = Callable[[Callable[[], bool]], int]
"""Does what there is to do as long as it may go on; how much it did."""

PAUSE = 2.0
"""Seconds between two looks at whether there is something to do."""
PAUSE_AFTER_A_FAULT = 15.0
LONGEST_GOODBYE = 20.0
"""Seconds that what is under way has to come to its end. Whatever has not is taken up by another."""


def clock() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def send_mails(goes_on: Callable[[], bool]) -> int:
    """Let the mails leave."""
    return send_what_waits(clock, goes_on)


def sweep_mails(goes_on: Callable[[], bool]) -> int:
    """Forget what old mails told."""
    return sweep_old(clock, goes_on)


@dataclass
class NowAndThen:
    """A step that is not worth taking in every round."""

    step: Step
    seconds: float
    _next_at: float = 0.0

    def __call__(self, goes_on: Callable[[], bool]) -> int:
        if monotonic() < self._next_at:
            return 0
        self._next_at = monotonic() + self.seconds
        return self.step(goes_on)


def remind(goes_on: Callable[[], bool]) -> int:
    """Remind people of what is due."""
    return remind_of_today(clock(), settings().morning_hour, goes_on)


def do_jobs(goes_on: Callable[[], bool]) -> int:
    """Do the long work."""
    return do_what_waits(clock, goes_on)


def forget_results(_goes_on: Callable[[], bool]) -> int:
    """Make room: what came of work long ago."""
    return forget_old_results(clock())


def count_what_came(_goes_on: Callable[[], bool]) -> int:
    """Count once a day what measured projects have come to."""
    today = local_day(clock())
    with transaction():
        return 0 if is_counted(today) else count_outcomes(today)


LINES: dict[str, Sequence[Step]] = {
    "mail": (NowAndThen(remind, 600), send_mails, NowAndThen(sweep_mails, 86_400)),
    "jobs": (do_jobs, NowAndThen(forget_results, 86_400), NowAndThen(count_what_came, 3_600)),
}
"""What is done at the same time, and within each line in turn."""


@dataclass
class Worker:
    """One process that works until it is told to stop, or until the one that it stands beside has ended."""

    app: Flask
    beside: int | None = None
    """The process that started it and must not be outlived."""
    stop: Event = field(default_factory=Event)

    def drain(self) -> None:
        """Do everything that there is to do now, and no more."""
        while sum(step(self._goes_on) for steps in LINES.values() for step in steps):
            db.session.remove()

    def run(self) -> None:
        """Work until the end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        threads = [
            Thread(target=self._line, args=(name, steps), name=name, daemon=True)
            for name, steps in LINES.items()
        ]
        for thread in threads:
            thread.start()
        log.info("worker has begun", lines=sorted(LINES))
        while not self.stop.wait(1):
            if self._is_alone():
                log.info("worker ends with what it stood beside")
                self.stop.set()
        for thread in threads:
            thread.join(LONGEST_GOODBYE)
        log.info("worker has ended")

    def _end(self, _number: int, _frame: Any) -> None:
        self.stop.set()

    def _goes_on(self) -> bool:
        return not self.stop.is_set()

    def _is_alone(self) -> bool:
        """A process whose parent has ended, however that happened, gets another parent."""
        return self.beside is not None and os.getppid() != self.beside

    def _line(self, name: str, steps: Sequence[Step]) -> None:
        with self.app.app_context():
            pause = 0.0
            while not self.stop.wait(pause):
                pause = self._round(name, steps)

    def _round(self, name: str, steps: Sequence[Step]) -> float:
        """Each step once; how long to rest."""
        try:
            for step in steps:
                step(self._goes_on)
        except Exception as error:  # noqa: BLE001 - a database that is away for a while must not end the worker
            log.error("worker failed", line=name, kind=type(error).__name__)
            return PAUSE_AFTER_A_FAULT
        finally:
            db.session.remove()
        return PAUSE


def tell_in_lines() -> None:
    """Write each line as one JSON object on standard output, as the server does."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ]
        )
    )
    logging.getLogger("hemtag").addHandler(handler)
    logging.getLogger("hemtag").setLevel(logging.INFO)
