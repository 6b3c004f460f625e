"""A calculation that carries its working: the terms that are shown are the terms that were multiplied."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.errors import OutOfRangeError
from app.core.inputs import LARGEST, ZERO
from app.core.precision import on_grid


class Operator(StrEnum):
    """What a term does to the terms before it; multiplication and division bind tighter than addition."""

    START = ""
    TIMES = "×"
    OVER = "/"
    PLUS = "+"


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a formula: `name` is a key to translate (``"minutes"``), `unit` a symbol or empty."""

    operator: Operator
    name: str
    value: Decimal
    unit: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.operator, format(self.value, "f"), self.unit) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working: `label` is a key to translate, `result` what the terms come to, in `unit`."""

    label: str
    terms: tuple[Term, ...]
    result: Decimal
    unit: str

    @property
    def formula(self) -> str:
        """The terms in numbers, for example ``450000 × 2.5 min / 60 × 0.30 × 412 kr/h``."""
        return " ".join(str(term) for term in self.terms)


def calculated(label: str, unit: str, *terms: Term) -> Step:
    """The step whose result is the value of `terms`. To be called within `working_precision`.

    Raises OutOfRangeError when the result is too large to be counted exactly.
    """
    total = product = ZERO
    for term in terms:
        match term.operator:
            case Operator.TIMES:
                product *= term.value
            case Operator.OVER:
                product /= term.value
            case _:
                total += product
                product = term.value
    result = total + product
    if abs(result) > LARGEST:
        raise OutOfRangeError(label, "too_large", f"comes to more than {LARGEST}: check the quantities")
    return Step(label, terms, on_grid(result), unit)
