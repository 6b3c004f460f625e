"""A budget effect that stops on its way is reminded of: each of each step once, in the end others too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.models import Person, Role
from app.budget_effects import service, waiting
from app.budget_effects.reminding import due_answers, due_checks, due_entries
from app.core.budget_effects import EffectState, Form, came_early, due_day
from app.core.clock import LOCAL_TIME
from app.db import db, transaction
from app.mail.models import MailItem
from app.notifications.models import Kind, Notification
from app.notifications.places import place_of
from app.overview.effect_tasks import effect_tasks
from app.programmes.models import Programme
from app.projects.interests import declare
from app.reminders import round as rounds
from app.reminders.sources import SOURCES, Due
from tests.budget_effects.effect_story import agree, effect, enter, promise, promised, verify
from tests.conftest import Browser, Cast
from tests.realisation.measuring_story import AFTERWARDS, TODAY, with_plan
from tests.story import reloaded

ANSWER_BY = TODAY + timedelta(days=30)
BEGINS, ENDS = date(2031, 1, 1), date(2031, 12, 31)
"""The budget year of what is agreed in these tests; it is far enough away."""


def people(source: Callable[[date], Iterable[Due]], day: date) -> set[int]:
    return {due.person_id for due in source(day)}


def on(day: date, after: int) -> date:
    return day + timedelta(days=after)


# --- by when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "year", "due_on"),
    [
        (EffectState.PROMISED, 2031, ANSWER_BY), (EffectState.AGREED, 2031, BEGINS),
        (EffectState.AGREED, 2029, ANSWER_BY), (EffectState.IN_BUDGET, 2031, ENDS),
        (EffectState.IN_BUDGET, 2028, ANSWER_BY), (EffectState.VERIFIED, 2031, None),
        (EffectState.DECLINED, 2031, None),
    ],
)  # fmt: skip
def test_a_step_has_its_day_and_never_less_than_a_month(
    state: EffectState, year: int, due_on: date | None
) -> None:
    assert due_day(state, year, TODAY) == due_on


def test_a_budget_that_is_decided_before_the_first_measurement_comes_early() -> None:
    assert came_early(None, TODAY)
    assert came_early(TODAY, on(TODAY, -1))
    assert not came_early(TODAY, TODAY)


# --- whom ------------------------------------------------------------------------------------------------


def test_whoever_is_to_answer_is_reminded_then_the_managers_then_the_secretariat(
    cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    secretariat = {cast.secretary.id, cast.other_secretary.id}
    assert people(due_answers, on(ANSWER_BY, -15)) == set()
    for after in (-14, -3, 1):
        assert people(due_answers, on(ANSWER_BY, after)) == {cast.controller.id}
    assert people(due_answers, on(ANSWER_BY, 7)) == {cast.controller.id, cast.manager.id}
    assert people(due_answers, on(ANSWER_BY, 14)) == {cast.controller.id, cast.manager.id} | secretariat
    agree(cast, project)
    assert people(due_answers, on(ANSWER_BY, 14)) == set()


def test_what_a_controller_has_promised_is_the_managers_to_answer(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    promise(cast, project, viewer=cast.controller)
    assert people(due_answers, on(ANSWER_BY, 1)) == {cast.manager.id}


def test_what_is_agreed_and_in_no_budget_is_reminded_of_before_and_when_the_year_has_begun(
    cast: Cast, programme: Programme
) -> None:
    project = with_plan(cast, programme)
    promise(cast, project, year=BEGINS.year)
    agree(cast, project)
    assert people(due_entries, on(BEGINS, -181)) == set()
    for after in (-180, -30, 1):
        assert people(due_entries, on(BEGINS, after)) == {cast.controller.id}
    kinds = [next(iter(due_entries(on(BEGINS, after)))).tells for after in (-1, 1)]
    assert kinds == [Kind.EFFECT_ENTRY_DUE, Kind.EFFECT_ENTRY_LATE]
    assert cast.manager.id in people(due_entries, on(BEGINS, 7))
    assert cast.secretary.id in people(due_entries, on(BEGINS, 14))
    enter(cast, project)
    assert people(due_entries, on(BEGINS, 14)) == set()


def test_time_that_stays_is_awaited_in_no_budget(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    promise(cast, project, form=Form.CAPACITY, staff_years=1, used_for="Fler besök.", year=BEGINS.year)
    agree(cast, project)
    assert people(due_entries, on(BEGINS, 14)) == set()


def test_what_nobody_has_verified_when_its_year_is_over_is_somebody_elses_than_who_entered_it(
    cast: Cast, programme: Programme
) -> None:
    project = with_plan(cast, programme)
    promise(cast, project, year=BEGINS.year)
    agree(cast, project)
    enter(cast, project)
    assert people(due_checks, on(ENDS, -15)) == set()
    assert people(due_checks, on(ENDS, 1)) == {cast.controller.id}
    with transaction():
        service.send_back(cast.controller, effect(cast.controller, project), "Fel sida.", AFTERWARDS)
        found = effect(cast.controller, project)
        service.enter(cast.controller, found, "Verksamhetsplan 2031", TODAY, AFTERWARDS)
    assert people(due_checks, on(ENDS, 1)) == {cast.secretary.id, cast.other_secretary.id}, "nobody else can"
    with transaction():
        service.verify(cast.secretary, effect(cast.secretary, project), "", AFTERWARDS)
    assert people(due_checks, on(ENDS, 14)) == set()


def test_whoever_has_declared_an_interest_in_the_project_is_not_asked(
    cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    with transaction():
        person = db.session.get_one(Person, cast.other_secretary.id)
        accounts.grant_role(cast.administrator, person, Role.CONTROLLER, None, AFTERWARDS)
    assert people(due_answers, on(ANSWER_BY, 1)) == {cast.controller.id, cast.other_secretary.id}
    with transaction():
        declare(cast.other_secretary, reloaded(project), "Min syster leder det.", AFTERWARDS)
    assert people(due_answers, on(ANSWER_BY, 1)) == {cast.controller.id}
    assert cast.other_secretary.id not in people(due_answers, on(ANSWER_BY, 14))


# --- once ------------------------------------------------------------------------------------------------


def test_each_is_reminded_of_each_step_once_and_by_mail(
    cast: Cast, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in list(SOURCES):
        if kind != "effect_answer":
            monkeypatch.delitem(SOURCES, kind)
    project = promised(cast, programme)
    mails = db.session.scalar(select(func.count()).select_from(MailItem)) or 0
    per_day = {}
    for after in range(-20, 30):
        day = on(ANSWER_BY, after)
        now = datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL_TIME)
        if reminded := rounds.remind_of(day, now):
            per_day[after] = reminded
        assert rounds.remind_of(day, now) == 0
    assert per_day == {-14: 1, -3: 1, 1: 1, 7: 2, 14: 4}
    assert db.session.scalar(select(func.count()).select_from(MailItem)) == mails + 9
    told = db.session.scalars(
        select(Notification)
        .where(Notification.kind == Kind.EFFECT_ANSWER_LATE.value)
        .order_by(Notification.id)
    ).first()
    assert told is not None
    found = effect(cast.controller, project)
    assert place_of(told) == (
        "budget_effects.effect",
        {
            "project_id": project.id,
            "benefit_id": found.found.benefit.id,
            "effect_id": found.effect.id,
        },
    )


# --- the start page --------------------------------------------------------------------------------------


def test_what_waits_says_by_when_and_when_it_is_late(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = with_plan(cast, programme)
    promise(cast, project, year=BEGINS.year)
    (row,) = waiting.to_answer(cast.controller, limit=9)
    assert (row.due_on, row.late(ANSWER_BY), row.late(on(ANSWER_BY, 1))) == (ANSWER_BY, False, True)
    agree(cast, project)
    (row,) = waiting.to_enter(cast.controller, BEGINS, limit=9)
    assert row.due_on == BEGINS
    enter(cast, project)
    (row,) = waiting.to_verify(cast.controller, limit=9)
    assert row.due_on == ENDS
    with browser.application.test_request_context():
        (task,) = effect_tasks(cast.controller, on(ENDS, 1))
    assert (task.due_on, task.late) == (ENDS, True)
    verify(cast, project)
    assert waiting.to_verify(cast.controller, limit=9) == []
