"""What has come of a promised benefit: how far its indicator has moved, what it was worth, what is short.

achievement = (measured - baseline) / (target - baseline), for rising and falling indicators alike
value of a period = what was counted in it, by the formula of the calculation, x the share that is its own

What nobody has measured is worth nothing, and is never on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.benefits import BenefitLine, Described, FixedAmount, SavedTime, UnitPrice, yearly_benefits
from app.core.inputs import ZERO, number, share
from app.core.money import ONE_ORE, round_half_up, whole_kronor
from app.core.precision import working_precision
from app.core.working import Operator, Step, Term, calculated

ONE = Decimal(1)
ON_ITS_WAY = Decimal("0.9")
"""From this share of what was expected by then, a benefit is on its way."""
BEHIND = Decimal("0.5")
"""From this share it is behind; below it, it is not coming as promised."""
_HIGHEST = Decimal(10)


class Direction(StrEnum):
    """Which way an indicator moves when things become better."""

    RISE = "rise"
    FALL = "fall"

    def leads(self, baseline: Decimal, target: Decimal) -> bool:
        """Whether the way from the baseline to the target is this way; standing still is either way."""
        return target >= baseline if self is Direction.RISE else target <= baseline


class Light(StrEnum):
    """How a promised benefit stands, the worst first."""

    UNPLANNED = "unplanned"
    """Nobody has said how it is to be measured."""
    UNMEASURED = "unmeasured"
    """It should have been measured, and has not been."""
    SHORT = "short"
    BEHIND = "behind"
    UNJUDGED = "unjudged"
    """It is measured, and its target is its baseline: nothing says how far it has come."""
    WAITING = "waiting"
    """It is not to be measured yet."""
    ON_ITS_WAY = "on_its_way"
    CLOSED = "closed"


class BenefitStanding(StrEnum):
    """Whether a benefit goes on."""

    OPEN = "open"
    PROPOSED = "proposed"
    """Its department has said how it ends; the secretariat has not agreed."""
    CLOSED = "closed"


class BenefitEnd(StrEnum):
    """How a benefit ends."""

    REALISED = "realised"
    PARTLY = "partly"
    ABANDONED = "abandoned"


RED = frozenset({Light.UNPLANNED, Light.UNMEASURED, Light.SHORT})
"""What somebody must do something about."""


class Unjudged(StrEnum):
    """Why there is no achievement."""

    NO_WAY = "no_way"
    """The target is the baseline: there is no way to go."""
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True)
class Achievement:
    """How much of the way from the baseline to the target has been gone; 1 is all of it."""

    share: Decimal | None
    reason: Unjudged | None = None
    """Why it is None."""


def achievement(baseline: Decimal, target: Decimal, measured: Decimal | None) -> Achievement:
    """How far the indicator has moved: below 0 when it has become worse, above 1 beyond the target."""
    number(baseline, "baseline")
    number(target, "target")
    if target == baseline:
        return Achievement(None, Unjudged.NO_WAY)
    if measured is None:
        return Achievement(None, Unjudged.NOT_MEASURED)
    number(measured, "measured")
    with working_precision():
        return Achievement((measured - baseline) / (target - baseline))


def effect_on(start: date, ramp: tuple[Decimal, ...], day: date, end: date | None = None) -> Decimal:
    """The share of full effect that was promised for the month of `day`; 0 before the first and after the
    last. The same months as `core.benefits` counts."""
    months = (day.year - start.year) * 12 + day.month - start.month
    if months < 0 or (end is not None and (day.year, day.month) > (end.year, end.month)):
        return ZERO
    return ramp[min(months // 12, len(ramp) - 1)] if ramp else ONE


def expected_value(baseline: Decimal, target: Decimal, effect: Decimal) -> Decimal:
    """Where the indicator is when so much of the effect has come: the line that measurements are held to."""
    with working_precision():
        return baseline + (target - baseline) * share(effect, "effect")


def fulfilment(reached: Achievement, effect: Decimal) -> Decimal | None:
    """What has been reached of what was expected, from 0 to 10; None when nothing can be held to it.

    Where nothing was expected yet, what has become worse is 0 and everything else is all that was asked.
    """
    if reached.share is None:
        return None
    if not effect:
        return ONE if reached.share >= ZERO else ZERO
    with working_precision():
        return max(ZERO, min(reached.share / effect, _HIGHEST))


def must_explain(reached: Decimal | None) -> bool:
    """A measurement that falls short of what was expected is not saved without its reason."""
    return reached is not None and reached < ON_ITS_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the light of a benefit follows from."""

    closed: bool
    planned: bool
    """Owner, indicator, baseline, target and measuring are all said."""
    measured: bool
    due_on: date | None
    """When the next measurement is due; None: none is to come."""
    fulfilment: Decimal | None
    """By the last measurement."""


