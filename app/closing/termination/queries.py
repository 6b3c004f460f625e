"""Reading what interrupted projects leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.benefits.models import BenefitLine
from app.benefits.values import BenefitEntry, BenefitMethod
from app.closing.termination.models import (
    BenefitOutcome,
    ContractToEnd,
    ReusableResult,
    Termination,
    TerminationAccount,
)
from app.closing.termination.values import DecisionValues, OutcomeValues
from app.core.calendar import DAYS_AFTER, Reminder
from app.core.requisitions import WAITS_FOR, RequisitionState
from app.core.termination import ContractState, Fate, Ground, Lack, lacks_in
from app.core.workflow import State
from app.db import db
from app.delivery.changes.models import ChangeDecision, ChangeVersion
from app.delivery.changes.queries import promised_by, undecided_of
from app.delivery.changes.wanted import from_json as wanted_from_json
from app.delivery.changes.worth import line_number
from app.delivery.funds import queries as funds
from app.programmes.models import GrantBalance
from app.projects.models import Project
from app.projects.queries import free_of_interest, project_for, visible_to

REMINDED_DAYS_BEFORE = -DAYS_AFTER[Reminder.SOON]
"""So many days before the last day to give notice of a contract, it waits for the project leader."""


def termination_of(project_id: int) -> Termination | None:
    """The decision to interrupt the project, if there is one."""
    query = select(Termination).where(Termination.project_id == project_id)
    return db.session.scalar(query.options(joinedload(Termination.begun_by)))


def the_termination(project_id: int) -> Termination:
    """The same. Raises LookupError for a project that is not interrupted."""
    found = termination_of(project_id)
    if found is None:
        raise LookupError(f"project {project_id} is not interrupted")
    return found


def decided_with(decision: ChangeDecision) -> DecisionValues:
    """What the request that was approved says of why the project does not go on."""
    version = db.session.scalar(select(ChangeVersion).where(ChangeVersion.id == decision.version_id))
    end = wanted_from_json(version.content["wanted"]).termination if version else None
    if end is None:
        raise LookupError("the request was not about ending the project")
    return DecisionValues(
        decided_on=end.decided_on,
        decided_by=end.decided_by,
        reasons=end.reasons,
        reference=decision.reference,
    )


@dataclass(frozen=True, slots=True)
class FallenRequest:
    """A request to change the project that nobody decided before it was interrupted."""

    number: int
    sent_at: datetime
    reason: str
    amount: Decimal
    """Kronor that were asked for."""


def fallen_requests(project_id: int) -> list[FallenRequest]:
    """What was asked for and never decided, the oldest first."""
    found = []
    for row in undecided_of(project_id):
        latest = row.versions[0]
        wanted = wanted_from_json(latest.content["wanted"])
        found.append(FallenRequest(row.number, latest.sent_at, wanted.reason, wanted.amount))
    return found


def account_of(project_id: int) -> TerminationAccount | None:
    """What the project leader tells, once the project is interrupted."""
    return db.session.scalar(select(TerminationAccount).where(TerminationAccount.project_id == project_id))


def the_account(project_id: int) -> TerminationAccount:
    """The same. Raises LookupError for a project that is not interrupted."""
    found = account_of(project_id)
    if found is None:
        raise LookupError(f"project {project_id} is not interrupted")
    return found


def reusable_of(project_id: int) -> Sequence[ReusableResult]:
    """What somebody else can use, in the order in which it was told."""
    query = select(ReusableResult).where(ReusableResult.project_id == project_id)
    return db.session.scalars(query.order_by(ReusableResult.position, ReusableResult.id)).all()


def contracts_of(project_id: int) -> Sequence[ContractToEnd]:
    """The contracts, in the order in which they were told."""
    query = select(ContractToEnd).where(ContractToEnd.project_id == project_id)
    return db.session.scalars(query.order_by(ContractToEnd.position, ContractToEnd.id)).all()


# --- benefits --------------------------------------------------------------------------------------------


def outcome_rows(project_id: int) -> dict[int, BenefitOutcome]:
    """What is told of each benefit, by the number of its line."""
    query = select(BenefitOutcome).where(BenefitOutcome.project_id == project_id)
    return {row.benefit_line_id: row for row in db.session.scalars(query.order_by(BenefitOutcome.id))}


def outcomes_of(project_id: int) -> dict[int, OutcomeValues]:
    """The same, as plain values."""
    return {number: outcome_values(row) for number, row in outcome_rows(project_id).items()}


def outcome_values(row: BenefitOutcome) -> OutcomeValues:
    """What is told of a benefit."""
    return OutcomeValues(fate=Fate(row.fate), reason=row.reason, share=row.share, owner=row.owner)


@dataclass(frozen=True)
class PromisedBenefit:
    """A benefit as it was promised last, and the interrupted project that promised it."""

    project: Project
    line_id: int
    entry: BenefitEntry
    told: BenefitOutcome | None

    @property
    def is_priced(self) -> bool:
        """A share of it can be counted."""
        return self.entry.values.method is not BenefitMethod.DESCRIBED


def benefit_for(viewer: Viewer, project_id: int, line_id: int) -> PromisedBenefit | None:
    """One benefit of an interrupted project that the viewer sees. Made for `requires(..., load=…)`."""
    project = project_for(viewer, project_id)
    if project is None or termination_of(project_id) is None:
        return None
    entries = {line_number(entry.key): entry for entry in promised_by(project_id).benefits}
    if line_id not in entries:
        return None
    return PromisedBenefit(project, line_id, entries[line_id], outcome_rows(project_id).get(line_id))


def untold_benefits(project_id: int) -> list[BenefitEntry]:
    """The promised benefits of which nobody has told what becomes."""
    told = outcome_rows(project_id)
    return [entry for entry in promised_by(project_id).benefits if line_number(entry.key) not in told]


# --- what waits ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WaitingTermination:
    """An interrupted project that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    decided_on: date
    of_money: bool
    """What waits is the return of its money."""


