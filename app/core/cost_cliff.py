"""The cost cliff: what services cost year by year, against the money that is promised for them.

The cost of a year is spread evenly over the days of it in which the service is in use. Those until the day on
which its money ends are financed, the others are not; together they are the whole cost, to the öre.
What departments have accepted of a shared service is theirs, the rest the payer's: together they are it all.
Pure: a service is known here by what it says of itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


# --- who bears it ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """How a year is shared: what was measured at each department, and which of them have accepted."""

    quantities: Mapping[int, Decimal]
    """By the department's number; none where the year is not shared any more."""
    accepted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Borne:
    """A service, and who bears what it costs."""

    payer_id: int
    """Bears what no other department has accepted."""
    running: Running
    keys: Mapping[int, Key] = field(default_factory=dict)
    """By year. A key also holds for the years after it, until there is another."""

    def key_in(self, year: int) -> Key | None:
        """The key that holds in the year."""
        newest = max((one for one in self.keys if one <= year), default=None)
        return None if newest is None else self.keys[newest]

    def in_year(self, year: int) -> dict[int, Cost]:
        """What it costs that year, by the department that bears it; those that bear nothing are left out."""
        cost, key = self.running.in_year(year), self.key_in(year)
        if not cost.whole:
            return {}
        return {self.payer_id: cost} if key is None else divided(cost, key, self.payer_id)

    def bearers_in(self, year: int) -> frozenset[int]:
        """The departments that bear it that year, also while nobody has said what it costs."""
        key = self.key_in(year)
        numbers = frozenset(() if key is None else key.quantities)
        accepted = frozenset(() if key is None else key.accepted) & numbers
        return accepted if accepted and accepted == numbers else accepted | {self.payer_id}

    @property
    def is_shared(self) -> bool:
        """Whether any department has accepted a part of any year."""
        return any(key.accepted for key in self.keys.values())


def divided(cost: Cost, key: Key, payer_id: int) -> dict[int, Cost]:
    """The cost as its departments bear it: each of them, of what it has accepted, as much of the whole as its
    bill says (`sharing.bill`), with as much of that from capital and as much financed as of the whole."""
    numbers = sorted(key.quantities)
    if not key.accepted.intersection(numbers):
        return {payer_id: cost}
    wholes = allocate(cost.whole, [key.quantities[number] for number in numbers], ONE_ORE)
    found: dict[int, Cost] = {}
    for number, whole, capital, financed in zip(
        numbers, wholes, allocate(cost.capital, wholes, ONE_ORE), allocate(cost.financed, wholes, ONE_ORE),
        strict=True,
    ):  # fmt: skip
        bearer = number if number in key.accepted else payer_id
        part = Cost(whole - capital, capital, financed, whole - financed)
        found[bearer] = found.get(bearer, Cost()) + part
    return {number: part for number, part in found.items() if part.whole}


# --- in all ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cliff:
    """All services together, by the department that bears the cost and by year."""

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


def cliff_of(services: Iterable[Borne], years: range, department_id: int | None = None) -> Cliff:
    """Add them up: all of them, or what this department bears of them.

    What is the same year after year is written down where it begins and where it has ended, so that ten years
    take no longer than one; `Running.in_year` says the same of each. Shared services are few, and are added
    year by year.
    """
    steps: dict[int, _Steps] = {}
    shares: dict[int, dict[int, Cost]] = {}
    losing, untold = dict.fromkeys(years, 0), dict.fromkeys(years, 0)
    for service in services:
        if service.is_shared:
            _share(shares, service, years)
        else:
            steps.setdefault(service.payer_id, _Steps(years)).add(service.running)
        own = _own_years(service, years, department_id)
        year = service.running.first_without
        if year in own and service.running.loses_money_in(year):
            losing[year] += 1
        for year in own & service.running.untold_in(years):
            untold[year] += 1
    found = dict(_together(steps, shares, years))
    if department_id is not None:
        found = {number: rows for number, rows in found.items() if number == department_id}
    return Cliff(years, found, losing, untold)


def _own_years(service: Borne, years: range, department_id: int | None) -> set[int]:
    """The years in which the department bears some of it; without a department, all."""
    if department_id is None:
        return set(years)
    return {year for year in years if department_id in service.bearers_in(year)}


def _share(shares: dict[int, dict[int, Cost]], service: Borne, years: range) -> None:
    for year in years:
        for number, cost in service.in_year(year).items():
            rows = shares.setdefault(number, {})
            rows[year] = rows.get(year, Cost()) + cost


def _together(
    steps: Mapping[int, _Steps], shares: Mapping[int, Mapping[int, Cost]], years: range
) -> Iterator[tuple[int, dict[int, Cost]]]:
    for number in [*steps, *(one for one in shares if one not in steps)]:
        rows = steps[number].by_year() if number in steps else dict.fromkeys(years, Cost())
        more = shares.get(number, {})
        yield number, {year: cost + more.get(year, Cost()) for year, cost in rows.items()}


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
