"""Lessons come from approved final reports, and are found again by Swedish words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from app.core.final_report import Area
from app.core.lessons import Kind
from app.db import db, transaction
from app.knowledge import queries, service
from app.knowledge.models import Lesson, LessonPosting, LessonTerm
from app.knowledge.queries import Wanted
from app.programmes.models import Programme
from tests.closing.final_story import final_report_sent
from tests.conftest import Cast
from tests.knowledge.learned import finished, finished_with, search


def test_nothing_is_learned_from_a_report_before_it_is_approved(cast: Cast, programme: Programme) -> None:
    final_report_sent(cast, programme)
    assert search(cast) == []


def test_an_approved_report_is_learned_from_square_by_square(cast: Cast, programme: Programme) -> None:
    project = finished(cast, programme)
    found = search(cast)
    assert {(row.kind, row.area, row.told_by) for row in found} == {
        (Kind.CHALLENGE, "planning", "project"),
        (Kind.CHALLENGE, "work", "project"),
        (Kind.SUCCESS, "staffing", "project"),
        (Kind.OTHER, "work", "project"),
        (Kind.RECOMMENDATION, None, None),
    }
    assert {row.project_id for row in found} == {project.id}


@pytest.mark.parametrize(
    "words",
    [
        "upphandling",
        "UPPHANDLINGAR",
        "upphandlingsstöd",
        "systemupphandling",
        "plan",
        "tidplaner",
    ],
)
def test_a_lesson_is_found_by_other_forms_of_its_words_and_by_parts_of_compounds(
    cast: Cast, programme: Programme, words: str
) -> None:
    finished(cast, programme)
    assert search(cast, words)[0].text.startswith("Upphandlingen")


@pytest.mark.parametrize(
    "words", ["fotboll", "xyz", "och", "!", "%", "_", "'; drop table lesson; --", "\x00"]
)
def test_what_stands_nowhere_is_not_found(cast: Cast, programme: Programme, words: str) -> None:
    finished(cast, programme)
    assert search(cast, words) == []


def test_the_lesson_with_more_of_the_rare_words_comes_first(cast: Cast, programme: Programme) -> None:
    finished(cast, programme)
    assert search(cast, "tid för handläggarna")[0].text.startswith("Handläggarna")


def test_lessons_are_narrowed_by_kind_area_and_department(cast: Cast, programme: Programme) -> None:
    project = finished(cast, programme)
    assert [row.kind for row in search(cast, kind=Kind.SUCCESS)] == [Kind.SUCCESS]
    assert [row.area for row in search(cast, area=Area.PLANNING)] == ["planning"]
    assert len(search(cast, department_id=project.lead_department_id)) == 5
    assert search(cast, department_id=cast.other_department.id) == []


def test_who_does_not_see_the_case_reads_the_lesson_and_is_not_told_which_case_it_was(
    cast: Cast, programme: Programme
) -> None:
    finished(cast, programme)
    stranger = replace(cast.leader, id=cast.council.id, roles=frozenset())
    rows, _count = queries.lessons(stranger, Wanted(), limit=10)
    assert len(rows) == 5
    assert {(row.title, row.project_id) for row in rows} == {(None, None)}


def test_what_was_approved_before_lessons_were_kept_is_learned_from_once(
    cast: Cast, programme: Programme
) -> None:
    finished(cast, programme)
    before = [row.text for row in search(cast)]
    with transaction():
        for model in (LessonPosting, LessonTerm, Lesson):
            db.session.execute(delete(model))
    assert search(cast) == []
    with transaction():
        assert service.catch_up() == 1
    with transaction():
        assert service.catch_up() == 0
    assert [row.text for row in search(cast)] == before
    assert search(cast, "upphandling")


def test_each_word_knows_in_how_many_lessons_it_stands(cast: Cast, programme: Programme) -> None:
    finished(cast, programme)
    finished_with(cast, programme, {"challenge_work": "Upphandling igen."}, "Fråga jurist.")
    for term in db.session.scalars(select(LessonTerm)):
        postings = db.session.query(LessonPosting).where(LessonPosting.term_id == term.id).count()
        assert term.lessons == postings, term.stem


def test_pages_of_lessons_hold_each_once(cast: Cast, programme: Programme) -> None:
    finished(cast, programme)
    found: list[int] = []
    for offset in range(5):
        rows, count = queries.lessons(
            cast.leader, Wanted("upphandling tid användare jurist"), limit=1, offset=offset
        )
        found += [row.id for row in rows]
    assert len(found) == len(set(found)) == count
