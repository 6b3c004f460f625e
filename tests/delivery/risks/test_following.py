"""Risks come with the plan, are weighed anew, and end once: as what never happened, or as an issue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.risks import Outcome
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.delivery.plans import queries as plans
from app.delivery.plans import service as planning
from app.delivery.risks import queries, reminding, service
from app.delivery.risks.values import risks_in
from app.history.models import HistoryEvent
from app.notifications import labels
from app.notifications.models import Kind
from app.programmes.models import Programme
from tests.conftest import Cast
from tests.delivery.risks.noted import ISSUE, LATER, RISK, TODAY, added, issue_of, of
from tests.running_story import PLANNED, drawn_up, granted, planned, running
from tests.story import reloaded


def events(verb: str) -> int:
    return db.session.scalar(select(func.count()).where(HistoryEvent.verb == verb)) or 0


def test_the_risks_of_the_application_become_the_projects_when_the_plan_is_established(
    cast: Cast, programme: Programme
) -> None:
    project = planned(cast, programme)
    assert queries.risks_of(project.id) == []
    said = list(risks_in(plans.granting_decision(project.id).version.content))
    assert said, "the application has risks"
    with transaction():
        planning.establish(cast.leader, project, PLANNED)
    kept = queries.risks_of(project.id)
    assert {(row.text, row.score, row.action, row.owner) for row in kept} == {
        (row.text, row.probability * row.consequence, row.action, row.owner) for row in said
    }
    assert all(row.registered_on == TODAY and row.is_open for row in kept)
    assert events("take_over_risk") == len(said)


def test_what_the_leader_has_noted_already_does_not_come_twice(cast: Cast, programme: Programme) -> None:
    project = planned(cast, programme)
    first = next(risks_in(plans.granting_decision(project.id).version.content))
    added(cast, project, text=first.text, probability=5)
    with transaction():
        planning.establish(cast.leader, reloaded(project), PLANNED)
    same = [row for row in queries.risks_of(project.id) if row.text == first.text]
    assert [row.probability for row in same] == [5]


def test_a_risk_without_a_place_on_the_scale_is_left_to_the_leader() -> None:
    row = {"risk": "Brand.", "probability": "", "consequence": "3"}
    assert list(risks_in({"sections": {"risks": {"risks": [row]}}})) == []
    assert list(risks_in({"sections": {}})) == []


def test_the_highest_score_comes_first_and_then_what_is_due_first(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    wanted = [
        added(cast, project, probability=5, consequence=5),
        added(cast, project, probability=2, consequence=5, due_on=date(2027, 5, 1)),
        added(cast, project, probability=5, consequence=2, due_on=date(2027, 6, 1)),
        added(cast, project, probability=5, consequence=2, due_on=None),
        added(cast, project, probability=3, consequence=3),
        added(cast, project, probability=1, consequence=1),
    ]
    assert [row.id for row in queries.risks_of(project.id)] == [row.id for row in wanted]
    assert [row.score for row in queries.top_open(project.id)] == [25, 10, 10, 10]
    assert [row.score for row in queries.top_open(project.id, at_least=9)] == [25, 10, 10, 10, 9]
    assert queries.top_score(project.id) == 25


def test_a_closed_risk_weighs_nothing(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    assert queries.top_score(project.id) is None
    risk = added(cast, project, probability=5, consequence=5)
    added(cast, project, probability=1, consequence=2)
    with transaction():
        service.close_risk(cast.leader, of(cast, risk), Outcome.HANDLED, note="Avtal finns.", now=LATER)
    assert queries.top_score(project.id) == 2
    assert queries.top_open(project.id) == []
    assert (risk.outcome, risk.note, risk.closed_on) == ("handled", "Avtal finns.", local_day(LATER))


def test_a_risk_that_happens_is_an_issue_in_one_step(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    risk = added(cast, project)
    with transaction():
        issue = service.happened(cast.leader, of(cast, risk), replace(ISSUE, text=risk.text), LATER)
    assert issue.risk_id == risk.id
    assert issue.registered_on == risk.closed_on == local_day(LATER)
    assert risk.outcome == "happened"
    assert queries.issues_of(project.id)[0].risk is risk
    with pytest.raises(RefusedError, match="stängd"):
        service.happened(cast.leader, of(cast, risk), ISSUE, LATER)
    with pytest.raises(ValueError, match="is an issue"):
        service.close_risk(cast.leader, of(cast, added(cast, project)), Outcome.HAPPENED, note="", now=LATER)


def test_what_is_closed_changes_no_more(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    risk = added(cast, project)
    with transaction():
        issue = service.add_issue(cast.leader, project, ISSUE, PLANNED)
    with transaction():
        service.close_risk(cast.leader, of(cast, risk), Outcome.DID_NOT_HAPPEN, note="", now=LATER)
        service.close_issue(cast.leader, issue_of(cast, issue), solution="Ny leverantör.", now=LATER)
    attempts: list[Callable[[], object]] = [
        lambda: service.change_risk(cast.leader, of(cast, risk), RISK, LATER),
        lambda: service.close_risk(cast.leader, of(cast, risk), Outcome.HANDLED, note="", now=LATER),
        lambda: service.happened(cast.leader, of(cast, risk), ISSUE, LATER),
        lambda: service.change_issue(cast.leader, issue_of(cast, issue), ISSUE, LATER),
        lambda: service.close_issue(cast.leader, issue_of(cast, issue), solution="Igen.", now=LATER),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError):
            attempt()


def test_an_issue_is_not_closed_without_its_solution(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    with transaction():
        issue = service.add_issue(cast.leader, project, ISSUE, PLANNED)
    with pytest.raises(ValueError, match="solution"):
        service.close_issue(cast.leader, issue_of(cast, issue), solution=" ", now=LATER)


def test_every_change_is_one_row_of_the_history(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    risk = added(cast, project)
    with transaction():
        service.change_risk(cast.leader, of(cast, risk), replace(RISK, probability=5, due_on=None), LATER)
    rows = db.session.scalars(
        select(HistoryEvent).where(HistoryEvent.verb == "change_risk").order_by(HistoryEvent.id)
    ).all()
    assert {(row.field, row.from_value, row.to_value) for row in rows} == {
        ("probability", "3", "5"),
        ("due_on", "2027-06-01", None),
    }
    with transaction():
        service.change_risk(cast.leader, of(cast, risk), replace(RISK, probability=5, due_on=None), LATER)
    assert events("change_risk") == 2, "and what is said again is no news"


def test_only_the_leader_keeps_risks_and_only_with_a_plan(cast: Cast, programme: Programme) -> None:
    project = granted(cast, programme)
    with pytest.raises(RefusedError, match="inte påbörjad"):
        service.add_risk(cast.leader, project, RISK, PLANNED)
    with transaction():
        planning.draw_up(cast.leader, project, PLANNED)
    strangers: list[Viewer] = [cast.manager, cast.secretary, cast.auditor, cast.other_leader]
    for viewer in strangers:
        with pytest.raises(RefusedError):
            service.add_risk(viewer, project, RISK, PLANNED)
    service.add_risk(cast.leader, project, RISK, PLANNED)


def test_an_overdue_action_waits_for_the_leader_until_it_is_closed(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    risk = added(cast, project, due_on=TODAY, text="Färre använder tjänsten.")
    with transaction():
        issue = service.add_issue(
            cast.leader, project, replace(ISSUE, due_on=TODAY - timedelta(days=1)), PLANNED
        )
    waiting = queries.waiting_for
    assert [row.is_issue for row in waiting(cast.leader, TODAY, limit=9)] == [True], "today is not late"
    tomorrow = TODAY + timedelta(days=1)
    late = waiting(cast.leader, tomorrow, limit=9)
    assert [(row.number, row.is_issue) for row in late] == [(issue.id, True), (risk.id, False)]
    assert waiting(cast.manager, tomorrow, limit=9) == []
    assert waiting(cast.other_leader, tomorrow, limit=9) == []
    with transaction():
        service.close_risk(cast.leader, of(cast, risk), Outcome.HANDLED, note="", now=LATER)
        service.close_issue(cast.leader, issue_of(cast, issue), solution="Löst.", now=LATER)
    assert waiting(cast.leader, tomorrow, limit=9) == []


def test_an_overdue_action_is_reminded_of_in_the_end_to_the_managers_too(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    risk = added(cast, project, due_on=TODAY)
    with transaction():
        issue = service.add_issue(cast.leader, project, replace(ISSUE, due_on=TODAY), PLANNED)

    def reminded(days: int) -> list[tuple[int, int]]:
        day = TODAY + timedelta(days=days)
        dues = [*reminding.late_for_risks(day), *reminding.late_for_issues(day)]
        return [(due.record_id, due.person_id) for due in dues]

    leader, manager = cast.leader.id, cast.manager.id
    assert reminded(-3) == reminded(0) == [], "before its day it is followed where it stands"
    assert reminded(1) == [(risk.id, leader), (issue.id, leader)]
    assert set(reminded(7)) == {(row.id, person) for row in (risk, issue) for person in (leader, manager)}
    first = next(iter(reminding.late_for_issues(TODAY + timedelta(days=1))))
    assert (first.tells, labels.particulars(first.details)) == (
        Kind.ACTION_LATE,
        ["Sista dag 2027-03-14", "Problem: Leverantören är försenad."],
    )
    with transaction():
        service.close_risk(cast.leader, of(cast, risk), Outcome.HANDLED, note="", now=LATER)
    assert reminded(1) == [(issue.id, leader)]
