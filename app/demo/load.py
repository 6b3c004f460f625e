"""Entering the whole demonstration, through the services that people use."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import chain

from app.accounts.queries import people
from app.db import transaction
from app.demo.case import real_cases
from app.demo.cast import engage
from app.demo.meetings import meetings
from app.demo.neighbours import neighbours
from app.demo.programmes import found
from app.demo.story import Story, play
from app.web.formats import LOCAL_TIME

BEGINNING = datetime(2007, 1, 2, 8, tzinfo=UTC)
"""When the people of the demonstration are said to have come."""


def is_empty() -> bool:
    """Nobody has been let in yet, so there is nothing that the demonstration could disturb."""
    return not people()


def load(now: datetime) -> int:
    """Enter programmes, people and cases; answers with the number of projects. All of it or nothing."""
    today = now.astimezone(LOCAL_TIME).date()
    with transaction():
        cast = engage(BEGINNING)
        stage = found(cast.administrator, today)
        stories = [Story(case, cast, stage) for case in (*real_cases(), *neighbours(today))]
        told = chain.from_iterable(story.moments() for story in stories)
        play(chain(told, meetings(stories, today)))
    return len(stories)
