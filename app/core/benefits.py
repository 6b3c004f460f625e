"""Benefit lines and what they are worth each calendar year, with the working of every amount.

value of a year = full-year effect x (months in effect, each weighted by its ramp share) / 12
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.errors import InconsistentInputError, MissingInputError
from app.core.inputs import ZERO, calendar_year, number, share
from app.core.precision import working_precision
from app.core.working import Operator, Step, Term, calculated

MONTHS_PER_YEAR = 12
_MINUTES_PER_HOUR = Decimal(60)
_MONTHS = Decimal(MONTHS_PER_YEAR)
_FULL_EFFECT = (Decimal(1),)


class BenefitCategory(StrEnum):
    """How a benefit is taken home: in money, as freed capacity, or as quality."""

    FINANCIAL = "financial"
    REDISTRIBUTION = "redistribution"
    QUALITY = "quality"


class Beneficiary(StrEnum):
    """Whose benefit it is."""

    RESIDENTS = "residents"
    COMPANIES = "companies"
    STAFF = "staff"
    DEPARTMENT = "department"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedAmount:
    """A yearly benefit known in kronor."""

    amount: Decimal

    def __post_init__(self) -> None:
        number(self.amount, "amount", least=ZERO)

    def full_year(self) -> Step:
        """The yearly amount as it was given."""
        return calculated("full_year_effect", "kr", Term(Operator.START, "amount", self.amount, "kr"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTime:
    """Time that somebody no longer spends.

    `volume` cases per year, `minutes` saved per case, `share` of the cases that use the service (0 to 1),
    `hourly_rate` kronor per hour.
    """

    volume: Decimal
    minutes: Decimal
    share: Decimal
    hourly_rate: Decimal

    def __post_init__(self) -> None:
        number(self.volume, "volume", least=ZERO)
        number(self.minutes, "minutes", least=ZERO)
        share(self.share, "share")
        number(self.hourly_rate, "hourly_rate", least=ZERO)

    def full_year(self) -> Step:
        """volume x minutes / 60 x share x hourly rate."""
        return calculated(
            "full_year_effect",
            "kr",
            Term(Operator.START, "volume", self.volume),
            Term(Operator.TIMES, "minutes", self.minutes, "min"),
            Term(Operator.OVER, "minutes_per_hour", _MINUTES_PER_HOUR),
            Term(Operator.TIMES, "share", self.share),
            Term(Operator.TIMES, "hourly_rate", self.hourly_rate, "kr/h"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPrice:
    """`quantity` per year that is no longer bought, at `unit_price` kronor each."""

    quantity: Decimal
    unit_price: Decimal

    def __post_init__(self) -> None:
        number(self.quantity, "quantity", least=ZERO)
        number(self.unit_price, "unit_price", least=ZERO)

    def full_year(self) -> Step:
        """quantity x unit price."""
        return calculated(
            "full_year_effect",
            "kr",
            Term(Operator.START, "quantity", self.quantity),
            Term(Operator.TIMES, "unit_price", self.unit_price, "kr"),
        )


@dataclass(frozen=True, slots=True)
class Described:
    """A benefit that is told in words and has no price; it stands beside the money, never as 0 kr."""


Method = FixedAmount | SavedTime | UnitPrice | Described


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLine:
    """One benefit of a project.

    `ramp` holds the share of the full effect in the first, second ... 12 months after `start`; the last holds
    from then on, and no ramp at all means full effect at once. The months of `start` and `end` count whole.
    Prices are of `price_year`. Raises InputError subclasses for impossible values.
    """

    key: str
    description: str
    category: BenefitCategory
    beneficiary: Beneficiary
    department: str
    method: Method
    start: date
    price_year: int
    ramp: tuple[Decimal, ...] = ()
    end: date | None = None

    def __post_init__(self) -> None:
        calendar_year(self.start.year, "start")
        calendar_year(self.price_year, "price_year")
        for effect in self.ramp:
            share(effect, "ramp")
        if self.end is not None and self.end < self.start:
            raise InconsistentInputError("end", "end_before_start", f"{self.end} is before {self.start}")

    @property
    def is_priced(self) -> bool:
        """False for a benefit that is only described."""
        return not isinstance(self.method, Described)


@dataclass(frozen=True, slots=True)
class BenefitYear:
    """One calendar year of a benefit: months in effect, kronor (None if not priced), how it came about."""

    year: int
    months: int
    amount: Decimal | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BenefitSchedule:
    """The years of one benefit in the order they were asked for, in prices of `price_year`."""

    key: str
    price_year: int
    rows: tuple[BenefitYear, ...]
    total: Decimal | None


def yearly_benefits(
    line: BenefitLine,
    years: Sequence[int],
    price_year: int,
    index: Mapping[int, Decimal] | None = None,
) -> BenefitSchedule:
    """What `line` is worth in each of `years`, in kronor of `price_year`, each with its working.

    Month m after the start carries ramp[m // 12]. Amounts are kept to 12 decimals; rounding to kronor is for
    presentation. `index` is a price index by year, needed for both price years when they differ. Raises
    MissingInputError without a needed index, OutOfRangeError for amounts too large to count exactly.
    """
    calendar_year(price_year, "price_year")
    if isinstance(line.method, Described):
        described = tuple(BenefitYear(year, _months(_segments(line, year)), None, ()) for year in years)
        return BenefitSchedule(line.key, price_year, described, None)
    with working_precision():
        base = [line.method.full_year()]
        if line.price_year != price_year:
            base.append(_in_prices_of(price_year, line.price_year, base[-1].result, index))
        rows = tuple(_benefit_year(line, year, tuple(base)) for year in years)
        return BenefitSchedule(line.key, price_year, rows, sum((row.amount or ZERO for row in rows), ZERO))


Segment = tuple[int, Decimal]
"""Months of a calendar year, and the share of the full effect in each of them."""


def _segments(line: BenefitLine, year: int) -> list[Segment]:
    """The months of `year` in which `line` has effect, grouped by ramp share: never more than two groups."""
    first_of_year = (year - line.start.year) * MONTHS_PER_YEAR + 1 - line.start.month
    first, last = max(first_of_year, 0), first_of_year + MONTHS_PER_YEAR - 1
    if line.end is not None:
        years_of_effect = line.end.year - line.start.year
        last = min(last, years_of_effect * MONTHS_PER_YEAR + line.end.month - line.start.month)
    if last < first:
        return []
    ramp = line.ramp or _FULL_EFFECT
    segments: list[Segment] = []
    for ramp_year in range(first // MONTHS_PER_YEAR, last // MONTHS_PER_YEAR + 1):
        begins = max(first, ramp_year * MONTHS_PER_YEAR)
        ends = min(last, ramp_year * MONTHS_PER_YEAR + MONTHS_PER_YEAR - 1)
        segments.append((ends - begins + 1, ramp[min(ramp_year, len(ramp) - 1)]))
    return _joined(segments)


def _joined(segments: list[Segment]) -> list[Segment]:
    """Two groups of the same share read better as one: 12 × 1 rather than 3 × 1 + 9 × 1."""
    if len(segments) > 1 and segments[0][1] == segments[1][1]:
        return [(_months(segments), segments[0][1])]
    return segments


def _months(segments: list[Segment]) -> int:
    return sum(months for months, _ in segments)


def _in_prices_of(
    price_year: int, from_year: int, amount: Decimal, index: Mapping[int, Decimal] | None
) -> Step:
    terms = [Term(Operator.START, "full_year_effect", amount, "kr")]
    for operator, name, year in (
        (Operator.TIMES, "index_to", price_year),
        (Operator.OVER, "index_from", from_year),
    ):
        if index is None or year not in index:
            raise MissingInputError("index", "index_missing", f"needs a price index for {year}")
        terms.append(Term(operator, name, number(index[year], "index", above=ZERO)))
    return calculated("price_year_conversion", "kr", *terms)


def _benefit_year(line: BenefitLine, year: int, base: tuple[Step, ...]) -> BenefitYear:
    segments = _segments(line, year)
    if not segments:
        return BenefitYear(year, 0, ZERO, ())
    weighted = _weighted_months(segments)
    amount = calculated(
        "year_amount",
        "kr",
        Term(Operator.START, base[-1].label, base[-1].result, "kr"),
        Term(Operator.TIMES, weighted.label, weighted.result),
        Term(Operator.OVER, "months_per_year", _MONTHS),
    )
    return BenefitYear(year, _months(segments), amount.result, (*base, weighted, amount))


def _weighted_months(segments: list[Segment]) -> Step:
    terms: list[Term] = []
    for months, effect in segments:
        operator = Operator.PLUS if terms else Operator.START
        terms += [Term(operator, "months", Decimal(months)), Term(Operator.TIMES, "ramp", effect)]
    return calculated("weighted_months", "months", *terms)
