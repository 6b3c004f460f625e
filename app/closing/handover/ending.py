"""What is still open in a project that is about to end: it is told, and forbids nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.conditions import ConditionState
from app.core.reporting import IN, ReportState
from app.core.requisitions import WAITS_FOR
from app.delivery.changes.queries import undecided_of
from app.delivery.conditions.queries import conditions_in
from app.delivery.funds import queries as funds
from app.delivery.plans.queries import milestones_of
from app.delivery.reports.queries import reports_of
from app.delivery.risks.queries import top_open
from app.projects.models import Project
from app.web.formats import exact


@dataclass(frozen=True)
class Open:
    """Something that is not finished, and the page where it is."""

    text: str
    endpoint: str


def still_open(project: Project, today: date) -> list[Open]:
    """Everything of the project that somebody still waits for."""
    found = (*_reports(project, today), *_changes(project), *_money(project), *_plan(project))
    return [Open(text, endpoint) for count, text, endpoint in found if count]


def _reports(project: Project, today: date) -> Iterator[tuple[int, str, str]]:
    states = [found.state for found in reports_of(project, today)]
    unsent = sum(state in (None, ReportState.DRAFT, ReportState.RETURNED) for state in states)
    unread = sum(state in IN for state in states)
    yield (
        unsent,
        ngettext("%(num)s lägesrapport är inte skickad.", "%(num)s lägesrapporter är inte skickade.", unsent),
        "reports.reports",
    )
    yield (
        unread,
        ngettext("%(num)s lägesrapport är inte godkänd.", "%(num)s lägesrapporter är inte godkända.", unread),
        "reports.reports",
    )


def _changes(project: Project) -> Iterator[tuple[int, str, str]]:
    undecided = len(undecided_of(project.id))
    yield (
        undecided,
        ngettext(
            "%(num)s ändringsbegäran är inte avgjord.",
            "%(num)s ändringsbegäranden är inte avgjorda.",
            undecided,
        ),
        "changes.changes",
    )


def _money(project: Project) -> Iterator[tuple[int, str, str]]:
    asked = sum(found.state in WAITS_FOR for found in funds.requisitions_of(project))
    yield (
        asked,
        ngettext("%(num)s rekvisition är inte utbetald.", "%(num)s rekvisitioner är inte utbetalda.", asked),
        "funds.project",
    )
    left = funds.sums_of(funds.accounts_of(project.id)).remaining
    yield (
        int(left > 0),
        _("%(amount)s är beviljat men inte rekvirerat.", amount=exact(left)),
        "funds.project",
    )
    unmet = sum(found.state is not ConditionState.APPROVED for found in conditions_in(project))
    yield (
        unmet,
        ngettext("%(num)s villkor är inte uppfyllt.", "%(num)s villkor är inte uppfyllda.", unmet),
        "conditions.conditions",
    )


def _plan(project: Project) -> Iterator[tuple[int, str, str]]:
    coming = sum(row.reached_on is None for row in milestones_of(project.id))
    yield (
        coming,
        ngettext("%(num)s milstolpe är inte nådd.", "%(num)s milstolpar är inte nådda.", coming),
        "plans.plan",
    )
    high = len(top_open(project.id))
    yield (
        high,
        ngettext("%(num)s hög risk är öppen.", "%(num)s höga risker är öppna.", high),
        "risks.risks",
    )
