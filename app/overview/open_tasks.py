"""What is to be done in a project, by whom and when: what is late, what waits, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.access import Viewer
from app.closing.final_report.policy import may_see
from app.closing.final_report.queries import final_report_of
from app.closing.handover.queries import ENDS_IN, items_of
from app.core.changes import UNDECIDED, ChangeState
from app.core.conditions import TO_BE_MET, ConditionState
from app.core.final_report import FinalState
from app.core.reporting import IN
from app.core.requisitions import WAITS_FOR, Hand, RequisitionState
from app.core.workflow import FUNDED, GRANTED, State
from app.delivery.changes.pages import parts_of
from app.delivery.changes.queries import changes_of
from app.delivery.conditions.queries import ConditionOf, conditions_in
from app.delivery.funds.queries import requisitions_of
from app.delivery.plans.queries import milestones_of
from app.delivery.reports.queries import WaitingReport, open_in
from app.delivery.risks.models import Issue, Risk
from app.delivery.risks.queries import issues_of, risks_of
from app.overview.task import shortened
from app.projects.models import Project
from app.web.formats import exact

SHOWN = 10
"""So many are shown, what is late first; each part of the project has all of its own."""
COMING = 2
"""So many of the reports, and of the milestones, whose day has not come."""

SECRETARIAT = _l("Programsekretariatet")
CLAIMS = {
    Hand.CHECKER: _l("Ska kontrolleras"),
    Hand.LEADER: _l("Ska rättas"),
    Hand.PAYER: _l("Ska betalas ut"),
}
HANDS = {Hand.CHECKER: SECRETARIAT, Hand.PAYER: _l("Programmets controller")}


@dataclass(frozen=True)
class OpenTask:
    """One thing that is to be done, whose it is, and the page that it stands on."""

    kind: str
    about: str
    href: str
    who: str
    due_on: date | None
    """None: somebody waits for it now."""
    late: bool = False


@dataclass(frozen=True)
class OpenTasks:
    """What is shown, and how much more there is."""

    shown: Sequence[OpenTask]
    late: int
    """How many of all are late."""
    more: int


def open_tasks(viewer: Viewer, project: Project, today: date) -> OpenTasks:
    """Of a project with granted money: what is late, then what somebody waits for, then what comes next.

    Whoever sees the case may open every page that this leads to.
    """
    found = sorted(_all(viewer, project, today), key=lambda task: _order(task, today))
    late = sum(task.late for task in found)
    return OpenTasks(found[:SHOWN], late, len(found[SHOWN:]))


def _order(task: OpenTask, today: date) -> tuple[bool, bool, date]:
    return not task.late, task.due_on is not None, task.due_on or today


def _all(viewer: Viewer, project: Project, today: date) -> Iterator[OpenTask]:
    if State(project.state) in FUNDED:
        yield from _reports(viewer, project, today)
        yield from _milestones(project, today)
        yield from _conditions(project, today)
        yield from _actions(project, today)
        yield from _changes(viewer, project)
        yield from _requisitions(project)
    if State(project.state) in ENDS_IN:
        yield from _final_report(viewer, project)
    if State(project.state) in GRANTED:
        yield from _rest(project, today)


def _reports(viewer: Viewer, project: Project, today: date) -> Iterator[OpenTask]:
    found = open_in(project.id, today)
    to_write = [row for row in found if row.state not in IN]
    coming = [row for row in to_write if not row.late(today)][:COMING]
    for row in found:
        if row.state in IN:
            yield _report(row, "reports.report", _("Lägesrapport att läsa"), str(SECRETARIAT))
        elif row.late(today) or row in coming:
            page = "reports.write" if project.leader_id == viewer.id else "reports.reports"
            yield _report(row, page, _("Lägesrapport"), project.leader.name, late=row.late(today))


def _report(row: WaitingReport, page: str, kind: str, who: str, *, late: bool = False) -> OpenTask:
    period_id = None if page == "reports.reports" else row.period_id
    href = url_for(page, project_id=row.project_id, period_id=period_id)
    return OpenTask(kind, row.period, href, who, None if row.state in IN else row.due_on, late)


def _milestones(project: Project, today: date) -> Iterator[OpenTask]:
    if State(project.state) is not State.RUNNING:
        return
    rows = sorted(
        (row for row in milestones_of(project.id) if row.reached_on is None),
        key=lambda row: (row.expected_on, row.id),
    )
    late = [row for row in rows if row.expected_on < today]
    for row in (*late, *islice((row for row in rows if row not in late), COMING)):
        yield OpenTask(
            _("Milstolpe"),
            row.name,
            url_for("plans.plan", project_id=project.id),
            row.responsible or project.leader.name,
            row.expected_on,
            late=row in late,
        )


def _conditions(project: Project, today: date) -> Iterator[OpenTask]:
    for row in conditions_in(project):
        if row.state is ConditionState.APPROVED:
            continue
        met = row.state in TO_BE_MET
        yield OpenTask(
            ngettext("Villkor", "Villkor", 1) if met else _("Villkor att pröva"),
            shortened(row.condition.text),
            url_for("conditions.conditions", project_id=project.id),
            project.leader.name if met else str(SECRETARIAT),
            _day_of(row),
            late=row.late(today),
        )


def _day_of(row: ConditionOf) -> date | None:
    return row.condition.due_on if row.state in TO_BE_MET else None


def _actions(project: Project, today: date) -> Iterator[OpenTask]:
    kinds: Iterable[tuple[str, Sequence[Risk | Issue]]] = (
        (_("Åtgärd mot en risk"), risks_of(project.id)),
        (_("Åtgärd för ett problem"), issues_of(project.id)),
    )
    for kind, rows in kinds:
        for row in rows:
            if row.is_open and row.due_on is not None:
                yield OpenTask(
                    kind,
                    shortened(row.action or row.text),
                    url_for("risks.risks", project_id=project.id),
                    row.owner or project.leader.name,
                    row.due_on,
                    late=row.late(today),
                )


def _changes(viewer: Viewer, project: Project) -> Iterator[OpenTask]:
    for row in changes_of(viewer, project):
        if row.state in UNDECIDED:
            asked = row.state == ChangeState.QUESTIONED
            yield OpenTask(
                _("Begäran om ändring att svara om") if asked else _("Begäran om ändring att besluta"),
                parts_of(row.wanted),
                url_for("changes.change", project_id=project.id, number=row.number),
                project.leader.name if asked else str(SECRETARIAT),
                None,
            )


def _requisitions(project: Project) -> Iterator[OpenTask]:
    for found in requisitions_of(project):
        own = found.requisition
        hand = WAITS_FOR.get(RequisitionState(own.state))
        if hand is not None:
            yield OpenTask(
                str(CLAIMS[hand]),
                _("Rekvisition %(number)s, %(amount)s", number=own.number, amount=exact(own.amount)),
                url_for("funds.requisition", project_id=project.id, requisition_id=own.id),
                str(HANDS.get(hand, project.leader.name)),
                None,
            )


def _final_report(viewer: Viewer, project: Project) -> Iterator[OpenTask]:
    found = final_report_of(project)
    if found.state is FinalState.APPROVED:
        return
    come_in = found.state is FinalState.SENT
    opens = may_see(viewer, project, is_sent=bool(found.versions))
    page = "final_report.report" if opens else "handover.plan"
    yield OpenTask(
        _("Ska läsas och godkännas") if come_in else _("Ska skrivas"),
        _("Slutrapport"),
        url_for(page, project_id=project.id),
        str(SECRETARIAT) if come_in else project.leader.name,
        None,
    )


def _rest(project: Project, today: date) -> Iterator[OpenTask]:
    for row in items_of(project.id):
        if row.is_open:
            yield OpenTask(
                _("Restpunkt"),
                shortened(row.text),
                url_for("handover.plan", project_id=project.id, _anchor=f"item-{row.id}"),
                row.held_by.name if row.held_by else f"{row.owner}, {row.department.name}",
                row.due_on,
                late=row.late(today),
            )
