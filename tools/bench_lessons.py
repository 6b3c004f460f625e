"""Measure the search for lessons: fifty thousand of them, on both databases.

`python -m tools.bench_lessons`. Times are wall-clock, in the application, with the names of cases that the
reader sees. The lessons are made of words as common and as rare as those of a language, a third compounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from itertools import product as product_of
from random import Random

from sqlalchemy import insert, select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.closing.final_report.models import FinalReport, FinalReportVersion
from app.core.final_report import Area, FinalState, Group
from app.core.lessons import Kind
from app.db import db, transaction
from app.knowledge import queries, service
from app.knowledge.models import Lesson
from app.knowledge.queries import Wanted
from app.projects.models import Project
from tools import measuring, running_crowd
from tools.drill.city import migrate, product
from tools.grounds import KINDS, ground
from tools.measuring import Row, Target, keep, repeated

LESSONS, PORTION, PROJECTS = 50_000, 2_500, 20
TARGET = Target(p95=100)
SYLLABLES = (
    "an", "be", "da", "el", "fö", "gi", "ha", "in", "ja", "kon", "led", "mä", "nys", "om", "pla", "rin",
    "sty", "tid", "upp", "vär", "åt", "är", "ös", "skri", "drif",
)  # fmt: skip
PARTS = tuple(dict.fromkeys("".join(row) for row in product_of(SYLLABLES, SYLLABLES, SYLLABLES)))[::19][:800]
"""Words, the most common first."""
COMMON = [1 / (place + 20) for place in range(len(PARTS))]
"""How common each is, as words of a language are."""
COMPOUNDS = 0.3
WORDS = 24
"""In a lesson."""
SEARCHES = {
    "the most common word": Wanted(PARTS[0]),
    "two words, challenges": Wanted(f"{PARTS[20]} {PARTS[200]}", kind=Kind.CHALLENGE),
    "a compound": Wanted(f"{PARTS[5]}s{PARTS[50]}"),
    "a risk in thirty words": Wanted(" ".join(PARTS[0:600:20])),
    "none, the newest": Wanted(),
}


def _text(chance: Random) -> str:
    words = chance.choices(PARTS, COMMON, k=2 * WORDS)
    pairs = zip(words[::2], words[1::2], strict=True)
    return " ".join(f"{one}s{other}" if chance.random() < COMPOUNDS else one for one, other in pairs)


def fill(moment: datetime) -> None:
    """Finished projects with so many lessons between them."""
    running_crowd.fill(PROJECTS, moment)
    chance = Random(7)  # noqa: S311 - the same lessons each time, no secret
    kinds, areas, groups = list(Kind), list(Area), list(Group)
    with transaction():
        finished = [_version(project, moment) for project in db.session.scalars(select(Project.id)).all()]
    for first in range(0, LESSONS, PORTION):
        with transaction():
            lessons = [
                Lesson(
                    project_id=finished[number % PROJECTS][0],
                    version_id=finished[number % PROJECTS][1],
                    place=str(number),
                    told_by=groups[number % len(groups)].value,
                    kind=kinds[number % len(kinds)].value,
                    area=areas[number % len(areas)].value,
                    text=_text(chance),
                    learned_on=date(2028, 1 + number % 12, 1),
                )
                for number in range(first, first + PORTION)
            ]
            db.session.add_all(lessons)
            db.session.flush()
            service.index(lessons)
        db.session.expunge_all()


def _version(project_id: int, moment: datetime) -> tuple[int, int]:
    """A project and a report of it that stands for a finished one: past the history."""
    begun = {"project_id": project_id, "state": FinalState.APPROVED.value, "state_since": moment}
    report = insert(FinalReport).values(**begun, content={}, version=1).returning(FinalReport.id)
    sent = {"project_id": project_id, "number": 1, "content_sha256": "", "sent_at": moment, "sent_by_id": 1}
    version = insert(FinalReportVersion).values(
        report_id=db.session.scalar(report), **sent, content={}, budget=Decimal(0), spent=Decimal(0)
    )
    return project_id, db.session.scalar(version.returning(FinalReportVersion.id)) or 0


def searching(kind: str) -> Iterator[Row]:
    """Each search, as somebody in the secretariat asks."""
    with ground(kind) as place:
        migrate(place)
        with product(replace(place, application=place.owner)):
            fill(datetime.now(UTC))
            if kind == "postgresql":
                _let_it_look()
        with product(place):
            reader = Viewer(1, "", "sv", frozenset({(Role.SECRETARIAT, None)}))
            for name, wanted in SEARCHES.items():
                found = queries.lessons(reader, wanted, limit=20)[1]
                action = partial(queries.lessons, reader, wanted, limit=20)
                size = f"{kind}, {LESSONS} lessons, {found} found"
                yield repeated(f"search for lessons: {name}", size, action, runs=40, target=TARGET)


def _let_it_look() -> None:
    """What a PostgreSQL does by itself within a minute of being filled (autovacuum)."""
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")


def main() -> None:
    """Print what each database gives, and keep the table in docs/benchmarks.md."""
    lines = [measuring.HEAD]
    for kind in KINDS:
        for row in searching(kind):
            lines.append(str(row))
            print(row, flush=True)
    keep("lessons", lines)


if __name__ == "__main__":
    main()
