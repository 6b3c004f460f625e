"""The cost cliff: what services cost year by year, against the money that is promised for them.

The cost of a year is spread evenly over the days of it in which the service is in use. Those until the day on
which its money ends are financed, the others are not; together they are the whole cost, to the öre.
Pure: a service is known here by what it says of itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from decimal import Decimal

from app.core.money import ONE_ORE, allocate
from app.core.operation import ZERO, YearlyCost, YearlyKind, cost_in


@dataclass(frozen=True, slots=True)
class Cost:
    """What a year costs: operating + capital = financed + unfinanced."""

    operating: Decimal = ZERO
    capital: Decimal = ZERO
    financed: Decimal = ZERO
    unfinanced: Decimal = ZERO

    @property
    def whole(self) -> Decimal:
        """All of it."""
        return self.operating + self.capital

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.operating + other.operating,
            self.capital + other.capital,
            self.financed + other.financed,
            self.unfinanced + other.unfinanced,
        )


@dataclass(frozen=True, slots=True)
class Running:
    """A service: what it costs, for how long there is money, and when it is in use."""

    costs: Sequence[YearlyCost]
    financed_until: date | None
    """The last day for which money is promised; None: nobody has promised any."""
    launched_on: date | None = None
    ends_on: date | None = None
    """The day on which it is to end; None: it goes on."""

    def in_year(self, year: int) -> Cost:
        """What it costs that year; nothing once it has ended."""
        if self.ends_on is not None and self.ends_on.year < year:
            return Cost()
        whole = cost_in(self.costs, year)
        if not whole:
            return Cost()
        capital = cost_in((cost for cost in self.costs if cost.kind is YearlyKind.CAPITAL), year)
        financed, unfinanced = self._divided(whole, year)
        return Cost(whole - capital, capital, financed, unfinanced)

    def _divided(self, whole: Decimal, year: int) -> tuple[Decimal, Decimal]:
        until = self.financed_until
        if until is None or until.year < year:
            return ZERO, whole
        if until.year > year:
            return whole, ZERO
        first, last = self._in_use(year)
        paid = min(max((until - first).days + 1, 0), (last - first).days + 1)
        left = (last - first).days + 1 - paid
        financed, unfinanced = allocate(whole, (Decimal(paid), Decimal(left)), ONE_ORE)
        return financed, unfinanced

    def _in_use(self, year: int) -> tuple[date, date]:
        """The days over which the cost of the year is spread; all of them in a year before the launch."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        if self.launched_on is not None and self.launched_on.year == year:
            first = self.launched_on
        if self.ends_on is not None and self.ends_on.year == year:
            last = max(self.ends_on, first)
        return first, last

    def untold_in(self, years: range) -> set[int]:
        """The years of these in which it is in use, and nobody has said what it costs."""
        first = years.start if self.launched_on is None else max(years.start, self.launched_on.year)
        after = years.stop if self.ends_on is None else min(years.stop, self.ends_on.year + 1)
        told = (range(cost.from_year, cost.to_year + 1) for cost in self.costs)
        return set(range(first, after)).difference(*told)

    def loses_money_in(self, year: int) -> bool:
        """Whether the first day without money is one of this year, and the year costs something from then."""
        return year == self.first_without and self.in_year(year).unfinanced > ZERO

    @property
    def first_without(self) -> int | None:
        """The year of the first day for which no money is promised any more; None: none ever was."""
        until = self.financed_until
        return None if until is None else until.year + ((until.month, until.day) == (12, 31))


@dataclass(frozen=True, slots=True)
class Cliff:
    """All services together, by the department that pays and by year."""

    years: range
    by_department: Mapping[int, Mapping[int, Cost]]
    losing: Mapping[int, int]
    """How many lose their money in the year."""
    untold: Mapping[int, int]
    """How many are in use in the year while nobody has said what they cost then."""

    def in_year(self, year: int) -> Cost:
        """What all departments together have that year."""
        return sum((rows[year] for rows in self.by_department.values()), Cost())

    @property
    def first_without(self) -> int | None:
        """The first year in which money is missing."""
        return next((year for year in self.years if self.in_year(year).unfinanced), None)

    @property
    def steepest(self) -> int | None:
        """The year in which most more is missing than in the year before; the earliest of equals."""
        missing = {year: self.in_year(year).unfinanced for year in self.years}
        falls = {year: missing[year] - missing.get(year - 1, ZERO) for year in self.years}
        year = max(falls, key=lambda one: (falls[one], -one), default=None)
        return year if year is not None and falls[year] > ZERO else None


def cliff_of(services: Iterable[tuple[int, Running]], years: range) -> Cliff:
    """Add them up. Each service stands beside the number of the department that pays for it.

    What is the same year after year is written down where it begins and where it has ended, so that ten years
    take no longer than one; `Running.in_year` says the same of each.
    """
    steps: dict[int, _Steps] = {}
    losing, untold = dict.fromkeys(years, 0), dict.fromkeys(years, 0)
    for department_id, running in services:
        if department_id not in steps:
            steps[department_id] = _Steps(years)
        steps[department_id].add(running)
        year = running.first_without
        if year in losing and running.loses_money_in(year):
            losing[year] += 1
        for year in running.untold_in(years):
            untold[year] += 1
    return Cliff(years, {key: found.by_year() for key, found in steps.items()}, losing, untold)


class _Steps:
    """By how much what is operating, capital and unfinanced rises or falls from one year to the next."""

    def __init__(self, years: range) -> None:
        self._years = years
        self._operating: dict[int, Decimal] = defaultdict(Decimal)
        self._capital: dict[int, Decimal] = defaultdict(Decimal)
        self._unfinanced: dict[int, Decimal] = defaultdict(Decimal)

    def add(self, running: Running) -> None:
        """With this service too."""
        ends = MAXYEAR if running.ends_on is None else running.ends_on.year
        without = 0 if running.financed_until is None else running.financed_until.year + 1
        for cost in running.costs:
            first, after = max(cost.from_year, self._years.start), min(cost.to_year, ends) + 1
            steps = self._capital if cost.kind is YearlyKind.CAPITAL else self._operating
            _rise(steps, first, after, cost.amount)
            _rise(self._unfinanced, max(first, without), after, cost.amount)
        if without - 1 in self._years and running.first_without == without - 1:
            _rise(self._unfinanced, without - 1, without, running.in_year(without - 1).unfinanced)

    def by_year(self) -> dict[int, Cost]:
        """What it comes to."""
        found = {}
        operating = capital = unfinanced = ZERO
        for year in self._years:
            operating += self._operating[year]
            capital += self._capital[year]
            unfinanced += self._unfinanced[year]
            found[year] = Cost(operating, capital, operating + capital - unfinanced, unfinanced)
        return found


def _rise(steps: dict[int, Decimal], first: int, after: int, amount: Decimal) -> None:
    if first < after:
        steps[first] += amount
        steps[after] -= amount
