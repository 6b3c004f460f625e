"""The benefit calculation of a whole project."""

from decimal import Decimal

import pytest

from app.core.benefits import Beneficiary, BenefitCategory
from app.core.calculation import Calculation, CostKind, Financier, Treatment, calculate
from tests.core.lines import ASSUMPTIONS, assumptions, benefit, cost


def a_project() -> Calculation:
    """1000 kr in 2026, 100 kr a year from 2027; 850 kr a year back from 2027. Factors 1, 0.8, 0.64, 0.512."""
    costs = [
        cost("build", {2026: 600}),
        cost(
            "hours",
            {2026: 400},
            kind=CostKind.INTERNAL_HOURS,
            financier=Financier.OWN_BUDGET,
            department="Miljö",
        ),
        cost("run", {2027: 100, 2028: 100, 2029: 100, 2030: 100}, kind=CostKind.OPERATION),
    ]
    benefits = [
        benefit("calls", 600),
        benefit(
            "time",
            250,
            category=BenefitCategory.REDISTRIBUTION,
            beneficiary=Beneficiary.STAFF,
            department="Äldre",
        ),
        benefit("trust", None, category=BenefitCategory.QUALITY, beneficiary=Beneficiary.RESIDENTS),
    ]
    return calculate(costs, benefits, ASSUMPTIONS)


# --- the table and the figures ---------------------------------------------------------------------------


def test_the_yearly_table_matches_the_hand_calculation() -> None:
    found = a_project()
    assert found.years == (2026, 2027, 2028, 2029)
    assert [row.year for row in found.rows] == [2026, 2027, 2028, 2029]
    assert [row.one_off for row in found.rows] == [1000, 0, 0, 0]
    assert [row.recurring for row in found.rows] == [0, 100, 100, 100]
    assert [row.cost for row in found.rows] == [1000, 100, 100, 100]
    assert [row.benefit for row in found.rows] == [0, 850, 850, 850]
    assert [row.net for row in found.rows] == [-1000, 750, 750, 750]
    assert [row.factor for row in found.rows] == [1, Decimal("0.8"), Decimal("0.64"), Decimal("0.512")]
    assert [row.present_value for row in found.rows] == [-1000, 600, 480, 384]
    assert [row.cumulative for row in found.rows] == [-1000, -250, 500, 1250]
    assert [row.cumulative_present_value for row in found.rows] == [-1000, -400, 80, 464]


def test_the_totals_sum_the_table() -> None:
    totals = a_project().totals
    assert [totals.one_off, totals.recurring, totals.cost] == [1000, 300, 1300]
    assert [totals.benefit, totals.net, totals.present_value] == [2550, 1250, 464]


def test_the_figures_match_the_hand_calculation() -> None:
    found = a_project()
    assert found.net_present_value == 464
    # 850 x 1.952 = 1659.2 to 1000 + 100 x 1.952 = 1195.2
    assert found.benefit_cost_ratio is not None
    assert found.benefit_cost_ratio * Decimal("1195.2") == pytest.approx(Decimal("1659.2"))
    # 1000 less 750 leaves 250 of the next 750; discounted 1000 less 600 leaves 400 of 480.
    assert found.payback is not None
    assert found.discounted_payback is not None
    assert round(found.payback, 6) == Decimal("1.333333")
    assert round(found.discounted_payback, 6) == Decimal("1.833333")
    assert found.break_even_year == 2028


def test_the_internal_rate_makes_the_net_present_value_zero() -> None:
    (rate,) = a_project().irr
    again = calculate([cost("c", {2026: 1000})], [benefit("b", 750)], assumptions(discount_rate=rate))
    assert abs(again.net_present_value) < Decimal("1E-20")


def test_flows_that_change_sign_twice_show_both_rates() -> None:
    costs = [cost("first", {2026: 100}), cost("last", {2028: 132 + 230})]
    found = calculate(costs, [benefit("b", 230)], assumptions(horizon_years=3))
    assert found.irr == (Decimal("0.1"), Decimal("0.2"))


def test_break_even_is_the_year_from_which_the_sum_stays_positive() -> None:
    costs = [cost("c", {2026: 100, 2028: 500})]
    found = calculate(costs, [benefit("b", 200)], assumptions(discount_rate=Decimal(0), horizon_years=5))
    assert [row.cumulative for row in found.rows] == [-100, 100, -200, 0, 200]
    assert found.break_even_year == 2029
    assert found.payback == 3


def test_break_even_waits_until_also_the_discount_rate_is_earned() -> None:
    # The sum turns positive in 2028; the present values -1000, 480, 384, 307.2 not until 2029.
    found = calculate([cost("c", {2026: 1000})], [benefit("b", 600)], ASSUMPTIONS)
    assert [row.cumulative for row in found.rows] == [-1000, -400, 200, 800]
    assert found.break_even_year == 2029


def test_there_is_no_break_even_when_the_sum_ends_negative() -> None:
    found = calculate([cost("c", {2026: 100})], [benefit("b", 10)], ASSUMPTIONS)
    assert found.break_even_year is None
    assert found.payback is None


def test_an_investment_enters_the_table_when_it_is_paid_and_its_capital_cost_stands_beside() -> None:
    line = cost("platform", {2026: 2_300_000}, treatment=Treatment.INVESTED, depreciation_years=5)
    found = calculate([line], [], ASSUMPTIONS)
    assert found.totals.cost == 2_300_000
    (investment,) = found.capital_plans
    assert (investment.key, investment.first_year) == ("platform", 2026)
    assert [row.cost for row in investment.plan.rows] == [494_500, 487_600, 480_700, 473_800, 466_900]


# --- who pays and who gains ------------------------------------------------------------------------------


def test_departments_show_what_they_pay_and_gain_and_their_shares() -> None:
    rows = a_project().by_department
    assert [row.department for row in rows] == ["Miljö", "Serviceförvaltningen", "Äldre"]
    assert [row.cost for row in rows] == [400, 900, 0]
    assert [row.benefit for row in rows] == [0, 1800, 750]
    assert [row.net for row in rows] == [-400, 900, 750]
    assert [round(row.cost_share or 0, 4) for row in rows] == [Decimal("0.3077"), Decimal("0.6923"), 0]
    assert [round(row.benefit_share or 0, 4) for row in rows] == [0, Decimal("0.7059"), Decimal("0.2941")]


def test_benefits_are_summed_by_category_and_beneficiary_with_the_empty_ones_too() -> None:
    found = a_project()
    assert found.by_category == {"financial": 1800, "redistribution": 750, "quality": 0}
    assert found.by_beneficiary == {
        "residents": 0,
        "companies": 0,
        "staff": 750,
        "department": 1800,
        "city": 0,
    }


def test_money_applied_for_counts_all_years_also_those_beyond_the_horizon() -> None:
    found = a_project()
    assert found.applied_amount == 600 + 400
    assert found.own_budget_amount == 400
    assert found.by_financier == {"programme": 1000, "own_budget": 400}
    assert found.by_year_and_department == {
        2026: {"Serviceförvaltningen": 600},
        2027: {"Serviceförvaltningen": 100},
        2028: {"Serviceförvaltningen": 100},
        2029: {"Serviceförvaltningen": 100},
        2030: {"Serviceförvaltningen": 100},
    }


def test_a_benefit_without_a_price_stands_beside_the_money() -> None:
    found = a_project()
    assert [line.key for line in found.unpriced_benefits] == ["trust"]
    assert [schedule.key for schedule in found.schedules] == ["calls", "time", "trust"]
