"""Taking back what was paid and not used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.verdict import RefusedError, require
from app.core.workflow import COMPLETED, State
from app.db import db
from app.delivery.funds import policy, queries, told
from app.delivery.funds.models import Repayment
from app.delivery.funds.queries import RequisitionOf
from app.delivery.funds.service import DayError, account, reference_of
from app.history.service import record
from app.programmes import grants
from app.programmes.grants import Posting, RepaymentExceededError

__all__ = ["DayError", "Repaid", "RepaymentExceededError", "repay"]


@dataclass(frozen=True)
class Repaid:
    """What came back, when, as what, and why it was not used."""

    amount: Decimal
    repaid_on: date
    reference: str
    reason: str


def repay(actor: Viewer, found: RequisitionOf, given: Repaid, now: datetime) -> Repayment:
    """Post it in the frame's ledger, for good: it is left of what the project was granted. Of a project that
    has ended it goes on to the frame at once. Raises DayError, RepaymentExceededError."""
    require(policy.may_repay(actor, found))
    row, project = found.requisition, found.project
    if row.paid_on is None or not row.paid_on <= given.repaid_on <= local_day(now):
        raise DayError
    if not given.reason.strip():
        raise RefusedError(_l("Skriv varför pengarna betalas tillbaka."))
    here = account(project, row.department_id, row.year)
    grants.hold(here)
    used = row.amount - queries.repaid_of(row.id)
    if given.amount > used:
        raise RepaymentExceededError(used)
    called = f"{reference_of(project, row.number)} {given.reference}".strip()
    posting = Posting(given.amount, given.repaid_on, called, now)
    entry = grants.repay(actor, here, posting)
    written = Repayment(
        project_id=project.id,
        requisition_id=row.id,
        amount=given.amount,
        repaid_on=given.repaid_on,
        reference=given.reference,
        reason=given.reason,
        entry_id=entry.id,
        registered_by_id=actor.id,
        registered_at=now,
    )
    db.session.add(written)
    record(actor, "repay_requisition", written, note=given.reason, now=now)
    if State(project.state) in COMPLETED:
        grants.give_back(actor, here, posting)
    told.repaid(project, row, given.amount, now)
    return written