def waiting_for(viewer: Viewer, *, limit: int) -> list[WaitingTermination]:
    """The interrupted projects of which the viewer has something to tell, or money to return: the first
    decided first."""
    found = _interrupted(Project.leader_id == viewer.id, _something_is_missing())
    rows = [WaitingTermination(*row, False) for row in db.session.execute(found.limit(limit))]
    if viewer.has(Role.CONTROLLER):
        left = select(GrantBalance.id).where(
            GrantBalance.project_id == Project.id, GrantBalance.remaining != 0
        )
        money = _interrupted(left.exists(), free_of_interest(viewer), visible_to(viewer))
        rows += [WaitingTermination(*row, True) for row in db.session.execute(money.limit(limit))]
    return rows


def _interrupted(*conditions: ColumnElement[bool]) -> Select[int, str, str | None, date]:
    return (
        select(Project.id, Project.title, Project.case_number, Termination.decided_on)
        .join(Termination, Termination.project_id == Project.id)
        .join(TerminationAccount, TerminationAccount.project_id == Project.id)
        .where(Project.state == State.TERMINATING.value, *conditions)
        .order_by(Termination.decided_on, Project.id)
    )


def _something_is_missing() -> ColumnElement[bool]:
    """The same as `lacks_in`, of what the project leader tells; a test holds the two together."""
    results = select(ReusableResult.id).where(ReusableResult.project_id == Project.id)
    contracts = select(ContractToEnd.id).where(ContractToEnd.project_id == Project.id)
    told = select(BenefitOutcome.id).where(BenefitOutcome.benefit_line_id == BenefitLine.id)
    untold = select(BenefitLine.id).where(BenefitLine.project_id == Project.id, ~told.exists())
    return or_(
        TerminationAccount.delivered == "",
        TerminationAccount.nothing_reusable.is_(False) & ~results.exists(),
        TerminationAccount.no_contracts.is_(False) & ~contracts.exists(),
        contracts.where(ContractToEnd.status == ContractState.OPEN.value).exists(),
        untold.exists(),
    )


def contract_name(contract: ContractToEnd) -> str:
    """What a contract is called where it is told of: whose it is, and its number if it has one."""
    return f"{contract.supplier}, {contract.reference}" if contract.reference else contract.supplier


def owed_notices(today: date, days_before: int) -> Sequence[Row[ContractToEnd, Project]]:
    """The contracts of interrupted projects that are to be given notice of so soon, or should have been, the
    first due first, each with its project."""
    query = _without_notice().where(ContractToEnd.notice_by <= today + timedelta(days=days_before))
    return db.session.execute(query).all()


def notices_for(viewer: Viewer, today: date, *, limit: int) -> Sequence[Row[ContractToEnd, Project]]:
    """The same, of the projects that the viewer leads."""
    soon = today + timedelta(days=REMINDED_DAYS_BEFORE)
    query = _without_notice().where(ContractToEnd.notice_by <= soon, Project.leader_id == viewer.id)
    return db.session.execute(query.limit(limit)).all()


def _without_notice() -> Select[ContractToEnd, Project]:
    return (
        select(ContractToEnd, Project)
        .join(Project, Project.id == ContractToEnd.project_id)
        .where(ContractToEnd.status == ContractState.OPEN.value, Project.state == State.TERMINATING.value)
        .order_by(ContractToEnd.notice_by, ContractToEnd.id)
    )


# --- what is missing -------------------------------------------------------------------------------------


def termination_lacks(project: Project) -> list[Lack]:
    """Everything that is missing before the interrupted project may end; nothing when it may.

    Asked by the final report. `words.lack_text` says each of them in words.
    """
    return lacks_in(_ground(project))


def _ground(project: Project) -> Ground:
    account = account_of(project.id)
    return Ground(
        decided=account is not None,
        delivered=account.delivered if account else "",
        reusable=len(reusable_of(project.id)),
        nothing_reusable=bool(account and account.nothing_reusable),
        contracts=[(row.supplier, ContractState(row.status)) for row in contracts_of(project.id)],
        no_contracts=bool(account and account.no_contracts),
        untold_benefits=[
            (line_number(entry.key), entry.values.description) for entry in untold_benefits(project.id)
        ],
        open_requisitions=open_requisitions(project),
        left=money_left(project.id),
    )


def open_requisitions(project: Project) -> list[int]:
    """The numbers of the requisitions that somebody still has to do something with."""
    return sorted(
        found.requisition.number
        for found in funds.requisitions_of(project)
        if RequisitionState(found.requisition.state) in WAITS_FOR
    )


def money_left(project_id: int) -> list[tuple[str, Decimal]]:
    """What is neither asked for nor returned, by department and budget year."""
    return [(f"{row.department} {row.year}", row.sums.remaining) for row in funds.with_money_left(project_id)]
