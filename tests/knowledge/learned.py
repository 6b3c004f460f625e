"""A project that has ended, and what others learn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.closing.final_report.content import GroupSaid, Words, place
from app.core.final_report import Area, Group, Lesson
from app.core.lessons import Answer
from app.db import transaction
from app.knowledge import queries, service
from app.knowledge.queries import Found, PointOf, Wanted
from app.programmes.models import Programme
from app.projects.models import Project
from tests.closing.final_story import (
    CLOSED,
    approve,
    closing,
    complete_content,
    final_report,
    put_in_order,
    send,
    write,
)
from tests.conftest import Cast
from tests.remembered import remembered
from tests.story import reloaded

TIME = place(Lesson.CHALLENGE, Area.PLANNING)
LESSONS = {
    TIME: "Upphandlingen tog nio månader, och tidplanen sprack.",
    place(Lesson.SUCCESS, Area.STAFFING): "Handläggarna hade avsatt tid för införandet.",
    place(Lesson.CHALLENGE, Area.WORK): "Färre använde tjänsten än vi väntade.",
    place(Lesson.OTHER, Area.WORK): "Pröva med få användare först.",
}


@remembered
def finished(cast: Cast, programme: Programme, **details: Any) -> Project:
    """A project whose final report is approved, with the lessons above."""
    return finished_with(cast, programme, LESSONS, "Låna jurist.", **details)


def finished_with(
    cast: Cast, programme: Programme, lessons: Mapping[str, str], recommends: str, **details: Any
) -> Project:
    """A project whose final report, with these lessons of its project group, is approved."""
    project = closing(cast, programme, **details)
    whole = complete_content(project)
    groups = {group: GroupSaid(absent="Ingen hann.") for group in Group}
    groups[Group.PROJECT] = GroupSaid(lessons)
    texts = {**whole.texts, Words.RECOMMENDATIONS: recommends}
    write(cast, project, replace(whole, groups=groups, texts=texts))
    send(cast, reloaded(project))
    put_in_order(cast, project)
    approve(cast, project)
    return reloaded(project)


def search(cast: Cast, words: str = "", **wanted: Any) -> list[Found]:
    """What the project leader finds."""
    rows, count = queries.lessons(cast.leader, Wanted(words, **wanted), limit=50)
    assert len(rows) == count
    return rows


def answered(cast: Cast, project: Project, draft: Project) -> None:
    """What the project's report tells is learned, and another's application answers the first of it."""
    with transaction():
        version = final_report(cast.secretary, project).versions[0]
        lesson = service.keep(version, CLOSED.date())[0]
        service.answer(cast.leader, PointOf(draft, lesson), Answer.DONE, "Vi har lagt till tid.", CLOSED)
