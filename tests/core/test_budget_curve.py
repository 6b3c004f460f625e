"""A project's money over time: planned by the end of each year, spent by each report, and expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given

from app.core.budget_curve import Point, Told, cumulative, curve
from app.core.costs import CostKind, Financier
from app.core.plan import BudgetLine, Plan
from tests.core.test_plan import plans


def line(financier: Financier = Financier.PROGRAMME, **years: str) -> BudgetLine:
    amounts = {int(year.removeprefix("y")): Decimal(amount) for year, amount in years.items()}
    return BudgetLine(1, "Utveckling", CostKind.ONE_OFF, "Miljöförvaltningen", financier, amounts)


def plan(*lines: BudgetLine, starts: date = date(2027, 4, 1), ends: date = date(2028, 6, 30)) -> Plan:
    return Plan(starts, ends, [], lines, [], [])


GRANTED = plan(
    line(y2027="600000.50", y2028="400000"), line(Financier.OWN_BUDGET, y2027="100000", y2028="0.25")
)


def told(on: date, spent: int, forecast: int) -> Told:
    return Told(on, "Tertial", Decimal(spent), Decimal(forecast))


def test_the_plan_grows_year_by_year_and_is_whole_on_the_projects_last_day() -> None:
    assert cumulative(GRANTED) == (
        Point(date(2027, 4, 1), Decimal(0)),
        Point(date(2027, 12, 31), Decimal("700000.50")),
        Point(date(2028, 6, 30), Decimal("1100000.75")),
    )


def test_money_before_the_first_year_and_after_the_last_is_in_its_own_year() -> None:
    found = cumulative(plan(line(y2026="10", y2029="5"), ends=date(2027, 12, 31)))
    assert [(point.on.isoformat(), str(point.amount)) for point in found] == [
        ("2026-01-01", "0"),
        ("2026-12-31", "10"),
        ("2027-12-31", "10"),
        ("2029-12-31", "15"),
    ]


def test_before_the_first_report_the_plan_is_what_is_expected() -> None:
    found = curve(GRANTED, GRANTED, [])
    assert found.told == ()
    assert found.forecast == found.budget == GRANTED.budget_of()
    assert found.first == ()  # the same plan is not drawn twice


def test_granted_is_the_programmes_part_and_nothing_may_be_granted() -> None:
    assert curve(GRANTED, GRANTED, []).granted == Decimal("1000000.50")
    own = plan(line(Financier.OWN_BUDGET, y2027="100"))
    assert curve(own, own, []).granted == 0
    assert not curve(own, own, []).is_empty
    assert curve(plan(), plan(), []).is_empty


def test_a_report_at_the_end_of_a_year_stands_beside_the_plan_for_that_year() -> None:
    found = curve(GRANTED, GRANTED, [told(date(2027, 12, 31), 500, 900), told(date(2027, 8, 31), 200, 800)])
    assert [(row.on, row.planned, row.spent, row.forecast) for row in found.rows] == [
        (date(2027, 8, 31), None, 200, 800),
        (date(2027, 12, 31), Decimal("700000.50"), 500, 900),
        (date(2028, 6, 30), Decimal("1100000.75"), None, None),
    ]
    assert found.forecast == 900


def test_a_later_plan_stands_beside_the_first() -> None:
    longer = replace(GRANTED, ends_on=date(2029, 1, 31), budget=[*GRANTED.budget, line(y2029="5000")])
    found = curve(GRANTED, longer, [])
    assert found.first[-1] == Point(date(2028, 6, 30), Decimal("1100000.75"))
    assert found.plan[-1] == Point(date(2029, 1, 31), Decimal("1105000.75"))
    assert found.granted == Decimal("1005000.50")
    assert [(row.on.isoformat(), row.first is None, row.planned is None) for row in found.rows] == [
        ("2027-12-31", False, False),
        ("2028-06-30", False, True),
        ("2028-12-31", True, False),
        ("2029-01-31", True, False),
    ]


def test_a_report_after_the_plans_last_day_is_within_the_curve() -> None:
    late = date(2028, 12, 31)
    assert curve(GRANTED, GRANTED, [told(late, 1, 2)]).ends_on == late


@given(plans())
def test_the_plan_never_falls_and_ends_at_the_budget(one: Plan) -> None:
    found = cumulative(one)
    assert found[0].amount == 0
    assert found[-1].amount == one.budget_of()
    assert all(a.amount <= b.amount and a.on <= b.on for a, b in pairwise(found))
    assert len({point.on for point in found[1:]}) == len(found) - 1
