"""Reading budget effects, their steps, and what of a benefit is left to take home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.access import Viewer
from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.core.budget_effects import LET_GO, EffectState, Form, Pool, Standing, Step, Sums, sums_of
from app.db import db
from app.projects.models import Project
from app.realisation.models import Benefit
from app.realisation.queries import BenefitOf, benefit_for

ZERO = Decimal(0)


@dataclass(frozen=True)
class EffectOf:
    """An effect, where it stands, and the benefit that it is of."""

    found: BenefitOf
    effect: BudgetEffect
    balance: EffectBalance

    @property
    def project(self) -> Project:
        """The benefit's project."""
        return self.found.project

    @property
    def standing(self) -> Standing:
        """Where it stands by its entries."""
        return standing_of(self.effect, self.balance)

    @property
    def sums(self) -> Sums:
        """What it adds to any sum."""
        return sums_of(self.standing)


def standing_of(effect: BudgetEffect, balance: EffectBalance) -> Standing:
    """The same of both rows."""
    return Standing(Form(effect.form), effect.amount, EffectState(balance.state), balance.taken)


def effects_of(found: BenefitOf) -> list[EffectOf]:
    """The effects of a benefit, by year and in the order in which they were promised."""
    query = (
        select(BudgetEffect, EffectBalance)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .where(BudgetEffect.benefit_id == found.benefit.id)
        .options(joinedload(BudgetEffect.department), joinedload(BudgetEffect.promised_by))
        .order_by(BudgetEffect.year, BudgetEffect.id)
    )
    return [EffectOf(found, effect, balance) for effect, balance in db.session.execute(query)]


def effect_for(viewer: Viewer, project_id: int, benefit_id: int, effect_id: int) -> EffectOf | None:
    """An effect of a benefit that the viewer sees. Made for `requires(..., load=…)`."""
    found = benefit_for(viewer, project_id, benefit_id)
    if found is None:
        return None
    return next((row for row in effects_of(found) if row.effect.id == effect_id), None)


def entries_of(effect_id: int) -> Sequence[EffectEntry]:
    """Every step with the effect, the first first."""
    query = select(EffectEntry).where(EffectEntry.effect_id == effect_id).order_by(EffectEntry.id)
    return db.session.scalars(query.options(joinedload(EffectEntry.by))).all()


def entries_in(project_id: int) -> dict[int, list[EffectEntry]]:
    """Every step with the effects of a project, by the effect."""
    query = select(EffectEntry).where(EffectEntry.project_id == project_id).order_by(EffectEntry.id)
    found: dict[int, list[EffectEntry]] = {}
    for row in db.session.scalars(query.options(joinedload(EffectEntry.by))):
        found.setdefault(row.effect_id, []).append(row)
    return found


def entered(effect_id: int) -> EffectEntry | None:
    """The last time that somebody said that the effect is in the budget."""
    query = select(EffectEntry).where(
        EffectEntry.effect_id == effect_id, EffectEntry.step == Step.ENTER.value
    )
    query = query.options(joinedload(EffectEntry.by)).order_by(EffectEntry.id.desc()).limit(1)
    return db.session.scalar(query)


def pool_of(benefit: Benefit) -> Pool:
    """What the benefit has come to, as its register says, and what of that is taken home or kept."""
    balance = balance_of(benefit.id)
    if balance is None:
        return Pool(benefit.realised)
    return Pool(benefit.realised, balance.taken_home, balance.kept)


def balance_of(benefit_id: int) -> TakenBalance | None:
    """What is taken home of the benefit; None before anything was promised."""
    query = select(TakenBalance).where(TakenBalance.benefit_id == benefit_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def taken_last(found: BenefitOf) -> list[tuple[EffectOf, Decimal]]:
    """The benefit's effects of which something is taken, with how much: the one that took last first."""
    last = (
        select(EffectEntry.effect_id, func.max(EffectEntry.id))
        .join(BudgetEffect, BudgetEffect.id == EffectEntry.effect_id)
        .where(EffectEntry.step == Step.TAKE.value, BudgetEffect.benefit_id == found.benefit.id)
        .group_by(EffectEntry.effect_id)
    )
    order = {row[0]: row[1] for row in db.session.execute(last)}
    rows = [row for row in effects_of(found) if row.balance.taken > ZERO]
    rows.sort(key=lambda row: order[row.effect.id], reverse=True)
    return [(row, row.balance.taken) for row in rows]


def is_held(cost_centre: str, year: int, item: str) -> bool:
    """Whether an effect of any case holds this post of the budget."""
    return _holder(cost_centre, year, item) is not None


def holder_of(viewer: Viewer, cost_centre: str, year: int, item: str) -> EffectOf | None:
    """The effect that holds it, if the viewer may see its case."""
    holder = _holder(cost_centre, year, item)
    return effect_for(viewer, holder.project_id, holder.benefit_id, holder.id) if holder else None


def _holder(cost_centre: str, year: int, item: str) -> BudgetEffect | None:
    query = (
        select(BudgetEffect)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .where(
            EffectBalance.cost_centre == cost_centre,
            EffectBalance.year == year,
            EffectBalance.item == item,
            EffectBalance.state.not_in(sorted(LET_GO)),
        )
    )
    return db.session.scalar(query)
