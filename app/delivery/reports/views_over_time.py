"""Milestones and money over time: as they are known, were when a report was sent, or will be if one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.session import today
from app.delivery.reports import over_time, policy, queries, service
from app.delivery.reports.blueprint import AT, bp
from app.delivery.reports.over_time import OverTime
from app.delivery.reports.pictures import pictures_of
from app.delivery.reports.queries import ReportOf
from app.delivery.reports.shown import asked_version
from app.projects.models import Project
from app.projects.queries import project_for
from app.web.access import requires
from app.web.language import current_language


@dataclass(frozen=True)
class _Head:
    """What the page says of itself."""

    project: Project
    period: str | None
    lead: Any
    back: str


@bp.get(f"{AT}/over-tid")
@requires(policy.may_read_list, load=project_for)
def project_over_time(project: Project) -> ResponseReturnValue:
    """All that has been reported, against all plans."""
    known = over_time.as_known(project.id, queries.newest_of(project, today()))
    back = url_for(".reports", project_id=project.id)
    return _page(_Head(project, None, _("Som det är känt av det som är skickat och beslutat."), back), known)


@bp.get(f"{AT}/<int:period_id>/over-tid")
@requires(policy.may_read, load=queries.report_for)
def report_over_time(found: ReportOf) -> ResponseReturnValue:
    """A report that was sent: the newest version, or the one that is asked for."""
    version, project = asked_version(found), found.project
    back = url_for(".report", project_id=project.id, period_id=found.period.id, version=version.number)
    lead = _("Som det var känt när rapporten skickades.")
    return _page(_Head(project, version.content["period"]["name"], lead, back), over_time.as_of(version))


@bp.get(f"{AT}/<int:period_id>/skriv/over-tid")
@requires(policy.may_write, load=queries.report_for)
def draft_over_time(found: ReportOf) -> ResponseReturnValue:
    """A report that is being written, as far as it is saved."""
    project, period = found.project, found.period
    known = over_time.as_written(project.id, queries.ground_of(project, period), service.begun(found))
    back = url_for(".write", project_id=project.id, period_id=period.id)
    lead = _("Som det blir om rapporten skickas så som den är sparad.")
    return _page(_Head(project, period.name, lead, back), known)


def _page(head: _Head, known: OverTime) -> ResponseReturnValue:
    return render_template(
        "delivery/reports/over_time.html",
        project=head.project,
        period=head.period,
        lead=head.lead,
        back=head.back,
        pictures=pictures_of(known, current_language()),
    )
