"""Entering the whole demonstration, through the services that people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

from app.accounts.queries import people
from app.core.clock import local_day
from app.db import transaction
from app.demo.booking import booked
from app.demo.case import real_cases
from app.demo.cast import Cast, engage
from app.demo.changing import changed
from app.demo.delivery import delivered
from app.demo.ending import ended
from app.demo.interrupted import interrupted, overtaken
from app.demo.meetings import meetings
from app.demo.neighbours import neighbours
from app.demo.programmes import found
from app.demo.remaining import remaining
from app.demo.reporting import reported
from app.demo.risks import followed
from app.demo.story import Moment, Story, play
from app.notifications.queries import newest_id
from app.notifications.service import mark_all_read

UNREAD_DAYS = 16
"""How long ago people last read what they are told."""
BEGINNING = datetime(2007, 1, 2, 8, tzinfo=UTC)
"""When the people of the demonstration are said to have come."""


def is_empty() -> bool:
    """Nobody has been let in yet, so there is nothing that the demonstration could disturb."""
    return not people()


def load(now: datetime) -> int:
    """Enter programmes, people and cases; answers with the number of projects. All of it or nothing."""
    today = local_day(now)
    with transaction():
        cast = engage(BEGINNING)
        stage = found(cast.administrator, today)
        stories = [Story(case, cast, stage) for case in (*real_cases(), *neighbours(today))]
        told = chain.from_iterable(story.moments() for story in stories)
        play(
            chain(
                told,
                meetings(stories, today),
                delivered(stories, today),
                followed(stories, today),
                changed(stories, today),
                reported(stories, today),
                booked(stories, today),
                ended(stories, today),
                interrupted(stories),
                overtaken(stories, today),
                remaining(stories, today),
                _reading(cast, now),
            )
        )
    return len(stories)


def _reading(cast: Cast, now: datetime) -> Iterator[Moment]:
    """Everybody has read everything but the newest."""
    at = now - timedelta(days=UNREAD_DAYS)
    return ((at, partial(_read_all, person.id, at)) for person in cast.told)


def _read_all(person_id: int, at: datetime) -> None:
    mark_all_read(person_id, newest_id(person_id), at)
