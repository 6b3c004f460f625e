"""What waits for somebody in the projects that have been granted money, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.closing.final_report import queries as final_reports
from app.closing.final_report.words import final_report_tag
from app.closing.handover import waiting as handover
from app.closing.handover.waiting import WaitingItem
from app.closing.handover.words import NOTHING_LEFT, standing_tag
from app.closing.termination import queries as terminations
from app.closing.termination.words import TO_TELL, contract_tag
from app.core.changes import ChangeState
from app.core.conditions import TO_BE_MET
from app.core.final_report import FinalState
from app.core.reporting import IN
from app.core.requisitions import RequisitionState
from app.delivery.changes import waiting as changes
from app.delivery.changes.pages import parts_of
from app.delivery.changes.words import ASKING
from app.delivery.changes.words import state_tag as change_state_tag
from app.delivery.conditions import queries as conditions
from app.delivery.conditions.queries import WaitingCondition
from app.delivery.conditions.words import condition_tag
from app.delivery.funds import queries as funds
from app.delivery.funds.words import requisition_tag
from app.delivery.reports import queries as reports
from app.delivery.reports.words import report_tag
from app.delivery.risks import queries as risks
from app.delivery.risks.queries import OverdueAction
from app.delivery.risks.words import OVERDUE
from app.overview.afterwards import afterwards
from app.overview.effect_tasks import effect_tasks
from app.overview.report_tasks import report_tasks
from app.overview.service_tasks import service_tasks
from app.overview.task import MOST_OF_A_KIND, Task, shortened
from app.web.formats import exact, iso_date


def tasks_for(viewer: Viewer, today: date) -> list[Task]:
    """What the viewer has to do: the earliest due first, then what has no day."""
    of_money = [*_conditions(viewer, today), *_requisitions(viewer)]
    of_the_end = [*_handover(viewer, today), *_to_confirm(viewer), *_final_reports(viewer)]
    of_the_end += [*_terminations(viewer), *_notices(viewer, today)]
    of_the_end += [*afterwards(viewer, today), *service_tasks(viewer, today)]
    of_the_end += [*effect_tasks(viewer, today), *report_tasks(viewer, today)]
    found = [*of_money, *_changes(viewer), *_reports(viewer, today), *_actions(viewer, today), *of_the_end]
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or today))


def _conditions(viewer: Viewer, today: date) -> Iterator[Task]:
    for row in conditions.waiting_for(viewer, today, limit=MOST_OF_A_KIND):
        mine = row.state in TO_BE_MET
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Redovisa ett villkor") if mine else _("Pröva ett villkor"),
            shortened(row.text),
            _page_of(row, mine=mine),
            condition_tag(row.state, mine=True),
            row.due_on,
            row.late(today),
        )


_TODO = {
    RequisitionState.SENT: _l("Kontrollera en rekvisition"),
    RequisitionState.RETURNED: _l("Rätta en rekvisition"),
    RequisitionState.CHECKED: _l("Betala ut en rekvisition"),
}


def _requisitions(viewer: Viewer) -> Iterator[Task]:
    for row in funds.waiting_for(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            str(_TODO[RequisitionState(row.state)]),
            _("Rekvisition %(number)s, %(amount)s", number=row.number, amount=exact(row.amount)),
            url_for("funds.requisition", project_id=row.project_id, requisition_id=row.requisition_id),
            requisition_tag(row.state, mine=True),
            None,
            late=False,
        )


def _changes(viewer: Viewer) -> Iterator[Task]:
    for row in changes.waiting_for(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            str(ASKING[ChangeState(row.state)]) % {"number": row.number},
            parts_of(row.wanted),
            url_for("changes.change", project_id=row.project_id, number=row.number),
            change_state_tag(row.state),
            None,
            late=False,
        )


def _reports(viewer: Viewer, today: date) -> Iterator[Task]:
    for row in reports.waiting_for(viewer, today, limit=MOST_OF_A_KIND):
        come_in = row.state in IN
        page = "reports.report" if come_in else "reports.write"
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Läs en lägesrapport") if come_in else _("Skriv en lägesrapport"),
            row.period,
            url_for(page, project_id=row.project_id, period_id=row.period_id),
            report_tag(row.state, row.late(today)),
            row.due_on,
            row.late(today),
        )


def _actions(viewer: Viewer, today: date) -> Iterator[Task]:
    for row in risks.waiting_for(viewer, today, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Följ upp åtgärden för ett problem") if row.is_issue else _("Följ upp åtgärden för en risk"),
            shortened(row.text),
            _page_of_action(row),
            OVERDUE,
            row.due_on,
            late=True,
        )


def _terminations(viewer: Viewer) -> Iterator[Task]:
    for row in terminations.waiting_for(viewer, limit=MOST_OF_A_KIND):
        page = "return_rest" if row.of_money else "termination"
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Återför pengar till ramen") if row.of_money else _("Redovisa vad projektet lämnar"),
            _("Avbrott beslutat %(day)s", day=iso_date(row.decided_on)),
            url_for(f"termination.{page}", project_id=row.project_id),
            TO_TELL,
            None,
            late=False,
        )


def _notices(viewer: Viewer, today: date) -> Iterator[Task]:
    for contract, project in terminations.notices_for(viewer, today, limit=MOST_OF_A_KIND):
        yield Task(
            project.id,
            project.title,
            project.case_number,
            _("Säg upp ett avtal"),
            shortened(terminations.contract_name(contract)),
            url_for("termination.contracts", project_id=project.id),
            contract_tag(contract.status),
            contract.notice_by,
            late=contract.notice_by is not None and contract.notice_by < today,
        )


def _final_reports(viewer: Viewer) -> Iterator[Task]:
    for row in final_reports.waiting_for(viewer, limit=MOST_OF_A_KIND):
        come_in = row.state == FinalState.SENT
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Läs en slutrapport") if come_in else _("Skriv slutrapporten"),
            _("Projektet avslutas när den är godkänd."),
            url_for("final_report.report", project_id=row.project_id),
            final_report_tag(row.state),
            None,
            late=False,
        )


def _handover(viewer: Viewer, today: date) -> Iterator[Task]:
    waits = (
        (_("Svara om det som återstår efter ett projekt"), handover.to_answer(viewer, limit=MOST_OF_A_KIND)),
        (_("En mottagare har avböjt en restpunkt"), handover.declined(viewer, limit=MOST_OF_A_KIND)),
        (_("Gör klart en restpunkt"), handover.to_do(viewer, today, limit=MOST_OF_A_KIND)),
    )
    for what, rows in waits:
        for row in rows:
            yield _rest_item(what, row, today)


def _rest_item(what: str, row: WaitingItem, today: date) -> Task:
    return Task(
        row.project_id,
        row.title,
        row.case_number,
        what,
        shortened(row.text),
        url_for("handover.plan", project_id=row.project_id, _anchor=f"item-{row.item_id}"),
        standing_tag(row.standing, mine=True),
        row.due_on,
        row.late(today),
    )


def _to_confirm(viewer: Viewer) -> Iterator[Task]:
    for row in handover.to_confirm(viewer, limit=MOST_OF_A_KIND):
        yield Task(
            row.project_id,
            row.title,
            row.case_number,
            _("Bekräfta att inget återstår"),
            _("Projektet avslutas, och restlistan är tom."),
            url_for("handover.nothing_left", project_id=row.project_id),
            NOTHING_LEFT,
            None,
            late=False,
        )


def _page_of_action(row: OverdueAction) -> str:
    if row.is_issue:
        return url_for("risks.issue", project_id=row.project_id, issue_id=row.number)
    return url_for("risks.risk", project_id=row.project_id, risk_id=row.number)


def _page_of(row: WaitingCondition, *, mine: bool) -> str:
    page = "conditions.report" if mine else "conditions.assess"
    return url_for(page, project_id=row.project_id, condition_id=row.condition_id)
