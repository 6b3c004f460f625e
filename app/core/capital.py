"""Capital cost of an investment: what depreciation and interest burden each year's budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from app.core.errors import OutOfRangeError
from app.core.inputs import ZERO, lifetime, number, whole
from app.core.inputs import rate as checked_rate
from app.core.precision import on_grid, plain, working_precision

MONTHS_PER_YEAR = 12
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class CapitalYear:
    """One year of a plan, kronor. `year` counts from 1; `cost` is depreciation plus interest."""

    year: int
    opening: Decimal
    depreciation: Decimal
    interest: Decimal
    cost: Decimal
    closing: Decimal


@dataclass(frozen=True, slots=True)
class CapitalTotals:
    """Sums over all years of a plan, kronor."""

    depreciation: Decimal
    interest: Decimal
    cost: Decimal


@dataclass(frozen=True, slots=True)
class CapitalPlan:
    """The years of one investment in order, and their sums. The last closing value is the residual."""

    rows: tuple[CapitalYear, ...]
    totals: CapitalTotals


def straight_line(
    amount: Decimal,
    years: int,
    rate: Decimal,
    *,
    residual: Decimal | int = 0,
    months_first_year: int = MONTHS_PER_YEAR,
) -> CapitalPlan:
    """Equal depreciation, interest on the opening book value (the Swedish municipal *nominell metod*).

    `amount` and `residual` in kronor, `years` the depreciation time, `rate` the internal rate per year.
    Depreciation per year is (amount - residual) / years. With `months_first_year` below 12 the first year
    carries that many twelfths of depreciation and interest, and year `years` + 1 carries the rest.
    Amounts are kept to 12 decimals; rounding to kronor is for presentation. Raises OutOfRangeError or
    NotANumberError.
    """
    with working_precision():
        amount, residual = _checked_values(amount, residual)
        rate = checked_rate(rate)
        months = _months_per_row(lifetime(years, "years"), months_first_year)
        life = years * MONTHS_PER_YEAR
        values = [
            on_grid(amount - (amount - residual) * used_so_far / life)
            for used_so_far in accumulate(months, initial=0)
        ]
        interest = [
            on_grid(opening * rate * used / MONTHS_PER_YEAR)
            for opening, used in zip(values, months, strict=False)
        ]
        return _plan(values, interest)


def annuity(amount: Decimal, years: int, rate: Decimal, *, residual: Decimal | int = 0) -> CapitalPlan:
    """Equal yearly cost: payment = (amount - residual v^n) / (v + v^2 + ... + v^n), v = 1 / (1 + rate).

    The sum of powers is the textbook (1 - v^n) / rate without its division by zero at rate 0. `amount` and
    `residual` in kronor, `rate` per year. Amounts are kept to 12 decimals.
    Raises OutOfRangeError or NotANumberError.
    """
    with working_precision():
        amount, residual = _checked_values(amount, residual)
        lifetime(years, "years")
        powers = list(accumulate([1 / (1 + checked_rate(rate))] * years, lambda a, v: a * v, initial=_ONE))
        # factors[m] is the value today of 1 krona at the end of each of m years.
        factors = list(accumulate(powers[1:], initial=ZERO))
        payment = (amount - residual * powers[years]) / factors[years]
        # Book value seen from the end, as the present value of what remains: rounding errors fade instead
        # of growing with (1 + rate)^n as they do when counting forward.
        remaining = range(years - 1, 0, -1)
        between = [on_grid(payment * factors[m] + residual * powers[m]) for m in remaining]
        values = [amount, *between, residual]
        cost = on_grid(payment)
        interest = [cost - (opening - closing) for opening, closing in pairwise(values)]
        return _plan(values, interest)


def _checked_values(amount: Decimal, residual: Decimal | int) -> tuple[Decimal, Decimal]:
    amount = on_grid(number(amount, "amount", least=ZERO))
    residual = on_grid(number(residual, "residual", least=ZERO))
    if residual > amount:
        raise OutOfRangeError("residual", "above_amount", f"must be at most the amount {amount}")
    return amount, residual


def _months_per_row(years: int, months_first_year: int) -> list[int]:
    whole(months_first_year, "months_first_year", least=1, most=MONTHS_PER_YEAR)
    if months_first_year == MONTHS_PER_YEAR:
        return [MONTHS_PER_YEAR] * years
    return [months_first_year, *[MONTHS_PER_YEAR] * (years - 1), MONTHS_PER_YEAR - months_first_year]


def _plan(values: Sequence[Decimal], interest: Sequence[Decimal]) -> CapitalPlan:
    rows = tuple(
        CapitalYear(
            year=year,
            opening=opening,
            depreciation=plain(opening - closing),
            interest=plain(cost),
            cost=plain(opening - closing + cost),
            closing=closing,
        )
        for year, ((opening, closing), cost) in enumerate(zip(pairwise(values), interest, strict=True), 1)
    )
    totals = CapitalTotals(
        depreciation=plain(sum((row.depreciation for row in rows), ZERO)),
        interest=plain(sum((row.interest for row in rows), ZERO)),
        cost=plain(sum((row.cost for row in rows), ZERO)),
    )
    return CapitalPlan(rows, totals)
