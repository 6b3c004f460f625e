"""What services cost year by year, and what of it there is money for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.cost_cliff import Borne, Cliff, Cost, Key, Running, cliff_of, divided
from app.core.operation import YearlyCost, YearlyKind, cost_in
from app.core.sharing import bill

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
PAID = st.tuples(st.integers(1, 4), SERVICES)
PORTFOLIOS = st.lists(PAID, max_size=12)
QUANTITIES = st.decimals("0.001", "100000", places=3)


@st.composite
def _keys(draw: st.DrawFn) -> Key:
    """Of some departments, some of which have accepted; of none, where the year is not shared any more."""
    quantities = draw(st.dictionaries(st.integers(1, 6), QUANTITIES, min_size=2) | st.just({}))
    return Key(quantities, frozenset(number for number in quantities if draw(st.booleans())))


SHARED = st.builds(
    Borne, st.integers(1, 4), SERVICES, st.dictionaries(st.integers(2020, 2038), _keys(), max_size=4)
)


def alone(portfolio: list[tuple[int, Running]]) -> list[Borne]:
    """Each is borne by who pays for it."""
    return [Borne(payer, running) for payer, running in portfolio]


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
    cliff = cliff_of(alone(portfolio), YEARS)
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
        assert cliff.in_year(year) == sum((one.in_year(year) for _payer, one in portfolio), Cost())


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
    untold = cliff_of(alone([(1, service), (1, costing(until=WHOLE))]), YEARS).untold
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
    cliff = cliff_of(alone(services), YEARS)
    assert (cliff.first_without, cliff.steepest) == (2028, 2030)
    assert cliff.losing[2030] == 2
    assert cliff_of(alone([(1, costing(until=WHOLE))]), YEARS).steepest is None
    nothing = Cliff(YEARS, {}, {}, {})
    assert (nothing.first_without, nothing.steepest, nothing.in_year(2026)) == (None, None, Cost())


def test_a_leap_year_has_its_day() -> None:
    service = costing(until=date(2028, 1, 1) + timedelta(days=182), amount="366")
    assert service.in_year(2028).financed == Decimal(183)


# --- shared services -------------------------------------------------------------------------------------


@given(st.lists(SHARED, max_size=8))
def test_sharing_moves_costs_between_departments_and_changes_no_sum(portfolio: list[Borne]) -> None:
    shared = cliff_of(portfolio, YEARS)
    unshared = cliff_of([Borne(one.payer_id, one.running) for one in portfolio], YEARS)
    assert (shared.losing, shared.untold) == (unshared.losing, unshared.untold)
    for year in YEARS:
        assert shared.in_year(year) == unshared.in_year(year), "to the öre"
        for rows in shared.by_department.values():
            cost = rows[year]
            assert min(cost.financed, cost.unfinanced, cost.operating, cost.capital) >= 0
            assert cost.financed + cost.unfinanced == cost.whole


@given(st.lists(SHARED, max_size=8), st.integers(1, 6))
def test_what_a_department_bears_is_the_same_alone_and_among_all(portfolio: list[Borne], own: int) -> None:
    among = cliff_of(portfolio, YEARS)
    only = cliff_of(portfolio, YEARS, own)
    for year in YEARS:
        assert only.in_year(year) == among.by_department.get(own, {}).get(year, Cost())
        assert only.losing[year] == sum(
            one.running.loses_money_in(year) and own in one.bearers_in(year) for one in portfolio
        )
        bearing = [one for one in portfolio if own in one.in_year(year)]
        assert all(own in one.bearers_in(year) for one in bearing)


@given(st.dictionaries(st.integers(1, 6), QUANTITIES, min_size=2), AMOUNTS, AMOUNTS, st.integers(0, 100))
def test_whoever_has_accepted_bears_its_bill(
    quantities: dict[int, Decimal], operating: Decimal, capital: Decimal, paid: int
) -> None:
    whole = operating + capital
    financed = (whole * paid / 100).quantize(Decimal("0.01"), ROUND_FLOOR)
    cost = Cost(operating, capital, financed, whole - financed)
    bills = {part.department_id: part.amount for part in bill(whole, quantities)}
    parts = divided(cost, Key(quantities, frozenset(quantities)), 9)
    assert {number: part.whole for number, part in parts.items()} == {
        number: amount for number, amount in bills.items() if amount
    }
    first, *rest = sorted(quantities)
    some = divided(cost, Key(quantities, frozenset({first})), 9)
    assert some.get(first, Cost()).whole == bills[first]
    assert some.get(9, Cost()).whole == sum((bills[number] for number in rest), Decimal(0))
    assert divided(cost, Key(quantities), 9) == {9: cost}, "nobody has accepted"


def test_a_key_holds_until_there_is_another() -> None:
    halves = {1: Decimal(1), 2: Decimal(1)}
    both = frozenset({1, 2})
    keys = {2027: Key(halves, both), 2029: Key(halves, frozenset({2})), 2031: Key({})}
    service = Borne(3, costing(until=WHOLE, amount="100"), keys)
    found = {year: {n: cost.whole for n, cost in service.in_year(year).items()} for year in YEARS}
    half = Decimal(50)
    assert found[2026] == {3: Decimal(100)}, "before the first"
    assert found[2027] == found[2028] == {1: half, 2: half}
    assert found[2029] == found[2030] == {3: half, 2: half}, "one of them has not accepted"
    assert found[2031] == found[2036] == {3: Decimal(100)}, "it is not shared any more"
    assert [service.bearers_in(year) for year in (2026, 2028, 2030, 2036)] == [{3}, {1, 2}, {2, 3}, {3}]


def test_nobody_bears_more_capital_than_its_whole_bill() -> None:
    """Of eleven öre by six, six and two the last gets one; of ten it would get two."""
    quantities = {1: Decimal(6), 2: Decimal(6), 3: Decimal(2)}
    cost = Cost(Decimal("0.01"), Decimal("0.10"), Decimal("0.10"), Decimal("0.01"))
    parts = divided(cost, Key(quantities, frozenset(quantities)), 9)
    assert [part.whole for part in parts.values()] == [Decimal("0.05"), Decimal("0.05"), Decimal("0.01")]
    for part in parts.values():
        assert min(part.operating, part.capital, part.financed, part.unfinanced) >= 0
