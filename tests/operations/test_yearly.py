"""A service is reviewed every year by those who answer for it, and held against what it was to cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from app.core.calendar import Reminder
from app.core.operation import YearlyKind
from app.core.verdict import RefusedError
from app.db import transaction
from app.notifications.models import Kind
from app.operations import queries, register, service, yearly
from app.operations.frozen import document_of
from app.operations.listing import asked_for
from app.operations.queries import ServiceOf
from app.operations.reminding import due_reviews
from app.operations.values import ReviewValues
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.operating_story import DUE, RIGHT, accepted, said_by, service_of
from tests.running_story import PLANNED, running

ACCEPTED = PLANNED.date()
WRONG = ReviewValues(
    holders_right=False, cost_right=True, contract_right=True, class_right=True, use="Knappt alls."
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


@pytest.fixture
def project(cast: Cast, programme: Programme) -> Project:
    """Its service was accepted on the day that the story calls PLANNED."""
    made = running(cast, programme)
    accepted(cast, made)
    return made


def found(project: Project) -> ServiceOf:
    there = service_of(project)
    assert there.service.accepted_on == ACCEPTED
    return there


def test_a_review_is_due_a_year_after_the_acceptance_and_then_each_year(cast: Cast, project: Project) -> None:
    assert found(project).service.review_due_on == DUE
    late = DUE + timedelta(days=50)
    with transaction():
        said = yearly.review(cast.manager, found(project), RIGHT, at(late))
    assert (said.due_on, said.content) == (DUE, document_of(found(project).service))
    assert found(project).service.review_due_on == date(2029, 3, 14), "whoever is late does not move the day"


def test_nobody_reviews_long_before_the_day_nor_for_those_who_answer(cast: Cast, project: Project) -> None:
    with pytest.raises(RefusedError), transaction():
        yearly.review(cast.manager, found(project), RIGHT, at(date(2028, 1, 13)))
    for somebody in (cast.leader, cast.secretary, cast.controller, cast.other_manager):
        with pytest.raises(RefusedError), transaction():
            yearly.review(somebody, found(project), RIGHT, at(DUE))
    with transaction():
        yearly.review(cast.manager, found(project), RIGHT, at(date(2028, 1, 14)))


def test_what_is_wrong_is_told(cast: Cast, project: Project) -> None:
    with pytest.raises(RefusedError), transaction():
        yearly.review(cast.manager, found(project), WRONG, at(DUE))


def test_late_reviews_stand_in_the_register_and_on_the_start_page(
    cast: Cast, project: Project, browser: Browser
) -> None:
    wanted = asked_for({"brist": "granskning-sen"}, DUE)
    assert register.page_of(cast.secretary, wanted, limit=5) == []
    wanted = asked_for({"brist": "granskning-sen"}, DUE + timedelta(days=1))
    assert [row.id for row in register.page_of(cast.secretary, wanted, limit=5)] == [
        found(project).service.id
    ]


def _held_by_controller(cast: Cast, project: Project) -> None:
    who = said_by(found(project).service)[1]
    values = replace(who, owner_id=cast.controller.id)
    with transaction():
        service.save_holders(cast.leader, found(project), values, PLANNED)


@pytest.mark.parametrize(
    ("days", "step", "told"),
    [
        (-15, None, ()),
        (-14, Reminder.SOON, ("controller",)),
        (1, Reminder.LATE, ("controller",)),
        (7, Reminder.ESCALATED, ("controller", "manager")),
        (14, Reminder.STILL_LATE, ("controller", "manager", "other_secretary", "secretary")),
    ],
)
def test_the_owner_is_reminded_and_in_the_end_the_managers_and_the_secretariat(
    cast: Cast, project: Project, days: int, step: Reminder | None, told: tuple[str, ...]
) -> None:
    _held_by_controller(cast, project)
    dues = list(due_reviews(DUE + timedelta(days=days)))
    assert {due.person_id for due in dues} == {getattr(cast, name).id for name in told}
    assert {due.step for due in dues} <= {step}
    assert {due.tells for due in dues} <= {Kind.SERVICE_REVIEW_LATE if days > 0 else Kind.SERVICE_REVIEW_DUE}


def test_where_nobody_holds_the_role_the_managers_are_reminded(cast: Cast, project: Project) -> None:
    assert {due.person_id for due in due_reviews(DUE)} == {cast.manager.id}


def test_a_review_on_its_page(cast: Cast, programme: Programme, browser: Browser) -> None:
    project = running(cast, programme)
    accepted(cast, project, PLANNED.replace(year=2026))
    service_page = f"/drift/{service_of(project).service.id}"
    page = f"{service_page}/granska"
    browser.sign_in(cast.manager)
    assert f'href="{page}"' in browser.get("/").text
    right = dict.fromkeys(("holders_right", "cost_right", "contract_right", "class_right"), "yes")
    typed = right | {"use": "4 000 ärenden om året."}
    wrong = browser.post(page, data=opened(browser, page) | typed | {"cost_right": "no"})
    assert (wrong.status_code, "Skriv vad som inte stämmer." in wrong.text) == (422, True)
    assert browser.post(page, data=opened(browser, page) | typed).status_code == 302
    shown = browser.get(service_page).text
    assert "Nästa granskning senast 2028-03-14." in shown
    assert "4 000 ärenden om året." in shown
    assert "Det är för tidigt" in browser.get(page).text


# --- what it has cost ------------------------------------------------------------------------------------


def test_what_it_has_cost_is_entered_to_the_ore_and_put_right(cast: Cast, project: Project) -> None:
    for amount in ("310000.01", "309999.99"):
        with transaction():
            yearly.enter_cost(
                cast.controller,
                found(project),
                2028,
                {YearlyKind.OPERATION: Decimal(amount)},
                source="Bokslut 2028",
                now=at(date(2029, 2, 1)),
            )
        wanted = asked_for({"brist": "over-plan"}, date(2029, 2, 1))
        over = [row.id for row in register.page_of(cast.secretary, wanted, limit=5)]
        assert over == ([found(project).service.id] if amount == "310000.01" else [])
    assert [(row.kind, row.amount) for row in queries.carried_of(found(project).service.id)] == [
        ("operation", Decimal("309999.99"))
    ]


def test_nobody_enters_a_year_to_come_or_for_somebody_else(cast: Cast, project: Project) -> None:
    amounts = {YearlyKind.OPERATION: Decimal(1)}
    with pytest.raises(RefusedError), transaction():
        yearly.enter_cost(cast.controller, found(project), 2028, amounts, source="x", now=PLANNED)
    for somebody in (cast.leader, cast.secretary, cast.other_manager):
        with pytest.raises(RefusedError), transaction():
            yearly.enter_cost(somebody, found(project), 2027, amounts, source="x", now=PLANNED)


def test_what_it_has_cost_is_entered_on_a_page(cast: Cast, project: Project, browser: Browser) -> None:
    service_page = f"/drift/{found(project).service.id}"
    page = f"{service_page}/utfall/2027"
    browser.sign_in(cast.controller)
    assert page in browser.get(service_page).text
    typed = {"operation": "12 000,50", "source": "Bokslut"}
    assert browser.post(page, data=opened(browser, page) | typed).status_code == 302
    shown = browser.get(service_page).text
    assert "Dyrare än planerat" in shown
    assert "12 000,50" in shown.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert browser.get(f"{service_page}/utfall/2099").status_code == 404
