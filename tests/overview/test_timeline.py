"""The history told in words."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app.applications import service
from app.applications.sections import title_of
from app.db import db, transaction
from app.history.queries import timeline_of
from app.overview.changes import Reader
from app.overview.timeline import ACTS, PLANNING, TOLD_ELSEWHERE, WRITING, told
from app.programmes.models import Programme
from app.projects.service import remark, set_departments
from app.reviews.models import CompletionQuestion, CompletionRequest
from config import PROJECT_ROOT
from tests.conftest import NOW, Browser, Cast
from tests.review_story import resubmitted, returned, taken_in
from tests.story import filled_application, registered

READER = Reader({}, "sv")
PACKAGES = ("projects", "benefits", "applications", "reviews", "decisions", "delivery")


def verbs_written_in(path: Path) -> set[str]:
    """The verbs that a file's calls of record() and remove() give as plain text."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [
        call for call in calls if getattr(call.func, "id", "") in ("record", "remove") and len(call.args) > 1
    ]
    return {str(call.args[1].value) for call in named if isinstance(call.args[1], ast.Constant)}


def test_every_verb_of_a_project_is_told_or_said_to_be_told_elsewhere() -> None:
    written: set[str] = set()
    for package in PACKAGES:
        for path in (PROJECT_ROOT / "app" / package).rglob("*.py"):
            written |= verbs_written_in(path)
    assert written - ACTS.keys() - WRITING.keys() - PLANNING.keys() - TOLD_ELSEWHERE == set()


def test_the_newest_act_stands_first_and_says_who_and_what(cast: Cast, programme: Programme) -> None:
    project = registered(cast, programme)
    first = told(timeline_of(project.id), READER, with_writing=False, in_department=False)[0]
    assert first.what == "registrerade ansökan"
    assert first.who == cast.secretary.name


def test_a_remark_is_told_in_its_own_words(cast: Cast, programme: Programme) -> None:
    project = registered(cast, programme)
    with transaction():
        remark(cast.secretary, project, "Summan stämmer inte.", source="", now=NOW + timedelta(days=9))
    first = told(timeline_of(project.id), READER, with_writing=False, in_department=False)[0]
    assert (first.what, first.detail) == ("gjorde en anmärkning", "Summan stämmer inte.")


def test_what_was_written_shows_question_and_answer_to_those_who_may_read_it(
    cast: Cast, programme: Programme
) -> None:
    project = filled_application(cast, programme)
    with transaction():
        content = {"need_today": "Handläggarna hinner inte svara i telefon."}
        service.save_section(cast.leader, project, "background", content, NOW + timedelta(days=1))
    newest = told(timeline_of(project.id), READER, with_writing=True, in_department=True)[0]
    assert newest.what == "skrev i ett avsnitt"
    assert any("hinner inte svara" in change["to"] for change in newest.changes)
    assert all(
        "skrev" not in str(entry.what)
        for entry in told(timeline_of(project.id), READER, with_writing=False, in_department=False)
    )


def test_the_history_page_keeps_the_writing_from_those_who_only_read_versions(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = registered(cast, programme)
    page = browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/historik")
    assert "registrerade ansökan" in page.text
    assert "lade till en kostnad" not in page.text
    browser.post("/logga-ut")
    own = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/historik")
    assert "lade till en kostnad" in own.text


def test_values_are_told_as_people_read_them(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = filled_application(cast, programme)
    page = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/historik").text
    for stored in ("<ins>one_off</ins>", "<ins>yes</ins>", "<ins>own_budget</ins>", "<ins>1</ins>"):
        assert stored not in page
    assert f"<ins>{cast.department.name}</ins>" in page


def test_a_line_and_a_department_are_told_by_name(cast: Cast, programme: Programme) -> None:
    project = filled_application(cast, programme)
    with transaction():
        set_departments(cast.leader, project, {cast.other_department.id}, NOW)
    entries = told(timeline_of(project.id), READER, with_writing=True, in_department=True)
    details = {(str(entry.what), entry.detail) for entry in entries}
    assert ("lade till en medverkande förvaltning", cast.other_department.name) in details
    named = {detail for what, detail in details if what in ("lade till en kostnad", "lade till en nytta")}
    assert named
    assert None not in named


def test_an_answer_says_which_section_was_asked_about(cast: Cast, programme: Programme) -> None:
    project = resubmitted(cast, returned(cast, taken_in(cast, programme)))
    acts = told(timeline_of(project.id), READER, with_writing=False, in_department=False)
    asked = open_or_answered(project.id)
    answers = [act for act in acts if act.what == "svarade på en fråga"]
    assert answers
    assert {str(act.detail) for act in answers} == {str(title_of(section)) for section in asked}


def open_or_answered(project_id: int) -> set[str]:
    """The sections that the secretariat has asked about."""
    asked = select(CompletionQuestion.section).join(CompletionRequest)
    return set(db.session.scalars(asked.where(CompletionRequest.project_id == project_id)))
