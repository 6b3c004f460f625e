"""Which years a calculation covers, what it warns of, what it refuses, and how fast it is."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.core.benefits import BenefitLine
from app.core.calculation import CostKind, CostLine, Financier, Treatment, WarningCode, calculate
from app.core.errors import InconsistentInputError, InputError, MissingInputError, OutOfRangeError
from tests.core.lines import ASSUMPTIONS, assumptions, benefit, cost

# --- the calculation period and its warnings -------------------------------------------------------------


def test_warnings_name_the_lines_that_they_concern() -> None:
    operation = cost("run", {2027: 1, 2030: 1}, kind=CostKind.OPERATION)
    found = calculate([cost("build", {2026: 1}), operation], [benefit("calls", 1)], ASSUMPTIONS)
    assert found.warnings == {WarningCode.COST_BEYOND_HORIZON: ("run",)}
    assert "cost_beyond_horizon" in found.warnings


def test_a_given_base_year_leaves_out_what_came_before_and_says_so() -> None:
    costs = [cost("early", {2025: 50}), cost("late", {2027: 10}, kind=CostKind.OPERATION)]
    benefits = [benefit("old", 100, start=date(2024, 1, 1)), benefit("far", 100, start=date(2040, 1, 1))]
    found = calculate(costs, benefits, assumptions(base_year=2026))
    assert found.years == (2026, 2027, 2028, 2029)
    assert found.totals.cost == 10
    assert found.applied_amount == 60
    assert found.warnings == {
        "cost_before_base_year": ("early",),
        "benefit_before_base_year": ("old",),
        "benefit_beyond_horizon": ("far",),
    }


def test_a_benefit_that_starts_in_the_last_year_is_counted_without_a_warning() -> None:
    costs = [cost("run", {2026: 1}, kind=CostKind.OPERATION)]
    found = calculate(costs, [benefit("late", 100, start=date(2029, 1, 1))], ASSUMPTIONS)
    assert found.totals.benefit == 100
    assert found.warnings == {}


def test_a_forgotten_operating_cost_and_a_missing_benefit_are_pointed_out() -> None:
    found = calculate([cost("c", {2026: 1})], [benefit("words", None)], ASSUMPTIONS)
    assert set(found.warnings) == {"no_priced_benefit", "no_operating_cost"}


def test_years_with_nothing_in_them_do_not_begin_the_period() -> None:
    found = calculate(
        [cost("c", {2020: 0, 2026: 5})], [benefit("words", None, start=date(2019, 1, 1))], ASSUMPTIONS
    )
    assert found.years[0] == 2026


def test_a_benefit_can_begin_the_period() -> None:
    assert calculate([], [benefit("b", 1, start=date(2024, 5, 1))], ASSUMPTIONS).years[0] == 2024


@pytest.mark.parametrize("costs", [[], [cost("empty", {})], [cost("zero", {2026: 0})]])
@pytest.mark.parametrize("benefits", [[], [benefit("words", None)]])
def test_nothing_to_calculate_is_an_empty_calculation(
    costs: list[CostLine], benefits: list[BenefitLine]
) -> None:
    found = calculate(costs, benefits, assumptions(base_year=2026))
    assert (found.years, found.rows, found.irr) == ((), (), ())
    assert [found.net_present_value, found.applied_amount, found.totals.cost] == [0, 0, 0]
    assert (found.benefit_cost_ratio, found.payback, found.discounted_payback) == (None, None, None)
    assert found.break_even_year is None
    assert found.warnings == {}
    assert list(found.unpriced_benefits) == benefits
    assert all(row.cost_share is None for row in found.by_department)


# --- impossible input ------------------------------------------------------------------------------------


def test_two_lines_with_one_key_are_refused() -> None:
    with pytest.raises(InconsistentInputError) as refused:
        calculate([cost("same", {}), cost("same", {})], [], ASSUMPTIONS)
    assert (refused.value.field, refused.value.code) == ("costs", "duplicate_key")
    with pytest.raises(InconsistentInputError) as refused:
        calculate([], [benefit("same", 1), benefit("same", 2)], ASSUMPTIONS)
    assert refused.value.field == "benefits"


def test_another_price_year_uses_the_index_of_the_assumptions() -> None:
    lines = [benefit("b", 100, price_year=2024)]
    index = {2024: Decimal(100), 2026: Decimal(110)}
    assert calculate([], lines, assumptions(price_index=index)).rows[0].benefit == 110
    with pytest.raises(MissingInputError):
        calculate([], lines, ASSUMPTIONS)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"discount_rate": Decimal(-1)}, "discount_rate", "too_small"),
        ({"internal_rate": Decimal("NaN")}, "internal_rate", "not_finite"),
        ({"horizon_years": 0}, "horizon_years", "too_small"),
        ({"horizon_years": 61}, "horizon_years", "too_large"),
        ({"price_year": 0}, "price_year", "too_small"),
        ({"base_year": 99999}, "base_year", "too_large"),
    ],
)
def test_impossible_assumptions_say_which_and_why(changes: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        assumptions(**changes)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_impossible_cost_lines_say_which_input_and_why() -> None:
    with pytest.raises(OutOfRangeError) as negative:
        cost("c", {2026: -1})
    assert (negative.value.field, negative.value.code) == ("amounts", "negative")
    with pytest.raises(OutOfRangeError) as ancient:
        cost("c", {26: 1})
    assert (ancient.value.field, ancient.value.code) == ("amounts", "too_small")
    with pytest.raises(MissingInputError) as endless:
        cost("c", {2026: 1}, treatment=Treatment.INVESTED)
    assert (endless.value.field, endless.value.code) == ("depreciation_years", "missing")


def test_a_cost_line_does_not_change_when_the_callers_amounts_do() -> None:
    amounts = {2026: Decimal(1)}
    line = CostLine(
        key="c",
        description="",
        kind=CostKind.ONE_OFF,
        treatment=Treatment.EXPENSED,
        department="",
        financier=Financier.PROGRAMME,
        amounts=amounts,
    )
    amounts[2026] = Decimal(2)
    assert line.total == 1
