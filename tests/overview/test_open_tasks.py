"""The project page says what is late, what somebody waits for, and what comes next, and whose it is."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from app.accounts.access import Viewer
from app.accounts.session import today
from app.core.risks import Outcome
from app.db import transaction
from app.delivery.changes import service as changes
from app.delivery.reports import service as reports
from app.delivery.risks import service as risks
from app.overview.open_tasks import COMING, SHOWN, OpenTasks, open_tasks
from app.programmes.models import Programme
from app.projects.models import Project
from tests.changing_story import ASKED, asked, cost, questioned
from tests.closing.final_story import final_report_written, handed_over, send
from tests.conftest import Browser, Cast
from tests.delivery import granted as money
from tests.delivery.risks.noted import RISK, added, of
from tests.review_story import awaiting_decision
from tests.running_story import REPORTED, period, report_on, report_sent, running
from tests.story import reloaded

BEFORE, AFTER = date(2027, 5, 10), date(2027, 6, 2)
"""The report is due on 14 May; a milestone is planned for 31 May, a risk's action for 1 June."""


@pytest.fixture(autouse=True)
def _page(app: Flask) -> object:
    with app.test_request_context():
        yield


def tasks(viewer: Viewer, project: Project, day: date) -> OpenTasks:
    return open_tasks(viewer, reloaded(project), day)


def kinds(found: OpenTasks, *, late: bool | None = None) -> list[str]:
    return [task.kind for task in found.shown if late in (None, task.late)]


def test_before_their_days_nothing_is_late_and_the_next_stand_in_order(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    period(cast, programme)
    added(cast, project)
    found = tasks(cast.leader, project, BEFORE)
    assert (found.late, found.more) == (0, 0)
    assert [(task.about, task.due_on) for task in found.shown] == [
        ("Tertial 1 2027", date(2027, 5, 14)),
        ("Utgångsvärden är mätta", date(2027, 5, 31)),
        (RISK.action, RISK.due_on),
        ("Tjänsten är öppen", date(2028, 3, 1)),
    ]
    assert kinds(found).count("Milstolpe") == COMING


def test_what_is_late_comes_first_then_what_somebody_waits_for_now(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    period(cast, programme)
    added(cast, project)
    asked(cast, project, costs=(cost(cast),))
    found = tasks(cast.leader, project, AFTER)
    late = ["Lägesrapport", "Milstolpe", "Åtgärd mot en risk"]
    assert kinds(found) == [*late, "Begäran om ändring att besluta", "Milstolpe", "Milstolpe"]
    assert (kinds(found, late=True), found.late) == (late, 3)
    report, milestone, action, request, *_next = found.shown
    assert report.who == milestone.who == cast.leader.name
    assert (action.who, request.who) == (RISK.owner, "Programsekretariatet")


def test_what_is_done_is_not_to_be_done(cast: Cast, programme: Programme) -> None:
    project = report_sent(cast, programme)
    assert kinds(tasks(cast.leader, project, BEFORE)) == ["Lägesrapport att läsa", "Milstolpe", "Milstolpe"]
    number = period(cast, programme).id
    for verb in (reports.read, reports.approve):
        with transaction():
            verb(cast.secretary, report_on(cast.secretary, project, number), 1, REPORTED)
    risk = added(cast, project)
    with transaction():
        risks.close_risk(cast.leader, of(cast, risk), Outcome.HANDLED, note="", now=REPORTED)
    assert kinds(tasks(cast.leader, project, BEFORE)) == ["Milstolpe", "Milstolpe"]


def test_each_hand_has_its_own_of_conditions_requests_and_requisitions(
    cast: Cast, programme: Programme
) -> None:
    project = money.granted(cast, programme)
    money.reported(cast, project, place=1)
    money.sent(cast, project)
    found = {task.kind: task.who for task in tasks(cast.leader, project, BEFORE).shown}
    secretariat = "Programsekretariatet"
    assert found == {
        "Villkor": cast.leader.name,
        "Villkor att pröva": secretariat,
        "Ska kontrolleras": secretariat,
    }
    money.checked(cast, project)
    money.approved(cast, project, 1)
    (late, to_pay) = tasks(cast.leader, project, BEFORE).shown
    assert (late.late, late.due_on) == (True, money.DUE)
    assert (to_pay.kind, to_pay.who) == ("Ska betalas ut", "Programmets controller")


def test_whoever_sees_the_case_can_open_all_that_is_to_be_done(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    period(cast, programme)
    added(cast, project)
    found = asked(cast, project, costs=(cost(cast),))
    money.sent(cast, project)
    questioned(cast, found)
    for viewer in (cast.leader, cast.manager, cast.auditor):
        page = browser.sign_in(viewer).get(f"/projekt/{project.id}").text
        hrefs = [task.href for task in tasks(viewer, project, AFTER).shown]
        assert len(hrefs) == 7
        assert [browser.get(href).status_code for href in hrefs] == [200] * len(hrefs)
        on_page = [f'<a href="{task.href}">' for task in tasks(viewer, project, today()).shown]
        assert on_page
        assert [link for link in on_page if link not in page] == []


def test_a_request_that_nobody_has_sent_is_to_be_done_by_nobody(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    with transaction():
        changes.begin(cast.leader, project, ASKED)
    assert "Begäran om ändring att besluta" not in kinds(tasks(cast.leader, project, BEFORE))
    assert kinds(tasks(cast.secretary, project, BEFORE)) == ["Milstolpe", "Milstolpe"]


def test_no_more_is_shown_than_can_be_read_and_the_rest_is_counted(cast: Cast, programme: Programme) -> None:
    project = running(cast, programme)
    for day in range(SHOWN + 3):
        added(cast, project, due_on=date(2027, 4, 1 + day))
    found = tasks(cast.leader, project, BEFORE)
    assert [task.due_on for task in found.shown] == [date(2027, 4, 1 + day) for day in range(SHOWN)]
    assert (found.late, found.more) == (SHOWN + 3, 3 + COMING)


def test_nothing_is_to_be_done_before_money_is_granted_nor_when_all_is_handed_over(
    cast: Cast, programme: Programme
) -> None:
    assert not tasks(cast.leader, awaiting_decision(cast, programme), AFTER).shown
    assert not tasks(cast.leader, handed_over(cast, programme), AFTER).shown


def test_a_final_report_is_written_by_the_leader_and_read_by_the_secretariat(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = final_report_written(cast, programme)
    for viewer in (cast.leader, cast.auditor):
        (task,) = tasks(viewer, project, AFTER).shown
        assert (task.kind, task.who) == ("Ska skrivas", cast.leader.name)
        assert browser.sign_in(viewer).get(task.href).status_code == 200
    send(cast, project)
    (task,) = tasks(cast.auditor, project, AFTER).shown
    assert (task.kind, task.who) == ("Ska läsas och godkännas", "Programsekretariatet")
    assert browser.get(task.href).status_code == 200
