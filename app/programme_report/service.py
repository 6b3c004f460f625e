"""What can be done with a programme's report: begin it, write it, throw it away, issue it, and begin a later
version."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.applications.snapshot import sha256_of
from app.core.calendar import ONE_DAY
from app.core.lacks import IncompleteError
from app.core.programme_report import ReportKind, Span, first_day, span_of
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import record, remove
from app.history.told import differences_in
from app.programme_report import policy, rules
from app.programme_report.content import Content, GoalSaid, as_json, from_json
from app.programme_report.document import frozen
from app.programme_report.gathering import Asked, figures_of
from app.programme_report.models import ProgrammeReport, ProgrammeReportVersion
from app.programme_report.queries import ReportOf, due_day, issued_before, report_on
from app.programme_report.reminding import tell_readers
from app.programmes.models import Programme
from app.programmes.queries import goals_of


class ReportExistsError(ValueError):
    """The report is begun already; `report_id` says where it is."""

    def __init__(self, report_id: int) -> None:
        super().__init__("the report is begun already")
        self.report_id = report_id


def begin(
    actor: Viewer, programme: Programme, kind: ReportKind, year: int, *, today: date, now: datetime
) -> ProgrammeReport:
    """Begin the programme's report on a tertial, a year or the whole of it. Raises ReportExistsError."""
    require(policy.may_begin(actor))
    whole = Span(programme.starts_on, programme.ends_on)
    of_year = programme.ends_on.year if kind is ReportKind.FINAL else year
    there = report_on(programme.id, kind, of_year)
    if there is not None:
        raise ReportExistsError(there.id)
    span = span_of(kind, of_year, whole)
    if span.starts_on > whole.ends_on or span.ends_on < whole.starts_on:
        raise RefusedError(_l("Programmet pågick inte då. Välj ett annat år."))
    first = first_day(kind, span)
    if first >= today:
        raise RefusedError(_l("Perioden är inte över än. Rapporten kan börjas dagen efter att den slutar."))
    report = ProgrammeReport(
        programme_id=programme.id,
        kind=kind.value,
        year=of_year,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        as_at=_proposed_day(programme.id, kind, first, today),
        content=as_json(Content()),
    )
    db.session.add(report)
    db.session.flush()
    report.content = as_json(Content(goals=_measures_before(report)))
    record(actor, "begin_programme_report", report, now=now)
    return report


def _proposed_day(programme_id: int, kind: ReportKind, first: date, today: date) -> date:
    """The day by which status reports on the time were due, when it has been; the last day of the time
    before. A programme is evaluated by all that is known."""
    yesterday = today - ONE_DAY
    if kind is ReportKind.FINAL:
        return max(first, yesterday)
    due = due_day(programme_id, first)
    return min(due, yesterday) if due else first


def _measures_before(report: ProgrammeReport) -> dict[str, GoalSaid]:
    """What goals were measured by when the programme last reported, so that it is asked the same again."""
    before = issued_before(report)
    said = from_json(before.content["said"]).goals if before else {}
    return {key: GoalSaid(measure=goal.measure) for key, goal in said.items()}


def begun(found: ReportOf) -> Content:
    """What is typed so far."""
    return from_json(found.report.content) if found.report.content is not None else Content()


def save(actor: Viewer, found: ReportOf, content: Content, now: datetime) -> None:
    """Keep the report as far as it has come."""
    require(policy.may_write(actor, found))
    report, kept = found.report, as_json(content)
    changes = differences_in(report.content or {}, kept)
    if changes:
        report.content = kept
        record(actor, "save_programme_report", report, changes=changes, now=now)


def choose_day(actor: Viewer, found: ReportOf, as_at: date, now: datetime) -> None:
    """Let the figures be those that stood at the end of this day."""
    require(policy.may_write(actor, found))
    if as_at < first_day(found.kind, found.span):
        raise RefusedError(_l("Perioden var inte över den dagen. Välj en senare dag."))
    if as_at != found.report.as_at:
        found.report.as_at = as_at
        record(actor, "choose_day_of_programme_report", found.report, now=now)


def issue(actor: Viewer, found: ReportOf, *, today: date, now: datetime) -> ProgrammeReportVersion:
    """Issue what is written: words and figures are fixed as they are. Raises IncompleteError."""
    require(policy.may_write(actor, found))
    report, content, goals = found.report, begun(found), goals_of(found.programme.id)
    lacks = rules.lacks_in(found, content, goals, today)
    if lacks:
        raise IncompleteError(lacks)
    number = len(found.versions) + 1
    asked = Asked(found.programme, found.kind, found.span, report.as_at, today)
    whole = frozen(asked, content, goals, figures_of(asked), report.year) | {
        "number": number,
        "reason": report.reason,
    }
    version = ProgrammeReportVersion(
        report_id=report.id,
        programme_id=report.programme_id,
        number=number,
        as_at=report.as_at,
        reason=report.reason,
        content=whole,
        content_sha256=sha256_of(whole),
        issued_at=now,
        issued_by_id=actor.id,
    )
    db.session.add(version)
    record(actor, "issue_programme_report", version, now=now)
    report.content, report.reason = None, ""
    record(actor, "issue_programme_report", report, now=now)
    tell_readers(actor, found, version, now)
    return version


def throw_away(actor: Viewer, found: ReportOf, *, reason: str, now: datetime) -> None:
    """Throw what is being written away, and say why. What is issued stays; a report of which nothing is, can
    be begun anew."""
    require(policy.may_write(actor, found))
    if not reason.strip():
        raise RefusedError(_l("Skriv varför utkastet kastas."))
    report, note = found.report, reason.strip()
    if not found.versions:
        remove(actor, "throw_away_programme_report", report, note=note, now=now)
        return
    report.content, report.reason = None, ""
    record(actor, "throw_away_programme_report", report, note=note, now=now)


def revise(actor: Viewer, found: ReportOf, *, reason: str, now: datetime) -> None:
    """Begin a later version with what the newest says, and why it is needed. What is issued stays."""
    require(policy.may_revise(actor, found))
    if not reason.strip():
        raise RefusedError(_l("Skriv varför en ny version behövs."))
    report, newest = found.report, found.newest
    if newest is None:
        raise ValueError("what is not being written is issued")
    report.content, report.reason = newest.content["said"], reason.strip()
    record(actor, "revise_programme_report", report, note=report.reason, now=now)
