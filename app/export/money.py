"""What has become of money, as plain data: grants, requisitions, and the frame's ledger."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.accounts.queries import department_names
from app.delivery.funds.queries import accounts_of, requisitions_of
from app.export.plain import Json, amount, day
from app.programmes import queries as programmes
from app.programmes.models import EntryKind, LedgerEntry, Programme, effect_on_frame
from app.projects.models import Project


def grants_of(project: Project) -> Iterator[Json]:
    """What the project was granted, by department and budget year, and what has become of it."""
    for row in accounts_of(project.id):
        yield {
            "project_id": project.id,
            "department": row.department,
            "year": row.year,
            "granted": amount(row.sums.granted),
            "requisitioned": amount(row.sums.requisitioned),
            "paid": amount(row.sums.paid),
            "repaid": amount(row.sums.repaid),
            "returned": amount(row.sums.returned),
            "remaining": amount(row.sums.remaining),
        }


def asked_for_in(project: Project) -> Iterator[Json]:
    """The project's requisitions in the order of their numbers, as they were sent last."""
    for found in reversed(requisitions_of(project)):
        row = found.requisition
        yield {
            "project_id": project.id,
            "number": row.number,
            "version": found.latest.number,
            "department": row.department.name,
            "year": row.year,
            "amount": amount(row.amount),
            "covers": found.latest.covers,
            "state": row.state,
            "sent_on": day(found.latest.sent_at),
            "checked_on": day(row.checked_at),
            "paid_on": day(row.paid_on),
            "payment_reference": row.payment_reference,
            "repayments": [
                {
                    "amount": amount(back.amount),
                    "repaid_on": day(back.repaid_on),
                    "reference": back.reference,
                    "reason": back.reason,
                }
                for back in row.repayments
            ],
        }


def ledger_of(programme: Programme) -> Iterator[Json]:
    """The programme's lines in the order in which they were written, with what was left after each."""
    names, available = department_names(), Decimal(0)
    for row in programmes.ledger(programme.id):
        available += effect_on_frame(EntryKind(row.kind), row.amount)
        yield _entry(row, names) | {"available_after": amount(available)}


def _entry(row: LedgerEntry, names: dict[int, str]) -> Json:
    return {
        "id": row.id,
        "programme_id": row.programme_id,
        "kind": row.kind,
        "amount": amount(row.amount),
        "booked_on": day(row.booked_on),
        "project_id": row.project_id,
        "department": names[row.department_id] if row.department_id else None,
        "year": row.year,
        "reference": row.reference,
    }
