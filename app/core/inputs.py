"""The checks that every number passes before the core calculates with it."""

from decimal import Decimal

from app.core.errors import NotANumberError, OutOfRangeError

LARGEST = Decimal("1E15")
"""No amount, quantity or rate is larger (a million milliard): keeps every sum exact in 40 digits."""

FINEST_EXPONENT = -200
"""No number has more decimals: a hostile 1E-999999 would otherwise exhaust memory in exact arithmetic."""

FIRST_YEAR, LAST_YEAR = 1900, 2300
LONGEST_LIFE = 200
LONGEST_HORIZON = 60

ZERO = Decimal(0)
MINUS_ONE = Decimal(-1)


def number(
    value: Decimal | int,
    field: str,
    *,
    least: Decimal | None = None,
    above: Decimal | None = None,
    most: Decimal = LARGEST,
) -> Decimal:
    """`value` as a finite Decimal with `least <= value`, `above < value` and `value <= most`.

    Raises NotANumberError for a float or anything else inexact, for NaN and for infinity;
    OutOfRangeError outside the limits.
    """
    if not isinstance(value, Decimal):
        if not isinstance(value, int):
            raise NotANumberError(field, "not_decimal", f"must be a Decimal or a whole number, not {value!r}")
        value = Decimal(value)
    if not value.is_finite():
        raise NotANumberError(field, "not_finite", f"must be a finite number, not {value}")
    if least is not None and value < least:
        raise OutOfRangeError(field, "too_small" if least else "negative", f"must be at least {least}")
    if above is not None and value <= above:
        raise OutOfRangeError(field, "too_small" if above else "not_positive", f"must be above {above}")
    _check_size(value, field, most)
    return value


def _check_size(value: Decimal, field: str, most: Decimal) -> None:
    if value > most:
        raise OutOfRangeError(field, "too_large", f"must be at most {most}")
    if value < -LARGEST:
        raise OutOfRangeError(field, "too_small", f"must be at least {-LARGEST}")
    exponent = value.as_tuple().exponent
    if value and isinstance(exponent, int) and exponent < FINEST_EXPONENT:
        raise OutOfRangeError(field, "too_precise", f"must have at most {-FINEST_EXPONENT} decimals")


def whole(value: int, field: str, *, least: int, most: int) -> int:
    """`value` as an int within the limits; NotANumberError or OutOfRangeError otherwise."""
    if not isinstance(value, int):
        raise NotANumberError(field, "not_whole", f"must be a whole number, not {value!r}")
    if value < least:
        code = "negative" if value < 0 else "too_small"
        raise OutOfRangeError(field, code, f"must be at least {least}, not {value}")
    if value > most:
        raise OutOfRangeError(field, "too_large", f"must be at most {most}, not {value}")
    return value


def rate(value: Decimal | int, field: str = "rate") -> Decimal:
    """A yearly rate as a fraction, above -1: at -100 % nothing is left to discount."""
    return number(value, field, above=MINUS_ONE)


def share(value: Decimal | int, field: str) -> Decimal:
    """A fraction from 0 to 1."""
    return number(value, field, least=ZERO, most=Decimal(1))


def calendar_year(value: int, field: str) -> int:
    """A calendar year that a city could mean."""
    return whole(value, field, least=FIRST_YEAR, most=LAST_YEAR)


def lifetime(value: int, field: str) -> int:
    """A number of whole years, at least one."""
    return whole(value, field, least=1, most=LONGEST_LIFE)
