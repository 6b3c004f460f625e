"""What a reader of a calculation must know that the figures alone do not say."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from app.core.benefits import BenefitLine
from app.core.costs import CostLine


class WarningCode(StrEnum):
    """A key to translate. The first four concern lines; the last two concern the whole calculation."""

    COST_BEYOND_HORIZON = "cost_beyond_horizon"
    COST_BEFORE_BASE_YEAR = "cost_before_base_year"
    BENEFIT_BEYOND_HORIZON = "benefit_beyond_horizon"
    BENEFIT_BEFORE_BASE_YEAR = "benefit_before_base_year"
    NO_PRICED_BENEFIT = "no_priced_benefit"
    NO_OPERATING_COST = "no_operating_cost"


def warnings_for(
    years: Sequence[int], costs: Sequence[CostLine], benefits: Sequence[BenefitLine]
) -> Mapping[WarningCode, tuple[str, ...]]:
    """The warnings that apply, each with the keys of its lines; none for a calculation without years.

    A benefit is beyond the horizon when it starts after the last year, so that nothing of it is counted; that
    it goes on after the last year is how a horizon works. Money before `years` or after is not in the table.
    """
    if not years:
        return {}
    first, last = years[0], years[-1]
    priced = [line for line in benefits if line.is_priced]
    lines = {
        WarningCode.COST_BEYOND_HORIZON: _keys(line for line in costs if any(y > last for y in _paid(line))),
        WarningCode.COST_BEFORE_BASE_YEAR: _keys(
            line for line in costs if any(y < first for y in _paid(line))
        ),
        WarningCode.BENEFIT_BEYOND_HORIZON: _keys(line for line in priced if line.start.year > last),
        WarningCode.BENEFIT_BEFORE_BASE_YEAR: _keys(line for line in priced if line.start.year < first),
    }
    found = {code: keys for code, keys in lines.items() if keys}
    if not priced:
        found[WarningCode.NO_PRICED_BENEFIT] = ()
    if not any(line.is_recurring and _paid(line) for line in costs):
        found[WarningCode.NO_OPERATING_COST] = ()
    return found


def _paid(line: CostLine) -> list[int]:
    return [year for year, amount in line.amounts.items() if amount]


def _keys(lines: Iterable[CostLine | BenefitLine]) -> tuple[str, ...]:
    return tuple(line.key for line in lines)
