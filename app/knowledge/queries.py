"""Finding lessons: by their words, their kind and what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, column, func, or_, select, true, values
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.applications.queries import newest_version
from app.closing.final_report.models import FinalReport, FinalReportRemark, FinalReportVersion
from app.core.clock import local_day
from app.core.final_report import Area, FinalAction, FinalState
from app.core.lessons import LEAST_PART, Kind, Match, parts_of, weight
from app.db import db
from app.knowledge.models import Lesson, LessonAnswer, LessonPosting, LessonTerm
from app.knowledge.stems import stems_of
from app.projects.models import Project
from app.projects.policy import sees_working_copy
from app.projects.queries import project_for, visible_to

AFTER_Z = "~"
"""Comes after every letter of a kept text: what begins with a stem lies between it and it with this."""

MOST_WORDS = 12
"""Words of what is asked for that are looked for, the rarest: nobody searches for a whole page of text."""

MOST_TERMS = 200
"""Words of lessons that one search is made of: first those that are asked for, then the most telling."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    words: str = ""
    kind: Kind | None = None
    area: Area | None = None
    department_id: int | None = None

    def narrows(self) -> bool:
        """Whether it asks for anything at all."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson as it is read: also by those who do not see its case, who are not led there."""

    id: int
    kind: Kind
    area: str | None
    told_by: str | None
    text: str
    learned_on: date
    department: str
    title: str | None
    """What the project is called, for those who see the case; None for everybody else."""
    project_id: int | None


