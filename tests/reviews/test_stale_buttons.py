"""Two who press at once: one has it, and the other is told who."""

from __future__ import annotations

import pytest

from app.accounts import queries as people
from app.accounts import service as accounts
from app.accounts.models import Role
from app.applications import service as applications
from app.applications.queries import versions_of
from app.db import transaction
from app.history.service import System
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.queries import project_for
from app.projects.service import change_details
from tests.conftest import NOW, Browser, Cast
from tests.drafting import opened
from tests.review_story import taken_in
from tests.story import awaiting_signature, reloaded, submitted


@pytest.fixture
def colleague(browser: Browser, cast: Cast) -> Browser:
    """Another browser, of the other secretary."""
    other = browser.application.test_client()
    assert isinstance(other, Browser)
    return other.sign_in(cast.other_secretary)


def handler_of(cast: Cast, project: Project) -> str:
    found = project_for(cast.auditor, reloaded(project).id)
    assert found is not None
    assert found.handler is not None
    return found.handler.name


def test_who_takes_a_case_over_from_somebody_else_than_the_page_said_is_told_who_has_it(
    browser: Browser, colleague: Browser, cast: Cast, programme: Programme
) -> None:
    project = taken_in(cast, programme)
    page = f"/projekt/{project.id}/granskning"
    with transaction():
        someone = people.person(cast.other_manager.id)
        assert someone is not None
        accounts.grant_role(System(), someone, Role.SECRETARIAT, None, NOW)
    browser.sign_in(cast.other_manager)
    place = f"{page}/ta-over"
    first, second = opened(colleague, page, place), opened(browser, page, place)
    assert colleague.post(place, data=first).status_code == 302
    told = browser.post(place, data=second)
    assert told.status_code == 409
    assert "Nu handlägger Other secretary det" in told.text
    assert handler_of(cast, project) == "Other secretary"
    again = opened(browser, page, place)
    assert browser.post(place, data=again).status_code == 302
    assert handler_of(cast, project) == "Other manager"


def test_who_registers_second_is_told_who_has_the_case(
    browser: Browser, colleague: Browser, cast: Cast, programme: Programme
) -> None:
    project = submitted(cast, programme)
    page, place = f"/projekt/{project.id}/granskning", f"/projekt/{project.id}/granskning/registrera"
    browser.sign_in(cast.secretary)
    first, second = opened(browser, page, place), opened(colleague, page, place)
    assert browser.post(place, data=first).status_code == 302
    told = colleague.post(place, data=second)
    assert told.status_code == 403
    assert "Secretary har redan registrerat ärendet" in told.text
    assert handler_of(cast, project) == "Secretary"


def test_nobody_signs_what_was_written_after_the_page_was_opened(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = awaiting_signature(cast, programme)
    page = f"/projekt/{project.id}/underskrift"
    browser.sign_in(cast.manager)
    read = opened(browser, page, page) | {"confirm": "y"}
    with transaction():
        applications.recall(cast.leader, project, NOW)
        change_details(cast.leader, project, title="Något annat", round_id=project.round_id, now=NOW)
        applications.ask_for_signature(cast.leader, project, NOW)
    told = browser.post(page, data=read)
    assert told.status_code == 409
    assert "har ändrats sedan du öppnade sidan" in told.text
    assert "Något annat" in told.text
    assert versions_of(project.id) == []
    again = opened(browser, page, page) | {"confirm": "y"}
    assert browser.post(page, data=again).status_code == 302
    assert len(versions_of(project.id)) == 1
