"""What can be done with risks and issues: note them, weigh them anew, act, close them."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import TypeVar

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.risks import Outcome
from app.core.verdict import require
from app.db import db
from app.delivery.plans.established import when_established
from app.delivery.plans.proposal import Document
from app.delivery.risks import policy, queries
from app.delivery.risks.models import Followed, Issue, Risk
from app.delivery.risks.queries import IssueOf, RiskOf
from app.delivery.risks.values import IssueValues, RiskValues, risks_in
from app.history.service import record
from app.projects.models import Project

Row = TypeVar("Row", bound=Followed)
TOLD = 120
"""Signs of a text that the history repeats beside an act; what it said stands in the act's own row."""


@when_established
def take_over(actor: Viewer, project: Project, version: Document, now: datetime) -> None:
    """Let the risks of the decided application be the project's, but for those that it has noted already."""
    noted = {row.text for row in queries.risks_of(project.id)}
    for values in risks_in(version):
        if values.text not in noted:
            _begin(actor, "take_over_risk", Risk(project_id=project.id), values, now)


def add_risk(actor: Viewer, project: Project, values: RiskValues, now: datetime) -> Risk:
    """Note what may happen."""
    require(policy.may_keep_risks(actor, project))
    return _begin(actor, "add_risk", Risk(project_id=project.id), values, now)


def change_risk(actor: Viewer, found: RiskOf, values: RiskValues, now: datetime) -> None:
    """Weigh it anew, or change what is done about it."""
    require(policy.may_change_risk(actor, found))
    _change(actor, "change_risk", found.risk, values, now)


def close_risk(actor: Viewer, found: RiskOf, outcome: Outcome, *, note: str, now: datetime) -> None:
    """It did not happen, or is handled. What happened becomes an issue: see `happened`."""
    require(policy.may_change_risk(actor, found))
    if outcome is Outcome.HAPPENED:
        raise ValueError("what has happened is an issue")
    _close(found.risk, outcome, now, note=note)
    record(actor, "close_risk", found.risk, note=_short(found.risk), now=now)


def happened(actor: Viewer, found: RiskOf, values: IssueValues, now: datetime) -> Issue:
    """What might happen has: the risk is closed, and an issue takes its place."""
    require(policy.may_change_risk(actor, found))
    risk = found.risk
    _close(risk, Outcome.HAPPENED, now)
    record(actor, "risk_happened", risk, note=_short(risk), now=now)
    return _begin(actor, "add_issue", Issue(project_id=risk.project_id, risk_id=risk.id), values, now)


def add_issue(actor: Viewer, project: Project, values: IssueValues, now: datetime) -> Issue:
    """Note what has happened and nobody saw coming."""
    require(policy.may_keep_risks(actor, project))
    return _begin(actor, "add_issue", Issue(project_id=project.id), values, now)


def change_issue(actor: Viewer, found: IssueOf, values: IssueValues, now: datetime) -> None:
    """Change what it leads to, or what is done about it."""
    require(policy.may_change_issue(actor, found))
    _change(actor, "change_issue", found.issue, values, now)


def close_issue(actor: Viewer, found: IssueOf, *, solution: str, now: datetime) -> None:
    """It is solved, and how."""
    require(policy.may_change_issue(actor, found))
    if not solution.strip():
        raise ValueError("an issue is closed with its solution")
    issue = found.issue
    issue.solution, issue.closed_on = solution, local_day(now)
    record(actor, "close_issue", issue, note=_short(issue), now=now)


def _begin(actor: Viewer, verb: str, row: Row, values: IssueValues, now: datetime) -> Row:
    row.registered_on = local_day(now)
    _write(row, values)
    db.session.add(row)
    record(actor, verb, row, note=_short(row), now=now)
    return row


def _change(actor: Viewer, verb: str, row: Followed, values: IssueValues, now: datetime) -> None:
    _write(row, values)
    if db.session.is_modified(row):
        record(actor, verb, row, note=_short(row), now=now)


def _write(row: Followed, values: IssueValues) -> None:
    for item in fields(values):
        setattr(row, item.name, getattr(values, item.name))


def _close(risk: Risk, outcome: Outcome, now: datetime, *, note: str = "") -> None:
    risk.outcome, risk.note, risk.closed_on = outcome.value, note, local_day(now)


def _short(row: Followed) -> str:
    return row.text if len(row.text) <= TOLD else f"{row.text[:TOLD].rstrip()} …"
