"""What can be done with a final report: write, send, send back, approve it so that the project ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.applications.snapshot import sha256_of
from app.closing.final_report import approved, gates, over_time, policy, rules
from app.closing.final_report.beginning import from_the_record
from app.closing.final_report.content import Content, MilestoneSaid, as_json, from_json
from app.closing.final_report.document import frozen
from app.closing.final_report.gathering import ground_of
from app.closing.final_report.ground import Ground
from app.closing.final_report.models import FinalReport, FinalReportRemark, FinalReportVersion
from app.closing.final_report.queries import FinalReportOf
from app.core.final_report import FinalAction, FinalState, after
from app.core.lacks import IncompleteError
from app.core.verdict import RefusedError, require
from app.core.workflow import State
from app.db import db
from app.delivery.plans import queries as plans
from app.history.service import record
from app.history.told import differences_in
from app.notifications.models import Kind
from app.notifications.service import notify
from app.projects import service as projects
from app.projects.models import Project
from app.projects.obstacles import NotReadyError


def begun(found: FinalReportOf, ground: Ground) -> Content:
    """The report as it stands, or as it begins."""
    return from_json(found.report.content) if found.report is not None else from_the_record(ground)


def save(actor: Viewer, found: FinalReportOf, content: Content, now: datetime) -> FinalReport:
    """Keep the report as far as it has come."""
    require(policy.may_write(actor, found))
    kept = as_json(content)
    report = found.report
    if report is None:
        report = FinalReport(
            project_id=found.project.id, state=FinalState.DRAFT.value, state_since=now, content=kept
        )
        db.session.add(report)
        record(actor, "begin_final_report", report, now=now)
        return report
    changes = differences_in(report.content, kept)
    if changes:
        report.content = kept
        record(actor, "save_final_report", report, changes=changes, now=now)
    return report


def send(actor: Viewer, found: FinalReportOf, today: date, now: datetime) -> FinalReportVersion:
    """Send the report: it is frozen as it stands, and says when the milestones were reached.

    Raises IncompleteError.
    """
    require(policy.may_write(actor, found))
    ground = ground_of(found.project)
    content = begun(found, ground)
    lacks = rules.lacks_in(ground, content, today)
    if lacks:
        raise IncompleteError(lacks)
    report = save(actor, found, content, now)
    end = ground.end(content.ended_on) if content.ended_on else None
    drawn = over_time.gathered(found.project.id, ground, content)
    whole = frozen(ground, content, _case(found.project), drawn)
    version = FinalReportVersion(
        report_id=report.id,
        project_id=found.project.id,
        number=len(found.versions) + 1,
        content=whole,
        content_sha256=sha256_of(whole),
        sent_at=now,
        sent_by_id=actor.id,
        days_late=end.delay if end else None,
        budget=ground.budget,
        spent=ground.actuals.total,
    )
    db.session.add(version)
    record(actor, "freeze_final_report", version, now=now)
    _reach(actor, found.project, content, now)
    _move(actor, report, FinalAction.SEND, None, now)
    _tell(_secretariat(found.project), Kind.FINAL_REPORT_SENT, found.project, now)
    return version


def _case(project: Project) -> dict[str, str]:
    return {
        "title": project.title,
        "case_number": project.case_number or "",
        "leader": project.leader.name,
        "lead_department": project.lead_department.name,
    }


def _reach(actor: Viewer, project: Project, content: Content, now: datetime) -> None:
    """The plan says the same as the report of when each milestone was reached."""
    for row in plans.milestones_of(project.id):
        said = content.milestones.get(row.id, MilestoneSaid())
        if row.reached_on != said.reached_on:
            row.reached_on = said.reached_on
            record(actor, "expect_milestone", row, note=row.name, now=now)


def give_back(actor: Viewer, found: FinalReportOf, number: int, *, reason: str, now: datetime) -> None:
    """The report comes back to be put right, and why."""
    if not reason.strip():
        raise RefusedError(_l("Skriv vad som behöver rättas."))
    require(policy.may_treat(actor, found))
    report = _answer(actor, found, number, (FinalAction.RETURN, reason), now)
    _move(actor, report, FinalAction.RETURN, reason, now)
    _tell([found.project.leader_id], Kind.FINAL_REPORT_RETURNED, found.project, now, reason=reason)


def approve(actor: Viewer, found: FinalReportOf, number: int, *, words: str, now: datetime) -> State:
    """The report stands as it is, and the project ends: it is handed over, or its termination is complete.

    Raises NotReadyError.
    """
    require(policy.may_end(actor, found))
    obstacles = gates.obstacles_to_end(found.project)
    if obstacles:
        raise NotReadyError(obstacles)
    report = _answer(actor, found, number, (FinalAction.APPROVE, words), now)
    _move(actor, report, FinalAction.APPROVE, words or None, now)
    project = found.project
    ended = projects.move(actor, project, policy.ENDED_BY[State(project.state)], now)
    managers = [person.id for person in people_with_role(Role.MANAGER, project.lead_department_id)]
    _tell([project.leader_id, *managers], Kind.FINAL_REPORT_APPROVED, project, now)
    if found.newest is not None:
        approved.follow(actor, project, found.newest, now)
    return ended


def _answer(
    actor: Viewer, found: FinalReportOf, number: int, said: tuple[FinalAction, str], now: datetime
) -> FinalReport:
    """Note what is said of the version that the reader has read."""
    if found.report is None or found.newest is None or found.newest.number != number:
        raise RefusedError(_l("Slutrapporten har skickats på nytt. Läs den nya."))
    action, text = said
    remark = FinalReportRemark(
        version_id=found.newest.id,
        project_id=found.project.id,
        kind=action.value,
        text=text,
        at=now,
        author_id=actor.id,
    )
    db.session.add(remark)
    record(actor, "remark_on_final_report", remark, now=now)
    return found.report


def _move(actor: Viewer, report: FinalReport, action: FinalAction, note: str | None, now: datetime) -> None:
    target = after(FinalState(report.state), action)
    if target is None:
        raise RefusedError(_l("Slutrapporten har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    report.state, report.state_since = target.value, now
    record(actor, action.value, report, note=note, now=now)


def _secretariat(project: Project) -> Sequence[int]:
    if project.handler_id:
        return [project.handler_id]
    return [person.id for person in people_with_role(Role.SECRETARIAT, None)]


def _tell(people: Sequence[int], kind: Kind, project: Project, now: datetime, **details: object) -> None:
    notify(people, kind, project.id, now, title=project.title, **details)
