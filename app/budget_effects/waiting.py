"""Budget effects that wait for somebody, across projects: to be answered, entered, verified, taken home."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.budget_effects.policy import Side
from app.core.budget_effects import EffectState, Form, Step, ready_state
from app.db import db
from app.projects.models import DeclaredInterest, Project
from app.projects.queries import free_of_interest, visible_to
from app.realisation.models import Benefit


class WaitingEffect(NamedTuple):
    """An effect that waits for the viewer."""

    project_id: int
    title: str
    case_number: str | None
    benefit_id: int
    benefit: str
    effect_id: int
    year: int
    amount: Decimal


def to_answer(viewer: Viewer, *, limit: int) -> list[WaitingEffect]:
    """What the other of the two has promised; `policy.may_answer` says the same of one."""
    asked = or_(
        and_(BudgetEffect.side == Side.OWNER.value, _speaks_for_budget(viewer)),
        and_(BudgetEffect.side == Side.CONTROLLER.value, _owns(viewer)),
    )
    query = _waiting(viewer, EffectState.PROMISED).where(asked, BudgetEffect.promised_by_id != viewer.id)
    return _rows(query, limit)


def to_enter(viewer: Viewer, today: date, *, limit: int) -> list[WaitingEffect]:
    """What is agreed and should stand in this year's or next year's budget, for its controllers."""
    query = _waiting(viewer, EffectState.AGREED).where(
        BudgetEffect.form != Form.CAPACITY.value,
        BudgetEffect.year <= today.year + 1,
        _speaks_for_budget(viewer),
    )
    return _rows(query, limit)


def to_verify(viewer: Viewer, *, limit: int) -> list[WaitingEffect]:
    """What somebody else has entered; `policy.may_verify` says the same of one."""
    last = (
        select(EffectEntry.by_id)
        .where(EffectEntry.effect_id == BudgetEffect.id, EffectEntry.step == Step.ENTER.value)
        .order_by(EffectEntry.id.desc())
        .limit(1)
        .correlate(BudgetEffect)
        .scalar_subquery()
    )
    handles = free_of_interest(viewer) if viewer.has(Role.SECRETARIAT) else false()
    query = _waiting(viewer, EffectState.IN_BUDGET).where(or_(_controls(viewer), handles), last != viewer.id)
    return _rows(query, limit)


def to_take(viewer: Viewer, today: date, *, limit: int) -> list[WaitingEffect]:
    """What can be posted as taken home now that it is measured; `policy.may_take` says the same of one."""
    ready = or_(
        *(
            and_(BudgetEffect.form == form.value, EffectBalance.state == ready_state(form).value)
            for form in Form
        )
    )
    left = TakenBalance.realised - TakenBalance.taken_home - TakenBalance.kept
    query = (
        _waiting(viewer, None)
        .join(TakenBalance, TakenBalance.benefit_id == BudgetEffect.benefit_id)
        .where(ready, left > 0, BudgetEffect.year <= today.year, _speaks_for_budget(viewer))
    )
    return _rows(query, limit)


def _waiting(viewer: Viewer, state: EffectState | None) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, BudgetEffect.id,
            BudgetEffect.year, BudgetEffect.amount,
        )
        .select_from(BudgetEffect)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .join(Benefit, Benefit.id == BudgetEffect.benefit_id)
        .join(Project, Project.id == BudgetEffect.project_id)
        .where(visible_to(viewer))
        .order_by(BudgetEffect.year, BudgetEffect.id)
    )  # fmt: skip
    return query if state is None else query.where(EffectBalance.state == state.value)


def _rows(query: Select[*tuple[Any, ...]], limit: int) -> list[WaitingEffect]:
    return [WaitingEffect(*row) for row in db.session.execute(query.limit(limit))]


def _owns(viewer: Viewer) -> ColumnElement[bool]:
    return BudgetEffect.department_id.in_(sorted(viewer.departments(Role.MANAGER)))


def _controls(viewer: Viewer) -> ColumnElement[bool]:
    """A controller of the department or of the programme, outside the project."""
    own = BudgetEffect.department_id.in_(sorted(viewer.departments(Role.CONTROLLER)))
    declared = select(DeclaredInterest.project_id).where(
        DeclaredInterest.person_id == viewer.id, DeclaredInterest.withdrawn_at.is_(None)
    )
    outside = and_(Project.leader_id != viewer.id, Project.id.not_in(declared))
    return outside if viewer.has(Role.CONTROLLER) else and_(own, outside)


def _speaks_for_budget(viewer: Viewer) -> ColumnElement[bool]:
    """A controller who does not own the benefit."""
    return and_(_controls(viewer), ~_owns(viewer))
