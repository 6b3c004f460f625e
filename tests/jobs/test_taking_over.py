"""Work ends once: whoever was killed or slept, and whoever else did it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Thread
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Department
from app.accounts.queries import department_names
from app.db import db
from app.engine import unrecorded
from app.history.service import System
from app.jobs import claiming, running
from app.jobs.claiming import LEASE, MOST_ATTEMPTS
from app.jobs.kinds import Document, JobFailedError, LostJobError, Outcome, Work
from app.jobs.models import Job, JobState
from app.notifications.models import Kind
from tests.conftest import Cast
from tests.jobs.conftest import Do, another_worker, asked, job, told
from tests.mail.conftest import Time


def test_work_of_a_killed_worker_is_taken_up_by_another(cast: Cast, work: object, time: Time) -> None:
    number = asked(cast.manager)
    assert claiming.claim_next(time.now) is not None
    assert running.do_what_waits(time) == 0, "it is somebody's"
    time.now += LEASE
    assert running.do_what_waits(time) == 1
    assert job(number).state == JobState.DONE
    assert told(cast.manager) == [Kind.JOB_DONE]


def test_work_may_take_longer_than_the_database_lets_a_page_wait(
    cast: Cast, work: Callable[[Do], None], time: Time
) -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.rollback()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("SET idle_in_transaction_session_timeout = '100ms'")
            connection.commit()

    def long(_work: Work, what: str) -> Outcome:
        sleep(0.4)
        assert db.session.scalar(select(1)) == 1
        return Outcome(Document(what.encode(), "lång.txt", "text/plain"))

    work(long)
    number = asked(cast.manager)
    assert running.do_what_waits(time) == 1
    db.engine.dispose()  # its connections wait for less than those of others
    assert job(number).state == JobState.DONE


def test_work_that_ends_its_workers_is_given_up_and_told_of(cast: Cast, work: object, time: Time) -> None:
    number = asked(cast.manager)
    for _death in range(MOST_ATTEMPTS):
        assert claiming.claim_next(time.now) is not None
        time.now += LEASE
    running.do_what_waits(time)
    assert job(number).state == JobState.FAILED
    assert "avbröts flera gånger" in job(number).fault
    assert told(cast.manager) == [Kind.JOB_FAILED]


def departments_made(name: str) -> Callable[[datetime], None]:
    def effect(now: datetime) -> None:
        accounts.create_department(System(), name, now)

    return effect


def test_what_it_writes_is_written_with_the_word_that_it_is_done(
    cast: Cast, work: Callable[[Do], None], time: Time
) -> None:
    work(lambda _work, what: Outcome(effect=departments_made(what)))
    number = asked(cast.manager, "Parkförvaltningen")
    running.do_what_waits(time)
    assert "Parkförvaltningen" in department_names().values()
    assert (job(number).state, job(number).sha256) == (JobState.DONE, "")


def test_a_worker_that_slept_too_long_writes_nothing(
    app: Flask, cast: Cast, work: Callable[[Do], None], time: Time
) -> None:
    """While it sleeps, another takes the work up and does it; the sleeper's own is thrown away."""
    awake: list[int] = []

    def sleeps_once(_work: Work, what: str) -> Outcome:
        if not awake:
            awake.append(1)
            time.now += LEASE
            other = Thread(target=another_worker, args=(app, time))
            other.start()
            other.join()
        return Outcome(effect=departments_made(f"{what} {len(department_names())}"))

    work(sleeps_once)
    number = asked(cast.manager, "Park")
    assert running.do_what_waits(time) == 1
    made = [name for name in department_names().values() if name.startswith("Park")]
    assert made == ["Park 2"]
    assert job(number).state == JobState.DONE
    assert told(cast.manager) == [Kind.JOB_DONE]


def test_an_effect_that_fails_leaves_nothing_behind(
    cast: Cast, work: Callable[[Do], None], time: Time
) -> None:
    def half(now: datetime) -> None:
        db.session.add(Department(name="Halvförvaltningen"))
        db.session.flush()
        raise JobFailedError("Rad 8 är fel.")

    work(lambda _work, _what: Outcome(effect=half))
    number = asked(cast.manager)
    running.do_what_waits(time)
    assert "Halvförvaltningen" not in department_names().values()
    assert (job(number).state, job(number).fault) == (JobState.FAILED, "Rad 8 är fel.")


def test_whoever_has_lost_the_work_hears_of_it(
    cast: Cast, work: Callable[[Do], None], time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BETWEEN_BEATS", 0.01)
    heard: list[bool] = []

    def robbed(work: Work, _what: str) -> Outcome:
        with unrecorded(), db.engine.begin() as connection:
            connection.execute(Job.__table__.update().values(claim="another"))  # type: ignore[attr-defined] # a table
        try:
            while True:
                work.tell(1, 2)
        except LostJobError:
            heard.append(True)
            raise

    work(robbed)
    number = asked(cast.manager)
    running.do_what_waits(time)
    assert heard == [True]
    assert job(number).state == JobState.RUNNING


def test_two_workers_do_each_piece_once(
    app: Flask, cast: Cast, work: Callable[[Do], None], time: Time
) -> None:
    done: list[str] = []

    def notes(_work: Work, what: str) -> Outcome:
        done.append(what)
        return Outcome()

    work(notes)
    for number in range(12):
        asked(cast.manager, f"rapport {number}")
    db.session.rollback()

    workers = [Thread(target=another_worker, args=(app, time)) for _one in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(done) == sorted(f"rapport {number}" for number in range(12))
    assert told(cast.manager) == [Kind.JOB_DONE] * 12
