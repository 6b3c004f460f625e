"""Shared services: what each department pays of what a service costs in a year, and what they have answered.

Pure: a department is known here by its number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.core.errors import MissingInputError, OutOfRangeError
from app.core.money import ONE_ORE, allocate, whole_kronor
from app.core.operation import ZERO

FEWEST = 2
"""Fewer departments share nothing."""


class Reason(StrEnum):
    """Why there is another version of how a year is shared."""

    KEY = "key"
    """Somebody proposes how it is shared: what it is based on, and what was measured."""
    COST = "cost"
    """The key stays; the service costs something else."""
    WITHDRAWN = "withdrawn"
    """It is not shared."""


class CostKind(StrEnum):
    """Which cost of the year is shared."""

    PLANNED = "planned"
    CARRIED = "carried"
    """As it stands in the books."""


class ShareState(StrEnum):
    """What a department has answered about its share."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class SharingState(StrEnum):
    """How far the departments of a year have come."""

    WAITING = "waiting"
    DECLINED = "declined"
    """By somebody at least."""
    ACCEPTED = "accepted"
    """By all."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service costs in a year, kronor to the öre."""

    kind: CostKind
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What a department pays."""

    department_id: int
    quantity: Decimal
    """As it was measured."""
    amount: Decimal
    """To the öre."""
    kronor: Decimal
    """In whole kronor, as it is shown and billed."""


def cost_to_share(planned: Decimal, carried: Decimal | None) -> Cost:
    """What it was planned to cost, until somebody has entered what it did cost."""
    return Cost(CostKind.PLANNED, planned) if carried is None else Cost(CostKind.CARRIED, carried)


def bill(cost: Decimal, quantities: Mapping[int, Decimal]) -> list[Part]:
    """What each department pays, by its number: in proportion to what was measured there.

    The öre sum exactly to the cost, the kronor to the cost in whole kronor. What does not come out even goes
    to those that lose the most by rounding, ties to the lowest number: in which order the departments are
    given changes nothing.

    Raises MissingInputError with fewer than two departments, OutOfRangeError for a negative cost or for a
    quantity that is not above 0.
    """
    if len(quantities) < FEWEST:
        raise MissingInputError("quantities", "too_few", "needs two departments at least")
    if cost < ZERO:
        raise OutOfRangeError("cost", "negative", f"must not be negative, not {cost}")
    if any(quantity <= ZERO for quantity in quantities.values()):
        raise OutOfRangeError("quantities", "not_positive", "each must be above 0")
    numbers = sorted(quantities)
    amounts = allocate(cost, [quantities[number] for number in numbers], ONE_ORE)
    return [
        Part(number, quantities[number], amount, kronor)
        for number, amount, kronor in zip(numbers, amounts, whole_kronor(amounts), strict=True)
    ]


def state_of_share(answers: Collection[str]) -> ShareState:
    """What a department has answered: whoever accepts after having declined has accepted."""
    for state in (ShareState.ACCEPTED, ShareState.DECLINED):
        if state in answers:
            return state
    return ShareState.WAITING


def state_of(reason: Reason, shares: Iterable[ShareState]) -> SharingState:
    """How far they have come together."""
    if reason is Reason.WITHDRAWN:
        return SharingState.WITHDRAWN
    found = set(shares)
    if ShareState.DECLINED in found:
        return SharingState.DECLINED
    return SharingState.WAITING if ShareState.WAITING in found else SharingState.ACCEPTED
