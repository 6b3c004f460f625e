"""Every page of an application can be opened, by those who may and in the state where it makes sense."""

from __future__ import annotations

from app.applications.sections import sections_for
from app.programmes.models import Programme
from app.projects.models import Project, ProjectKind
from tests import story
from tests.conftest import Browser, Cast
from tests.drafting import autosaved

ONE_DATABASE_IS_ENOUGH = "What its pages ask is asked of both databases in tests/web/test_both_databases.py."

LARGEST_PAGE = 30_000


def test_every_section_of_a_filled_application_opens_and_is_small(
    browser: Browser, cast: Cast, filled: Project
) -> None:
    browser.sign_in(cast.leader)
    for section in sections_for(filled.kind):
        answer = browser.get(f"/projekt/{filled.id}/ansokan/{section.slug}")
        assert answer.status_code == 200, section.key
        assert f"<h1>{section.title}</h1>" in answer.text
        assert len(answer.data) < LARGEST_PAGE, section.key


def test_every_section_of_an_empty_pre_study_opens(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.started(cast, programme, kind=ProjectKind.PRE_STUDY)
    browser.sign_in(cast.leader)
    for section in sections_for(project.kind):
        assert browser.get(f"/projekt/{project.id}/ansokan/{section.slug}").status_code == 200, section.key


def test_a_pre_study_has_no_operating_plan(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme, kind=ProjectKind.PRE_STUDY)
    browser.sign_in(cast.leader)
    assert browser.get(f"/projekt/{project.id}/ansokan/driftsplan").status_code == 404
    assert "Driftsplan" not in browser.get(f"/projekt/{project.id}/ansokan").text


def test_a_section_that_does_not_exist_is_not_found(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    assert browser.get(f"/projekt/{project.id}/ansokan/budget").status_code == 404
    assert browser.get(f"/projekt/{project.id}/ansokan/cost-1").status_code == 404


def test_the_task_list_says_how_far_each_section_has_come(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    address = f"/projekt/{project.id}/ansokan"
    begun = browser.get(address).text
    assert begun.count("Inte påbörjad") == len(sections_for(project.kind)) - 1
    assert "Frivillig" in begun  # nobody has to attach anything
    browser.post(f"{address}/omfattning", data={"included": "Nya tillstånd."})
    typed = {"risks-0-risk": "Försening"}
    autosaved(browser, f"{address}/risker", typed, about=f"{project.id}/risks")
    page = browser.get(address).text
    assert "Pågår" in page
    assert "Utkastet är inte sparat" in page
    browser.post(
        f"{address}/omfattning", data={"included": "A", "excluded": "B", "dependencies": "C", "version": "1"}
    )
    assert "Klar" in browser.get(address).text


def test_another_leader_finds_nothing(browser: Browser, cast: Cast, filled: Project) -> None:
    browser.sign_in(cast.other_leader)
    address = f"/projekt/{filled.id}/ansokan"
    for page in ("", "/bakgrund", "/kontroll", "/las", "/jamfor", "/aterta"):
        assert browser.get(address + page).status_code == 404, page
    assert browser.post(f"{address}/bakgrund", data={"need_today": "Mitt"}).status_code == 404
    assert browser.post(f"{address}/underskrift").status_code == 404
    assert browser.get(f"/projekt/{filled.id}/underskrift").status_code == 404


def test_the_manager_reads_a_draft_but_does_not_write_in_it(
    browser: Browser, cast: Cast, filled: Project
) -> None:
    browser.sign_in(cast.manager)
    address = f"/projekt/{filled.id}/ansokan"
    assert browser.get(f"{address}/las").status_code == 200
    led_on = browser.get(f"{address}/bakgrund")
    assert led_on.headers["Location"] == f"{address}/las#background"
    assert browser.post(f"{address}/bakgrund", data={"need_today": "Mitt"}).status_code == 403


def test_what_waits_for_a_signature_is_not_written_in(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.awaiting_signature(cast, programme)
    browser.sign_in(cast.leader)
    answer = browser.post(f"/projekt/{project.id}/ansokan/bakgrund", data={"need_today": "Nytt"})
    assert answer.status_code == 403
    assert "väntar på underskrift" in answer.text
