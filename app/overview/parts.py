"""The pages and documents of a project, by the step of the process that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.access import Viewer
from app.casefile.policy import may_print_case
from app.closing.final_report.policy import may_see
from app.closing.final_report.queries import is_sent
from app.closing.handover.policy import may_read_handover
from app.closing.termination.policy import may_read_termination
from app.decisions.policy import may_read_memo
from app.delivery.changes.policy import may_read_changes
from app.delivery.costs.policy import may_read_costs
from app.delivery.plans.policy import may_read_plan
from app.delivery.reports.policy import may_read_list
from app.delivery.risks.policy import may_read_risks
from app.follow_up.policy import is_followed_up
from app.operations.policy import may_read_operation
from app.projects.models import Project
from app.projects.policy import may_declare_interest
from app.realisation.policy import may_read_benefits
from app.reviews.policy import may_read_case

Offered = tuple[Any, str, bool]
"""What a page is called, its endpoint, and whether the viewer may open it."""


@dataclass(frozen=True)
class Standing:
    """What the case has, of that which pages are about."""

    has_version: bool
    has_conditions: bool
    has_money: bool


@dataclass(frozen=True)
class Group:
    """The pages of a step."""

    label: str
    links: list[tuple[str, str]]
    """What it is called, and its address."""


def parts_of(viewer: Viewer, project: Project, standing: Standing) -> list[Group]:
    """What the viewer may open, in the order of the process; a step without any is left out."""
    offered = {
        _("Ansökan"): _application(),
        _("Granskning och beslut"): _treatment(viewer, project, standing),
        _("Under projektet"): _delivery(viewer, project, standing),
        _("Avslut"): _closing(viewer, project),
        _("Efteråt"): _afterwards(viewer, project),
        _("Om ärendet"): _record(viewer, project),
    }
    groups = [
        Group(label, [(text, url_for(to, project_id=project.id)) for text, to, allowed in pages if allowed])
        for label, pages in offered.items()
    ]
    return [group for group in groups if group.links]


def _application() -> Iterator[Offered]:
    yield _("Hela ansökan"), "applications.read", True
    yield _("Nyttokalkyl"), "benefits.lines", True
    yield _("Lärdomar från andra projekt"), "knowledge.points", True
    yield _("Ansökan (PDF)"), "applications.pdf", True


def _treatment(viewer: Viewer, project: Project, standing: Standing) -> Iterator[Offered]:
    yield _("Granskning"), "reviews.case", bool(may_read_case(viewer, project))
    memo = standing.has_version and bool(may_read_memo(viewer, project))
    yield _("Beslutsunderlag (PDF)"), "decisions.memo_pdf", memo
    yield ngettext("Villkor", "Villkor", 2), "conditions.conditions", standing.has_conditions
    yield _("Jäv"), "projects.interest", bool(may_declare_interest(viewer, project))


def _delivery(viewer: Viewer, project: Project, standing: Standing) -> Iterator[Offered]:
    yield _("Plan"), "plans.plan", bool(may_read_plan(viewer, project))
    yield _("Lägesrapporter"), "reports.reports", bool(may_read_list(viewer, project))
    yield _("Kostnader och timmar"), "costs.costs", bool(may_read_costs(viewer, project))
    yield _("Pengar"), "funds.project", standing.has_money
    yield _("Ändringar"), "changes.changes", bool(may_read_changes(viewer, project))
    yield _("Risker"), "risks.risks", bool(may_read_risks(viewer, project))


def _closing(viewer: Viewer, project: Project) -> Iterator[Offered]:
    yield _("Driftansvar"), "operations.project", bool(may_read_operation(viewer, project))
    yield _("Överlämning"), "handover.plan", bool(may_read_handover(viewer, project))
    yield _("Avbrott"), "termination.termination", bool(may_read_termination(viewer, project))
    yield _("Slutrapport"), "final_report.report", may_see(viewer, project, is_sent=is_sent(project.id))


def _afterwards(viewer: Viewer, project: Project) -> Iterator[Offered]:
    yield _("Uppföljning"), "follow_up.follow_ups", is_followed_up(project)
    yield _("Nyttor"), "realisation.benefits", bool(may_read_benefits(viewer, project))


def _record(viewer: Viewer, project: Project) -> Iterator[Offered]:
    yield _("Historik"), "overview.history", True
    yield _("Hela ärendet"), "casefile.case", bool(may_print_case(viewer, project))
