"""An application is offered the lessons of projects like it, and answers them."""

from __future__ import annotations

import pytest

from app.core.lessons import Answer
from app.core.verdict import RefusedError
from app.db import transaction
from app.knowledge import queries, service
from app.knowledge.offering import offers
from app.knowledge.queries import PointOf
from app.programmes.models import Programme
from app.projects.models import Project
from tests import review_story, story
from tests.conftest import NOW, Browser, Cast
from tests.drafting import opened
from tests.knowledge.learned import finished, search
from tests.remembered import remembered
from tests.review_story import LATER


@remembered
def written_afterwards(cast: Cast, programme: Programme) -> Project:
    """An application that is being written, after another project has ended."""
    finished(cast, programme)
    return story.filled_application(cast, programme)


@pytest.fixture
def draft(cast: Cast, programme: Programme) -> Project:
    return written_afterwards(cast, programme)


def point(cast: Cast, project: Project, words: str = "upphandling") -> PointOf:
    found = queries.point_for(cast.leader, project.id, search(cast, words)[0].id)
    assert found is not None
    return found


def test_the_lessons_offered_fit_what_the_application_says_and_none_is_offered_twice(
    cast: Cast, draft: Project
) -> None:
    found = offers(cast.leader, draft)
    offered = [row.id for offer in found for row in offer.lessons]
    told = {row.text: offer.about for offer in found for row in offer.lessons}
    assert "Färre använde tjänsten än vi väntade." in told
    assert len(offered) == len(set(offered))


def test_the_newest_answer_holds_and_the_first_stays(cast: Cast, draft: Project) -> None:
    found = point(cast, draft)
    for said, words in (
        (Answer.IRRELEVANT, "Vi köper inget."),
        (Answer.DONE, "Vi har lagt till tre månader."),
    ):
        with transaction():
            service.answer(cast.leader, found, said, words, NOW)
    answers = queries.answers_in(cast.leader, draft)
    assert [(row.answer, row.words) for row in answers.values()] == [
        ("done", "Vi har lagt till tre månader.")
    ]


@pytest.mark.parametrize("who", ["manager", "secretary", "controller", "council", "auditor"])
def test_nobody_but_the_project_leader_answers(cast: Cast, draft: Project, who: str) -> None:
    found = point(cast, draft)
    with pytest.raises(RefusedError):
        service.answer(getattr(cast, who), found, Answer.DONE, "Ja.", NOW)


def test_an_application_that_has_been_sent_is_not_answered_for(cast: Cast, programme: Programme) -> None:
    finished(cast, programme)
    project = review_story.awaiting_decision(cast, programme)
    with pytest.raises(RefusedError, match="medan ansökan skrivs"):
        service.answer(cast.leader, point(cast, project), Answer.DONE, "Ja.", NOW)


def test_who_does_not_see_the_draft_does_not_find_its_points(cast: Cast, draft: Project) -> None:
    assert queries.point_for(cast.secretary, draft.id, search(cast, "upphandling")[0].id) is None


def test_reviewers_read_what_had_been_answered_when_the_application_came_in(
    cast: Cast, programme: Programme
) -> None:
    finished(cast, programme)
    project = review_story.returned(cast, review_story.taken_in(cast, programme))
    with transaction():
        service.answer(cast.leader, point(cast, project), Answer.DONE, "Tre månader till.", LATER)
    assert len(queries.answers_in(cast.leader, project)) == 1
    assert queries.answers_in(cast.secretary, project) == {}
    project = review_story.resubmitted(cast, project)
    assert [row.words for row in queries.answers_in(cast.secretary, project).values()] == [
        "Tre månader till."
    ]


def test_the_pages_offer_a_lesson_take_an_answer_and_show_it(
    browser: Browser, cast: Cast, draft: Project
) -> None:
    browser.sign_in(cast.leader)
    assert "Det här har andra lärt sig" in browser.get(f"/projekt/{draft.id}/ansokan/risker").text
    address = f"/projekt/{draft.id}/lardomar"
    assert "Färre använde tjänsten" in browser.get(address).text
    answer = f"{address}/{search(cast, 'upphandling')[0].id}"
    wrong = browser.post(answer, data=opened(browser, answer) | {"answer": "done", "words": ""})
    assert wrong.status_code == 422
    assert "Skriv hur ni tar hand om den" in wrong.text
    given = {"answer": "done", "words": "Tre månader till."}
    assert browser.post(answer, data=opened(browser, answer) | given).status_code == 302
    assert "Tre månader till." in browser.get(address).text


def test_a_search_that_finds_nothing_says_what_to_do(browser: Browser, cast: Cast, draft: Project) -> None:
    browser.sign_in(cast.council)
    assert "5 lärdomar" in browser.get("/lardomar").text
    assert "Ingen lärdom passar" in browser.get("/lardomar?q=fotboll&slag=ingen&om=x&forvaltning=-1").text
