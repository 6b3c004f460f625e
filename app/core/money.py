"""Kronor and öre: rounding, and dividing an amount so that the parts sum to it exactly."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from app.core.errors import InconsistentInputError, MissingInputError, NotANumberError, NotExactError
from app.core.inputs import ZERO, number
from app.core.precision import exact_arithmetic

ONE_KRONA = Decimal(1)
ONE_ORE = Decimal("0.01")
ORE_PER_KRONA = 100


def allocate(total: Decimal, weights: Sequence[Decimal], unit: Decimal = ONE_KRONA) -> list[Decimal]:
    """Divide `total` kronor in proportion to `weights`, in whole `unit`s, summing exactly to `total`.

    Largest remainder (Hamilton's method): everyone gets their exact share rounded down to whole units, and
    the units left over go one each to the largest remainders, ties to the earlier. If `total` is not a
    multiple of `unit`, what is left below one unit goes whole to the next in that order, so that one single
    part is not a multiple. Every part is therefore within one unit of its exact share, and a weight of 0 gets
    0. A negative total gives the mirror image of the positive one.

    Raises MissingInputError without weights, InconsistentInputError when all weights are 0, OutOfRangeError
    for a negative weight or a unit that is not positive, NotANumberError for NaN, infinity or a float.
    """
    total = number(total, "total")
    unit = number(unit, "unit", above=ZERO)
    shares = _fractions_of_one(weights)
    with exact_arithmetic():
        if total < 0:
            return [-part if part else part for part in _allocate_positive(-total, shares, unit)]
        return _allocate_positive(total, shares, unit)


def _fractions_of_one(weights: Sequence[Decimal]) -> list[Fraction]:
    if not weights:
        raise MissingInputError("weights", "empty", "needs at least one weight")
    exact = [Fraction(number(weight, "weights", least=ZERO)) for weight in weights]
    total = sum(exact)
    if not total:
        raise InconsistentInputError("weights", "weights_zero", "at least one weight must be above 0")
    return [weight / total for weight in exact]


def _allocate_positive(total: Decimal, shares: list[Fraction], unit: Decimal) -> list[Decimal]:
    units_in_total = Fraction(total) / Fraction(unit)
    exact = [units_in_total * share for share in shares]
    whole = [int(units) for units in exact]
    parts = [unit * units for units in whole]
    order = sorted(range(len(exact)), key=lambda i: whole[i] - exact[i])
    spare_units = int(units_in_total) - sum(whole)
    for i in order[:spare_units]:
        parts[i] += unit
    residue = total - unit * int(units_in_total)
    if residue:
        parts[order[spare_units]] += residue
    return parts


def round_half_up(amount: Decimal, unit: Decimal = ONE_KRONA) -> Decimal:
    """`amount` kronor to the nearest multiple of `unit`; halves away from zero, as in Swedish accounting.

    Raises OutOfRangeError for a unit that is not positive, NotANumberError for NaN, infinity or a float.
    """
    amount = number(amount, "amount")
    unit = number(unit, "unit", above=ZERO)
    with exact_arithmetic():
        units, rest = divmod(abs(amount), unit)
        if rest * 2 >= unit:
            units += 1
        return -units * unit if amount < 0 and units else units * unit


def whole_kronor(amounts: Iterable[Decimal]) -> list[Decimal]:
    """The amounts in whole kronor, each less than a krona from itself, summing to the rounded sum of all.

    Rounding each by itself would give columns that do not sum to their totals. All are rounded down, and the
    kronor left over go one each to those that lost the most, ties to the earlier.
    """
    exact = list(amounts)
    with exact_arithmetic():
        whole = [amount.to_integral_value(ROUND_FLOOR) for amount in exact]
        spare = int(round_half_up(sum(exact, ZERO)) - sum(whole, ZERO))
        for place in sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])[:spare]:
            whole[place] += ONE_KRONA
    return whole


def to_ore(amount: Decimal) -> int:
    """`amount` kronor as whole öre; NotExactError when it has a fraction of an öre."""
    amount = number(amount, "amount")
    with exact_arithmetic():
        ore = amount * ORE_PER_KRONA
        if ore != ore.to_integral_value():
            raise NotExactError("amount", "not_ore", f"must be a whole number of öre, not {amount} kr")
        return int(ore)


def from_ore(ore: int) -> Decimal:
    """Whole öre as kronor with two decimals; NotANumberError for anything but an int."""
    if not isinstance(ore, int):
        raise NotANumberError("ore", "not_whole", f"must be a whole number of öre, not {ore!r}")
    with exact_arithmetic():
        return number(Decimal(ore) * ONE_ORE, "ore")
