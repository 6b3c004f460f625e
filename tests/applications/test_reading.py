"""Reading the application, its versions, and what changed between them."""

from __future__ import annotations

from datetime import timedelta

from app.applications import service
from app.applications.queries import versions_of
from app.applications.reading import compare, read
from app.core.workflow import Action
from app.db import transaction
from app.programmes.models import Programme
from app.projects.models import Project
from app.projects.service import change_details, move
from tests import story
from tests.conftest import NOW, Browser, Cast

LATER = NOW + timedelta(days=20)


def completed(cast: Cast, programme: Programme) -> Project:
    """Two versions: another target of a goal, another title."""
    project = story.registered(cast, programme)
    with transaction():
        move(cast.secretary, project, Action.RETURN_FOR_COMPLETION, LATER)
        change_details(
            cast.leader, project, title="Uteservering direkt", round_id=project.round_id, now=LATER
        )
        kept = versions_of(project.id)[0].content["sections"]["goals"]
        goals = {**kept, "effect_goals": [{**kept["effect_goals"][0], "target": "5"}]}
        service.save_section(cast.leader, project, "goals", goals, LATER)
        service.resubmit(cast.leader, project, LATER, open_questions=0)
    return story.reloaded(project)


def test_a_reader_sees_answers_in_words_not_in_codes(cast: Cast, programme: Programme) -> None:
    project = story.submitted(cast, programme)
    sections = {section.key: section for section in read(versions_of(project.id)[0].content, "sv")}
    security = {str(answer.label): answer.text for answer in sections["security"].answers}
    assert security["Riktighet (R)"] == "3 – betydande skada"
    assert security["Behandlar tjänsten personuppgifter?"] == "Ja"
    assert sections["departments"].tables[0].rows == (
        ("Miljöförvaltningen", "80\u00a0%", "60\u00a0%"),
        ("Kulturförvaltningen", "20\u00a0%", "40\u00a0%"),
    )
    operation = {str(answer.label): answer.text for answer in sections["operation"].answers}
    assert operation["Kostnad per år"] == "310\u00a0000\u00a0kr"


def test_a_version_says_the_same_after_the_working_copy_has_changed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.registered(cast, programme)
    with transaction():
        move(cast.secretary, project, Action.RETURN_FOR_COMPLETION, NOW)
        service.save_section(cast.leader, project, "scope", {"included": "Något helt annat"}, NOW)
    browser.sign_in(cast.secretary)
    page = browser.get(f"/projekt/{project.id}/ansokan/las").text
    assert "Nya tillstånd och förlängningar." in page
    assert "Något helt annat" not in page, "what is being completed is the department's own until submitted"
    browser.post("/logga-ut")
    browser.sign_in(cast.leader)
    assert "Något helt annat" in browser.get(f"/projekt/{project.id}/ansokan/las").text
    old = browser.get(f"/projekt/{project.id}/ansokan/las?version=1").text
    assert "Nya tillstånd och förlängningar." in old
    assert "Underskriven" in old


def test_a_version_that_does_not_exist_is_not_found(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.submitted(cast, programme)
    browser.sign_in(cast.secretary)
    for asked in ("2", "0", "-1", "ett"):
        assert browser.get(f"/projekt/{project.id}/ansokan/las?version={asked}").status_code == 404
    assert browser.get(f"/projekt/{project.id}/ansokan/jamfor").status_code == 404


def test_two_versions_are_compared_answer_by_answer(cast: Cast, programme: Programme) -> None:
    project = completed(cast, programme)
    before, after = (version.content for version in versions_of(project.id))
    found = {
        section.key: [(c.label, c.before, c.after) for c in section.changes]
        for section in compare(before, after, "sv")
    }
    assert found == {
        "": [("Projektets namn", story.TITLE, "Uteservering direkt")],
        "goals": [("Effektmål 1: Målvärde", "7", "5")],
    }
    assert not compare(before, before, "sv")


def test_the_comparison_page_says_in_words_what_happened(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = completed(cast, programme)
    browser.sign_in(cast.secretary)
    page = browser.get(f"/projekt/{project.id}/ansokan/jamfor?from=1&to=2").text
    assert "Effektmål 1: Målvärde" in page
    assert "Ändrad" in page


def test_the_council_does_not_read_what_is_not_yet_with_it(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.registered(cast, programme)
    browser.sign_in(cast.council)
    assert browser.get(f"/projekt/{project.id}/ansokan/las").status_code == 404
    story.in_state(project, "council", referred_at=NOW)
    assert browser.get(f"/projekt/{project.id}/ansokan/las").status_code == 200


def test_a_calculation_without_lines_says_so_instead_of_showing_empty_tables(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = story.started(cast, programme)
    page = browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan/las").text
    assert page.count("Inga rader") >= 2
    assert "<tbody></tbody>" not in page
