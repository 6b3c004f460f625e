"""A risk and an issue as the project leader notes them, and finding them again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.core.clock import local_day
from app.core.risks import Outcome
from app.db import transaction
from app.delivery.risks import queries, service
from app.delivery.risks.models import Issue, Risk
from app.delivery.risks.queries import IssueOf, RiskOf
from app.delivery.risks.values import IssueValues, RiskValues
from app.projects.models import Project
from tests.conftest import Cast
from tests.running_story import PLANNED

TODAY = local_day(PLANNED)
LATER = PLANNED + timedelta(days=3)
RISK = RiskValues(
    text="Upphandlingen överklagas.",
    probability=3,
    consequence=4,
    action="Marginal på två månader.",
    owner="Projektledaren",
    due_on=date(2027, 6, 1),
)
ISSUE = IssueValues(
    text="Leverantören är försenad.", consequence=3, action="Veckomöten.", owner="It-chefen", due_on=None
)


def added(cast: Cast, project: Project, **changes: Any) -> Risk:
    with transaction():
        return service.add_risk(cast.leader, project, replace(RISK, **changes), PLANNED)


def of(cast: Cast, risk: Risk) -> RiskOf:
    found = queries.risk_for(cast.leader, risk.project_id, risk.id)
    assert found is not None
    return found


def issue_of(cast: Cast, issue: Issue) -> IssueOf:
    found = queries.issue_for(cast.leader, issue.project_id, issue.id)
    assert found is not None
    return found


def closed(cast: Cast, project: Project) -> None:
    """One risk is handled, one has happened, and the issue that it became is solved."""
    handled, happens = added(cast, project), added(cast, project)
    with transaction():
        service.close_risk(cast.leader, of(cast, handled), Outcome.HANDLED, note="", now=LATER)
        issue = service.happened(cast.leader, of(cast, happens), ISSUE, LATER)
    with transaction():
        service.close_issue(cast.leader, issue_of(cast, issue), solution="Ny leverantör.", now=LATER)
