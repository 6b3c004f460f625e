"""Interest (jäv): whoever has one in a case takes no part in treating it, and is told why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Person, Role
from app.accounts.queries import roles_of
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.decisions import service as decisions
from app.decisions.models import DecisionKind, OpinionKind
from app.history.queries import timeline_of
from app.overview.start_page import start_page
from app.programmes.models import Programme
from app.projects import interests, queries
from app.projects.models import Project
from app.projects.policy import free_of_interest
from app.reviews import service as reviews
from tests import review_story, story
from tests.conftest import NOW, TODAY, Browser, Cast
from tests.projects.test_visibility import projects, viewers
from tests.review_clock import set_clock
from tests.review_story import LATER

__all__ = ["projects"]

REASON = "Min syster äger en del av företaget."


def declared(actor: Viewer, project: Project) -> Project:
    """The person has told of an interest in the case."""
    with transaction():
        interests.declare(actor, project, REASON, LATER)
    return story.reloaded(project)


def in_own_department(cast: Cast) -> Viewer:
    """The secretary, who also leads projects in the department that applies."""
    with transaction():
        person = db.session.get_one(Person, cast.secretary.id)
        accounts.grant_role(cast.administrator, person, Role.PROJECT_LEADER, cast.department.id, NOW)
    return Viewer(person.id, person.name, "sv", roles_of(person.id))


# --- every verb ------------------------------------------------------------------------------------------


def registers(actor: Viewer, project: Project) -> None:
    reviews.register(actor, project, LATER, TODAY)


def takes_over(actor: Viewer, project: Project) -> None:
    reviews.claim(actor, project, LATER)


def checks(actor: Viewer, project: Project) -> None:
    reviews.answer_checklist(actor, project, {}, LATER)


def accepts(actor: Viewer, project: Project) -> None:
    reviews.accept_as_complete(actor, project, LATER)


def returns(actor: Viewer, project: Project) -> None:
    reviews.return_for_completion(
        actor, project, message="Mer.", due_on=LATER.date(), questions=[("goals", "Vad?")], now=LATER
    )


def refers(actor: Viewer, project: Project) -> None:
    reviews.refer_to_council(actor, project, LATER)


def minutes_the_opinion(actor: Viewer, project: Project) -> None:
    decisions.record_opinion(
        actor,
        project,
        meeting_on=LATER.date(),
        kind=OpinionKind.APPROVE,
        text="Ja.",
        separate_statements=0,
        now=LATER,
    )


def decides(actor: Viewer, project: Project) -> None:
    review_story.decide(actor, project)


def takes_up_again(actor: Viewer, project: Project) -> None:
    decisions.resume(actor, project, LATER)


def postponed(cast: Cast, programme: Programme) -> Project:
    project = review_story.awaiting_decision(cast, programme)
    review_story.decide(cast.other_secretary, project, kind=DecisionKind.POSTPONE, amounts=())
    return story.reloaded(project)


Verb = Callable[[Viewer, Project], None]
VERBS: list[tuple[Verb, Callable[[Cast, Programme], Project]]] = [
    (registers, story.submitted),
    (takes_over, review_story.taken_in),
    (checks, review_story.taken_in),
    (accepts, review_story.taken_in),
    (returns, review_story.taken_in),
    (refers, review_story.assessed),
    (minutes_the_opinion, review_story.in_council),
    (decides, review_story.awaiting_decision),
    (takes_up_again, postponed),
]


@pytest.mark.parametrize(("verb", "stage"), VERBS, ids=[verb.__name__ for verb, _stage in VERBS])
def test_one_with_an_interest_does_nothing_in_the_case(
    cast: Cast, programme: Programme, verb: Verb, stage: Callable[[Cast, Programme], Project]
) -> None:
    project = declared(cast.secretary, stage(cast, programme))
    with pytest.raises(RefusedError, match="anmält jäv"), transaction():
        verb(cast.secretary, project)
    with transaction():
        interests.take_back(cast.secretary, project, LATER)
    with pytest.raises(RefusedError, match="Din förvaltning leder projektet"), transaction():
        verb(in_own_department(cast), story.reloaded(project))


def test_a_case_is_on_no_agenda_by_one_with_an_interest(cast: Cast, programme: Programme) -> None:
    project = review_story.in_council(cast, programme)
    from app.decisions.queries import cases_for_agenda

    assert [row.id for row in cases_for_agenda(cast.secretary, programme.id)] == [project.id]
    declared(cast.secretary, project)
    assert not cases_for_agenda(cast.secretary, programme.id)


# --- telling of it ---------------------------------------------------------------------------------------


def test_the_handler_who_has_an_interest_lets_the_case_go(cast: Cast, programme: Programme) -> None:
    project = declared(cast.secretary, review_story.taken_in(cast, programme))
    assert project.handler_id is None
    assert not [row for row in start_page(cast.secretary, TODAY).waiting if row.project.id == project.id]
    assert [row for row in start_page(cast.other_secretary, TODAY).waiting if row.project.id == project.id]
    with transaction():
        reviews.claim(cast.other_secretary, project, LATER)
    assert project.handler_id == cast.other_secretary.id


def test_told_twice_is_told_once_and_can_be_taken_back(cast: Cast, programme: Programme) -> None:
    project = declared(cast.secretary, declared(cast.secretary, review_story.taken_in(cast, programme)))
    assert [row.reason for row in queries.interests_in(project.id)] == [REASON]
    with transaction():
        interests.take_back(cast.secretary, project, LATER)
    assert free_of_interest(cast.secretary, project)
    assert not queries.interests_in(project.id)
    verbs = [event.verb for event in timeline_of(project.id)][:3]
    assert verbs == ["take_back_interest", "let_go", "declare_interest"]
    assert not free_of_interest(cast.secretary, declared(cast.secretary, project))


def test_an_interest_without_a_reason_is_none(cast: Cast, programme: Programme) -> None:
    project = review_story.taken_in(cast, programme)
    with pytest.raises(RefusedError, match="Skriv vad jävet"), transaction():
        interests.declare(cast.secretary, project, " ", LATER)


def test_only_those_who_treat_cases_declare(cast: Cast, programme: Programme) -> None:
    project = review_story.taken_in(cast, programme)
    for who in (cast.leader, cast.manager, cast.auditor, cast.administrator, cast.nobody):
        with pytest.raises(RefusedError), transaction():
            interests.declare(who, project, REASON, LATER)


def test_the_page_tells_of_it_and_the_product_says_why_from_then_on(
    browser: Browser, cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    project = review_story.taken_in(cast, programme)
    address = f"/projekt/{project.id}"
    browser.sign_in(cast.secretary)
    assert browser.post(f"{address}/jav", data={"reason": ""}).status_code == 422
    page = browser.post(f"{address}/jav", data={"reason": REASON}, follow_redirects=True).text
    assert REASON in page
    assert "Du har anmält jäv i ärendet och kan därför inte handlägga det." in browser.get(address).text
    refused = browser.get(f"{address}/granskning")
    assert refused.status_code == 403
    assert "anmält jäv" in refused.text
    browser.sign_in(cast.other_secretary)
    assert "Secretary" in browser.get(f"{address}/granskning").text
    history = browser.get(f"{address}/historik").text
    assert "anmälde jäv" in history
    assert REASON not in history


# --- one rule --------------------------------------------------------------------------------------------


def test_the_rule_of_lists_and_the_rule_of_one_case_never_disagree(cast: Cast, projects: list[int]) -> None:
    cases = db.session.scalars(select(Project).order_by(Project.id)).all()
    for project in cases[::3]:
        with transaction():
            interests.declare(cast.council, project, REASON, LATER)
    for viewer in [*viewers(cast), cast.council]:
        listed = set(db.session.scalars(select(Project.id).where(queries.free_of_interest(viewer))))
        assert listed == {row.id for row in cases if free_of_interest(viewer, row)}, viewer.roles
