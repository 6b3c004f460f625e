"""The plan as plain data: its sums, and what it is held against."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.costs import CostKind, Financier
from app.core.plan import (
    BenefitStart,
    BudgetLine,
    Difference,
    Effort,
    Milestone,
    MilestoneKind,
    Plan,
    by_department_and_year,
    days_late,
    differences,
)
from app.delivery.plans.document import as_json, from_json

MONEY = st.integers(min_value=0, max_value=10**12).map(lambda ore: Decimal(ore) / 100)
YEARS = st.dictionaries(st.integers(min_value=2024, max_value=2031), MONEY, max_size=4)
LINES = st.builds(
    BudgetLine,
    key=st.integers(min_value=1),
    description=st.text(max_size=20),
    kind=st.sampled_from(CostKind),
    department=st.sampled_from(["Miljöförvaltningen", "Kulturförvaltningen"]),
    financier=st.sampled_from(Financier),
    amounts=YEARS,
)
TEXT = st.text(max_size=9)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
HOURS = st.integers(min_value=0, max_value=5000).map(Decimal)


@st.composite
def efforts(draw: st.DrawFn) -> Effort:
    low, more = draw(HOURS), draw(HOURS)
    share = draw(st.none() | st.sampled_from([Decimal("0.1"), Decimal("0.65"), Decimal(1)]))
    ranged = draw(st.booleans()) or share is None
    return Effort(
        1, "Roll", "Miljöförvaltningen", low if ranged else None, low + more if ranged else None, share
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    milestones = st.builds(
        Milestone,
        st.integers(1),
        st.text(max_size=9),
        st.sampled_from(MilestoneKind),
        DAYS,
        st.text(max_size=9),
    )
    starts = st.builds(BenefitStart, st.integers(1), TEXT, st.none() | DAYS)
    return Plan(
        first,
        last,
        draw(st.lists(milestones, max_size=3)),
        draw(st.lists(LINES, max_size=6)),
        draw(st.lists(efforts(), max_size=3)),
        draw(st.lists(starts, max_size=3)),
    )


@given(plans())
def test_the_budget_adds_up_by_year_and_by_financier(plan: Plan) -> None:
    total = plan.budget_of()
    assert sum((plan.budget_in(year) for year in plan.years), Decimal(0)) == total
    assert plan.budget_of(Financier.PROGRAMME) + plan.budget_of(Financier.OWN_BUDGET) == total
    for financier in Financier:
        by_place = by_department_and_year(plan.budget, financier)
        assert sum(by_place.values(), Decimal(0)) == plan.budget_of(financier)
        assert sum((plan.budget_in(year, financier) for year in plan.years), Decimal(0)) == plan.budget_of(
            financier
        )


@given(plans())
def test_a_plan_is_the_same_after_it_was_kept(plan: Plan) -> None:
    assert from_json(as_json(plan)) == plan


@given(plans())
def test_a_plan_held_against_its_own_money_differs_nowhere(plan: Plan) -> None:
    own = by_department_and_year(plan.budget, Financier.PROGRAMME)
    assert differences(plan, own) == []
    more = own | {("Kulturförvaltningen", 2050): Decimal("0.01")}
    assert differences(plan, more) == [Difference("Kulturförvaltningen", 2050, Decimal(0), Decimal("0.01"))]


@given(plans())
def test_hours_are_a_range_from_less_to_more(plan: Plan) -> None:
    low, high = plan.hours
    assert low <= high


@pytest.mark.parametrize(
    ("low", "high", "share"),
    [(Decimal(2), Decimal(1), None), (Decimal(2), None, None), (None, Decimal(2), None), (None, None, None)],
)
def test_effort_that_says_nothing_whole_is_refused(
    low: Decimal | None, high: Decimal | None, share: Decimal | None
) -> None:
    with pytest.raises(ValueError, match=r"range|effort"):
        Effort(1, "Roll", "Miljöförvaltningen", low, high, share)


def test_the_price_model_ended_396_days_late() -> None:
    assert days_late(date(2023, 5, 31), date(2024, 6, 30)) == 396
    assert days_late(date(2024, 3, 1), date(2024, 2, 28)) == -2  # over a leap day
