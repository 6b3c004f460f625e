"""Operating responsibility: what may be said of a service when, what it costs, when it is reviewed.

Pure: a service is known here by what it says of itself, never as a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.calendar import months_later

ZERO = Decimal(0)


class Standing(StrEnum):
    """How far a service has come towards somebody who answers for it."""

    PLANNED = "planned"
    """It is described; nobody has been asked."""
    ASKED = "asked"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    """By the manager of the department that owns it."""
    DECOMMISSIONED = "decommissioned"


class ServiceAction(StrEnum):
    """A verb that moves a service."""

    CHANGE = "change_service"
    """Its owner, cost or financing: what was accepted is no longer what there is."""
    ASK = "ask_to_accept_service"
    ACCEPT = "accept_service"
    DECLINE = "decline_service"
    DECOMMISSION = "decommission_service"


_TRANSITIONS: Mapping[tuple[Standing, ServiceAction], Standing] = {
    (Standing.PLANNED, ServiceAction.CHANGE): Standing.PLANNED,
    (Standing.ASKED, ServiceAction.CHANGE): Standing.ASKED,
    (Standing.DECLINED, ServiceAction.CHANGE): Standing.PLANNED,
    (Standing.ACCEPTED, ServiceAction.CHANGE): Standing.ASKED,
    (Standing.PLANNED, ServiceAction.ASK): Standing.ASKED,
    (Standing.DECLINED, ServiceAction.ASK): Standing.ASKED,
    (Standing.ASKED, ServiceAction.ACCEPT): Standing.ACCEPTED,
    (Standing.ASKED, ServiceAction.DECLINE): Standing.DECLINED,
    (Standing.DECLINED, ServiceAction.ACCEPT): Standing.ACCEPTED,
    **{
        (standing, ServiceAction.DECOMMISSION): Standing.DECOMMISSIONED
        for standing in Standing
        if standing is not Standing.DECOMMISSIONED
    },
}


def after(standing: Standing, action: ServiceAction) -> Standing | None:
    """Where the action leads; None when there is no such action. What is changed is to be accepted anew."""
    return _TRANSITIONS.get((standing, action))


# --- what must be known ----------------------------------------------------------------------------------


class Lack(StrEnum):
    """Something that must be known of how a service is run, and is not."""

    OWNER = "owner"
    DEPARTMENT = "department"
    BUSINESS = "business"
    IT = "it"
    LAUNCH = "launch"
    COST = "cost"
    PAYER = "payer"
    FINANCED = "financed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is said of who owns a service, what it costs and who pays: what a grant rests on."""

    owner: str
    has_department: bool
    has_cost: bool
    payer: str
    financed_until: date | None


def lacks_of_promise(promise: Promise, day: date) -> Iterator[Lack]:
    """What is missing on this day; financing that has run out by then is none."""
    if not promise.owner.strip():
        yield Lack.OWNER
    if not promise.has_department:
        yield Lack.DEPARTMENT
    if not promise.has_cost:
        yield Lack.COST
    if not promise.payer.strip():
        yield Lack.PAYER
    if promise.financed_until is None or promise.financed_until < day:
        yield Lack.FINANCED


# --- what it costs ---------------------------------------------------------------------------------------


class YearlyKind(StrEnum):
    """What a service costs every year."""

    OPERATION = "operation"
    LICENCES = "licences"
    MAINTENANCE = "maintenance"
    """Hours of the city's own staff."""
    CAPITAL = "capital"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class YearlyCost:
    """The same amount, kronor to the öre, in each of these years."""

    kind: YearlyKind
    from_year: int
    to_year: int
    amount: Decimal

    def in_year(self, year: int) -> Decimal:
        """What it is this year."""
        return self.amount if self.from_year <= year <= self.to_year else ZERO


def cost_in(costs: Iterable[YearlyCost], year: int) -> Decimal:
    """What all of it costs this year."""
    return sum((cost.in_year(year) for cost in costs), ZERO)


def years_of(costs: Iterable[YearlyCost]) -> range:
    """From the first year that costs something to the last; empty when nothing does."""
    found = list(costs)
    if not found:
        return range(0)
    return range(min(cost.from_year for cost in found), max(cost.to_year for cost in found) + 1)


def overlapping(costs: Sequence[YearlyCost]) -> int | None:
    """The place of the first that says the same year of the same kind as one before it."""
    for place, cost in enumerate(costs):
        for earlier in costs[:place]:
            same = cost.kind is earlier.kind
            if same and cost.from_year <= earlier.to_year and earlier.from_year <= cost.to_year:
                return place
    return None


def as_spans(kind: YearlyKind, by_year: Mapping[int, Decimal]) -> list[YearlyCost]:
    """Amounts year by year, written with as few rows as say the same."""
    spans: list[YearlyCost] = []
    for year in sorted(year for year, amount in by_year.items() if amount):
        last = spans[-1] if spans else None
        if last is not None and last.to_year == year - 1 and last.amount == by_year[year]:
            spans[-1] = YearlyCost(kind, last.from_year, year, last.amount)
        else:
            spans.append(YearlyCost(kind, year, year, by_year[year]))
    return spans


# --- days ------------------------------------------------------------------------------------------------


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def next_review(accepted_on: date, due_on: date, reviewed_on: date) -> date:
    """When a service is reviewed next: the first anniversary of its acceptance that comes both after the one
    that was due and after the day of the review. Whoever is late does not move the day."""
    years = due_on.year - accepted_on.year + 1
    while anniversary(accepted_on, years) <= reviewed_on:
        years += 1
    return anniversary(accepted_on, years)


def notice_by(contract_ends_on: date | None, notice_months: int | None) -> date | None:
    """The last day to give notice of a contract, or to have another in its place."""
    if contract_ends_on is None:
        return None
    return months_later(contract_ends_on, -(notice_months or 0))
