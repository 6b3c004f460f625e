"""Whole kronor that add up, whatever the exact amounts are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.benefits import queries, tables
from app.benefits.inputs import Inputs
from app.benefits.rounding import percents
from app.core.money import round_half_up
from app.projects.models import Project
from tests.benefits.test_snapshot import entries
from tests.benefits.test_snapshot import settings as kept_settings
from tests.conftest import TODAY


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=9))
def test_shares_sum_to_a_hundred_or_are_nothing(exact: list[Decimal]) -> None:
    shown = percents(exact)
    assert [part for part in shown if part is not None] == ([] if not any(exact) else shown)
    assert sum(part or Decimal(0) for part in shown) in (0, 100)


@settings(deadline=None)
@given(kept_settings, entries())
def test_every_table_of_a_calculation_adds_up_across_and_down(kept: object, lines: tuple[Any, Any]) -> None:
    inputs = Inputs(kept, *lines)  # type: ignore[arg-type] # made by hypothesis
    calculation = inputs.calculation
    years = tables.yearly(calculation)
    for row in (*years.rows, years.total):
        assert row.one_off + row.recurring == row.cost
        assert row.benefit - row.cost == row.net
    assert years.total.present_value == round_half_up(calculation.net_present_value)
    assert years.total.cost == round_half_up(calculation.totals.cost)
    if years.rows:
        assert years.rows[-1].cumulative == years.total.present_value
    costs = tables.cost_lines(inputs)
    assert sum(row.total for row in costs.rows if row.counted) == costs.total
    assert costs.programme + costs.own_budget == costs.total
    assert costs.programme == round_half_up(calculation.applied_amount)
    benefits = tables.benefit_lines(inputs)
    assert sum(row.total or Decimal(0) for row in benefits.rows) == years.total.benefit
    departments = tables.departments(calculation)
    assert sum(row.cost for row in departments) == years.total.cost
    assert sum(row.benefit for row in departments) == years.total.benefit
    assert sum(row.amount for row in tables.by_category(calculation)) == years.total.benefit
    capital = tables.capital(calculation)
    if capital:
        assert capital.rows[-1].closing == 0
        assert capital.invested + capital.interest == capital.cost
        assert all(row.depreciation + row.interest == row.cost for row in capital.rows)


def test_an_investment_of_a_later_year_enters_the_book_in_that_year(
    project: Project, investment: None
) -> None:
    inputs = queries.inputs_for(project, TODAY)
    first = inputs.costs[0]
    later = replace(first.values, amounts={2029: Decimal(250_000)})
    capital = tables.capital(inputs.with_cost(replace(first, values=later)).calculation)
    assert capital is not None
    assert [row.opening for row in capital.rows] == [
        2_050_000,
        1_640_000,
        1_480_000,
        1_020_000,
        560_000,
        100_000,
        50_000,
    ]
