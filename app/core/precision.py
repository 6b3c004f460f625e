"""How exactly the core counts: 40 digits in between, kronor far below any öre at the end."""

from contextlib import AbstractContextManager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

DIGITS = 40
_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
_WORKING = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=_TRAPS)
_EXACT = Context(prec=600, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=_TRAPS)

_GRID = Decimal("1E-12")
_ONE = Decimal(1)


def working_precision() -> AbstractContextManager[Context]:
    """40 significant digits, whatever the caller's decimal context is."""
    return localcontext(_WORKING)


def exact_arithmetic() -> AbstractContextManager[Context]:
    """Enough digits for sums, products and whole quotients of any allowed inputs to be exact."""
    return localcontext(_EXACT)


def on_grid(amount: Decimal) -> Decimal:
    """`amount` to 12 decimals of a krona, to be called within `working_precision`.

    A third of a krona has no exact Decimal. Amounts that are later added and compared are therefore put on a
    grid where addition is exact, so that parts sum to their total and not to it give or take a last digit.
    With 12 decimals the largest amount allowed has 28 digits: sums are exact in Python's default context too.
    """
    return plain(amount.quantize(_GRID))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 460000, not 4.6E+5 or 460000.000."""
    if value == (integral := value.to_integral_value()):
        return integral.quantize(_ONE)
    return value.normalize()
