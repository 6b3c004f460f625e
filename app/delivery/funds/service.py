"""What is done with granted money: asked for, checked, paid, returned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accepted.attached import AttachedFile, said_of
from app.accepted.taking_in import TakenIn
from app.accounts.access import Viewer
from app.core.clock import local_day
from app.core.requisitions import RequisitionAction, RequisitionState, move
from app.core.verdict import RefusedError, require
from app.db import db
from app.delivery.funds import policy, queries, told
from app.delivery.funds.models import Requisition, RequisitionFile, RequisitionVersion
from app.delivery.funds.queries import RequisitionOf
from app.history.service import record
from app.programmes import grants
from app.programmes.grants import Account, GrantExceededError, Posting
from app.projects.models import Project

__all__ = [
    "Claim",
    "DayError",
    "GrantExceededError",
    "approve",
    "give_back",
    "give_back_rest",
    "pay",
    "send",
    "send_again",
    "send_back",
    "withdraw",
]


@dataclass(frozen=True)
class Claim:
    """What is asked for, and what it covers."""

    department_id: int
    year: int
    amount: Decimal
    covers: str


class DayError(ValueError):
    """A payment on a day that has not come, or before it was checked."""


def account(project: Project, department_id: int, year: int) -> Account:
    """A department's part of the project's money, for one budget year."""
    return Account(project.programme_id, project.id, department_id, year)


# --- the project leader ----------------------------------------------------------------------------------


def send(
    actor: Viewer, project: Project, claim: Claim, *, files: Sequence[TakenIn], now: datetime
) -> Requisition:
    """Ask for a part of what was granted. Raises GrantExceededError when less than that is left."""
    require(policy.may_requisition(actor, project))
    number = queries.last_number(project.id) + 1
    _set_aside(actor, project, number, claim, now)
    row = Requisition(project_id=project.id, number=number, version=1)
    _claim(row, claim)
    row.state, row.state_since = RequisitionState.SENT.value, now
    db.session.add(row)
    record(actor, "send_requisition", row, now=now)
    _write_version(actor, row, claim.covers, files, now)
    told.sent(project, row, now)
    return row


def send_again(
    actor: Viewer,
    found: RequisitionOf,
    claim: Claim,
    *,
    files: Sequence[TakenIn],
    kept: Collection[int],
    now: datetime,
) -> None:
    """Send what came back, put right; `kept` are the files of the last version that still belong to it."""
    require(policy.may_send_again(actor, found))
    project, row = found.project, found.requisition
    same = (row.department_id, row.year) == (claim.department_id, claim.year)
    if not same:
        _set_aside(actor, project, row.number, claim, now)
        _let_go(actor, found, now)
    elif claim.amount != row.amount:
        _post(actor, project, row, claim.amount - row.amount, now)
    still = [file for file in found.latest.files if file.id in kept]
    _claim(row, claim)
    _move(actor, found, RequisitionAction.SEND_AGAIN, now)
    _write_version(actor, row, claim.covers, [*still, *files], now)
    told.sent(project, row, now)


def withdraw(actor: Viewer, found: RequisitionOf, now: datetime) -> None:
    """Take a requisition back, for good: what it asked for can be asked for anew."""
    require(policy.may_withdraw(actor, found))
    _let_go(actor, found, now)
    _move(actor, found, RequisitionAction.WITHDRAW, now)


def _claim(row: Requisition, claim: Claim) -> None:
    if claim.amount <= 0:
        raise ValueError("a requisition is about more than nothing")
    row.department_id, row.year, row.amount = claim.department_id, claim.year, claim.amount


def _set_aside(actor: Viewer, project: Project, number: int, claim: Claim, now: datetime) -> None:
    here = account(project, claim.department_id, claim.year)
    grants.requisition(actor, here, _posting(project, number, claim.amount, now))


def _let_go(actor: Viewer, found: RequisitionOf, now: datetime) -> None:
    _post(actor, found.project, found.requisition, -found.requisition.amount, now)


def _post(actor: Viewer, project: Project, row: Requisition, amount: Decimal, now: datetime) -> None:
    here = account(project, row.department_id, row.year)
    grants.requisition(actor, here, _posting(project, row.number, amount, now))


def _posting(project: Project, number: int, amount: Decimal, now: datetime) -> Posting:
    return Posting(amount, local_day(now), reference_of(project, number), now)


def reference_of(project: Project, number: int) -> str:
    """What a requisition is called in the ledger."""
    return f"{project.case_number}-R{number}"


def _write_version(
    actor: Viewer,
    row: Requisition,
    covers: str,
    files: Sequence[TakenIn | AttachedFile],
    now: datetime,
) -> None:
    version = RequisitionVersion(
        project_id=row.project_id,
        requisition_id=row.id,
        number=queries.last_version(row.id) + 1,
        department_id=row.department_id,
        year=row.year,
        amount=row.amount,
        covers=covers,
        sent_by_id=actor.id,
        sent_at=now,
    )
    db.session.add(version)
    record(actor, "write_requisition", version, now=now)
    for file in files:
        kept = RequisitionFile(project_id=row.project_id, version_id=version.id, **said_of(file))
        db.session.add(kept)
        record(actor, "add_requisition_file", kept, now=now)


# --- checking and paying ---------------------------------------------------------------------------------


def approve(actor: Viewer, found: RequisitionOf, read: int, now: datetime) -> None:
    """Find a requisition right: a controller may pay it. `read` is the version of it that was read."""
    require(policy.may_approve(actor, found))
    _see_that_it_is(found, read)
    row = found.requisition
    row.checked_by_id, row.checked_at = actor.id, now
    _move(actor, found, RequisitionAction.APPROVE, now)
    told.checked(found.project, row, now)


def send_back(actor: Viewer, found: RequisitionOf, read: int, *, reason: str, now: datetime) -> None:
    """Send a requisition back to the project leader, and say why."""
    require(policy.may_send_back(actor, found))
    _see_that_it_is(found, read)
    if not reason.strip():
        raise RefusedError(_l("Skriv vad som ska rättas."))
    row = found.requisition
    row.return_reason, row.checked_by_id, row.checked_at = reason, None, None
    _move(actor, found, RequisitionAction.RETURN, now, note=reason)
    told.sent_back(found.project, row, now)


def pay(
    actor: Viewer, found: RequisitionOf, read: int, *, paid_on: date, reference: str, now: datetime
) -> None:
    """Post the payment in the frame's ledger, for good. Raises DayError."""
    require(policy.may_pay(actor, found))
    _see_that_it_is(found, read)
    row, project = found.requisition, found.project
    if row.checked_at is None or not local_day(row.checked_at) <= paid_on <= local_day(now):
        raise DayError
    here = account(project, row.department_id, row.year)
    called = f"{reference_of(project, row.number)} {reference}".strip()
    entry = grants.pay(actor, here, Posting(row.amount, paid_on, called, now))
    row.paid_by_id, row.paid_on, row.payment_id = actor.id, paid_on, entry.id
    row.payment_reference = reference
    _move(actor, found, RequisitionAction.PAY, now)
    told.paid(project, row, now)


