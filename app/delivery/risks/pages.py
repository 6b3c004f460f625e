"""What the page of a project's risks shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.access import Viewer
from app.core.risks import Square, matrix
from app.core.workflow import State
from app.delivery.plans.queries import plan_of
from app.delivery.risks import policy, queries
from app.delivery.risks.models import Issue, Risk
from app.projects.models import Project


@dataclass(frozen=True)
class RisksPage:
    """Everything on the page."""

    risks: Sequence[Risk]
    issues: Sequence[Issue]
    may_keep: bool
    has_plan: bool
    awaits_plan: bool
    """The risks of the application come when the plan is established."""

    @property
    def open_risks(self) -> list[Risk]:
        """The highest score first."""
        return [row for row in self.risks if row.is_open]

    @property
    def closed_risks(self) -> list[Risk]:
        """Those that are done with."""
        return [row for row in self.risks if not row.is_open]

    @property
    def open_issues(self) -> list[Issue]:
        """The gravest first."""
        return [row for row in self.issues if row.is_open]

    @property
    def closed_issues(self) -> list[Issue]:
        """Those that are solved."""
        return [row for row in self.issues if not row.is_open]

    @property
    def matrix(self) -> list[list[Square]]:
        """Where the open risks stand."""
        return matrix((row.probability, row.consequence) for row in self.open_risks)

    def issue_of(self, risk: Risk) -> Issue | None:
        """What the risk became, if it happened."""
        return next((row for row in self.issues if row.risk_id == risk.id), None)


def risks_page(viewer: Viewer, project: Project) -> RisksPage:
    """Gather the page."""
    return RisksPage(
        risks=queries.risks_of(project.id),
        issues=queries.issues_of(project.id),
        may_keep=bool(policy.may_keep_risks(viewer, project)),
        has_plan=plan_of(project.id) is not None,
        awaits_plan=State(project.state) is State.APPROVED,
    )
