"""The register of all budget effects that the viewer may see: filtered, summed, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select

from app.accounts.access import Viewer
from app.accounts.models import Department
from app.alphabet import alphabetical
from app.budget_effects.models import BudgetEffect, EffectBalance
from app.core.budget_effects import EffectState, Form, Standing, Sums, sums_of
from app.db import Money, db
from app.projects.models import Project
from app.projects.queries import visible_to
from app.realisation.models import Benefit

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register somebody wants to see."""

    department_id: int | None = None
    year: int | None = None
    state: EffectState | None = None
    early: bool = False


class Listed(NamedTuple):
    """An effect in the register."""

    project_id: int
    title: str
    benefit_id: int
    benefit: str
    effect_id: int
    department: str
    cost_centre: str
    item: str
    year: int
    form: str
    state: str
    early: bool
    amount: Decimal
    taken: Decimal


def listed(viewer: Viewer, wanted: Wanted, *, limit: int | None, offset: int = 0) -> list[Listed]:
    """A page of what is found, without `limit` all of it: by year, department and cost centre."""
    query = _found(
        viewer, wanted,
        Project.id, Project.title, Benefit.id, Benefit.name, BudgetEffect.id, Department.name,
        BudgetEffect.cost_centre, BudgetEffect.item, BudgetEffect.year, BudgetEffect.form,
        EffectBalance.state, EffectBalance.early, EffectBalance.amount, EffectBalance.taken,
    )  # fmt: skip
    query = query.order_by(
        BudgetEffect.year.desc(), alphabetical(Department.name), EffectBalance.cost_centre, BudgetEffect.id
    )
    return [Listed(*row) for row in db.session.execute(query.limit(limit).offset(offset))]


def sums(viewer: Viewer, wanted: Wanted) -> tuple[int, Sums]:
    """How many are found, and what they come to, to the öre. One row for each form and state is asked for."""
    query = _found(
        viewer, wanted, BudgetEffect.form, EffectBalance.state, func.count(BudgetEffect.id),
        _total(EffectBalance.amount), _total(EffectBalance.taken),
    ).group_by(BudgetEffect.form, EffectBalance.state)  # fmt: skip
    count, found = 0, Sums()
    for form, state, number, amount, taken in db.session.execute(query):
        count += number
        found += sums_of(Standing(Form(form), amount, EffectState(state), taken))
    return count, found


def _total(column: Any) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(column), 0, type_=Money())


def counts(viewer: Viewer, wanted: Wanted) -> tuple[dict[EffectState, int], int]:
    """How many there are in each state, and how many came early, whatever of that is asked for."""
    everything = Wanted(wanted.department_id, wanted.year)
    query = _found(
        viewer, everything, EffectBalance.state, func.count(BudgetEffect.id),
        func.count(case((EffectBalance.early, 1))),
    ).group_by(EffectBalance.state)  # fmt: skip
    found, early = {}, 0
    for state, number, of_those in db.session.execute(query):
        found[EffectState(state)] = number
        early += of_those
    return found, early


def years(viewer: Viewer) -> list[int]:
    """The budget years that there are effects of."""
    query = _found(viewer, Wanted(), BudgetEffect.year).distinct().order_by(BudgetEffect.year.desc())
    return list(db.session.scalars(query))


def _found(viewer: Viewer, wanted: Wanted, *columns: Any) -> Select[*tuple[Any, ...]]:
    query = (
        select(*columns)
        .select_from(BudgetEffect)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .join(Benefit, Benefit.id == BudgetEffect.benefit_id)
        .join(Project, Project.id == BudgetEffect.project_id)
        .join(Department, Department.id == BudgetEffect.department_id)
        .where(visible_to(viewer))
    )
    if wanted.department_id is not None:
        query = query.where(BudgetEffect.department_id == wanted.department_id)
    if wanted.year is not None:
        query = query.where(BudgetEffect.year == wanted.year)
    if wanted.state is not None:
        query = query.where(EffectBalance.state == wanted.state.value)
    if wanted.early:
        query = query.where(EffectBalance.early)
    return query
