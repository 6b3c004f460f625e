"""What a request would change: the plan after it, and where that differs from the plan as it stands.

Amounts are kronor, exact to the öre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.changes import Cost, Move, Promise, Wanted
from app.core.costs import CostKind, Financier
from app.core.plan import BenefitStart, BudgetLine, Effort, Plan, days_late

ZERO = Decimal(0)


def after(plan: Plan, wanted: Wanted) -> Plan:
    """The plan as it would be. What more is granted becomes lines of the budget, after the others."""
    time, scope = wanted.time, wanted.scope
    changed = replace(plan, ends_on=time.ends_on, milestones=list(time.milestones)) if time else plan
    if scope is not None:
        changed = replace(changed, scope=scope.text, benefits=promised(plan.benefits, scope.benefits))
    added = [added_line(costs) for costs in by_line(wanted.costs)]
    return replace(
        changed,
        budget=[*moved(plan.budget, wanted.moves), *added],
        effort=list(wanted.effort or plan.effort),
    )


def promised(benefits: Sequence[BenefitStart], promises: Sequence[Promise]) -> list[BenefitStart]:
    """The benefits as they would be expected; those of which nothing is said stay as they are."""
    said = {row.key: row for row in promises}
    return [
        replace(row, starts_on=new.starts_on, yearly=new.yearly, working=new.working)
        if (new := said.get(row.key))
        else row
        for row in benefits
    ]


def decided_benefits(plans: Sequence[Plan]) -> list[BenefitStart]:
    """Of the baselines of a project, the first first: the benefits that some decision after the grant has
    changed, as the last plan has them.

    The first plan's own days are its maker's, not a decision's. A day that a decision moved and another moved
    back is decided too.
    """
    if not plans:
        return []
    first = {row.key: (row.starts_on, row.yearly) for row in plans[0].benefits}
    changed = {
        row.key
        for plan in plans[1:]
        for row in plan.benefits
        if (row.starts_on, row.yearly) != first.get(row.key)
    }
    return [row for row in plans[-1].benefits if row.key in changed]


def moved(lines: Sequence[BudgetLine], moves: Sequence[Move]) -> list[BudgetLine]:
    """The budget with its money where it is wanted, the sum the same.

    A department that has no line of the same name, kind and financier gets one, after the others; a line that
    gives all it has is left empty, with what is booked on it. A line that is no longer there gives nothing.
    """
    found = [(line, dict(line.amounts)) for line in lines]
    for move in moves:
        source = next(((line, years) for line, years in found if line.key == move.line), None)
        if source is not None:
            _add(source[1], move.year, -move.amount)
            _add(_years_of(found, source[0], move.to_department), move.to_year, move.amount)
    return [replace(line, amounts=_without_nothing(years)) for line, years in found]


Years = dict[int, Decimal]


def _years_of(found: list[tuple[BudgetLine, Years]], like: BudgetLine, department: str) -> Years:
    if department == like.department:
        return next(years for line, years in found if line is like)
    wanted = replace(like, key=0, department=department, amounts={})
    for line, years in found:
        if replace(line, key=0, amounts={}) == wanted:
            return years
    found.append((wanted, {}))
    return found[-1][1]


def _add(years: Years, year: int, amount: Decimal) -> None:
    years[year] = years.get(year, ZERO) + amount


def _without_nothing(years: Mapping[int, Decimal]) -> Years:
    return {year: amount for year, amount in sorted(years.items()) if amount}


def by_line(costs: Sequence[Cost]) -> list[list[Cost]]:
    """The costs that are one line of the budget: one department, name and kind, over the years."""
    lines: dict[tuple[str, CostKind, int], list[Cost]] = {}
    for cost in costs:
        if cost.amount:
            lines.setdefault((cost.description, cost.kind, cost.department_id), []).append(cost)
    return list(lines.values())


def added_line(costs: Sequence[Cost]) -> BudgetLine:
    """One new line of the budget, paid by the programme. Two costs of one year are added up."""
    first = costs[0]
    return BudgetLine(
        0, first.description, first.kind, first.department, Financier.PROGRAMME, amounts_by_year(costs)
    )


def amounts_by_year(costs: Sequence[Cost]) -> dict[int, Decimal]:
    """The sum of each year."""
    years: Years = {}
    for cost in costs:
        _add(years, cost.year, cost.amount)
    return dict(sorted(years.items()))


def granted_by_account(costs: Sequence[Cost]) -> dict[tuple[int, int], Decimal]:
    """What each department is to get in each year, by its number; nothing where it is nothing."""
    accounts: dict[tuple[int, int], Decimal] = {}
    for cost in costs:
        if cost.amount:
            place = (cost.department_id, cost.year)
            accounts[place] = accounts.get(place, ZERO) + cost.amount
    return accounts


@dataclass(frozen=True, slots=True)
class MoneyChange:
    """The budget of a department, a year and a financier, before and after."""

    department: str
    year: int
    financier: Financier
    before: Decimal
    after: Decimal


def money_changes(before: Plan, later: Plan) -> list[MoneyChange]:
    """The whole budget by department, year and financier, before and after; the first year first."""
    sums = _by_place(before), _by_place(later)
    places = sorted(sums[0].keys() | sums[1].keys(), key=lambda place: (place[1], place[0], place[2]))
    return [MoneyChange(*place, *(found.get(place, ZERO) for found in sums)) for place in places]


def _by_place(plan: Plan) -> dict[tuple[str, int, Financier], Decimal]:
    sums: dict[tuple[str, int, Financier], Decimal] = {}
    for line in plan.budget:
        for year, amount in line.amounts.items():
            place = (line.department, year, line.financier)
            sums[place] = sums.get(place, ZERO) + amount
    return sums


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """A milestone before and after; None before: it is new, None after: it is dropped."""

    name: str
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """How many days later; None for one that is new or dropped."""
        if self.before is None or self.after is None:
            return None
        return days_late(self.before, self.after)


def milestone_changes(before: Plan, later: Plan) -> list[MilestoneChange]:
    """Every milestone that is not as it was: moved, renamed, dropped or new, in the order of their days."""
    old = {row.key: row for row in before.milestones}
    kept = {row.key for row in later.milestones if row.key}
    found = [
        MilestoneChange(row.name, old[row.key].planned_on if row.key in old else None, row.planned_on)
        for row in later.milestones
        if row != old.get(row.key)
    ]
    dropped = [MilestoneChange(row.name, row.planned_on, None) for key, row in old.items() if key not in kept]
    return sorted([*found, *dropped], key=lambda row: (row.after or row.before or date.max, row.name))


@dataclass(frozen=True, slots=True)
class EffortChange:
    """A role's work before and after; None before: it is new, None after: it is dropped."""

    role: str
    department: str
    before: Effort | None
    after: Effort | None


def effort_changes(before: Plan, later: Plan) -> list[EffortChange]:
    """Every role, changed or not, in the order of the plan as it would be; those that are dropped last."""
    old = {row.key: row for row in before.effort}
    kept = {row.key for row in later.effort if row.key}
    found = [EffortChange(row.role, row.department, old.get(row.key), row) for row in later.effort]
    dropped = [
        EffortChange(row.role, row.department, row, None) for key, row in old.items() if key not in kept
    ]
    return [*found, *dropped]