def _see_that_it_is(found: RequisitionOf, read: int) -> None:
    if found.latest.number != read:
        raise RefusedError(_l("Projektledaren har skickat en ny version av rekvisitionen. Läs den först."))


def _move(
    actor: Viewer, found: RequisitionOf, action: RequisitionAction, now: datetime, note: str | None = None
) -> None:
    """The only function that changes where a requisition stands."""
    step = move(found.state, action)
    if step is None:
        raise RefusedError(_l("Rekvisitionen har gått vidare, så det går inte att göra nu. Ladda om sidan."))
    row = found.requisition
    row.state, row.state_since = step.target.value, now
    record(actor, action.value, row, note=note, now=now)


# --- what is left ----------------------------------------------------------------------------------------


def give_back(
    actor: Viewer,
    project: Project,
    department_id: int,
    year: int,
    *,
    amount: Decimal,
    reference: str,
    now: datetime,
) -> None:
    """Return what nobody has asked for to the frame. Raises GrantExceededError."""
    require(policy.may_give_back(actor, project))
    posting = Posting(amount, local_day(now), reference, now)
    grants.give_back(actor, account(project, department_id, year), posting)
    record(actor, "give_back_funds", project, note=reference, now=now)
    told.given_back(project, amount, now)


def give_back_rest(actor: Viewer, project: Project, *, reference: str, now: datetime) -> None:
    """Return everything that nobody has asked for, of all departments and years, and tell of it once."""
    require(policy.may_give_back(actor, project))
    rows = queries.with_money_left(project.id)
    for row in rows:
        posting = Posting(row.sums.remaining, local_day(now), reference, now)
        grants.give_back(actor, account(project, row.department_id, row.year), posting)
    record(actor, "give_back_funds", project, note=reference, now=now)
    told.given_back(project, queries.sums_of(rows).remaining, now)
