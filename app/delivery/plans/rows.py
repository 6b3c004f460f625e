"""Lists of rows that are saved as a whole: what is new is added, what is left out is removed, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar

from app.core.costs import CostKind, Financier
from app.core.plan import MilestoneKind
from app.db import Base, db
from app.delivery.plans import queries
from app.delivery.plans.models import (
    BudgetAmount,
    BudgetLine,
    EffortLine,
    Milestone,
    PlanRow,
    SteeringMeeting,
    SteeringMember,
)
from app.delivery.plans.values import (
    BudgetValues,
    EffortValues,
    MeetingValues,
    MemberValues,
    MilestoneValues,
    RowValues,
)
from app.history.service import Actor, record
from app.history.told import begun, differences, ended

Row = TypeVar("Row", bound=PlanRow)
Given = TypeVar("Given", bound=RowValues)


@dataclass(frozen=True)
class RowKind(Generic[Row, Given]):
    """How rows of a kind are made, read and written."""

    noun: str
    """What the history calls it: `add_<noun>`, `change_<noun>`, `remove_<noun>`."""
    of: Callable[[int], Sequence[Row]]
    """The rows that a project has."""
    make: Callable[[], Row]
    said: Callable[[Row], Given]
    """What a row says now."""
    fill: Callable[[Row, Given], None]
    named: Callable[[Given], str]
    parts: Callable[[Row], Iterable[Base]] = lambda _row: ()
    """Rows under the row, told by it."""


def write_rows(
    actor: Actor, project_id: int, kind: RowKind[Row, Given], wanted: Sequence[Given], now: datetime
) -> None:
    """Make the project's rows of this kind say what is wanted; new rows come after the others.

    A row that somebody else has removed meanwhile, and that is wanted, is written anew.
    """
    current = kind.of(project_id)
    left = {row.id: row for row in current}
    last = max((row.position for row in current), default=0)
    for values in wanted:
        if values.id in left:
            _change(actor, kind, left.pop(values.id), values, now)
        else:
            last += 1
            _add(actor, kind, values, (project_id, last), now)
    for row in left.values():
        said, parts = kind.said(row), list(kind.parts(row))
        db.session.delete(row)
        verb, name = f"remove_{kind.noun}", kind.named(said)
        record(actor, verb, row, changes=ended(said), covers=parts, note=name, now=now)


def _add(
    actor: Actor, kind: RowKind[Row, Given], values: Given, place: tuple[int, int], now: datetime
) -> None:
    row = kind.make()
    row.project_id, row.position = place
    kind.fill(row, values)
    db.session.add(row)
    verb, name = f"add_{kind.noun}", kind.named(values)
    record(actor, verb, row, changes=begun(values), covers=kind.parts(row), note=name, now=now)


def _change(actor: Actor, kind: RowKind[Row, Given], row: Row, values: Given, now: datetime) -> None:
    changes = differences(kind.said(row), values)
    if not changes:
        return
    before = list(kind.parts(row))
    kind.fill(row, values)
    covered = [*before, *(part for part in kind.parts(row) if part not in before)]
    verb, name = f"change_{kind.noun}", kind.named(values)
    record(actor, verb, row, changes=changes, covers=covered, note=name, now=now)


# --- the kinds -------------------------------------------------------------------------------------------


def milestone_values(row: Milestone) -> MilestoneValues:
    """What a milestone's row says of the plan."""
    return MilestoneValues(
        id=row.id,
        name=row.name,
        kind=MilestoneKind(row.kind),
        planned_on=row.planned_on,
        responsible=row.responsible,
    )


def _fill_milestone(row: Milestone, values: MilestoneValues) -> None:
    row.name, row.kind = values.name, values.kind.value
    row.planned_on, row.responsible = values.planned_on, values.responsible


MILESTONES = RowKind(
    "milestone",
    queries.milestones_of,
    Milestone,
    milestone_values,
    _fill_milestone,
    lambda values: values.name,
)


def budget_values(row: BudgetLine) -> BudgetValues:
    """What a budget line says."""
    return BudgetValues(
        id=row.id,
        description=row.description,
        kind=CostKind(row.kind),
        department_id=row.department_id,
        financier=Financier(row.financier),
        amounts={amount.year: amount.amount for amount in row.amounts},
    )


def _fill_budget(row: BudgetLine, values: BudgetValues) -> None:
    row.description, row.kind = values.description, values.kind.value
    row.department_id, row.financier = values.department_id, values.financier.value
    wanted = {year: amount for year, amount in values.amounts.items() if amount != Decimal(0)}
    kept = {amount.year: amount for amount in row.amounts if amount.year in wanted}
    for year, amount in wanted.items():
        kept.setdefault(year, BudgetAmount(year=year, amount=amount)).amount = amount
    row.amounts = [kept[year] for year in sorted(kept)]


BUDGET = RowKind(
    "budget_line",
    queries.budget_of,
    lambda: BudgetLine(amounts=[]),
    budget_values,
    _fill_budget,
    lambda values: values.description,
    lambda row: row.amounts,
)


def effort_values(row: EffortLine) -> EffortValues:
    """What a role's row says."""
    return EffortValues(
        id=row.id,
        role=row.role,
        department_id=row.department_id,
        hours_low=row.hours_low,
        hours_high=row.hours_high,
        share=row.share,
    )


def _fill_effort(row: EffortLine, values: EffortValues) -> None:
    row.role, row.department_id = values.role, values.department_id
    row.hours_low, row.hours_high, row.share = values.hours_low, values.hours_high, values.share


EFFORT = RowKind(
    "effort_line", queries.effort_of, EffortLine, effort_values, _fill_effort, lambda values: values.role
)


def member_values(row: SteeringMember) -> MemberValues:
    """What a member's row says."""
    return MemberValues(id=row.id, role=row.role, department_id=row.department_id, chairs=row.chairs)


def _fill_member(row: SteeringMember, values: MemberValues) -> None:
    row.role, row.department_id, row.chairs = values.role, values.department_id, values.chairs


MEMBERS = RowKind(
    "steering_member",
    queries.members_of,
    SteeringMember,
    member_values,
    _fill_member,
    lambda values: values.role,
)


def meeting_values(row: SteeringMeeting) -> MeetingValues:
    """What a meeting's row says."""
    return MeetingValues(id=row.id, planned_on=row.planned_on, held_on=row.held_on, note=row.note)


def _fill_meeting(row: SteeringMeeting, values: MeetingValues) -> None:
    row.planned_on, row.held_on, row.note = values.planned_on, values.held_on, values.note


MEETINGS = RowKind(
    "steering_meeting",
    queries.meetings_of,
    SteeringMeeting,
    meeting_values,
    _fill_meeting,
    lambda values: values.planned_on.isoformat(),
)