def lessons(viewer: Viewer, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[list[Found], int]:
    """A page of the lessons that fit, and how many there are: the best first, without words the newest."""
    query = select(Lesson.id, func.count().over().label("all")).where(*_fits(wanted))
    if wanted.department_id is not None:
        query = query.join(Project, Project.id == Lesson.project_id)
    order = (Lesson.learned_on.desc(), Lesson.id)
    if wanted.words.strip():
        scores = _scores(wanted.words).subquery()
        query = query.join(scores, scores.c.lesson_id == Lesson.id).order_by(scores.c.score.desc(), *order)
    else:
        query = query.order_by(*order)
    page = db.session.execute(query.limit(limit).offset(offset)).all()
    if not page and offset:  # past the last page
        return [], lessons(viewer, wanted, limit=1)[1]
    return read(viewer, [row.id for row in page]), page[0].all if page else 0


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = []
    if wanted.kind is not None:
        found.append(Lesson.kind == wanted.kind.value)
    if wanted.area is not None:
        found.append(Lesson.area == wanted.area.value)
    if wanted.department_id is not None:
        found.append(Project.lead_department_id == wanted.department_id)
    return found or [true()]


def read(viewer: Viewer, numbers: Sequence[int]) -> list[Found]:
    """These lessons, in this order."""
    query = (
        select(Lesson, Project.title, Department.name, visible_to(viewer).label("seen"))
        .join(Project, Project.id == Lesson.project_id)
        .join(Department, Department.id == Project.lead_department_id)
        .where(Lesson.id.in_(numbers))
    )
    found = {
        lesson.id: Found(
            lesson.id,
            Kind(lesson.kind),
            lesson.area,
            lesson.told_by,
            lesson.text,
            lesson.learned_on,
            department,
            title if seen else None,
            lesson.project_id if seen else None,
        )
        for lesson, title, department, seen in db.session.execute(query)
    }
    return [found[number] for number in numbers]


# --- searching -------------------------------------------------------------------------------------------


def _scores(text: str) -> Select[int, Any]:
    """The score of every lesson in which something that is looked for stands."""
    weights = sorted(_weights(stems_of(text)).items()) or [(0, 0)]
    # As rows and not as one long CASE: PostgreSQL would compile it anew for each search.
    weighed = values(column("term_id", Integer), column("weight", Integer)).data(weights).cte("weighed")
    return (
        select(LessonPosting.lesson_id, func.sum(weighed.c.weight).label("score"))
        .join(weighed, weighed.c.term_id == LessonPosting.term_id)
        .group_by(LessonPosting.lesson_id)
    )


def _weights(stems: Sequence[str]) -> dict[int, int]:
    """What each word that fits adds to a lesson's score."""
    everything = db.session.scalar(select(func.count(Lesson.id))) or 0
    same = _terms(LessonTerm.stem.in_(stems)) if stems else []
    common = {row.stem: row.lessons for row in same}
    rarest = sorted(stems, key=lambda stem: common.get(stem, 0))[:MOST_WORDS]
    found = {row.id: weight(Match.SAME, row.lessons, everything) for row in same if row.stem in rarest}
    around = {
        row.id: weight(match, row.lessons, everything)
        for match, terms in _around(rarest).items()
        for row in terms
        if row.id not in found
    }
    telling = sorted(around, key=lambda term_id: (-around[term_id], term_id))
    return found | {term_id: around[term_id] for term_id in telling[: MOST_TERMS - len(found)]}


def _around(stems: Sequence[str]) -> Mapping[Match, list[Term]]:
    """Words that are parts of those that are asked for, and longer ones; what is both counts as longer."""
    long = [stem for stem in stems if len(stem) >= LEAST_PART]
    parts = sorted({part for stem in long for part in parts_of(stem)})
    around = [
        clause
        for stem in long
        for clause in (
            LessonTerm.stem.between(stem, stem + AFTER_Z),
            LessonTerm.backwards.between(stem[::-1], stem[::-1] + AFTER_Z),
        )
    ]
    return {
        Match.PART: _terms(LessonTerm.stem.in_(parts)) if parts else [],
        Match.LONGER: _terms(or_(*around)) if around else [],
    }


class Term(NamedTuple):
    """A word that stands in lessons, and in how many."""

    id: int
    stem: str
    lessons: int


def _terms(fits: ColumnElement[bool]) -> list[Term]:
    query = select(LessonTerm.id, LessonTerm.stem, LessonTerm.lessons).where(fits, LessonTerm.lessons > 0)
    return [Term._make(row) for row in db.session.execute(query)]


def numbers_of(stems: Sequence[str]) -> dict[str, int]:
    """The numbers of words that are kept."""
    query = select(LessonTerm.stem, LessonTerm.id).where(LessonTerm.stem.in_(stems))
    return {row.stem: row.id for row in db.session.execute(query)}


def not_learned_from() -> list[tuple[FinalReportVersion, date]]:
    """Approved reports whose lessons are not kept, with the day that each was approved."""
    query = (
        select(FinalReportVersion, FinalReportRemark.at)
        .join(FinalReport, FinalReport.id == FinalReportVersion.report_id)
        .join(FinalReportRemark, FinalReportRemark.version_id == FinalReportVersion.id)
        .where(
            FinalReport.state == FinalState.APPROVED.value,
            FinalReportRemark.kind == FinalAction.APPROVE.value,
            ~select(Lesson.id).where(Lesson.version_id == FinalReportVersion.id).exists(),
        )
        .order_by(FinalReportRemark.at, FinalReportVersion.id)
    )
    return [(version, local_day(at)) for version, at in db.session.execute(query)]


# --- points of an application ----------------------------------------------------------------------------


@dataclass(frozen=True)
class PointOf:
    """A lesson that an application may answer."""

    project: Project
    lesson: Lesson


def point_for(viewer: Viewer, project_id: int, lesson_id: int) -> PointOf | None:
    """A lesson, and the application of a project that the viewer sees."""
    project = project_for(viewer, project_id)
    lesson = db.session.get(Lesson, lesson_id) if project else None
    return PointOf(project, lesson) if project and lesson else None


def answers_in(viewer: Viewer, project: Project) -> dict[int, LessonAnswer]:
    """The application's newest answer to each lesson, as far as the viewer may read: those who do not see
    what is being written read what had been answered when the application last came in."""
    query = (
        select(LessonAnswer)
        .where(LessonAnswer.project_id == project.id, *_until(viewer, project))
        .options(joinedload(LessonAnswer.answered_by))
        .order_by(LessonAnswer.id)
    )
    return {row.lesson_id: row for row in db.session.scalars(query)}


def _until(viewer: Viewer, project: Project) -> Iterable[ColumnElement[bool]]:
    if sees_working_copy(viewer, project):
        return ()
    version = newest_version(project.id)
    came_in: datetime | None = version.submitted_at if version else None
    return (LessonAnswer.answered_at <= came_in,) if came_in else (LessonAnswer.id.is_(None),)
