"""What of a project's money can be moved: what is neither booked, asked for, paid nor returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.changes import Move
from app.core.costs import Financier
from app.core.plan import BudgetLine

ZERO = Decimal(0)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """What a line of the budget has for a year, and how much of it can be moved."""

    line: BudgetLine
    department_id: int
    year: int
    room: Decimal


@dataclass(frozen=True)
class Room:
    """What nobody has used."""

    departments: Mapping[str, int] = field(default_factory=dict)
    """Their numbers, by name."""
    booked: Mapping[Place, Decimal] = field(default_factory=dict)
    """What is booked on a line in a year, by the line's key and the year."""
    remaining: Mapping[Place, Decimal] = field(default_factory=dict)
    """What is left of what is granted, by the department's number and the year."""

    def sources(self, lines: Sequence[BudgetLine]) -> Iterator[Source]:
        """Each year of each line, in their order."""
        for line in lines:
            for year in sorted(line.amounts):
                yield self.source(line, year)

    def source(self, line: BudgetLine, year: int) -> Source:
        """What can be moved of the line's money for the year."""
        department = self.departments[line.department]
        own = line.amounts.get(year, ZERO) - max(self.booked.get((line.key, year), ZERO), ZERO)
        if line.financier is Financier.PROGRAMME:
            own = min(own, self.remaining.get((department, year), ZERO))
        return Source(line, department, year, max(own, ZERO))


def by_source(moves: Sequence[Move]) -> dict[Place, Decimal]:
    """How much is taken of each line and year together, by the line's key and the year."""
    return _sums([((move.line, move.year), move.amount) for move in moves])


def by_account(moves: Sequence[Move]) -> dict[Place, Decimal]:
    """How much of the programme's money is taken of each department and year together."""
    granted = (move for move in moves if move.financier is Financier.PROGRAMME)
    return _sums([(move.source, move.amount) for move in granted])


def _sums(rows: Sequence[tuple[Place, Decimal]]) -> dict[Place, Decimal]:
    sums: dict[Place, Decimal] = {}
    for place, amount in rows:
        sums[place] = sums.get(place, ZERO) + amount
    return sums
