"""Completing a returned application: within what was signed, or with a new signature."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.applications import service
from app.applications.queries import versions_of
from app.benefits import service as benefits
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier
from app.core.verdict import RefusedError
from app.core.workflow import Action, State
from app.db import transaction
from app.programmes import service as programmes
from app.programmes.models import Programme
from app.programmes.queries import rounds_of
from app.projects.models import Project
from app.projects.service import move
from tests import story
from tests.answers import ANSWERS
from tests.applications.conftest import told
from tests.conftest import NOW, Browser, Cast

LATER = NOW + timedelta(days=20)


def returned(cast: Cast, programme: Programme) -> Project:
    project = story.registered(cast, programme)
    with transaction():
        move(cast.secretary, project, Action.RETURN_FOR_COMPLETION, NOW + timedelta(days=3))
    return story.reloaded(project)


def ask_more(cast: Cast, project: Project, amount: int) -> None:
    line = CostValues(
        description="Mer utveckling",
        kind=CostKind.ONE_OFF,
        department_id=cast.department.id,
        financier=Financier.PROGRAMME,
        amounts={2028: Decimal(amount)},
    )
    with transaction():
        benefits.add_cost_line(cast.leader, project, line, LATER)


def test_a_completion_within_the_signed_amount_needs_no_new_signature(
    cast: Cast, programme: Programme
) -> None:
    project = returned(cast, programme)
    with transaction():
        service.save_section(
            cast.leader, project, "background",
            {**ANSWERS["background"], "evidence": "Ny statistik från 2027."}, LATER,
        )  # fmt: skip
        made = service.resubmit(cast.leader, project, LATER, open_questions=0)
    first, second = versions_of(project.id)
    assert (made.number, second.signed_at, second.signed_by_id) == (2, first.signed_at, cast.manager.id)
    assert second.submitted_at == LATER
    assert story.reloaded(project).state == State.CHECKING
    assert told(cast.secretary)[-1] == "completed"


def test_a_completion_with_an_open_question_stays(cast: Cast, programme: Programme) -> None:
    project = returned(cast, programme)
    with pytest.raises(RefusedError, match="frågor är inte besvarade"):
        service.resubmit(cast.leader, project, LATER, open_questions=1)
    with pytest.raises(RefusedError, match="frågor är inte besvarade"):
        service.ask_for_signature(cast.leader, project, LATER, open_questions=1)


def test_an_incomplete_completion_stays(cast: Cast, programme: Programme) -> None:
    project = returned(cast, programme)
    with transaction():
        service.save_section(cast.leader, project, "risks", {}, LATER)
    with pytest.raises(service.IncompleteError):
        service.resubmit(cast.leader, project, LATER, open_questions=0)


def test_asking_for_more_needs_a_new_signature(cast: Cast, programme: Programme) -> None:
    project = returned(cast, programme)
    ask_more(cast, project, 1)
    assert service.needs_new_signature(project, LATER.date())
    with pytest.raises(RefusedError, match="ny underskrift"):
        service.resubmit(cast.leader, project, LATER, open_questions=0)
    with transaction():
        service.ask_for_signature(cast.leader, project, LATER)
    assert story.reloaded(project).state == State.AWAITING_NEW_SIGNATURE
    with transaction():
        made = service.sign(cast.manager, story.reloaded(project), LATER)
    after = story.reloaded(project)
    assert (after.state, made.number, made.signed_at) == (State.CHECKING, 2, LATER)
    assert after.applied_amount == Decimal(1_500_001)
    assert after.submitted_at == versions_of(project.id)[0].submitted_at, "the first time stays"


def test_a_completion_may_come_after_the_round_has_closed(cast: Cast, programme: Programme) -> None:
    project = returned(cast, programme)
    (row,) = rounds_of(programme.id)
    with transaction():
        programmes.change_round(
            cast.secretary, row, name=row.name, opens_on=row.opens_on, closes_on=date(2027, 3, 2),
            answer_within_days=60, now=NOW,
        )  # fmt: skip
        service.resubmit(cast.leader, project, LATER, open_questions=0)
    assert len(versions_of(project.id)) == 2


def test_a_recalled_completion_is_with_the_leader_again(cast: Cast, programme: Programme) -> None:
    project = returned(cast, programme)
    ask_more(cast, project, 1)
    with transaction():
        service.ask_for_signature(cast.leader, project, LATER)
        service.recall(cast.leader, project, LATER)
    assert story.reloaded(project).state == State.RETURNED


def test_the_check_page_of_a_completion_says_whether_a_signature_is_needed(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = returned(cast, programme)
    browser.sign_in(cast.leader)
    url = f"/projekt/{project.id}/ansokan/kontroll"
    assert "Skicka in kompletteringen" in browser.get(url).text
    ask_more(cast, project, 500)
    assert "Skicka för ny underskrift" in browser.get(url).text
    assert browser.post(f"/projekt/{project.id}/ansokan/skicka-in").status_code == 403
