"""Status reports: what becomes of one, which light the figures propose, and what must be explained.

Pure. Amounts are kronor, hours whole persons' hours. The limits are those of `Limits`; every proposal names
the finding that it rests on, so that a reader sees why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)

# --- the life of a report --------------------------------------------------------------------------------


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SENT = "sent"
    READ = "read"
    RETURNED = "returned"
    APPROVED = "approved"


class ReportAction(StrEnum):
    """A verb that moves a report."""

    SEND = "send_report"
    READ = "read_report"
    RETURN = "return_report"
    APPROVE = "approve_report"


TRANSITIONS: Mapping[tuple[ReportState, ReportAction], ReportState] = {
    (ReportState.DRAFT, ReportAction.SEND): ReportState.SENT,
    (ReportState.RETURNED, ReportAction.SEND): ReportState.SENT,
    (ReportState.SENT, ReportAction.READ): ReportState.READ,
    (ReportState.SENT, ReportAction.RETURN): ReportState.RETURNED,
    (ReportState.READ, ReportAction.RETURN): ReportState.RETURNED,
    (ReportState.SENT, ReportAction.APPROVE): ReportState.APPROVED,
    (ReportState.READ, ReportAction.APPROVE): ReportState.APPROVED,
}

WRITTEN = frozenset({ReportState.DRAFT, ReportState.RETURNED})
"""States in which the project leader writes."""

IN = frozenset({ReportState.SENT, ReportState.READ})
"""States in which the secretariat has it."""


def after(state: ReportState, action: ReportAction) -> ReportState | None:
    """Where the action leads from this state; None when there is no such action."""
    return TRANSITIONS.get((state, action))


# --- lights ----------------------------------------------------------------------------------------------


class Light(StrEnum):
    """How it goes."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Dimension(StrEnum):
    """What a light is about."""

    TIME = "time"
    COST = "cost"
    SCOPE = "scope"
    QUALITY = "quality"
    BENEFITS = "benefits"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a light is yellow, and from where red."""

    days: tuple[int, int] = (15, 60)
    """How many days a milestone, or the end of the project, is later than planned."""
    cost: tuple[Decimal, Decimal] = (Decimal("0.05"), Decimal("0.10"))
    """By what share the forecast is above the budget."""
    benefit_days: tuple[int, int] = (90, 365)
    """How many days a benefit begins later than planned."""
    risk: tuple[int, int] = (10, 16)
    """Probability times consequence, each from 1 to 5."""
    explained: Decimal = Decimal("0.10")
    """The share by which cost or hours may be off the plan without an explanation."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone as it stands: the planned day, and the day that is expected or on which it was ready."""

    planned_on: date
    expected_on: date
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report says in numbers."""

    period_ends_on: date
    milestones: Sequence[Reached]
    budget: Decimal
    spent: Decimal
    forecast: Decimal
    """What all of it is expected to have cost at the end."""
    hours_planned: tuple[Decimal, Decimal]
    hours_forecast: Decimal
    benefit_delays: Sequence[int] = ()
    """Days that each benefit begins later than planned."""
    top_risk: int | None = None
    """The highest score of the risks that are open; None when none is known."""

    @property
    def days_late(self) -> int:
        """The longest delay of a milestone, in days. One whose day has passed unreached is late already."""
        return max((_delay(row, self.period_ends_on) for row in self.milestones), default=0)

    @property
    def overrun(self) -> Decimal | None:
        """How much the forecast is above the budget, as a share; None without a budget."""
        return (self.forecast - self.budget) / self.budget if self.budget else None

    @property
    def hours_off(self) -> Decimal | None:
        """How far the forecast of hours is outside the planned range, as a share of its nearer end."""
        low, high = self.hours_planned
        if not high:
            return None
        if self.hours_forecast > high:
            return (self.hours_forecast - high) / high
        return (self.hours_forecast - low) / low if low and self.hours_forecast < low else ZERO


def _delay(row: Reached, at: date) -> int:
    expected = row.expected_on if row.is_reached else max(row.expected_on, at)
    return (expected - row.planned_on).days


@dataclass(frozen=True, slots=True)
class Proposal:
    """The light that the figures propose, and what it rests on: days, a share or a score."""

    light: Light
    finding: Decimal


def proposals(figures: Figures, limits: Limits = LIMITS) -> dict[Dimension, Proposal]:
    """The lights that follow from figures. Scope and quality do not: a person sets them."""
    found: dict[Dimension, Proposal] = {}
    if figures.milestones:
        found[Dimension.TIME] = _proposed(Decimal(figures.days_late), limits.days)
    if figures.overrun is not None:
        found[Dimension.COST] = _proposed(figures.overrun, limits.cost)
    if figures.benefit_delays:
        found[Dimension.BENEFITS] = _proposed(Decimal(max(figures.benefit_delays)), limits.benefit_days)
    if figures.top_risk is not None:
        found[Dimension.RISK] = _proposed(Decimal(figures.top_risk), limits.risk)
    return found


def _proposed(finding: Decimal, limits: tuple[int, int] | tuple[Decimal, Decimal]) -> Proposal:
    yellow, red = limits
    light = Light.RED if finding >= red else Light.YELLOW if finding >= yellow else Light.GREEN
    return Proposal(light, finding)


def needs_reason(light: Light, proposal: Proposal | None) -> bool:
    """A light is explained when it is not green, and when it is not the one that the figures propose."""
    return light is not Light.GREEN or (proposal is not None and proposal.light is not light)


class Off(StrEnum):
    """What is further from the plan than may go unexplained."""

    COST = "cost"
    HOURS = "hours"


def to_explain(figures: Figures, limits: Limits = LIMITS) -> Iterator[Off]:
    """What must be explained: cost or hours that are off the plan by more than the limit, up or down."""
    if figures.overrun is not None and abs(figures.overrun) > limits.explained:
        yield Off.COST
    if figures.hours_off is not None and abs(figures.hours_off) > limits.explained:
        yield Off.HOURS
