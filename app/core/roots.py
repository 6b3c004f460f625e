"""Every positive real root of a polynomial with whole coefficients, found without guessing.

Roots are counted by Sturm's theorem (Basu, Pollack, Roy: *Algorithms in Real Algebraic Geometry*, ch. 2) in
whole-number arithmetic, separated by halving intervals, and each narrowed by bisection. No starting value, no
tolerance for "zero", so no root is missed, invented or counted twice.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from app.core.precision import DIGITS, exact_arithmetic, plain, working_precision

Polynomial = tuple[int, ...]
"""Coefficients, highest power first, the first not 0; the empty tuple is the zero polynomial."""

_BITS_PER_DIGIT = Fraction(10, 3)
_RELATIVE_WIDTH = Fraction(1, 2 ** int((DIGITS + 5) * _BITS_PER_DIGIT))


def positive_roots(coefficients: Sequence[int]) -> list[Decimal]:
    """The distinct roots above 0, ascending, each to 40 significant digits.

    `coefficients` highest power first. A polynomial that is 0 everywhere has no definite root: empty list.
    """
    polynomial = _without_zero_ends(coefficients)
    if _sign_changes(polynomial) == 0:  # Descartes: no sign change, no positive root.
        return []
    chain = _sturm_chain(polynomial)
    if len(chain[-1]) > 1:  # A common factor with the derivative: multiple roots. Each is to count once.
        polynomial = _quotient(polynomial, chain[-1])
        chain = _sturm_chain(polynomial)
    return [_refined(polynomial, *interval) for interval in _isolating_intervals(polynomial, chain)]


def _without_zero_ends(coefficients: Sequence[int]) -> Polynomial:
    """Cut leading zeros (lower degree) and trailing zeros (a root at 0, which is not positive)."""
    used = [i for i, coefficient in enumerate(coefficients) if coefficient]
    return _primitive(coefficients[used[0] : used[-1] + 1]) if used else ()


def _primitive(coefficients: Sequence[int]) -> Polynomial:
    """Divided by the greatest common divisor of the coefficients, which keeps every sign and root."""
    divisor = gcd(*coefficients)
    return tuple(coefficient // divisor for coefficient in coefficients)


def _sign_changes(values: Sequence[int]) -> int:
    signs = [value > 0 for value in values if value]
    return sum(a != b for a, b in pairwise(signs))


def _sturm_chain(polynomial: Polynomial) -> list[Polynomial]:
    """p, p', and each negated remainder of the two before; ends with their greatest common divisor."""
    degree = len(polynomial) - 1
    derivative = [c * (degree - i) for i, c in enumerate(polynomial[:-1])]
    chain = [polynomial, _primitive(derivative)]
    while len(chain[-1]) > 1:
        remainder = _remainder(chain[-2], chain[-1])
        if not remainder:
            break
        chain.append(_primitive([-c for c in remainder]))
    return chain


def _remainder(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """A positive multiple of the remainder: scaling by |leading| keeps whole numbers and the signs."""
    rest = list(dividend)
    lead, scale = divisor[0], abs(divisor[0])
    while len(rest) >= len(divisor):
        factor = rest[0] if lead > 0 else -rest[0]
        rest = [c * scale for c in rest]
        for i, c in enumerate(divisor):
            rest[i] -= factor * c
        del rest[0]
    leading = next((i for i, c in enumerate(rest) if c), len(rest))
    return tuple(rest[leading:])


def _quotient(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """The quotient of a division that leaves no remainder, scaled to whole numbers."""
    rest = [Fraction(c) for c in dividend]
    quotient: list[Fraction] = []
    for start in range(len(dividend) - len(divisor) + 1):
        factor = rest[start] / divisor[0]
        quotient.append(factor)
        for i, c in enumerate(divisor):
            rest[start + i] -= factor * c
    scale = lcm(*(factor.denominator for factor in quotient))
    return _primitive([int(factor * scale) for factor in quotient])


def _value_sign(polynomial: Polynomial, x: Fraction) -> int:
    """-1, 0 or 1: Horner's rule on numerator and denominator, so that nothing but whole numbers occurs."""
    numerator, denominator = x.numerator, x.denominator
    value, power = 0, 1
    for coefficient in polynomial:
        value = value * numerator + coefficient * power
        power *= denominator
    return (value > 0) - (value < 0)


def _isolating_intervals(
    polynomial: Polynomial, chain: list[Polynomial]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Intervals (low, high], ascending, each holding exactly one root; together they hold all above 0."""

    def changes_at(x: Fraction) -> int:
        return _sign_changes([_value_sign(p, x) for p in chain])

    low, high = _bounds(polynomial)
    pending = [(low, changes_at(low), high, changes_at(high))]
    while pending:
        low, changes_low, high, changes_high = pending.pop()
        if changes_low - changes_high == 1:
            yield low, high
        elif changes_low > changes_high:
            middle = (low + high) / 2
            changes_middle = changes_at(middle)
            pending.append((middle, changes_middle, high, changes_high))
            pending.append((low, changes_low, middle, changes_middle))


def _bounds(polynomial: Polynomial) -> tuple[Fraction, Fraction]:
    """Powers of two strictly around every positive root, by Cauchy's bound and its mirror image."""
    sizes = [abs(c) for c in polynomial]
    above = 1 + max(sizes[1:]) // sizes[0] + 1
    below = 1 + max(sizes[:-1]) // sizes[-1] + 1
    return Fraction(1, 2 ** below.bit_length()), Fraction(2 ** above.bit_length())


def _refined(polynomial: Polynomial, low: Fraction, high: Fraction) -> Decimal:
    """The one root in (low, high], by bisection.

    Only the sign at `high` is compared: `low` may itself be the root of the interval before. When `high` is
    the root, no sign between equals its 0, and `low` closes in on it.
    """
    sign_high = _value_sign(polynomial, high)
    while high - low > low * _RELATIVE_WIDTH:
        middle = (low + high) / 2
        sign = _value_sign(polynomial, middle)
        if sign == 0:
            low = high = middle
        elif sign == sign_high:
            high = middle
        else:
            low = middle
    middle = (low + high) / 2
    with exact_arithmetic():
        numerator, denominator = Decimal(middle.numerator), Decimal(middle.denominator)
    with working_precision():
        return plain(numerator / denominator)
