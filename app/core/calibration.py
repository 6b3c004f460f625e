"""What projects like this one came to: the realised share of what was promised, and the months it came
late.

Few cases say little. What is believed beforehand (a dated default of the programme) counts as so many
cases, and every real one moves the answer away from it: normal data with a conjugate prior for mean and
variance, after Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 3.3. With k cases' worth of
default (mean m, spread s) and n cases with mean x:

    expected = (k m + n x) / (k + n)
    spread^2 = (k s^2 + sum of (value - x)^2 + k n / (k + n) (x - m)^2) / (k + n)
    interval = expected ± t(k + n) spread / sqrt(k + n)

A share is realised / promised (0.6: six tenths came), months late are whole or parts of months, negative
when early.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

from app.core.inputs import ZERO, number, whole
from app.core.precision import on_grid, working_precision

COVERAGE = Decimal("0.8")
"""How often the interval holds what is true: in eight cases of ten."""

MOST_CASES = 1_000
"""No default is worth more cases than this."""

_FINEST = 60
"""Halvings of the interval that the quantile lies in: far finer than anybody reads."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is believed before any case has been seen.

    `mean` and `spread` (a standard deviation, above 0) are in the unit of what is measured; `cases` says how
    many cases they are worth, at least one. Raises InputError subclasses for anything else.
    """

    mean: Decimal
    spread: Decimal
    cases: int

    def __post_init__(self) -> None:
        number(self.mean, "mean")
        number(self.spread, "spread", above=ZERO)
        whole(self.cases, "cases", least=1, most=MOST_CASES)


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a programme believes beforehand of a project's benefits: the share that comes, and how late.

    The share is a part of what was promised (0.7: seven tenths), the delay is in months.
    """

    share: Expectation
    months_late: Expectation


ASSUMED = Assumption(
    share=Expectation(mean=Decimal("0.7"), spread=Decimal("0.3"), cases=4),
    months_late=Expectation(mean=Decimal(9), spread=Decimal(6), cases=4),
)
"""Until a programme has decided otherwise: seven tenths come, give or take three, nine months late, give or
take six."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is expected now, and how sure that is.

    `observed` is the plain mean of the cases, None without any. The truth lies between `low` and `high` in
    eight cases of ten. `weight` is the part (0 to 1) that the cases have in the answer; the default has the
    rest.
    """

    cases: int
    observed: Decimal | None
    expected: Decimal
    low: Decimal
    high: Decimal
    weight: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies within the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Tally:
    """All that is needed of many values: how many they are, their sum, and the sum of their squares."""

    cases: int
    total: Decimal
    squares: Decimal

    @classmethod
    def of(cls, values: Iterable[Decimal]) -> Tally:
        """Count them. Raises NotANumberError for a float, NaN or infinity."""
        found = [number(value, "value") for value in values]
        with working_precision():
            return cls(len(found), sum(found, ZERO), sum((value**2 for value in found), ZERO))


def learned(tally: Tally, default: Expectation) -> Learned:
    """What the cases and the default say together."""
    with working_precision():
        count, prior = Decimal(tally.cases), Decimal(default.cases)
        together = prior + count
        observed = tally.total / count if tally.cases else None
        off = _off(tally, observed, default) / together
        middle = (prior * default.mean + tally.total) / together
        freedom = tally.cases + default.cases
        reach = Decimal(repr(student(float(COVERAGE), freedom))) * (off / together).sqrt()
        return Learned(
            cases=tally.cases,
            observed=None if observed is None else on_grid(observed),
            expected=on_grid(middle),
            low=on_grid(middle - reach),
            high=on_grid(middle + reach),
            weight=on_grid(count / together),
        )


def _off(tally: Tally, observed: Decimal | None, default: Expectation) -> Decimal:
    """The sum of squares that the spread is made of."""
    prior, count = Decimal(default.cases), Decimal(tally.cases)
    squares = prior * default.spread**2
    if observed is None:
        return squares
    # Sums that were rounded before they came here may miss each other by a hair.
    squares += max(tally.squares - count * observed**2, ZERO)
    return squares + prior * count / (prior + count) * (observed - default.mean) ** 2


@lru_cache(maxsize=4096)
def student(coverage: float, freedom: int) -> float:
    """How many standard errors on each side hold `coverage` (0 to 1) of Student's t with `freedom` degrees.

    Found by halving, from the finite sums of Abramowitz and Stegun, *Handbook of Mathematical Functions*,
    26.7.3-4.
    """
    low, high = 0.0, 1.0
    while _within(high, freedom) < coverage:
        low, high = high, high * 2
    for _ in range(_FINEST):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < coverage else (low, middle)
    return high


def _within(reach: float, freedom: int) -> float:
    """The part of Student's t between -reach and reach."""
    angle = atan(reach / sqrt(freedom))
    square = cos(angle) ** 2
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= square * (step - 1) / step
        total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * total if freedom > 1 else 0))


# --- cases ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A project whose benefits were followed: kronor promised and realised for the same time, months late.

    `promised` is above 0: a project that promised no money says nothing of shares. `months_late` is None as
    long as no benefit has come. `traits` are what it is grouped by: category, department, size, year.
    """

    key: int
    promised: Decimal
    realised: Decimal
    months_late: Decimal | None
    traits: Mapping[str, str]

    def __post_init__(self) -> None:
        number(self.promised, "promised", above=ZERO)
        number(self.realised, "realised", least=ZERO)
        if self.months_late is not None:
            number(self.months_late, "months_late")

    @property
    def share(self) -> Decimal:
        """How much of what was promised came."""
        with working_precision():
            return self.realised / self.promised


@dataclass(frozen=True, slots=True)
class Sums:
    """A group of cases, added up."""

    shares: Tally
    late: Tally
    promised: Decimal
    realised: Decimal


@dataclass(frozen=True, slots=True)
class Experience:
    """What a group of cases came to, shrunk towards what is assumed; sums in kronor beside it."""

    share: Learned
    months_late: Learned
    promised: Decimal
    realised: Decimal


def added_up(cases: Iterable[Case]) -> Sums:
    """The cases together."""
    found = list(cases)
    return Sums(
        Tally.of(case.share for case in found),
        Tally.of(case.months_late for case in found if case.months_late is not None),
        sum((case.promised for case in found), ZERO),
        sum((case.realised for case in found), ZERO),
    )


def by_trait(cases: Iterable[Case], trait: str) -> dict[str, Sums]:
    """The same for each value of a trait, in the values' order; a case without the trait is in none."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if trait in case.traits:
            groups.setdefault(case.traits[trait], []).append(case)
    return {value: added_up(groups[value]) for value in sorted(groups)}


def experience(sums: Sums, assumed: Assumption) -> Experience:
    """What these cases came to."""
    return Experience(
        learned(sums.shares, assumed.share),
        learned(sums.late, assumed.months_late),
        sums.promised,
        sums.realised,
    )
