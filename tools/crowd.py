"""Ten thousand applications, of fifteen cost lines and twelve benefit lines each, in every state.

The demonstration's invented cases are entered through the services, with as many lines; what that wrote is
then copied row by row, under other titles, departments, people, days and numbers. So each copy has all that
a real case has: versions with their fingerprints, lines of the ledger, notifications, and links of the
history's chain, which verifies. The same seed gives the same crowd.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import chain, cycle, islice
from random import Random

from app.core.clock import local_day
from app.db import db, transaction
from app.demo.case import Case, Words
from app.demo.cast import engage
from app.demo.load import BEGINNING
from app.demo.neighbours import neighbours
from app.demo.programmes import TODAYS, found
from app.demo.story import Story, play
from app.programmes.service import change_frame
from tools.copying import Copier, Place, patterns

SEED = 4711
COSTS, BENEFITS = 15, 12
FRAME = Decimal(1_000_000_000_000)
CACHE_KB = 400_000


def fill(cases: int, now: datetime) -> None:
    """Fill the empty, migrated database of the current app with so many cases."""
    today = local_day(now)
    with transaction():
        cast = engage(BEGINNING)
        stage = found(cast.administrator, today)
        programme = stage.programmes[TODAYS]
        change_frame(cast.administrator, programme, FRAME, reference="Prov", booked_on=today, now=now)
        stories = [Story(case, cast, stage) for case in with_all_lines(neighbours(today))]
        play(chain.from_iterable(story.moments() for story in stories))
        entered = [(story.case.lead, story.project.id) for story in stories]
        rounds = [(row.id, row.name) for row in stage.rounds.values() if row.programme_id == programme.id]
        copying = Place(programme.id, tuple(rounds), cast)
    db.session.remove()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.execute("PRAGMA synchronous=OFF")  # it can be made again
            # Hashes come in no order: an index of them that does not fit in memory is read anew for each row.
            connection.connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        copier = Copier(connection, copying, Random(SEED))  # noqa: S311 - nothing secret is drawn
        copier.copy(patterns(connection, entered), cases - len(entered))


def with_all_lines(cases: Sequence[Case], costs: int = COSTS, benefits: int = BENEFITS) -> Iterator[Case]:
    """The invented cases, each with as many lines as a large application has, or with so many."""
    some = next(case.benefits for case in cases if case.benefits)
    for case in cases:
        own = case.benefits or [{**line, "department": case.lead} for line in some]
        yield replace(case, costs=_repeated(case.costs, costs), benefits=_repeated(own, benefits))


def _repeated(lines: Sequence[Words], count: int) -> list[Words]:
    return [
        {**line, "description": f"{line['description']}, del {place // len(lines) + 1}"}
        for place, line in enumerate(islice(cycle(lines), count))
    ]
