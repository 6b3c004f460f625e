"""What can be done with a programme: its frame, its settings and its rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.verdict import require
from app.db import db
from app.history.service import record, remove
from app.programmes import ledger, policy, queries
from app.programmes.ledger import FrameExceededError, change_frame, post_grant
from app.programmes.models import FrameBalance, Programme, ProgrammeGoal, Round
from app.programmes.settings import (
    CriterionText,
    NotLaterError,
    WeightsError,
    add_criterion,
    set_calculation,
    set_criteria,
    set_delegation,
    set_follow_ups,
    set_hourly_rate,
    set_outcomes,
    set_price_index,
)

# Also reached from here: the verbs of the ledger and of the settings.
__all__ = [
    "CriterionText",
    "FrameExceededError",
    "NotLaterError",
    "WeightsError",
    "add_criterion",
    "change_frame",
    "post_grant",
    "set_calculation",
    "set_criteria",
    "set_delegation",
    "set_follow_ups",
    "set_hourly_rate",
    "set_outcomes",
    "set_price_index",
]


class NameTakenError(ValueError):
    """Another programme has this name."""


def create_programme(  # noqa: PLR0913 - a programme is all of this from its first day
    actor: Viewer,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    decision_reference: str,
    frame: Decimal,
    goals: Sequence[str],
    now: datetime,
    description: str = "",
) -> Programme:
    """Set up a programme; its frame is the first line of its ledger."""
    require(policy.may_manage_programme(actor))
    _refuse_taken(name)
    programme = Programme(
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        decision_reference=decision_reference,
        description=description,
    )
    db.session.add(programme)
    record(actor, "create_programme", programme, now=now)
    _write_goals(actor, programme, goals, now)
    db.session.add(
        FrameBalance(programme_id=programme.id, frame=Decimal(0), granted=Decimal(0), available=Decimal(0))
    )
    db.session.flush()
    # The frame was decided when the programme began, however late it is entered here.
    booked_on = min(starts_on, local_day(now))
    ledger.book_frame(actor, programme, frame, reference=decision_reference, booked_on=booked_on, now=now)
    return programme


def change_programme(  # noqa: PLR0913 - a programme is all of this
    actor: Viewer,
    programme: Programme,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    decision_reference: str,
    goals: Sequence[str],
    description: str,
    now: datetime,
) -> None:
    """Revise the programme after a new decision. Its frame is changed in the ledger, not here."""
    require(policy.may_manage_programme(actor, programme))
    if name != programme.name:
        _refuse_taken(name)
    programme.name, programme.description = name, description
    programme.starts_on, programme.ends_on = starts_on, ends_on
    programme.decision_reference = decision_reference
    record(actor, "change_programme", programme, now=now)
    _write_goals(actor, programme, goals, now)


def open_round(
    actor: Viewer,
    programme: Programme,
    *,
    name: str,
    opens_on: date,
    closes_on: date | None,
    answer_within_days: int,
    now: datetime,
) -> Round:
    """Announce a round: from when to when applications are taken in; no last day means rolling."""
    require(policy.may_manage_rounds(actor))
    row = Round(
        programme_id=programme.id,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        answer_within_days=answer_within_days,
    )
    db.session.add(row)
    record(actor, "open_round", row, now=now)
    return row


def change_round(
    actor: Viewer,
    row: Round,
    *,
    name: str,
    opens_on: date,
    closes_on: date | None,
    answer_within_days: int,
    now: datetime,
) -> None:
    """Correct a round, extend it or close it."""
    require(policy.may_manage_rounds(actor))
    row.name, row.answer_within_days = name, answer_within_days
    row.opens_on, row.closes_on = opens_on, closes_on
    record(actor, "change_round", row, now=now)


def _refuse_taken(name: str) -> None:
    if db.session.scalar(select(Programme.id).where(Programme.name == name)):
        raise NameTakenError(name)


def _write_goals(actor: Viewer, programme: Programme, goals: Sequence[str], now: datetime) -> None:
    """Make the programme's goals these; a goal that stays is not written again."""
    known = {goal.position: goal for goal in queries.goals_of(programme.id)}
    for position, text in enumerate(goals, start=1):
        goal = known.pop(position, None)
        if goal is None:
            goal = ProgrammeGoal(programme_id=programme.id, position=position, text=text)
            db.session.add(goal)
            record(actor, "add_programme_goal", goal, now=now)
        elif goal.text != text:
            goal.text = text
            record(actor, "change_programme_goal", goal, now=now)
    for goal in known.values():
        remove(actor, "remove_programme_goal", goal, now=now)
