"""Taking in what people tell about barriers, and seeing to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.accessibility import policy, queries
from app.accessibility.models import Feedback
from app.accounts import guessing
from app.accounts.access import Viewer
from app.core.verdict import require
from app.db import db
from app.history.service import Actor, record

PER_NETWORK = guessing.Allowance(10, timedelta(minutes=6))
"""A whole city may share an address; a machine that writes by itself is soon stopped."""


class AlreadyHandledError(ValueError):
    """Somebody else has seen to it meanwhile."""


def receive(
    actor: Actor, *, text: str, place: str, reply_to: str, form_key: str, address: str, now: datetime
) -> Feedback:
    """Take in what somebody tells; a form that is sent twice is taken in once.

    Raises TooManyAttemptsError when much has come from this network address in a short time.
    """
    sent = queries.sent_with(form_key)
    if sent is not None:
        return sent
    guessing.use_up_of_network("accessibility feedback", address, PER_NETWORK, now)
    feedback = Feedback(text=text, place=place, reply_to=reply_to, received_at=now, form_key=form_key)
    db.session.add(feedback)
    record(actor, "tell_barrier", feedback, now=now)
    return feedback


def handle(actor: Viewer, feedback: Feedback, outcome: str, now: datetime) -> None:
    """Say what was done about it. Raises RefusedError, or AlreadyHandledError."""
    require(policy.may_handle(actor))
    if feedback.handled_at is not None:
        raise AlreadyHandledError
    feedback.handled_at, feedback.handled_by_id, feedback.outcome = now, actor.id, outcome
    record(actor, "handle_barrier", feedback, now=now)


def reopen(actor: Viewer, feedback: Feedback, now: datetime) -> None:
    """It was not done after all; what was written stays. Raises RefusedError."""
    require(policy.may_handle(actor))
    if feedback.handled_at is None:
        return
    feedback.handled_at = feedback.handled_by_id = None
    record(actor, "reopen_barrier", feedback, now=now)