def light(standing: Standing, today: date) -> Light:
    """How the benefit stands: what is not measured in its time is never on its way."""
    if standing.closed:
        return Light.CLOSED
    if not standing.planned:
        return Light.UNPLANNED
    if standing.due_on is not None and standing.due_on < today:
        return Light.UNMEASURED
    if not standing.measured:
        return Light.WAITING
    return _by_fulfilment(standing.fulfilment)


def _by_fulfilment(reached: Decimal | None) -> Light:
    if reached is None:
        return Light.UNJUDGED
    if reached >= ON_ITS_WAY:
        return Light.ON_ITS_WAY
    return Light.BEHIND if reached >= BEHIND else Light.SHORT


# --- in kronor -------------------------------------------------------------------------------------------

Counted = FixedAmount | SavedTime | UnitPrice
"""What was counted in a period, in the formula of the benefit: cases, units or kronor of that period."""


def value_of(counted: Counted, index: Decimal = ONE) -> Step:
    """What a period was worth in kronor, to the öre, with its working.

    What is counted belongs to the period, so that the value is of the time that was measured and of no other.
    `index` carries it from the price year of the benefit to that of the calculation.
    """
    with working_precision():
        terms = counted.full_year().terms
        if index != ONE:
            terms = (*terms, Term(Operator.TIMES, "price_index", number(index, "index", above=ZERO)))
        found = calculated("counted_in_period", "kr", *terms)
        return Step(found.label, found.terms, round_half_up(found.result, ONE_ORE), found.unit)


def own_part(value: Decimal, own: Decimal) -> Decimal:
    """The part of a period's worth that is this benefit's, when several claim one indicator: to the öre."""
    with working_precision():
        return round_half_up(value * share(own, "own_share"), ONE_ORE)


@dataclass(frozen=True, slots=True)
class Came:
    """Whole kronor of a year, or of any group of them: promised = realised + short."""

    promised: Decimal = ZERO
    realised: Decimal = ZERO

    @property
    def short(self) -> Decimal:
        """What is missing; below 0 when more came than was promised."""
        return self.promised - self.realised

    def __add__(self, other: Came) -> Came:
        return Came(self.promised + other.promised, self.realised + other.realised)


def promised_by_year(line: BenefitLine, years: Iterable[int]) -> dict[int, Decimal]:
    """What was promised for each year, in whole kronor of the line's own price year; nothing if in words."""
    if isinstance(line.method, Described):
        return {}
    schedule = yearly_benefits(line, list(years), line.price_year)
    return {row.year: round_half_up(row.amount or ZERO) for row in schedule.rows}


def came_by_year(promised: Mapping[int, Decimal], realised: Mapping[int, Decimal]) -> dict[int, Came]:
    """Both side by side, for every year that has either, in whole kronor.

    What came is rounded once, in all; the years share that, each within a krona of its own. So the years add
    up to what is said of the benefit wherever it is one of many.
    """
    came = dict(zip(realised, whole_kronor(realised.values()), strict=True))
    return {
        year: Came(promised.get(year, ZERO), came.get(year, ZERO)) for year in sorted({*promised, *realised})
    }


def in_all(rows: Iterable[Came]) -> Came:
    """Together."""
    return sum(rows, Came())
