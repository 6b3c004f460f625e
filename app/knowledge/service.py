"""What can be done with lessons: kept when a final report is approved, and answered by applications."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, update

from app.accounts.access import Viewer
from app.closing.final_report.approved import when_approved
from app.closing.final_report.content import Words, place
from app.closing.final_report.lessons import recommended_in, told_in
from app.closing.final_report.models import FinalReportVersion
from app.core.clock import local_day
from app.core.lessons import Answer, Kind
from app.core.verdict import require
from app.db import db, insert
from app.history.service import record
from app.knowledge import policy, queries
from app.knowledge.models import Lesson, LessonAnswer, LessonPosting, LessonTerm
from app.knowledge.queries import PointOf
from app.knowledge.stems import stems_of
from app.projects.models import Project

_TERMS = LessonTerm.metadata.tables["lesson_term"]
_COUNT = (
    update(_TERMS)
    .where(_TERMS.c.id == bindparam("term"))
    .values(lessons=_TERMS.c.lessons + bindparam("more"))
)


@when_approved
def keep_lessons(_actor: Viewer, _project: Project, version: FinalReportVersion, now: datetime) -> None:
    """Keep what the report tells that others can learn from."""
    keep(version, local_day(now))


def keep(version: FinalReportVersion, learned_on: date) -> list[Lesson]:
    """The lessons of an approved report, each with the words that it is found by."""
    lessons = list(_lessons_in(version, learned_on))
    db.session.add_all(lessons)
    db.session.flush()
    index(lessons)
    return lessons


def catch_up() -> int:
    """Keep the lessons of reports that were approved before lessons were kept; how many reports that were."""
    found = queries.not_learned_from()
    for version, learned_on in found:
        keep(version, learned_on)
    return len(found)


def _lessons_in(version: FinalReportVersion, learned_on: date) -> Iterator[Lesson]:
    for told in told_in(version.content):
        yield Lesson(
            project_id=version.project_id,
            version_id=version.id,
            place=f"{told.group}_{place(told.lesson, told.area)}",
            told_by=told.group.value,
            kind=Kind(told.lesson.value).value,
            area=told.area.value,
            text=told.text,
            learned_on=learned_on,
        )
    recommended = recommended_in(version.content)
    if recommended:
        yield Lesson(
            project_id=version.project_id,
            version_id=version.id,
            place=Words.RECOMMENDATIONS.value,
            told_by=None,
            kind=Kind.RECOMMENDATION.value,
            area=None,
            text=recommended,
            learned_on=learned_on,
        )


def index(lessons: Sequence[Lesson]) -> None:
    """Note which words stand in which lessons."""
    words = {lesson.id: stems_of(lesson.text) for lesson in lessons}
    stems = sorted({stem for found in words.values() for stem in found})
    if not stems:
        return
    added = [{"stem": stem, "backwards": stem[::-1], "lessons": 0} for stem in stems]
    db.session.execute(insert(LessonTerm).on_conflict_do_nothing(index_elements=["stem"]), added)
    numbers = queries.numbers_of(stems)
    db.session.add_all(
        LessonPosting(term_id=numbers[stem], lesson_id=lesson_id)
        for lesson_id, found in words.items()
        for stem in found
    )
    _count(words.values(), numbers)


def _count(words: Iterable[Sequence[str]], numbers: dict[str, int]) -> None:
    counts: dict[int, int] = {}
    for found in words:
        for stem in found:
            counts[numbers[stem]] = counts.get(numbers[stem], 0) + 1
    rows = [{"term": term_id, "more": more} for term_id, more in sorted(counts.items())]
    db.session.connection().execute(_COUNT, rows)


def answer(actor: Viewer, point: PointOf, said: Answer, words: str, now: datetime) -> LessonAnswer:
    """Say what the application does with a lesson, or why it does not apply."""
    require(policy.may_answer(actor, point))
    given = LessonAnswer(
        project_id=point.project.id,
        lesson_id=point.lesson.id,
        answer=said.value,
        words=words,
        answered_by_id=actor.id,
        answered_at=now,
    )
    db.session.add(given)
    record(actor, "answer_lesson", given, now=now)
    return given
