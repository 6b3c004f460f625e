"""What the page of an interrupted project shows, gathered for the template and for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for

from app.accounts.access import Viewer
from app.closing.termination import policy, queries
from app.closing.termination.models import ContractToEnd, ReusableResult, Termination, TerminationAccount
from app.closing.termination.queries import FallenRequest
from app.closing.termination.words import lack_text
from app.closing.termination.written_off import BenefitRow, BenefitSums, benefit_rows, sums_of
from app.core.costs import Financier
from app.core.spending import Actuals
from app.core.termination import Lack, Lacking
from app.core.workflow import COMPLETED, State
from app.delivery.changes.queries import promised_by
from app.delivery.costs.queries import actuals_of
from app.delivery.funds import queries as funds
from app.delivery.funds.queries import AccountRow, Sums
from app.delivery.plans.models import Milestone
from app.delivery.plans.queries import milestones_of
from app.projects.models import Project

_PAGES: Mapping[Lacking, str] = {
    Lacking.DELIVERED: "termination.account",
    Lacking.REUSABLE: "termination.reusable",
    Lacking.CONTRACTS: "termination.contracts",
    Lacking.CONTRACT: "termination.contracts",
    Lacking.REQUISITION: "funds.project",
    Lacking.MONEY: "funds.project",
}
"""Where what is missing is told."""


@dataclass(frozen=True)
class LackRow:
    """Something that is missing, and where it is told; None where the viewer does not tell it."""

    text: str
    href: str | None


@dataclass(frozen=True)
class Left:
    """What an interrupted project leaves."""

    termination: Termination
    account: TerminationAccount
    lacks: Sequence[Lack]
    milestones: Sequence[Milestone]
    actuals: Actuals
    reusable: Sequence[ReusableResult]
    contracts: Sequence[ContractToEnd]
    accounts: Sequence[AccountRow]
    benefits: Sequence[BenefitRow]
    fallen: Sequence[FallenRequest]
    ended: bool

    @property
    def money(self) -> Sums:
        """All accounts together."""
        return funds.sums_of(self.accounts)

    @property
    def used(self) -> Decimal:
        """What is booked on the programme's money."""
        return self.actuals.amount(financier=Financier.PROGRAMME)

    @property
    def unbooked(self) -> Decimal:
        """What is paid, and neither repaid nor booked as a cost: somebody has to say where it is."""
        return max(self.money.used - self.used, Decimal(0))

    @property
    def has_price(self) -> bool:
        """Whether any of the benefits can be counted."""
        return any(row.promised is not None for row in self.benefits)

    @property
    def benefit_sums(self) -> BenefitSums:
        """All benefits with a price together."""
        return sums_of(list(self.benefits))

    @property
    def contract_cost(self) -> Decimal:
        """What it costs to end the contracts."""
        return sum((row.cost for row in self.contracts), Decimal(0))


@dataclass(frozen=True)
class TerminationPage:
    """The same, and what the viewer may do about it."""

    left: Left
    lacks: Sequence[LackRow]
    may_account: bool
    may_write_off_rest: bool
    may_return_rest: bool


def what_is_left(project: Project, today: date) -> Left:
    """Gather it. Raises LookupError for a project that is not interrupted."""
    return Left(
        queries.the_termination(project.id),
        queries.the_account(project.id),
        queries.termination_lacks(project),
        milestones_of(project.id),
        actuals_of(project.id, today),
        queries.reusable_of(project.id),
        queries.contracts_of(project.id),
        funds.accounts_of(project.id),
        benefit_rows(promised_by(project.id), queries.outcomes_of(project.id)),
        queries.fallen_requests(project.id),
        State(project.state) in COMPLETED,
    )


def termination_page(viewer: Viewer, project: Project, today: date) -> TerminationPage:
    """Gather the page."""
    left = what_is_left(project, today)
    may_account = bool(policy.may_account(viewer, project))
    return TerminationPage(
        left,
        [LackRow(lack_text(lack), _page_of(lack, project, left, mine=may_account)) for lack in left.lacks],
        may_account,
        bool(policy.may_write_off_rest(viewer, project)),
        bool(policy.may_return_rest(viewer, project)),
    )


def _page_of(lack: Lack, project: Project, left: Left, *, mine: bool) -> str | None:
    endpoint = _PAGES.get(lack.what)
    if endpoint == "funds.project":
        return url_for(endpoint, project_id=project.id)
    if not mine:
        return None
    if endpoint is not None:
        return url_for(endpoint, project_id=project.id)
    row = next(row for row in left.benefits if row.line_id == lack.key)
    return url_for("termination.benefit", project_id=project.id, line_id=row.line_id)
