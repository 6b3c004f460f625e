"""The council's meetings: the last one, and the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.accounts.access import Viewer
from app.core.clock import LOCAL_TIME
from app.core.workflow import State
from app.decisions import service as decisions
from app.decisions.models import DecisionKind
from app.demo.neighbours import SERVICES, STUDIES, THURSDAY, last_meeting
from app.demo.programmes import TODAYS
from app.demo.story import Moment, Story

NEXT_MEETING_IN_DAYS = 5
"""At least."""
PROPOSAL = "Sekretariatet föreslår att ansökan beviljas med det sökta beloppet."


def meetings(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Preparing the last meeting, a week before it, and the next, yesterday."""
    heard = invented(stories, State.AWAITING_DECISION)
    waiting = [
        *invented(stories, State.COUNCIL),
        *(s for s in stories if s.case.key == "automation-platform"),
    ]
    last = last_meeting(today)
    coming = today + timedelta(days=NEXT_MEETING_IN_DAYS)
    coming += timedelta(days=(THURSDAY - coming.weekday()) % 7)
    for prepared_on, meeting_on, cases in (
        (last - timedelta(days=7), last, heard),
        (today - timedelta(days=1), coming, waiting),
    ):
        at = datetime.combine(prepared_on, time(15, 30), LOCAL_TIME)
        yield at, partial(_prepare, cases, meeting_on, at)


def invented(stories: Sequence[Story], *states: State) -> list[Story]:
    """The invented cases that shall stand in one of these states today, in the order of their plans."""
    plans = [*SERVICES, *STUDIES]
    keys = {f"invented-{number}" for number, plan in enumerate(plans, start=1) if plan.state in states}
    return [story for story in stories if story.case.key in keys]


def _prepare(stories: Sequence[Story], meeting_on: date, now: datetime) -> None:
    secretary: Viewer = stories[0].cast.secretaries[0]
    decisions.create_pack(
        secretary,
        programme_id=stories[0].stage.programmes[TODAYS].id,
        title=f"Lilla utvecklingsrådet {meeting_on.isoformat()}",
        meeting_on=meeting_on,
        items=[
            decisions.Item(
                project_id=story.project.id,
                proposal=DecisionKind.APPROVE,
                proposal_text=PROPOSAL,
                proposed_amount=story.project.applied_amount or Decimal(0),
            )
            for story in stories
        ],
        now=now,
    )
