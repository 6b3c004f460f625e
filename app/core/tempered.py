"""A calculation as projects like it have turned out: less of the benefit came, and it came later.

What the applicant has counted is carried through the same calculation with each priced benefit tempered:

    full-year effect x share of what was promised that came,   start + months late

Costs, assumptions and the years that are counted stay, so that the two results can stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from app.core.benefits import BenefitLine, Described, FixedAmount, Method, SavedTime, UnitPrice
from app.core.calculation import Assumptions, Calculation, calculate
from app.core.calendar import months_later
from app.core.costs import CostLine
from app.core.inputs import ZERO, number
from app.core.precision import working_precision

_WHOLE = Decimal(1)


def tempered(
    costs: Sequence[CostLine],
    benefits: Sequence[BenefitLine],
    assumptions: Assumptions,
    *,
    share: Decimal,
    months_late: Decimal,
) -> Calculation:
    """The calculation with this share (0.6: six tenths) of each benefit in kronor, so many months late.

    `share` is 0 or more. Months are rounded to whole ones, negative ones are early. The years counted are
    the same as without, so what comes later may fall partly outside them. What would begin after its end is
    worth nothing. Raises NotANumberError or OutOfRangeError for a share below 0, and what `calculate` raises.
    """
    number(share, "share", least=ZERO)
    months = int(number(months_late, "months_late").quantize(_WHOLE, ROUND_HALF_UP))
    untouched = calculate(costs, benefits, assumptions)
    if not untouched.years:
        return untouched
    with working_precision():
        changed = [_tempered(line, share, months) for line in benefits]
    return calculate(costs, changed, replace(assumptions, base_year=untouched.years[0]))


def _tempered(line: BenefitLine, share: Decimal, months: int) -> BenefitLine:
    if not line.is_priced:
        return line
    start = months_later(line.start.replace(day=1), months)
    if line.end is not None and start > line.end:
        return replace(line, method=_scaled(line.method, ZERO))
    return replace(line, method=_scaled(line.method, share), start=start)


def _scaled(method: Method, share: Decimal) -> Method:
    """So much of the effect: of the amount, the cases or the quantity."""
    match method:
        case FixedAmount(amount=amount):
            return FixedAmount(amount=amount * share)
        case SavedTime(volume=volume):
            return replace(method, volume=volume * share)
        case UnitPrice(quantity=quantity):
            return replace(method, quantity=quantity * share)
        case Described():
            return method
