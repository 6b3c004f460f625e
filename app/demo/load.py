"""Entering the whole demonstration, through the services that people use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

from app.accounts.access import Viewer
from app.accounts.models import MailChoice
from app.accounts.queries import people, person
from app.accounts.service import set_mail_choice
from app.core.clock import local_day
from app.db import transaction
from app.demo.booking import booked
from app.demo.case import real_cases
from app.demo.cast import Cast, engage
from app.demo.changing import changed
from app.demo.delivery import delivered
from app.demo.ending import ended
from app.demo.following import left
from app.demo.interrupted import interrupted, overtaken
from app.demo.lives.cases import rounds_before
from app.demo.lives.leaving import leave_on
from app.demo.lives.leaving import left as gone
from app.demo.lives.life import first_year, lives
from app.demo.lives.load import happenings
from app.demo.meetings import meetings
from app.demo.neighbours import neighbours
from app.demo.operating import operated
from app.demo.programme_reports import told as told_of_programme
from app.demo.programmes import found
from app.demo.realising import realised
from app.demo.remaining import remaining
from app.demo.reporting import periods_set, reported
from app.demo.risks import followed
from app.demo.sharing import shared
from app.demo.story import Moment, Story, play
from app.demo.taking_home import budgeted
from app.demo.viewing import views_saved
from app.notifications.queries import newest_id
from app.notifications.service import mark_all_read

UNREAD_DAYS = 16
"""How long ago people last read what they are told."""
BEGINNING = datetime(2007, 1, 2, 8, tzinfo=UTC)
"""When the people of the demonstration are said to have come."""


def is_empty() -> bool:
    """Nobody has been let in yet, so there is nothing that the demonstration could disturb."""
    return not people()


def load(now: datetime, count: int = 0) -> int:
    """Enter programmes, people, cases and so many lives beside them; answers with the number of projects. All
    of it or nothing."""
    today = local_day(now)
    told_of = lives(count, today)
    with transaction():
        leaving = leave_on(told_of, today)
        cast = engage(BEGINNING, leaving)
        stage = found(cast.administrator, today, rounds_before(told_of, today))
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
                left(stories, today),
                realised(stories, today),
                budgeted(stories, today),
                operated(stories, today),
                shared(stories, today),
                periods_set(stories[0], first_year(told_of, today), today),
                happenings(told_of, cast, stage, today),
                told_of_programme(stories, today),
                gone(cast, leaving),
                _mailing(cast, now) if told_of else (),
                _reading(cast, now),
                views_saved(cast, now),
            )
        )
    return len(stories) + len(told_of)


def _mailing(cast: Cast, now: datetime) -> Iterator[Moment]:
    """Nobody has had mail but lately: what is older is no news to anybody."""
    for choice, at in (
        (MailChoice.NEVER, BEGINNING),
        (MailChoice.AT_ONCE, now - timedelta(days=UNREAD_DAYS)),
    ):
        for each in sorted(cast.told, key=lambda viewer: viewer.id):
            yield at, partial(_choose_mail, each, choice, at)


def _choose_mail(viewer: Viewer, choice: MailChoice, at: datetime) -> None:
    row = person(viewer.id)
    if row is not None:
        set_mail_choice(viewer, row, choice, at)


def _reading(cast: Cast, now: datetime) -> Iterator[Moment]:
    """Everybody has read everything but the newest."""
    at = now - timedelta(days=UNREAD_DAYS)
    return ((at, partial(_read_all, person.id, at)) for person in cast.told)


def _read_all(person_id: int, at: datetime) -> None:
    mark_all_read(person_id, newest_id(person_id), at)
