"""Budget effects that wait for somebody, across projects: to be answered, entered, verified, taken home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.budget_effects.models import BudgetEffect, EffectBalance, EffectEntry, TakenBalance
from app.budget_effects.policy import Side
from app.core.budget_effects import EffectState, Form, Step, due_day, ready_state
from app.core.clock import local_day
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
    state: str
    since: datetime
    """When it came to stand so."""

    @property
    def due_on(self) -> date | None:
        """The day by which the viewer is to do something; None of what can be taken home."""
        return due_day(EffectState(self.state), self.year, local_day(self.since))

    def late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.due_on is not None and self.due_on < today


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


def _last_step() -> ScalarSelect[int]:
    """The entry by which an effect came to stand as it does; what is taken home is none."""
    steps = (Step.TAKE.value, Step.TAKE_BACK.value)
    return (
        select(func.max(EffectEntry.id))
        .where(EffectEntry.effect_id == BudgetEffect.id, EffectEntry.step.not_in(steps))
        .correlate(BudgetEffect)
        .scalar_subquery()
    )


def _waiting(viewer: Viewer, state: EffectState | None) -> Select[*tuple[Any, ...]]:
    last = aliased(EffectEntry)
    query = (
        select(
            Project.id, Project.title, Project.case_number, Benefit.id, Benefit.name, BudgetEffect.id,
            BudgetEffect.year, BudgetEffect.amount, EffectBalance.state, last.created_at,
        )
        .select_from(BudgetEffect)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .join(Benefit, Benefit.id == BudgetEffect.benefit_id)
        .join(Project, Project.id == BudgetEffect.project_id)
        .join(last, last.id == _last_step())
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


# --- whoever they wait for -------------------------------------------------------------------------------


@dataclass(frozen=True)
class StoppedEffect:
    """An effect that should go on by a day."""

    project_id: int
    title: str
    department_id: int
    benefit_id: int
    benefit: str
    effect_id: int
    state: str
    side: str
    """Whose promise it is."""
    year: int
    amount: Decimal
    by_id: int
    """Who took the last step."""
    due_on: date
    inside: frozenset[int]
    """Those who lead the project or have declared an interest in it."""


def stopped(state: EffectState, today: date, days_before: int) -> Iterator[StoppedEffect]:
    """Every effect that stands so and should go on so soon, or should have done so."""
    last_day = today + timedelta(days=days_before)
    last = aliased(EffectEntry)
    query = (
        select(BudgetEffect, Project.title, Project.leader_id, Benefit.name, last.by_id, last.created_at)
        .join(EffectBalance, EffectBalance.effect_id == BudgetEffect.id)
        .join(Benefit, Benefit.id == BudgetEffect.benefit_id)
        .join(Project, Project.id == BudgetEffect.project_id)
        .join(last, last.id == _last_step())
        .where(EffectBalance.state == state.value)
        .order_by(BudgetEffect.id)
    )
    if state is EffectState.AGREED:
        query = query.where(BudgetEffect.form != Form.CAPACITY.value)
    interests = _interests()
    for effect, title, leader_id, benefit, by_id, at in db.session.execute(query):
        due_on = due_day(state, effect.year, local_day(at))
        if due_on is not None and due_on <= last_day:
            yield StoppedEffect(
                effect.project_id, title, effect.department_id, effect.benefit_id, benefit, effect.id,
                state.value, effect.side, effect.year, effect.amount, by_id, due_on,
                interests.get(effect.project_id, frozenset()) | {leader_id},
            )  # fmt: skip


def _interests() -> dict[int, frozenset[int]]:
    """Who has declared an interest, by project."""
    mine = DeclaredInterest
    found: dict[int, frozenset[int]] = {}
    query = select(mine.project_id, mine.person_id).where(mine.withdrawn_at.is_(None)).order_by(mine.id)
    for project_id, person_id in db.session.execute(query):
        found[project_id] = found.get(project_id, frozenset()) | {person_id}
    return found
