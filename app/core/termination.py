"""What an interrupted project must account for before it has ended.

Pure: the rooms that know gather a `Ground`, and `lacks_in` says what is missing from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ContractState(StrEnum):
    """What has become of a contract of an interrupted project."""

    OPEN = "open"
    """Nobody has done anything about it: it has no end."""
    NOTICE_GIVEN = "notice_given"
    """It ends on a day that is known."""
    ENDED = "ended"
    TAKEN_OVER = "taken_over"
    """Somebody else needs it, and answers for it from now on."""


ENDS_ON_A_DAY = frozenset({ContractState.NOTICE_GIVEN, ContractState.ENDED})


class Fate(StrEnum):
    """What becomes of a benefit that was promised."""

    WRITTEN_OFF = "written_off"
    PARTLY = "partly"
    """Some of it comes all the same, and somebody answers for it."""


class Lacking(StrEnum):
    """A kind of thing that is missing."""

    DECISION = "decision"
    DELIVERED = "delivered"
    REUSABLE = "reusable"
    CONTRACTS = "contracts"
    CONTRACT = "contract"
    BENEFIT = "benefit"
    REQUISITION = "requisition"
    MONEY = "money"


OF_MONEY = frozenset({Lacking.REQUISITION, Lacking.MONEY})
"""What every project that ends must have in order, interrupted or not."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing."""

    what: Lacking
    about: str = ""
    """What it concerns: a supplier, a benefit, the number of a requisition, a department and year."""
    amount: Decimal | None = None
    """Kronor that are left."""
    key: int | None = None
    """The number of the benefit's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What has been told of an interrupted project."""

    decided: bool
    delivered: str
    reusable: int
    """How many results somebody can use again."""
    nothing_reusable: bool
    contracts: Sequence[tuple[str, ContractState]]
    """Supplier, and what has become of it."""
    no_contracts: bool
    untold_benefits: Sequence[tuple[int, str]]
    """The number of the line, and the benefit."""
    open_requisitions: Sequence[int]
    left: Sequence[tuple[str, Decimal]]
    """Department and budget year, and what is neither asked for nor returned."""


def lacks_in(ground: Ground) -> list[Lack]:
    """Everything that is missing; nothing when the interrupted project may end."""
    if not ground.decided:
        return [Lack(Lacking.DECISION)]
    return [*_told(ground), *_contracts(ground), *_benefits(ground), *_money(ground)]


def _told(ground: Ground) -> Iterator[Lack]:
    if not ground.delivered.strip():
        yield Lack(Lacking.DELIVERED)
    if not ground.reusable and not ground.nothing_reusable:
        yield Lack(Lacking.REUSABLE)


def _contracts(ground: Ground) -> Iterator[Lack]:
    if not ground.contracts and not ground.no_contracts:
        yield Lack(Lacking.CONTRACTS)
    for supplier, state in ground.contracts:
        if state is ContractState.OPEN:
            yield Lack(Lacking.CONTRACT, supplier)


def _benefits(ground: Ground) -> Iterator[Lack]:
    for number, benefit in ground.untold_benefits:
        yield Lack(Lacking.BENEFIT, benefit, key=number)


def _money(ground: Ground) -> Iterator[Lack]:
    for number in ground.open_requisitions:
        yield Lack(Lacking.REQUISITION, str(number))
    for account, amount in ground.left:
        if amount:
            yield Lack(Lacking.MONEY, account, amount)
