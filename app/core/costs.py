"""Cost lines of a project, and the capital cost of those that are investments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.capital import CapitalPlan, straight_line
from app.core.errors import MissingInputError
from app.core.inputs import ZERO, calendar_year, lifetime, number


class CostKind(StrEnum):
    """What a cost is for. Only `operation` recurs; the others end with the project."""

    ONE_OFF = "one_off"
    OPERATION = "operation"
    INTERNAL_HOURS = "internal_hours"
    CHANGE_MANAGEMENT = "change_management"
    CONTINGENCY = "contingency"


class Treatment(StrEnum):
    """Charged to the year, or invested and depreciated."""

    EXPENSED = "expensed"
    INVESTED = "invested"


class Financier(StrEnum):
    """Who pays: the programme's frame or the department's own budget."""

    PROGRAMME = "programme"
    OWN_BUDGET = "own_budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One cost of a project: `amounts` in kronor by calendar year, `depreciation_years` when invested.

    Raises InputError subclasses for negative amounts, impossible years, or a missing depreciation time.
    """

    key: str
    description: str
    kind: CostKind
    treatment: Treatment
    department: str
    financier: Financier
    amounts: Mapping[int, Decimal]
    depreciation_years: int | None = None

    def __post_init__(self) -> None:
        own = {
            calendar_year(year, "amounts"): number(amount, "amounts", least=ZERO)
            for year, amount in self.amounts.items()
        }
        # A copy, so that a line stays what it was when the caller's mapping changes.
        object.__setattr__(self, "amounts", dict(sorted(own.items())))
        if self.depreciation_years is not None:
            lifetime(self.depreciation_years, "depreciation_years")
        elif self.treatment is Treatment.INVESTED:
            raise MissingInputError(
                "depreciation_years", "missing", "an investment needs a depreciation time"
            )

    @property
    def is_recurring(self) -> bool:
        """True for operation and maintenance."""
        return self.kind is CostKind.OPERATION

    @property
    def total(self) -> Decimal:
        """The sum over all years, kronor."""
        return sum(self.amounts.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Investment:
    """What line `key` invests in calendar year `first_year`; year 1 of `plan` is that year."""

    key: str
    department: str
    first_year: int
    plan: CapitalPlan


def investments(costs: Sequence[CostLine], internal_rate: Decimal) -> tuple[Investment, ...]:
    """A straight-line plan for each yearly amount of each invested line, depreciated from that year on."""
    found = []
    for line in costs:
        if line.treatment is Treatment.INVESTED and line.depreciation_years is not None:
            for year, amount in line.amounts.items():
                plan = straight_line(amount, line.depreciation_years, internal_rate)
                found.append(Investment(line.key, line.department, year, plan))
    return tuple(found)
