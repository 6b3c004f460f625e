"""Reminding of budget effects that stop on their way: unanswered, not in the budget, not verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Role
from app.accounts.queries import holders_by_department, people_with_role
from app.budget_effects.policy import Side
from app.budget_effects.waiting import StoppedEffect, stopped
from app.core.budget_effects import EffectState
from app.core.calendar import DAYS_AFTER, LONG_BEFORE, TOLD_TO_MANAGER, Reminder, reminder_of
from app.notifications.models import Kind
from app.reminders.owed import Tells
from app.reminders.sources import Due, reminds


@reminds("effect_answer")
def due_answers(today: date) -> Iterator[Due]:
    """Every promise that the other party has not answered."""
    tells = Tells(Kind.EFFECT_ANSWER_DUE, Kind.EFFECT_ANSWER_LATE)
    return _dues(EffectState.PROMISED, tells, DAYS_AFTER, today)


@reminds("effect_entry")
def due_entries(today: date) -> Iterator[Due]:
    """Every effect that is agreed for a year and stands in no document of its budget: budgets are made in
    good time before the year."""
    tells = Tells(Kind.EFFECT_ENTRY_DUE, Kind.EFFECT_ENTRY_LATE)
    return _dues(EffectState.AGREED, tells, LONG_BEFORE, today)


@reminds("effect_check")
def due_checks(today: date) -> Iterator[Due]:
    """Every effect that is in the budget of a year that comes to its end, and that nobody has verified."""
    tells = Tells(Kind.EFFECT_CHECK_DUE, Kind.EFFECT_CHECK_LATE)
    return _dues(EffectState.IN_BUDGET, tells, DAYS_AFTER, today)


@dataclass(frozen=True)
class _People:
    """Who there is to remind."""

    managers: Mapping[int, set[int]]
    controllers: Mapping[int, set[int]]
    of_all: set[int]
    """Controllers of the whole programme."""
    secretariat: set[int]

    def to_act(self, row: StoppedEffect) -> set[int]:
        """Those who can take the next step: managers answer what a controller has promised, everything else
        is the controllers' who stand outside the project and did not take the step before."""
        if row.state == EffectState.PROMISED and row.side == Side.CONTROLLER:
            return self.managers.get(row.department_id, set()) - {row.by_id}
        found = self.controllers.get(row.department_id, set()) | self.of_all
        before = {row.by_id} if row.state != EffectState.AGREED else set()
        return found - before - row.inside


def _people() -> _People:
    return _People(
        holders_by_department(Role.MANAGER),
        holders_by_department(Role.CONTROLLER),
        {person.id for person in people_with_role(Role.CONTROLLER)},
        {person.id for person in people_with_role(Role.SECRETARIAT)},
    )


def _dues(state: EffectState, tells: Tells, days_after: Mapping[Reminder, int], today: date) -> Iterator[Due]:
    """Whoever is to act; the department's managers too when it has been late for a week, and the secretariat
    after two, or at once where there is nobody to act."""
    known = _people()
    for row in stopped(state, today, -min(days_after.values())):
        step = reminder_of(row.due_on, today, days_after)
        if step is None:
            continue
        people = known.to_act(row)
        if step in TOLD_TO_MANAGER:
            people |= known.managers.get(row.department_id, set())
        if step is Reminder.STILL_LATE or not people:
            people |= known.secretariat - row.inside
        told = {
            "title": row.title,
            "benefit": row.benefit,
            "benefit_id": row.benefit_id,
            "effect_id": row.effect_id,
            "budget_year": row.year,
            "amount": row.amount,
            "last_day": row.due_on,
        }
        kind = tells.late if row.due_on < today else tells.before
        for person_id in sorted(people):
            yield Due(row.effect_id, person_id, row.due_on, step, row.project_id, kind, told)
