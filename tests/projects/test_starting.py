"""Starting a project."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core.alphabet import key
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.history.models import HistoryEvent
from app.programmes.models import Programme
from app.programmes.queries import open_rounds
from app.projects.models import Project, ProjectKind
from app.projects.service import change_details, start
from tests import story
from tests.conftest import NOW, TODAY, Browser, Cast


def form(cast: Cast, **changed: str) -> dict[str, str]:
    return {
        "title": "Bygglov på nätet", "kind": "implementation", "department_id": str(cast.department.id),
        "round_id": "", "start_key": "a" * 32, **changed,
    }  # fmt: skip


def test_a_leader_starts_a_project_and_comes_to_its_application(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.leader)
    page = browser.get("/projekt/nytt").text
    assert "Löpande 2027 (löpande)" in page
    assert "Kulturförvaltningen" not in page, "only departments that the leader leads projects in"
    (round_,) = open_rounds(programme.id, TODAY)
    answer = browser.post("/projekt/nytt", data=form(cast, round_id=str(round_.id)))
    project = db.session.scalars(select(Project)).one()
    assert answer.headers["Location"] == f"/projekt/{project.id}/ansokan"
    assert (project.title, project.kind, project.state) == ("Bygglov på nätet", "implementation", "draft")
    assert (project.leader_id, project.round_id) == (cast.leader.id, round_.id)


def test_a_form_that_is_sent_twice_starts_one_project(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    browser.sign_in(cast.leader)
    first, second = (browser.post("/projekt/nytt", data=form(cast)) for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(db.session.scalars(select(Project)).all()) == 1
    browser.post("/projekt/nytt", data=form(cast, start_key="b" * 32))
    assert len(db.session.scalars(select(Project)).all()) == 2


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("title", " ", "Ange ett namn på projektet."),
        ("title", "x" * 121, "Korta den till högst 120"),
        ("kind", "", "Välj förstudie eller genomförande."),
        ("kind", "dream", "Välj ett av alternativen."),
        ("department_id", "", "Välj den förvaltning som ansvarar för projektet."),
        ("department_id", "99", "Välj ett av alternativen."),
        ("round_id", "99", "Välj ett av alternativen."),
    ],
)
def test_what_is_wrong_is_told_and_what_is_typed_stays(
    browser: Browser, cast: Cast, programme: Programme, field: str, typed: str, advice: str
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post("/projekt/nytt", data=form(cast, **{"title": "Mitt projekt", field: typed}))
    assert answer.status_code == 422
    assert advice in answer.text
    assert not db.session.scalars(select(Project)).all()


def test_only_leaders_start_projects_and_only_in_their_departments(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    for person in (cast.manager, cast.secretary, cast.administrator, cast.nobody):
        browser.sign_in(person)
        assert browser.get("/projekt/nytt").status_code == 403
        browser.post("/logga-ut")
    with pytest.raises(RefusedError, match="inte projektledare i den förvaltningen"):
        start(
            cast.leader, programme_id=programme.id, round_id=None, title="X", kind=ProjectKind.PRE_STUDY,
            department_id=cast.other_department.id, now=NOW,
        )  # fmt: skip


def test_without_a_programme_there_is_nothing_to_apply_to(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.leader)
    assert "Inget program att söka ur" in browser.get("/projekt/nytt").text


def test_title_and_round_can_be_changed_while_the_application_is_written(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.started(cast, programme)
    browser.sign_in(cast.leader)
    url = f"/projekt/{project.id}/uppgifter"
    assert story.TITLE in browser.get(url).text
    assert browser.post(url, data={"title": "", "round_id": ""}).status_code == 422
    browser.post(url, data={"title": "Nytt namn", "round_id": ""})
    changed = story.reloaded(project)
    assert (changed.title, changed.round_id) == ("Nytt namn", None)


def test_nobody_else_changes_them_and_not_when_it_has_been_sent(cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme)
    with pytest.raises(RefusedError):
        change_details(cast.manager, project, title="X", round_id=None, now=NOW)
    with transaction():
        project.state = "withdrawn"
        with pytest.raises(RefusedError):
            change_details(cast.leader, project, title="X", round_id=None, now=NOW)
        db.session.rollback()


def test_what_a_title_is_sorted_and_searched_by_follows_it(cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme, title="Återbruk på nätet")
    assert project.title_key == key("Återbruk på nätet")
    with transaction():
        change_details(cast.leader, project, title="Äldre i Årsta", round_id=None, now=NOW)
    db.session.expire_all()
    assert project.title_key == key("Äldre i Årsta")
    told = db.session.scalars(select(HistoryEvent.field).where(HistoryEvent.project_id == project.id))
    assert "title" in (names := set(told))
    assert "title_key" not in names
