"""What is taken home of benefits, for those who put it beside other things. Time that stays is no money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, ColumnElement, Select, case, func, select, type_coerce

from app.accounts.access import Viewer
from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry
from app.core.budget_effects import Form, Step
from app.db import Money, db
from app.operations.cliff.beside import stands_beside
from app.projects.models import Project
from app.projects.queries import visible_to

_IS_MONEY = BudgetEffect.form != Form.CAPACITY.value
_SIGNED = {Step.TAKE.value: 1, Step.TAKE_BACK.value: -1}


def taken_home(until: datetime | None) -> Select[*tuple[Any, ...]]:
    """Each line of the ledger that takes home, by then or by now: `project_id`, `benefit_id`, and `amount`,
    below nought for what is taken back."""
    query: Select[*tuple[Any, ...]] = (
        select(
            BudgetEffect.project_id.label("project_id"),
            BudgetEffect.benefit_id.label("benefit_id"),
            _signed().label("amount"),
        )
        .join(EffectEntry, EffectEntry.effect_id == BudgetEffect.id)
        .where(_IS_MONEY, EffectEntry.step.in_(sorted(_SIGNED)))
    )
    return query if until is None else query.where(EffectEntry.created_at < until)


def _signed() -> ColumnElement[Decimal]:
    amount = type_coerce(EffectEntry.amount, BigInteger)
    told = [(EffectEntry.step == step, amount * sign) for step, sign in _SIGNED.items()]
    return type_coerce(case(*told), Money())


@stands_beside(_l("Hemtaget i budget"))
def by_year(viewer: Viewer, department_id: int | None, years: range) -> Mapping[int, Decimal]:
    """In the first of the years, by the budgets: of those that are to come nothing is taken home yet."""
    query = (
        select(func.coalesce(func.sum(EffectBalance.taken), 0, type_=Money()))
        .select_from(BudgetEffect)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .join(Project, Project.id == BudgetEffect.project_id)
        .where(visible_to(viewer), _IS_MONEY, BudgetEffect.year == years[0])
    )
    if department_id is not None:
        query = query.where(BudgetEffect.department_id == department_id)
    return {years[0]: db.session.execute(query).scalar_one()}
