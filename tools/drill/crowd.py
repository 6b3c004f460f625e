"""Many who work at once: threads of one process, or processes, each with connections of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from app.db import db
from tools.drill.city import City, product
from tools.grounds import Ground

Share = TypeVar("Share")
Answer = TypeVar("Answer")
Task = Callable[[City, Share], Answer]


def persistently(act: Callable[[], Answer]) -> Answer:
    """Do something and commit it; again when others kept it from its turn for as long as anybody waits.

    Whoever is kept from it that long is told so, and has written nothing.
    """
    while True:
        try:
            answer = act()
            db.session.commit()
        except OperationalError:
            db.session.rollback()
        else:
            return answer


def by_threads(city: City, task: Task[Share, Answer], shares: Sequence[Share]) -> list[Answer]:
    """Let a thread of this process do each share; all begin at the same moment."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # werkzeug's proxies tell no types
    together = Barrier(len(shares))
    db.session.rollback()

    def one(share: Share) -> Answer:
        with app.app_context():
            together.wait()
            return task(city, share)

    with ThreadPoolExecutor(len(shares)) as crowd:
        return _all_of(crowd, one, shares)


def by_processes(
    ground: Ground, city: City, task: Task[Share, Answer], shares: Sequence[Share]
) -> list[Answer]:
    """Let a process do each share. The task is a function of a module, so that another process finds it."""
    db.session.rollback()
    with ProcessPoolExecutor(len(shares), mp_context=multiprocessing.get_context("spawn")) as crowd:
        return _all_of(crowd, partial(_in_process, ground, city, task), shares)


def _in_process(ground: Ground, city: City, task: Task[Share, Answer], share: Share) -> Answer:
    with product(ground):
        return task(city, share)


def _all_of(crowd: Executor, one: Callable[[Share], Answer], shares: Sequence[Share]) -> list[Answer]:
    return [done.result() for done in [crowd.submit(one, share) for share in shares]]


def divided(things: Sequence[Share], among: int) -> list[Sequence[Share]]:
    """The things in as many portions, each from everywhere in the line."""
    return [things[start::among] for start in range(among)]
