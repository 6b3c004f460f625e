"""Do the balances add up? Each against the ledger, and against the requisitions what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, func, select

from app.core.requisitions import COUNTS, RequisitionState
from app.delivery.funds.models import Repayment, Requisition
from app.programmes.models import EntryKind, FrameBalance, GrantBalance, LedgerEntry
from app.upkeep.fault import Fault

ZERO = Decimal(0)
Key = tuple[Any, ...]
Sums = Mapping[str, Decimal]

FRAME_SUMS = {
    "frame": (EntryKind.FRAME,),
    "granted": (EntryKind.GRANT,),
    "requisitioned": (EntryKind.REQUISITION,),
    "paid": (EntryKind.PAYMENT,),
    "repaid": (EntryKind.REPAYMENT,),
    "returned": (EntryKind.RETURN,),
}
GRANT_SUMS = FRAME_SUMS | {"frame": (), "granted": (EntryKind.GRANT, EntryKind.MOVE)}
ACCOUNT = ("project_id", "department_id", "year")


def faults(connection: Connection) -> Iterator[Fault]:
    """Every balance that is not what the ledger adds up to."""
    yield from _frames(connection)
    yield from _grants(connection)
    yield from _requisitions(connection)
    yield from _repayments(connection)


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _ledger(
    connection: Connection, key: Sequence[str], sums: Mapping[str, Sequence[EntryKind]], *, grants: bool
) -> dict[Key, Sums]:
    entry = _table(LedgerEntry)
    query = select(
        *(entry.c[name] for name in key),
        *(
            _sum(entry, entry.c.kind.in_([kind.value for kind in kinds]), name)
            for name, kinds in sums.items()
        ),
    ).group_by(*(entry.c[name] for name in key))
    if grants:
        query = query.where(entry.c.kind != EntryKind.FRAME.value)
    return {
        tuple(row._mapping[name] for name in key): {name: row._mapping[name] for name in sums}
        for row in connection.execute(query)
    }


def _sum(table: Table, condition: ColumnElement[bool], name: str) -> ColumnElement[Decimal]:
    amount = table.c.amount
    return func.coalesce(func.sum(case((condition, amount), else_=0)), 0, type_=amount.type).label(name)


def _frames(connection: Connection) -> Iterator[Fault]:
    balance = _table(FrameBalance)
    ledger = _ledger(connection, ("programme_id",), FRAME_SUMS, grants=False)
    for row in connection.execute(select(balance).order_by(balance.c.programme_id)):
        told = ledger.pop((row.programme_id,), dict.fromkeys(FRAME_SUMS, ZERO))
        left = told["frame"] - told["granted"] + told["returned"]
        yield from _compared(
            f"Frame balance of programme {row.programme_id}", row, {**told, "available": left}
        )
    for (programme_id,) in sorted(ledger):
        yield Fault(f"Frame balance of programme {programme_id}", "is gone; the ledger has entries of it")


def _grants(connection: Connection) -> Iterator[Fault]:
    balance = _table(GrantBalance)
    ledger = _ledger(connection, ACCOUNT, GRANT_SUMS, grants=True)
    for row in connection.execute(select(balance).order_by(balance.c.id)):
        key = (row.project_id, row.department_id, row.year)
        told = dict(ledger.pop(key, dict.fromkeys(GRANT_SUMS, ZERO)))
        told.pop("frame")
        left = told["granted"] - told["requisitioned"] + told["repaid"] - told["returned"]
        yield from _compared(_place(key), row, {**told, "remaining": left})
    for key in sorted(ledger):
        yield Fault(_place(key), "is gone; the ledger has entries of it")


def _place(key: Key) -> str:
    return "Grant balance of project {}, department {}, {}".format(*key)


def _compared(place: str, row: Any, told: Sums) -> Iterator[Fault]:
    for name, amount in told.items():
        if row._mapping[name] != amount:
            yield Fault(place, f"says {name} {row._mapping[name]}, the ledger adds up to {amount}")


def _requisitions(connection: Connection) -> Iterator[Fault]:
    """What the requisitions ask for together is what is set aside, and what of them is paid is paid."""
    asked, balance = _table(Requisition), _table(GrantBalance)
    key = [asked.c[name] for name in ACCOUNT]
    query = select(
        *key,
        _sum(asked, asked.c.state.in_(sorted(COUNTS)), "requisitioned"),
        _sum(asked, asked.c.state == RequisitionState.PAID.value, "paid"),
    ).group_by(*key)
    found = {tuple(row[:3]): (row.requisitioned, row.paid) for row in connection.execute(query)}
    for row in connection.execute(select(balance).order_by(balance.c.id)):
        here = (row.project_id, row.department_id, row.year)
        requisitioned, paid = found.pop(here, (ZERO, ZERO))
        if (row.requisitioned, row.paid) != (requisitioned, paid):
            yield Fault(
                _place(here),
                f"says {row.requisitioned} requisitioned and {row.paid} paid, "
                f"the requisitions add up to {requisitioned} and {paid}",
            )
    for here in sorted(found):
        yield Fault(_place(here), "is not there; requisitions ask for money of it")


def _repayments(connection: Connection) -> Iterator[Fault]:
    """What is repaid of each requisition is no more than was paid; of an account together, what it says."""
    asked, repaid, balance = _table(Requisition), _table(Repayment), _table(GrantBalance)
    total = func.sum(repaid.c.amount, type_=repaid.c.amount.type).label("repaid")
    query = (
        select(asked.c.id, asked.c.state, asked.c.amount, *(asked.c[name] for name in ACCOUNT), total)
        .join(repaid, repaid.c.requisition_id == asked.c.id)
        .group_by(*asked.c)
        .order_by(asked.c.id)
    )
    found: dict[Key, Decimal] = {}
    for row in connection.execute(query):
        here = (row.project_id, row.department_id, row.year)
        found[here] = found.get(here, ZERO) + row.repaid
        if row.state != RequisitionState.PAID.value or row.repaid > row.amount:
            yield Fault(f"Requisition {row.id}", f"is {row.state} with {row.amount}, repaid is {row.repaid}")
    for row in connection.execute(select(balance).order_by(balance.c.id)):
        here = (row.project_id, row.department_id, row.year)
        if row.repaid != found.get(here, ZERO):
            yield Fault(
                _place(here),
                f"says {row.repaid} repaid, the repayments add up to {found.get(here, ZERO)}",
            )
