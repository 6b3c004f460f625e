"""Who keeps the risks of a project, and when."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.verdict import YES, Verdict, no
from app.core.workflow import FUNDED, GRANTED, Party, State
from app.delivery.plans.queries import plan_of
from app.delivery.risks.queries import IssueOf, RiskOf
from app.projects.models import Project
from app.projects.policy import acts_as


def may_read_risks(_viewer: Viewer, project: Project) -> Verdict:
    """Whoever sees the case reads its risks, once money is granted."""
    if State(project.state) in GRANTED:
        return YES
    return no(_l("Risker följs när pengar är beviljade. Ansökans risker står i ansökan."))


def may_keep_risks(viewer: Viewer, project: Project) -> Verdict:
    """The project leader, from the day that the plan is begun until the project has ended."""
    if not acts_as(viewer, project, Party.LEADER):
        return no(_l("Det kan bara projektledaren göra."))
    if State(project.state) not in FUNDED:
        return no(_l("Risker följs medan projektet pågår."))
    if plan_of(project.id) is None:
        return no(_l("Planen är inte påbörjad. Börja på planens sida."))
    return YES


def may_change_risk(viewer: Viewer, found: RiskOf) -> Verdict:
    """The project leader, as long as the risk is open."""
    allowed = may_keep_risks(viewer, found.project)
    if allowed and not found.risk.is_open:
        return no(_l("Risken är stängd och ändras inte mer."))
    return allowed


def may_change_issue(viewer: Viewer, found: IssueOf) -> Verdict:
    """The project leader, as long as the issue is open."""
    allowed = may_keep_risks(viewer, found.project)
    if allowed and not found.issue.is_open:
        return no(_l("Problemet är löst och ändras inte mer."))
    return allowed
