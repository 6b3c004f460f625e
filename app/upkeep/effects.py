"""Do the balances of budget effects add up? Each against its entries, a benefit's against what has come; and
is it marked as early when a budget became smaller before anything was measured?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, func, select

from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.core.budget_effects import (
    Form,
    IllegalStepError,
    Standing,
    Step,
    Sums,
    TooMuchError,
    by_group,
    came_early,
    replayed,
    same,
    sums_of,
)
from app.core.clock import local_day
from app.db import Base
from app.realisation.models import Benefit, Measurement
from app.upkeep.fault import Fault

ZERO = Decimal(0)


class Entry(NamedTuple):
    """A step with an effect."""

    step: Step
    amount: Decimal
    booked_on: date
    created_at: datetime


Entries = Sequence[Entry]


def faults(connection: Connection) -> Iterator[Fault]:
    """Every balance that is not what the entries lead to, and every effect whose entries lead nowhere."""
    effect, balance = _table(BudgetEffect), _table(EffectBalance)
    entries, measured = _entries(connection), _first_measured(connection)
    held = {row.effect_id: row for row in connection.execute(select(balance))}
    sums: list[tuple[int, Sums]] = []
    for row in connection.execute(select(effect).order_by(effect.c.id)):
        place = f"Budget effect {row.id}"
        own = entries.get(row.id, ())
        standing = _standing(row, own)
        found = held.pop(row.id, None)
        if standing is None:
            yield Fault(place, "has entries that do not follow on each other")
            continue
        sums.append((row.benefit_id, sums_of(standing)))
        if found is None:
            yield Fault(place, "has lost its balance")
        else:
            yield from _compared(place, row, found, standing)
            yield from _mark(place, found.early, own, measured.get(row.benefit_id))
    for number in sorted(held):
        yield Fault(f"Budget effect {number}", "is gone; its balance is there")
    yield from _taken(connection, by_group(sums))


def _table(model: type[Base]) -> Table:
    return model.metadata.tables[model.__tablename__]


def _entries(connection: Connection) -> Mapping[int, list[Entry]]:
    entry = _table(EffectEntry)
    query = select(
        entry.c.effect_id, entry.c.step, entry.c.amount, entry.c.booked_on, entry.c.created_at
    ).order_by(entry.c.id)
    found: dict[int, list[Entry]] = {}
    for effect_id, step, *said in connection.execute(query):
        found.setdefault(effect_id, []).append(Entry(Step(step), *said))
    return found


def _first_measured(connection: Connection) -> Mapping[int, datetime]:
    """When each benefit was measured for the first time."""
    mine = _table(Measurement)
    query = select(mine.c.benefit_id, func.min(mine.c.measured_at).label("first"))
    rows = connection.execute(query.group_by(mine.c.benefit_id).order_by(mine.c.benefit_id))
    return {row.benefit_id: row.first for row in rows}


def _standing(effect: Any, entries: Entries) -> Standing | None:
    if not entries or entries[0][:2] != (Step.PROMISE, effect.amount):
        return None
    try:
        return replayed(Form(effect.form), effect.amount, [(row.step, row.amount) for row in entries])
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


def _mark(place: str, early: bool, entries: Entries, measured_at: datetime | None) -> Iterator[Fault]:
    """The mark follows from the last time that the effect came into a budget and stayed there."""
    steps = [row for row in entries if row.step in (Step.ENTER, Step.RETURN)]
    entered = steps[-1] if steps and steps[-1].step is Step.ENTER else None
    if entered is None:
        if early:
            yield Fault(place, "is marked as early, but stands in no budget")
    elif early not in list(_marks(entered, measured_at)):
        said = "early" if early else "not early"
        yield Fault(place, f"is marked as {said}; its entries and the measurements lead to the opposite")


def _marks(entered: Entry, measured_at: datetime | None) -> Iterator[bool]:
    """What can have been known when it was entered: a measurement of the very same moment came before it or
    after it."""
    if measured_at is None or measured_at >= entered.created_at:
        yield came_early(None, entered.booked_on)
    if measured_at is not None and measured_at <= entered.created_at:
        yield came_early(local_day(measured_at), entered.booked_on)


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
