"""What can be done with periods and reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.applications.snapshot import sha256_of
from app.core.reporting import ReportAction, ReportState, after
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.costs.queries import actuals_of
from app.delivery.plans import queries as plans
from app.delivery.reports import policy, queries, rules
from app.delivery.reports.beginning import as_booked, from_the_last
from app.delivery.reports.content import (
    Content,
    MilestoneSaid,
    as_json,
    from_json,
)
from app.delivery.reports.document import figures_of, frozen, hours_worked
from app.delivery.reports.models import ReportPeriod, ReportRemark, ReportVersion, StatusReport
from app.delivery.reports.queries import ReportOf
from app.history.service import record
from app.history.told import differences_in
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects.models import Project


class InvalidReportError(ValueError):
    """The report cannot be sent like this: `faults` by the name of the field."""

    def __init__(self, faults: rules.Faults) -> None:
        super().__init__("; ".join(str(text) for text in faults.values()))
        self.faults = dict(faults)


class PeriodExistsError(ValueError):
    """There is a period that ends on the same day."""


def add_period(
    actor: Viewer,
    programme_id: int,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    due_on: date,
    now: datetime,
) -> ReportPeriod:
    """Let the programme's projects report on a time. Raises PeriodExistsError."""
    require(policy.may_set_periods(actor))
    if any(row.ends_on == ends_on for row in queries.periods_of(programme_id)):
        raise PeriodExistsError(ends_on.isoformat())
    period = ReportPeriod(
        programme_id=programme_id, name=name, starts_on=starts_on, ends_on=ends_on, due_on=due_on
    )
    db.session.add(period)
    record(actor, "add_report_period", period, now=now)
    return period


def begun(found: ReportOf) -> Content:
    """The report as it stands, or as it begins."""
    if found.report is not None:
        return from_json(found.report.content)
    last = queries.last_sent_before(found.project.id, found.period)
    booked = actuals_of(found.project.id, found.period.ends_on)
    return as_booked(
        from_the_last(last.content if last else {}, plans.milestones_of(found.project.id)), booked
    )


def save(actor: Viewer, found: ReportOf, content: Content, now: datetime) -> StatusReport:
    """Keep the report as far as it has come."""
    require(policy.may_write(actor, found))
    kept = as_json(content)
    report = found.report
    if report is None:
        report = StatusReport(
            project_id=found.project.id,
            period_id=found.period.id,
            state=ReportState.DRAFT.value,
            state_since=now,
            content=kept,
        )
        db.session.add(report)
        record(actor, "begin_report", report, note=found.period.name, now=now)
        return report
    changes = differences_in(report.content, kept)
    if changes:
        report.content = kept
        record(actor, "save_report", report, changes=changes, note=found.period.name, now=now)
    return report


def send(actor: Viewer, found: ReportOf, content: Content, now: datetime) -> ReportVersion:
    """Send the report: it is frozen as it stands, and its milestones are what the plan expects from now on.

    Raises InvalidReportError.
    """
    report = save(actor, found, content, now)
    ground = queries.ground_of(found.project, found.period)
    faults = rules.faults_in(ground, content)
    if faults:
        raise InvalidReportError(faults)
    figures = figures_of(ground, content)
    whole = frozen(ground, content, _case(found.project))
    version = ReportVersion(
        report_id=report.id,
        project_id=found.project.id,
        number=len(found.versions) + 1,
        content=whole,
        content_sha256=sha256_of(whole),
        sent_at=now,
        sent_by_id=actor.id,
        days_late=figures.days_late,
        budget=figures.budget,
        spent=figures.spent,
        forecast=figures.forecast,
        hours=hours_worked(content),
        **{f"{dimension.value}_light": said.light for dimension, said in content.lights.items()},
    )
    db.session.add(version)
    record(actor, "freeze_report", version, now=now)
    _expect(actor, found.project, content, now)
    _move(actor, report, ReportAction.SEND, found.period.name, now)
    _tell(_secretariat(found.project), Kind.REPORT_SENT, found, now)
    return version


def _case(project: Project) -> dict[str, str]:
    return {
        "title": project.title,
        "case_number": project.case_number or "",
        "leader": project.leader.name,
        "lead_department": project.lead_department.name,
    }


def _expect(actor: Viewer, project: Project, content: Content, now: datetime) -> None:
    for row in plans.milestones_of(project.id):
        said = content.milestones.get(row.id, MilestoneSaid())
        if (row.forecast_on, row.reached_on) != (said.forecast_on, said.reached_on):
            row.forecast_on, row.reached_on = said.forecast_on, said.reached_on
            record(actor, "expect_milestone", row, note=row.name, now=now)


def read(actor: Viewer, found: ReportOf, number: int, now: datetime) -> None:
    """Somebody in the secretariat has read the report."""
    _answer(actor, found, number, (ReportAction.READ, ""), now)


def give_back(actor: Viewer, found: ReportOf, number: int, *, reason: str, now: datetime) -> None:
    """The report comes back to be put right, and why."""
    if not reason.strip():
        raise RefusedError(_l("Skriv vad som behöver rättas."))
    _answer(actor, found, number, (ReportAction.RETURN, reason), now)
    _tell([found.project.leader_id], Kind.REPORT_RETURNED, found, now, reason=reason)


def approve(actor: Viewer, found: ReportOf, number: int, now: datetime) -> None:
    """The report stands as it is."""
    _answer(actor, found, number, (ReportAction.APPROVE, ""), now)
    _tell([found.project.leader_id], Kind.REPORT_APPROVED, found, now)


def comment(actor: Viewer, found: ReportOf, text: str, now: datetime) -> None:
    """Say something of what was sent last; the other side is told."""
    require(policy.may_comment(actor, found))
    _remark(actor, found, "comment", text, now)
    other = _secretariat(found.project) if actor.id == found.project.leader_id else [found.project.leader_id]
    _tell(other, Kind.REPORT_COMMENTED, found, now)


def _answer(
    actor: Viewer, found: ReportOf, number: int, said: tuple[ReportAction, str], now: datetime
) -> None:
    action, text = said
    require(policy.may_treat(actor, found))
    if found.report is None or found.newest is None or found.newest.number != number:
        raise RefusedError(_l("Rapporten har skickats på nytt. Läs den nya."))
    _remark(actor, found, action.value, text, now)
    _move(actor, found.report, action, text or found.period.name, now)


def _remark(actor: Viewer, found: ReportOf, kind: str, text: str, now: datetime) -> None:
    if found.newest is None:
        raise LookupError("nothing has been sent")
    remark = ReportRemark(
        version_id=found.newest.id,
        project_id=found.project.id,
        kind=kind,
        text=text,
        at=now,
        author_id=actor.id,
    )
    db.session.add(remark)
    record(actor, "remark_on_report", remark, now=now)


def _move(actor: Viewer, report: StatusReport, action: ReportAction, note: str, now: datetime) -> None:
    target = after(ReportState(report.state), action)
    if target is None:
        raise RefusedError(_l("Rapporten har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    report.state, report.state_since = target.value, now
    record(actor, action.value, report, note=note, now=now)


def _secretariat(project: Project) -> Sequence[int]:
    if project.handler_id:
        return [project.handler_id]
    return [person.id for person in people_with_role(Role.SECRETARIAT, None)]


def _tell(people: Sequence[int], kind: Kind, found: ReportOf, now: datetime, **details: object) -> None:
    notify(
        people, kind, found.project.id, now, title=found.project.title, period=found.period.name, **details
    )
