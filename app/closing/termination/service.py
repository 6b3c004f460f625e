"""What is done when a project is interrupted: the decision is kept, what it leaves is told and returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.accounts.access import Viewer
from app.closing.termination import outcomes, policy, queries, rows, told
from app.closing.termination.models import BenefitOutcome, Termination, TerminationAccount
from app.closing.termination.queries import PromisedBenefit
from app.closing.termination.values import ContractValues, DecisionValues, OutcomeValues, ReusableValues
from app.core.termination import Fate
from app.core.verdict import require
from app.db import db
from app.delivery.changes.models import ChangeDecision
from app.delivery.changes.terminated import when_terminated
from app.delivery.changes.worth import line_number
from app.delivery.funds import service as funds
from app.delivery.plans.rows import write_rows
from app.history.service import record
from app.projects.models import Project


class NothingError(ValueError):
    """It is said that there is none of something, and then of which there is; or neither."""


def begin(actor: Viewer, project: Project, values: DecisionValues, now: datetime) -> Termination:
    """Keep the decision, in the transaction that interrupts the project; from now on its leader accounts."""
    require(policy.may_begin(actor, project))
    row = Termination(
        project_id=project.id,
        decided_on=values.decided_on,
        decided_by=values.decided_by,
        reasons=values.reasons,
        reference=values.reference,
        begun_at=now,
        begun_by_id=actor.id,
    )
    account = TerminationAccount(project_id=project.id, delivered="", spent="")
    account.nothing_reusable = account.no_contracts = False
    db.session.add_all((row, account))
    record(actor, "begin_termination", row, now=now)
    record(actor, "begin_termination_account", account, now=now)
    told.begun(project, row, now)
    return row


@when_terminated
def begin_as_decided(actor: Viewer, project: Project, decision: ChangeDecision, now: datetime) -> None:
    """Keep the decision that a request to end the project was approved on."""
    begin(actor, project, queries.decided_with(decision), now)


def save_account(actor: Viewer, project: Project, *, delivered: str, spent: str, now: datetime) -> None:
    """Tell what was ready, and what was spent besides what is booked."""
    require(policy.may_account(actor, project))
    account = queries.the_account(project.id)
    account.delivered, account.spent = delivered, spent
    _note(actor, account, now)


def save_reusable(
    actor: Viewer, project: Project, results: Sequence[ReusableValues], *, none: bool, now: datetime
) -> None:
    """Tell what somebody else can use, or that nobody can use anything. Raises NothingError."""
    require(policy.may_account(actor, project))
    _either(results, none=none)
    account = queries.the_account(project.id)
    account.nothing_reusable = none
    _note(actor, account, now)
    write_rows(actor, project.id, rows.REUSABLE, results, now)


def save_contracts(
    actor: Viewer, project: Project, contracts: Sequence[ContractValues], *, none: bool, now: datetime
) -> None:
    """Tell what becomes of each contract, or that there are none. Raises NothingError."""
    require(policy.may_account(actor, project))
    _either(contracts, none=none)
    account = queries.the_account(project.id)
    account.no_contracts = none
    _note(actor, account, now)
    write_rows(actor, project.id, rows.CONTRACTS, contracts, now)


def _either(given: Sequence[object], *, none: bool) -> None:
    if none and given:
        raise NothingError("none is said, and some are told")


def _note(actor: Viewer, account: TerminationAccount, now: datetime) -> None:
    if db.session.is_modified(account):
        record(actor, "account_for_termination", account, now=now)


# --- benefits --------------------------------------------------------------------------------------------


def tell_outcome(actor: Viewer, found: PromisedBenefit, values: OutcomeValues, now: datetime) -> None:
    """Tell what becomes of a benefit: it is written off, or some of it comes all the same."""
    require(policy.may_tell(actor, found))
    if values.fate is Fate.PARTLY and found.is_priced and values.share is None:
        raise ValueError("a share of what has a price is said")
    row = found.told or BenefitOutcome(project_id=found.project.id, benefit_line_id=found.line_id)
    row.fate, row.share = values.fate.value, values.share
    row.owner, row.reason = values.owner, values.reason
    if found.told is None:
        db.session.add(row)
    elif not db.session.is_modified(row):
        return
    record(actor, "tell_benefit_outcome", row, note=found.entry.values.description, now=now)
    outcomes.follow(actor, row, now)


def write_off_rest(actor: Viewer, project: Project, *, reason: str, now: datetime) -> None:
    """Write off every benefit of which nothing is told yet, for one and the same reason."""
    require(policy.may_write_off_rest(actor, project))
    for entry in queries.untold_benefits(project.id):
        found = PromisedBenefit(project, line_number(entry.key), entry, None)
        tell_outcome(actor, found, OutcomeValues(fate=Fate.WRITTEN_OFF, reason=reason), now)


# --- money -----------------------------------------------------------------------------------------------


def return_rest(actor: Viewer, project: Project, *, reference: str, now: datetime) -> None:
    """Return everything that nobody has asked for to the frame, whatever department and year it is."""
    require(policy.may_return_rest(actor, project))
    funds.give_back_rest(actor, project, reference=reference, now=now)
