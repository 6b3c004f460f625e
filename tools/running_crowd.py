"""A programme with very many projects that run, each with a plan and the reports that it has sent.

The demonstration's running projects are entered through the services; what that wrote is then copied row by
row (tools/copying.py).
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from random import Random

from app.core.clock import local_day
from app.core.workflow import State
from app.db import db, transaction
from app.demo.cast import engage
from app.demo.load import BEGINNING
from app.demo.meetings import invented
from app.demo.neighbours import neighbours
from app.demo.programmes import TODAYS, found
from app.demo.reporting import periods_set, reported
from app.demo.story import Story, play
from app.programmes.service import change_frame
from tools.copying import Copier, Place, patterns
from tools.crowd import FRAME, SEED, with_all_lines


def fill(projects: int, now: datetime, benefits: int | None = None) -> None:
    """Fill the empty, migrated database of the current app with so many running projects; each promises so
    many benefits, if that is said."""
    today = local_day(now)
    with transaction():
        cast = engage(BEGINNING)
        stage = found(cast.administrator, today)
        programme = stage.programmes[TODAYS]
        change_frame(cast.administrator, programme, FRAME, reference="Prov", booked_on=today, now=now)
        cases = neighbours(today)
        told = [
            Story(case, cast, stage)
            for case in (with_all_lines(cases, benefits, benefits) if benefits else cases)
        ]
        stories = invented(told, State.RUNNING)
        told_of = chain.from_iterable(story.moments() for story in stories)
        play(chain(told_of, periods_set(stories[0], today.year - 1, today), reported(stories, today)))
        entered = [(story.case.lead, story.project.id) for story in stories]
        rounds = [(row.id, row.name) for row in stage.rounds.values() if row.programme_id == programme.id]
        place = Place(programme.id, tuple(rounds), cast)
    db.session.remove()
    with db.engine.connect() as connection:
        copier = Copier(connection, place, Random(SEED))  # noqa: S311 - nothing secret is drawn
        copier.copy(patterns(connection, entered), projects - len(entered), {State.RUNNING: 1})
