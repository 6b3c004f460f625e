"""Do the balances of budget effects add up? Each against its entries, a benefit's against what has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, select

from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.core.budget_effects import (
    Form,
    IllegalStepError,
    Standing,
    Step,
    Sums,
    TooMuchError,
    by_group,
    replayed,
    same,
    sums_of,
)
from app.db import Base
from app.realisation.models import Benefit
from app.upkeep.fault import Fault

ZERO = Decimal(0)
Entries = Sequence[tuple[Step, Decimal]]


def faults(connection: Connection) -> Iterator[Fault]:
    """Every balance that is not what the entries lead to, and every effect whose entries lead nowhere."""
    effect, balance = _table(BudgetEffect), _table(EffectBalance)
    entries = _entries(connection)
    held = {row.effect_id: row for row in connection.execute(select(balance))}
    sums: list[tuple[int, Sums]] = []
    for row in connection.execute(select(effect).order_by(effect.c.id)):
        place = f"Budget effect {row.id}"
        standing = _standing(row, entries.get(row.id, ()))
        found = held.pop(row.id, None)
        if standing is None:
            yield Fault(place, "has entries that do not follow on each other")
            continue
        sums.append((row.benefit_id, sums_of(standing)))
        if found is None:
            yield Fault(place, "has lost its balance")
        else:
            yield from _compared(place, row, found, standing)
    for number in sorted(held):
        yield Fault(f"Budget effect {number}", "is gone; its balance is there")
    yield from _taken(connection, by_group(sums))


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


def _entries(connection: Connection) -> Mapping[int, list[tuple[Step, Decimal]]]:
    entry = _table(EffectEntry)
    query = select(entry.c.effect_id, entry.c.step, entry.c.amount).order_by(entry.c.id)
    found: dict[int, list[tuple[Step, Decimal]]] = {}
    for effect_id, step, amount in connection.execute(query):
        found.setdefault(effect_id, []).append((Step(step), amount))
    return found


def _standing(effect: Any, entries: Entries) -> Standing | None:
    if not entries or entries[0] != (Step.PROMISE, effect.amount):
        return None
    try:
        return replayed(Form(effect.form), effect.amount, entries)
    except (IllegalStepError, TooMuchError):
        return None


def _compared(place: str, effect: Any, found: Any, standing: Standing) -> Iterator[Fault]:
    told = {
        "state": standing.state.value,
        "taken": standing.taken,
        "amount": effect.amount,
        "year": effect.year,
        "cost_centre": same(effect.cost_centre),
        "item": same(effect.item),
    }
    for name, value in told.items():
        if found._mapping[name] != value:
            yield Fault(place, f"says {name} {found._mapping[name]}, its entries lead to {value}")


def _taken(connection: Connection, sums: Mapping[int, Sums]) -> Iterator[Fault]:
    balance, benefit = _table(TakenBalance), _table(Benefit)
    query = select(balance, benefit.c.realised.label("came")).join(
        benefit, benefit.c.id == balance.c.benefit_id
    )
    left = dict(sums)
    for row in connection.execute(query.order_by(balance.c.benefit_id)):
        place, told = f"Taken home of benefit {row.benefit_id}", left.pop(row.benefit_id, Sums())
        for name, amount in (("taken_home", told.taken_home), ("kept", told.kept), ("realised", row.came)):
            if row._mapping[name] != amount:
                yield Fault(place, f"says {name} {row._mapping[name]}, the ledger adds up to {amount}")
    for number in sorted(left):
        yield Fault(f"Taken home of benefit {number}", "is gone; the ledger has entries of it")
