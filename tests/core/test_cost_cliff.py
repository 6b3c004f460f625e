"""What services cost year by year, and what of it there is money for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.cost_cliff import Cliff, Cost, Running, cliff_of
from app.core.operation import YearlyCost, YearlyKind, cost_in

YEARS = range(2026, 2037)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
AMOUNTS = st.decimals("0.01", "99999999", places=2)
WHOLE = date(2060, 12, 31)


@st.composite
def _yearly(draw: st.DrawFn) -> YearlyCost:
    first = draw(st.integers(2024, 2038))
    kind = draw(st.sampled_from(list(YearlyKind)))
    return YearlyCost(kind, first, first + draw(st.integers(0, 12)), draw(AMOUNTS))


SERVICES = st.builds(
    Running,
    st.lists(_yearly(), max_size=5),
    st.none() | DAYS,
    st.none() | DAYS,
    st.none() | DAYS,
)
PORTFOLIOS = st.lists(st.tuples(st.integers(1, 4), SERVICES), max_size=12)


def costing(
    *, until: date | None, launched: date | None = None, ends: date | None = None, amount: str = "36500"
) -> Running:
    """It costs this much every year."""
    costs = [YearlyCost(YearlyKind.OPERATION, 2020, 2050, Decimal(amount))]
    return Running(costs, until, launched, ends)


@given(PORTFOLIOS)
def test_what_is_financed_and_what_is_not_are_the_whole_by_year_and_by_department(
    portfolio: list[tuple[int, Running]],
) -> None:
    cliff = cliff_of(portfolio, YEARS)
    for year in YEARS:
        for department, rows in cliff.by_department.items():
            known = sum(
                (
                    cost_in(one.costs, year)
                    for payer, one in portfolio
                    if payer == department and (one.ends_on is None or one.ends_on.year >= year)
                ),
                Decimal(0),
            )
            cost = rows[year]
            assert cost.financed + cost.unfinanced == cost.operating + cost.capital == known
            assert min(cost.financed, cost.unfinanced, cost.operating, cost.capital) >= 0
            assert cost.financed == cost.financed.quantize(Decimal("0.01"))
        assert cliff.in_year(year) == sum((rows[year] for rows in cliff.by_department.values()), Cost())
        alone = sum((one.in_year(year) for _payer, one in portfolio), Cost())
        assert cliff.in_year(year) == alone


@given(SERVICES, DAYS)
def test_more_money_never_finances_less(service: Running, until: date) -> None:
    later = Running(service.costs, until, service.launched_on, service.ends_on)
    if service.financed_until is None or service.financed_until <= until:
        for year in YEARS:
            assert later.in_year(year).financed >= service.in_year(year).financed


@given(SERVICES)
def test_a_service_loses_its_money_in_one_year_at_the_most(service: Running) -> None:
    losing = [year for year in YEARS if service.loses_money_in(year)]
    assert len(losing) <= 1
    for year in losing:
        assert service.in_year(year).unfinanced > 0
        assert service.in_year(year - 1).unfinanced == 0


def test_a_year_whose_money_ends_within_it_is_financed_for_its_days() -> None:
    service = costing(until=date(2027, 1, 31))
    assert service.in_year(2027) == Cost(Decimal(36500), Decimal(0), Decimal(3100), Decimal(33400))
    assert service.in_year(2026).unfinanced == 0
    assert service.in_year(2028).financed == 0
    assert [year for year in YEARS if service.loses_money_in(year)] == [2027]


def test_money_to_the_end_of_a_year_is_lost_in_the_next() -> None:
    service = costing(until=date(2027, 12, 31))
    assert service.in_year(2027).unfinanced == 0
    assert [year for year in YEARS if service.loses_money_in(year)] == [2028]


def test_a_year_is_spread_over_the_days_of_use_only() -> None:
    opens = costing(until=date(2027, 12, 21), launched=date(2027, 12, 2), amount="3000")
    assert opens.in_year(2027).financed == Decimal(2000)
    ends = costing(until=date(2027, 1, 10), ends=date(2027, 1, 20), amount="3000")
    assert ends.in_year(2027).financed == Decimal(1500)


def test_what_ends_before_its_money_does_never_lacks_any_and_costs_nothing_afterwards() -> None:
    service = costing(until=date(2027, 8, 31), ends=date(2027, 8, 31))
    assert service.in_year(2027).unfinanced == 0
    assert service.in_year(2028) == Cost()
    assert not any(service.loses_money_in(year) for year in YEARS)


def test_what_nobody_has_promised_money_for_lacks_it_from_the_start_and_loses_none() -> None:
    service = costing(until=None)
    assert service.in_year(2026).unfinanced == Decimal(36500)
    assert not any(service.loses_money_in(year) for year in YEARS)


def test_money_without_end_is_lost_in_no_year() -> None:
    service = costing(until=date.max)
    assert service.in_year(2036).unfinanced == 0
    assert not any(service.loses_money_in(year) for year in YEARS)


def test_what_is_in_use_without_a_cost_is_counted_and_not_taken_to_be_free() -> None:
    costs = [YearlyCost(YearlyKind.OPERATION, 2029, 2031, Decimal(5))]
    service = Running(costs, WHOLE, launched_on=date(2028, 6, 1), ends_on=date(2033, 1, 31))
    untold = cliff_of([(1, service), (1, costing(until=WHOLE))], YEARS).untold
    assert [year for year in YEARS if untold[year]] == [2028, 2032, 2033]


def test_capital_is_told_apart() -> None:
    costs = [
        YearlyCost(YearlyKind.CAPITAL, 2026, 2027, Decimal(5)),
        YearlyCost(YearlyKind.LICENCES, 2026, 2030, Decimal(7)),
    ]
    assert Running(costs, WHOLE).in_year(2026) == Cost(Decimal(7), Decimal(5), Decimal(12), Decimal(0))


def test_the_steepest_fall_is_where_most_more_is_missing() -> None:
    services = [
        (1, costing(until=date(2027, 12, 31), amount="10")),
        (1, costing(until=date(2029, 12, 31), amount="500")),
        (2, costing(until=date(2029, 12, 31), amount="1")),
    ]
    cliff = cliff_of(services, YEARS)
    assert (cliff.first_without, cliff.steepest) == (2028, 2030)
    assert cliff.losing[2030] == 2
    assert cliff_of([(1, costing(until=WHOLE))], YEARS).steepest is None
    nothing = Cliff(YEARS, {}, {}, {})
    assert (nothing.first_without, nothing.steepest, nothing.in_year(2026)) == (None, None, Cost())


def test_a_leap_year_has_its_day() -> None:
    service = costing(until=date(2028, 1, 1) + timedelta(days=182), amount="366")
    assert service.in_year(2028).financed == Decimal(183)
