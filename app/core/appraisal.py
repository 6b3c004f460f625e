"""Investment appraisal of yearly flows: present value, ratios, rates of return and payback.

A flow is an amount in kronor per period (year), in order; a cost is negative. The first flow falls in period
0 and is not discounted unless `first_period` says otherwise. Rates are fractions per year above -1. Factors
are never rounded: everything is calculated with 40 significant digits. Formulas: Brealey, Myers and Allen,
*Principles of Corporate Finance*, ch. 2 and 5.

Every function raises NotANumberError for a float, NaN or infinity, and OutOfRangeError for a rate of -1 or
less or a number too large.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm

from app.core.inputs import ZERO, number, whole
from app.core.inputs import rate as checked_rate
from app.core.precision import exact_arithmetic, plain, working_precision
from app.core.roots import positive_roots

LAST_PERIOD = 1000
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class PresentValueYear:
    """One period of a present value table: `value` = `flow` x `factor`, `cumulative` sums the values."""

    period: int
    flow: Decimal
    factor: Decimal
    value: Decimal
    cumulative: Decimal


@dataclass(frozen=True, slots=True)
class PresentValueTable:
    """The periods in order and their net present value, kronor."""

    rows: tuple[PresentValueYear, ...]
    net_present_value: Decimal


def discount_factors(rate: Decimal, periods: int, *, first_period: int = 0) -> list[Decimal]:
    """(1 + rate)^-t for `periods` periods t from `first_period` on."""
    with working_precision():
        growth = 1 + checked_rate(rate)
        whole(periods, "periods", least=0, most=LAST_PERIOD)
        whole(first_period, "first_period", least=-LAST_PERIOD, most=LAST_PERIOD)
        return [growth**-t for t in range(first_period, first_period + periods)]


def present_value(rate: Decimal, amount: Decimal, period: int) -> Decimal:
    """`amount` / (1 + rate)^`period`, kronor; a negative period carries an earlier amount forward."""
    with working_precision():
        return number(amount, "amount") * discount_factors(rate, 1, first_period=period)[0]


def npv(rate: Decimal, flows: Sequence[Decimal], *, first_period: int = 0) -> Decimal:
    """Net present value: the sum of flow_t / (1 + rate)^t, kronor; 0 without flows."""
    return net_present_value_table(rate, flows, first_period=first_period).net_present_value


def net_present_value_table(
    rate: Decimal, flows: Sequence[Decimal], *, first_period: int = 0
) -> PresentValueTable:
    """Each period's flow, discount factor, present value and running sum."""
    factors = discount_factors(rate, len(flows), first_period=first_period)
    with working_precision():
        checked = _checked(flows)
        values = [flow * factor for flow, factor in zip(checked, factors, strict=True)]
        columns = zip(checked, factors, values, accumulate(values), strict=True)
        rows = tuple(PresentValueYear(period, *row) for period, row in enumerate(columns, first_period))
        return PresentValueTable(rows, rows[-1].cumulative if rows else ZERO)


def benefit_cost_ratio(
    rate: Decimal, benefits: Sequence[Decimal], costs: Sequence[Decimal]
) -> Decimal | None:
    """Present value of benefits per krona of present value of costs; both given as positive amounts per year.

    None when the present value of the costs is not above 0: there is nothing to compare with.
    """
    benefit, cost = npv(rate, benefits), npv(rate, costs)
    with working_precision():
        return plain(benefit / cost) if cost > 0 else None


def irr_all(flows: Sequence[Decimal]) -> list[Decimal]:
    """Every real rate above -100 % at which the net present value is 0, ascending; empty when there is none.

    With y = 1 + rate the net present value is 0 exactly where the polynomial with the flows as coefficients,
    the first flow at the highest power, is 0: its roots y > 0 are all isolated, a double root is given once.
    Flows that are all 0 have no definite rate: empty. 1 + rate has 40 significant digits.
    """
    exact = [Fraction(flow) for flow in _checked(flows)]
    scale = lcm(*(flow.denominator for flow in exact))
    with exact_arithmetic():
        return [plain(root - 1) for root in positive_roots([int(flow * scale) for flow in exact])]


def mirr(flows: Sequence[Decimal], finance_rate: Decimal, reinvest_rate: Decimal) -> Decimal | None:
    """Modified internal rate of return, the one rate that always is one (as MIRR in spreadsheets).

    (future value of incomes at `reinvest_rate` / present value of outlays at `finance_rate`)^(1/n) - 1, with
    n the number of flows less one. None unless there is both an income and an outlay.
    """
    checked = _checked(flows)
    outlays = -npv(finance_rate, [min(flow, ZERO) for flow in checked])
    incomes = npv(reinvest_rate, [max(flow, ZERO) for flow in checked])
    if not (outlays and incomes):
        return None
    periods = len(checked) - 1
    with working_precision():
        final_value = incomes * (1 + reinvest_rate) ** periods
        return plain((final_value / outlays) ** (_ONE / periods) - 1)


def payback(flows: Sequence[Decimal]) -> Decimal | None:
    """Years until the flows have paid for themselves and stay so; None if that never happens.

    The first flow stands at time 0 and flow k comes in evenly between time k - 1 and k, so the moment is
    interpolated within the year. A sum that turns positive and then negative again has not paid back until it
    stays at or above 0. 0 when the sum never is negative; None without flows.
    """
    return _moment_paid_back(_checked(flows))


def discounted_payback(rate: Decimal, flows: Sequence[Decimal]) -> Decimal | None:
    """Payback of the present values of the flows: years until also the discount rate has been earned."""
    return _moment_paid_back([row.value for row in net_present_value_table(rate, flows).rows])


def _moment_paid_back(amounts: Sequence[Decimal]) -> Decimal | None:
    with working_precision():
        sums = list(accumulate(amounts))
        if not sums or sums[-1] < 0:
            return None
        last_below = max((k for k, total in enumerate(sums) if total < 0), default=None)
        if last_below is None:
            return ZERO
        missing, surplus = -sums[last_below], sums[last_below + 1]
        return plain(last_below + missing / (missing + surplus))


def _checked(flows: Iterable[Decimal]) -> list[Decimal]:
    return [number(flow, "flows") for flow in flows]
