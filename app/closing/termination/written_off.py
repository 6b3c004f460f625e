"""What an interrupted project promised, what of it comes all the same, and what is written off.

The promised figures are those of the decided application, as decisions on changes have made them since. What
comes all the same is counted by the same formulas: the ramp of each benefit is scaled by the share of it that
comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from app.benefits import tables
from app.benefits.inputs import Inputs
from app.benefits.values import BenefitEntry
from app.closing.termination.values import OutcomeValues
from app.core.benefits import BenefitSchedule
from app.core.calculation import Calculation
from app.core.money import round_half_up
from app.core.precision import working_precision
from app.delivery.changes.worth import line_number

ZERO = Decimal(0)
_AT_ONCE = (Decimal(1),)


@dataclass(frozen=True, slots=True)
class Worth:
    """What benefits are worth in whole kronor: the sum of their years, and its present value."""

    total: Decimal = ZERO
    present: Decimal = ZERO

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.total + other.total, self.present + other.present)

    def __sub__(self, other: Worth) -> Worth:
        return Worth(self.total - other.total, self.present - other.present)


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A benefit, what it was to be worth, and what becomes of it."""

    line_id: int
    entry: BenefitEntry
    promised: Worth | None
    """None: told in words, or never counted."""
    coming: Worth | None
    outcome: OutcomeValues | None
    """None: nobody has told."""

    @property
    def written_off(self) -> Worth | None:
        """What does not come; None until it is told, and for what has no price."""
        if self.promised is None or self.coming is None or self.outcome is None:
            return None
        return self.promised - self.coming


@dataclass(frozen=True, slots=True)
class BenefitSums:
    """All benefits with a price together."""

    promised: Worth
    coming: Worth
    written_off: Worth
    untold: Worth
    """Of what nobody has told: promised = coming + written off + untold."""


def benefit_rows(inputs: Inputs, outcomes: Mapping[int, OutcomeValues]) -> list[BenefitRow]:
    """Every benefit that was promised, in the order of the application; `outcomes` by the line's number."""
    numbers = {entry.key: line_number(entry.key) for entry in inputs.benefits}
    told = {key: outcomes[number] for key, number in numbers.items() if number in outcomes}
    left = replace(inputs, benefits=tuple(_left_of(entry, told.get(entry.key)) for entry in inputs.benefits))
    promised, coming = _worths(inputs), _worths(left)
    return [
        BenefitRow(
            numbers[entry.key],
            entry,
            promised.get(entry.key),
            coming.get(entry.key) if entry.key in told else None,
            told.get(entry.key),
        )
        for entry in inputs.benefits
    ]


def sums_of(rows: list[BenefitRow]) -> BenefitSums:
    """Together."""
    priced = [(row, row.promised) for row in rows if row.promised is not None]
    promised = sum((worth for _row, worth in priced), Worth())
    coming = sum((row.coming or Worth() for row, _worth in priced), Worth())
    untold = sum((worth for row, worth in priced if row.outcome is None), Worth())
    return BenefitSums(promised, coming, promised - coming - untold, untold)


def _left_of(entry: BenefitEntry, outcome: OutcomeValues | None) -> BenefitEntry:
    share = (outcome.share if outcome else None) or ZERO
    ramp = tuple(share * step for step in entry.values.ramp or _AT_ONCE)
    return replace(entry, values=replace(entry.values, ramp=ramp))


def _worths(inputs: Inputs) -> dict[str, Worth]:
    calculation = inputs.calculation
    shown = {row.entry.key: row for row in tables.benefit_lines(inputs).rows}
    return {
        key: Worth(row.total, _present(calculation, row.schedule))
        for key, row in shown.items()
        if row.total is not None and row.schedule is not None
    }


def _present(calculation: Calculation, schedule: BenefitSchedule) -> Decimal:
    with working_precision():
        years = zip(schedule.rows, calculation.rows, strict=True)
        return round_half_up(sum(((own.amount or ZERO) * year.factor for own, year in years), ZERO))
