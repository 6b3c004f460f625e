"""What a request would change of a plan: whatever is moved, the money is the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.changed_plan import after, decided_benefits, money_changes, moved
from app.core.changes import Move, Wanted
from app.core.costs import CostKind, Financier
from app.core.moving import Room
from app.core.plan import BenefitStart, BudgetLine, Plan

DEPARTMENTS = {"Kultur": 1, "Miljö": 2, "Skola": 3}
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(900_000), places=2)
YEARS = st.sampled_from([2027, 2028, 2029])
LINES = st.lists(
    st.builds(
        lambda name, department, financier, amounts: (name, department, financier, amounts),
        st.sampled_from(["Licenser", "Utbildning"]), st.sampled_from(sorted(DEPARTMENTS)),
        st.sampled_from(Financier), st.dictionaries(YEARS, AMOUNTS, max_size=3),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def budget(rows: list[tuple[str, str, Financier, dict[int, Decimal]]]) -> list[BudgetLine]:
    return [
        BudgetLine(key, name, CostKind.ONE_OFF, department, financier, amounts)
        for key, (name, department, financier, amounts) in enumerate(rows, start=1)
    ]


def a_move(line: BudgetLine, year: int, to: str, to_year: int, amount: Decimal) -> Move:
    return Move(
        line.key, line.description, line.financier, DEPARTMENTS[line.department], line.department, year,
        DEPARTMENTS[to], to, to_year, amount,
    )  # fmt: skip


def sums(lines: list[BudgetLine]) -> dict[tuple[str, CostKind, Financier], Decimal]:
    found: defaultdict[tuple[str, CostKind, Financier], Decimal] = defaultdict(Decimal)
    for line in lines:
        found[line.description, line.kind, line.financier] += line.total
    return found


@given(rows=LINES, data=st.data())
def test_moved_money_is_the_same_by_line_and_by_every_grouping(
    rows: list[tuple[str, str, Financier, dict[int, Decimal]]], data: st.DataObject
) -> None:
    lines = budget(rows)
    room = Room(DEPARTMENTS, {}, {})
    there_is = [(line, year) for line in lines for year in line.amounts]
    moves = []
    for line, year in there_is:
        if data.draw(st.booleans()):
            most = line.amounts[year]
            amount = data.draw(st.decimals(min_value=Decimal("0.01"), max_value=most, places=2))
            moves.append(
                a_move(line, year, data.draw(st.sampled_from(sorted(DEPARTMENTS))), data.draw(YEARS), amount)
            )
    later = moved(lines, moves)
    assert sums(later) == sums(lines)
    assert [line.key for line in later[: len(lines)]] == [line.key for line in lines]
    assert all(amount > 0 for line in later for amount in line.amounts.values())
    plan = Plan(date(2027, 1, 1), date(2029, 12, 31), [], lines, [], [])
    changes = money_changes(plan, after(plan, Wanted(moves=moves)))
    assert sum((row.after for row in changes), Decimal(0)) == plan.budget_of()
    own = [row for row in room.sources(lines) if row.line.financier is Financier.OWN_BUDGET]
    assert all(row.room == row.line.amounts[row.year] for row in own)


def test_a_line_that_is_no_longer_there_gives_nothing() -> None:
    lines = budget([("Licenser", "Kultur", Financier.PROGRAMME, {2027: Decimal(100)})])
    gone = a_move(
        BudgetLine(9, "Utgått", CostKind.ONE_OFF, "Kultur", Financier.PROGRAMME, {}),
        2027,
        "Miljö",
        2028,
        Decimal(1),
    )
    assert moved(lines, [gone]) == lines


def test_a_department_gets_the_line_that_it_has_already() -> None:
    licences = ("Licenser", "Kultur", Financier.PROGRAMME, {2027: Decimal(100)})
    theirs = ("Licenser", "Miljö", Financier.PROGRAMME, {2028: Decimal(7)})
    lines = budget([licences, theirs])
    first, second = moved(lines, [a_move(lines[0], 2027, "Miljö", 2028, Decimal(100))])
    assert (dict(first.amounts), dict(second.amounts)) == ({}, {2028: Decimal(107)})


def test_of_the_programmes_money_only_what_is_left_can_be_moved() -> None:
    licences = ("Licenser", "Kultur", Financier.PROGRAMME, {2027: Decimal(100)})
    lines = budget([licences])
    (there,) = Room(DEPARTMENTS, {(1, 2027): Decimal(30)}, {(1, 2027): Decimal(90)}).sources(lines)
    assert there.room == 70
    (there,) = Room(DEPARTMENTS, {(1, 2027): Decimal(-30)}, {(1, 2027): Decimal(90)}).sources(lines)
    assert there.room == 90
    (there,) = Room(DEPARTMENTS, {(1, 2027): Decimal(130)}, {(1, 2027): Decimal(90)}).sources(lines)
    assert there.room == 0


def plan_with(*days: date | None, yearly: Decimal | None = None) -> Plan:
    benefits = [BenefitStart(key, f"Nytta {key}", day, yearly) for key, day in enumerate(days, 1)]
    return Plan(date(2027, 1, 1), date(2028, 1, 1), [], [], [], benefits)


def test_what_the_first_plan_says_of_a_benefit_is_no_decision() -> None:
    first = plan_with(date(2029, 1, 1), None)
    assert decided_benefits([]) == decided_benefits([first]) == decided_benefits([first, first]) == []


def test_a_day_that_was_moved_and_moved_back_is_decided() -> None:
    early, late = plan_with(date(2028, 1, 1), date(2028, 1, 1)), plan_with(date(2029, 1, 1), date(2028, 1, 1))
    assert decided_benefits([early, late]) == late.benefits[:1]
    assert decided_benefits([early, late, early]) == early.benefits[:1]


def test_another_amount_makes_the_day_beside_it_decided() -> None:
    day = date(2028, 1, 1)
    changed = plan_with(day, yearly=Decimal(90_000))
    assert decided_benefits([plan_with(day), changed]) == changed.benefits
