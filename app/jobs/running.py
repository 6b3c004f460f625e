"""Doing the work: one piece at a time, with a heart that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from io import BytesIO
from threading import Event, Thread
from time import monotonic

from flask import Flask, current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from app.accounts.access import Viewer
from app.accounts.queries import viewer_of
from app.core.verdict import RefusedError
from app.db import db, only_reading, transaction
from app.engine import take_time, unrecorded
from app.files import FileStore
from app.jobs import claiming
from app.jobs.claiming import Claim
from app.jobs.kinds import (
    KINDS,
    Document,
    JobFailedError,
    LostJobError,
    NotNowError,
    Outcome,
    Work,
    record_for,
)
from app.jobs.models import Job, JobState
from app.jobs.queries import kept_results
from app.jobs.service import tell_asker
from app.notifications.models import Kind
from app.web.logs import log

Clock = Callable[[], datetime]

LONGEST = timedelta(hours=1)
"""After so long the heart stops: the work hangs, and another may try."""

KEPT_FOR = timedelta(days=30)
"""So long what came of work can be fetched."""

BETWEEN_BEATS = 1.0
"""Seconds between two beats, each of which tells how far the work has come."""


def results() -> FileStore:
    """Where lies what has come of work."""
    found: FileStore = current_app.extensions["results"]
    return found


def do_what_waits(clock: Clock, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Do every piece of work that waits; how many."""
    done = 0
    if not claiming.anything_to_do(clock()):
        return done
    broken_off = _("Arbetet avbröts flera gånger. Försök igen, eller be administratören om hjälp.")
    while claiming.given_up(broken_off, clock()):
        done += 1
    while goes_on() and (claim := claiming.claim_next(clock())) is not None:
        do(claim, clock)
        done += 1
    return done


def forget_old_results(now: datetime) -> int:
    """Remove what nobody can fetch any more; how many files."""
    with only_reading():
        wanted = kept_results(now - KEPT_FOR)
    return results().prune(wanted, now)


def do(claim: Claim, clock: Clock) -> None:
    """Do one, and say what came of it; unless it has become another's."""
    asker = _asker(claim)
    with force_locale(asker.language if asker else "sv"):
        try:
            _try(claim, asker, clock)
        except LostJobError:
            log.warning("job was taken over", job=claim.job_id)
        except (NotNowError, OperationalError) as error:
            log.warning("job has to wait", job=claim.job_id, kind=type(error).__name__)
            blamed = not isinstance(error, NotNowError)
            with suppress(LostJobError):
                claiming.later(claim, clock(), counts=blamed)


def _try(claim: Claim, asker: Viewer | None, clock: Clock) -> None:
    try:
        if asker is None:
            raise JobFailedError(_("Du har inte längre rätt till det som beställdes."))
        _finish(claim, _done(claim, asker, clock), clock)
    except (JobFailedError, RefusedError) as error:
        claiming.failed(claim, str(error), clock())
    except (LostJobError, NotNowError, OperationalError):
        raise
    except Exception as error:  # noqa: BLE001 - who asked must hear of it, whatever it was
        log.error("job failed", job=claim.job_id, kind=type(error).__name__)
        told = _("Något gick fel hos oss. Försök igen, eller be administratören om hjälp.")
        claiming.failed(claim, told, clock())


def _asker(claim: Claim) -> Viewer | None:
    """Who asked, with the roles held now."""
    with only_reading():
        return viewer_of(db.session.get_one(Job, claim.job_id).person_id)


def _done(claim: Claim, asker: Viewer, clock: Clock) -> Outcome:
    """The work itself, which only reads; what it writes is an effect, in a transaction of its own."""
    with only_reading():
        take_time(db.session.connection())  # a document of hundreds of reports is minutes in the making
        job = db.session.get_one(Job, claim.job_id)
        name, work = job.kind, Work(asker, dict(job.arguments))
        record = record_for(asker, name, work.arguments)
        if record is None:
            raise JobFailedError(_("Du har inte längre rätt till det som beställdes."))
        with _heart(claim, work, clock):
            return KINDS[name].do(work, record)


def _finish(claim: Claim, outcome: Outcome, clock: Clock) -> None:
    """Keep what came of it; then the effect, the state and the notification: all of it, or nothing."""
    kept = results().keep(BytesIO(outcome.document.content)).sha256 if outcome.document else ""
    with _writing(outcome):
        job = claiming.held(claim)
        now = clock()
        if outcome.effect is not None:
            outcome.effect(now)
        job.state, job.lease_until, job.ended_at = JobState.DONE.value, None, now
        job.done, job.word = job.total, outcome.told[:200]
        _name(job, kept, outcome.document)
        tell_asker(job, Kind.JOB_DONE, now)


@contextmanager
def _writing(outcome: Outcome) -> Iterator[None]:
    if outcome.effect is not None:
        with transaction():
            yield
    else:
        with unrecorded(), transaction():
            yield


def _name(job: Job, kept: str, document: Document | None) -> None:
    if document is not None:
        job.sha256, job.filename, job.media_type = kept, document.name[:200], document.media_type


@contextmanager
def _heart(claim: Claim, work: Work, clock: Clock) -> Iterator[None]:
    """Beat while the work is done."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # what stands behind the proxy
    stop = Event()
    heart = Thread(target=_beating, args=(app, claim, work, clock, stop), name="heart", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _beating(app: Flask, claim: Claim, work: Work, clock: Clock, stop: Event) -> None:
    until = monotonic() + LONGEST.total_seconds()
    with app.app_context():
        while not stop.wait(BETWEEN_BEATS) and not work.lost and monotonic() < until:
            try:
                work.lost = not claiming.beat(claim, work.reached(), clock())
            except OperationalError:  # somebody writes for long: the next beat will do
                log.warning("a beat was missed", job=claim.job_id)
