"""What people are told, and that nobody reads what another is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.db import db
from app.notifications import labels, queries, service
from app.notifications.models import Kind, Notification
from app.projects.models import Project
from tests.conftest import NOW, Browser, Cast


def tell(*person_ids: int, kind: Kind, project: Project, **details: object) -> Notification:
    """Tell people something; the first of what they were told."""
    service.notify(person_ids, kind, project.id, NOW, title=project.title, **details)
    db.session.commit()
    newest = db.session.get(Notification, queries.newest_id(person_ids[0]))
    assert newest is not None
    return newest


def test_each_person_is_told_once(cast: Cast, project: Project) -> None:
    service.notify([cast.leader.id, cast.manager.id, cast.leader.id], Kind.SUBMITTED, project.id, NOW)
    assert queries.unread_count(cast.leader) == 1
    assert queries.unread_count(cast.manager) == 1
    assert queries.unread_count(cast.secretary) == 0


def test_an_unknown_kind_is_a_fault_of_the_program(cast: Cast, project: Project) -> None:
    with pytest.raises(ValueError, match="party"):
        service.notify([cast.leader.id], "party", project.id, NOW)


def test_the_inbox_tells_what_happened_in_which_project(
    browser: Browser, cast: Cast, project: Project
) -> None:
    tell(cast.leader.id, kind=Kind.RETURNED_FOR_COMPLETION, project=project, due_on="2027-04-01", questions=2)
    page = browser.sign_in(cast.leader).get("/aviseringar").text
    assert "Komplettera ansökan" in page
    assert "Bygglov på nätet" in page
    assert f'href="/projekt/{project.id}"' in page
    assert "Svara senast 2027-04-01" in page
    assert "2 frågor att svara på" in page
    assert "Du har 1 oläst avisering." in page


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_words(kind: Kind, browser: Browser, cast: Cast, project: Project) -> None:
    told = tell(
        cast.leader.id,
        kind=kind,
        project=project,
        job=1,
        benefit_id=1,
        effect_id=1,
        service_id=1,
        report_id=1,
        version=1,
        budget_year=2027,
    )
    assert labels.heading(told) in browser.sign_in(cast.leader).get("/aviseringar").text


def test_a_decision_is_told_in_words(app: object, cast: Cast, project: Project) -> None:
    told = tell(cast.leader.id, kind=Kind.DECIDED, project=project, decision="approve_in_part")
    assert labels.particulars(told.details) == ["Beslut: Beviljad delvis"]


def test_hostile_text_in_a_title_or_comment_stays_text(
    browser: Browser, cast: Cast, project: Project
) -> None:
    hostile = "<img src=x onerror=alert(1)>%(value)s{{ 7 * 7 }}"
    service.notify([cast.leader.id], Kind.SENT_BACK, project.id, NOW, title=hostile, comment=hostile)
    db.session.commit()
    page = browser.sign_in(cast.leader).get("/aviseringar").text
    assert "<img" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;%(value)s{{ 7 * 7 }}") >= 2


def test_the_unread_come_first(cast: Cast, project: Project) -> None:
    first = tell(cast.leader.id, kind=Kind.SUBMITTED, project=project)
    service.notify([cast.leader.id], Kind.REGISTERED, project.id, NOW + timedelta(days=1))
    service.mark_read(cast.leader.id, queries.inbox(cast.leader)[0].id, NOW + timedelta(days=2))
    assert queries.inbox(cast.leader)[0].id == first.id


def test_opening_the_project_marks_it_as_read(browser: Browser, cast: Cast, project: Project) -> None:
    told = tell(cast.leader.id, kind=Kind.REGISTERED, project=project)
    answer = browser.sign_in(cast.leader).post(f"/aviseringar/{told.id}/oppna")
    assert answer.headers["Location"] == f"/projekt/{project.id}"
    assert queries.unread_count(cast.leader) == 0


def test_one_or_all_are_marked_as_read(browser: Browser, cast: Cast, project: Project) -> None:
    told = tell(cast.leader.id, kind=Kind.REGISTERED, project=project)
    tell(cast.leader.id, kind=Kind.DECIDED, project=project)
    tell(cast.manager.id, kind=Kind.DECIDED, project=project)
    browser.sign_in(cast.leader)
    browser.post(f"/aviseringar/{told.id}/last")
    assert queries.unread_count(cast.leader) == 1
    browser.post("/aviseringar/lasta", data={"newest": str(queries.newest_id(cast.leader.id))})
    assert queries.unread_count(cast.leader) == 0
    assert queries.unread_count(cast.manager) == 1


def test_what_came_after_the_page_was_shown_stays_unread(
    browser: Browser, cast: Cast, project: Project
) -> None:
    shown = tell(cast.leader.id, kind=Kind.REGISTERED, project=project)
    tell(cast.leader.id, kind=Kind.DECIDED, project=project)
    browser.sign_in(cast.leader)
    browser.post("/aviseringar/lasta", data={"newest": str(shown.id)})
    assert queries.unread_count(cast.leader) == 1
    assert browser.post("/aviseringar/lasta", data={"newest": "alla"}).status_code == 400


@pytest.mark.parametrize("verb", ["last", "oppna"])
def test_nobody_touches_what_another_is_told(
    verb: str, browser: Browser, cast: Cast, project: Project
) -> None:
    told = tell(cast.leader.id, kind=Kind.REGISTERED, project=project)
    browser.sign_in(cast.auditor)
    assert browser.post(f"/aviseringar/{told.id}/{verb}").status_code == 404
    assert "Bygglov på nätet" not in browser.get("/aviseringar").text
    assert queries.unread_count(cast.leader) == 1


def test_an_empty_inbox_says_so(browser: Browser, cast: Cast) -> None:
    assert "Inga aviseringar än" in browser.sign_in(cast.nobody).get("/aviseringar").text
