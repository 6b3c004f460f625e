"""The ledger as it is read: each line with the balance after it, and grants summed by department and year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core import alphabet
from app.programmes.models import EntryKind, LedgerEntry

NOTHING = Decimal(0)


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger: what it adds to the frame or takes of it, and what is left then."""

    booked_on: date
    kind: EntryKind
    reference: str
    department: str
    year: int | None
    frame: Decimal
    granted: Decimal
    available: Decimal


@dataclass(frozen=True)
class DepartmentGrants:
    """What a department has been granted, for each budget year."""

    department: str
    by_year: Mapping[int, Decimal]

    @property
    def total(self) -> Decimal:
        """All years together."""
        return sum(self.by_year.values(), NOTHING)


@dataclass(frozen=True)
class LedgerDocument:
    """The whole ledger."""

    lines: list[LedgerLine]
    departments: list[DepartmentGrants]
    years: list[int]

    @property
    def frame(self) -> Decimal:
        """The frame after every change of it."""
        return sum((line.frame for line in self.lines), NOTHING)

    @property
    def granted(self) -> Decimal:
        """Every grant."""
        return sum((line.granted for line in self.lines), NOTHING)

    @property
    def available(self) -> Decimal:
        """What is left."""
        return self.frame - self.granted

    def granted_in(self, year: int) -> Decimal:
        """What all departments are granted for a budget year."""
        return sum((row.by_year.get(year, NOTHING) for row in self.departments), NOTHING)


def ledger_document(entries: Iterable[LedgerEntry], names: Mapping[int, str]) -> LedgerDocument:
    """The ledger of these entries, which come in the order of booking; `names` are the departments'."""
    lines: list[LedgerLine] = []
    grants: dict[str, dict[int, Decimal]] = {}
    available = NOTHING
    for entry in entries:
        is_grant = entry.kind == EntryKind.GRANT
        available += -entry.amount if is_grant else entry.amount
        department = names.get(entry.department_id or 0, "")
        if is_grant and entry.year is not None:
            years = grants.setdefault(department, {})
            years[entry.year] = years.get(entry.year, NOTHING) + entry.amount
        lines.append(
            LedgerLine(
                booked_on=entry.booked_on,
                kind=EntryKind(entry.kind),
                reference=entry.reference,
                department=department,
                year=entry.year,
                frame=NOTHING if is_grant else entry.amount,
                granted=entry.amount if is_grant else NOTHING,
                available=available,
            )
        )
    return LedgerDocument(
        lines=lines,
        departments=[DepartmentGrants(name, grants[name]) for name in sorted(grants, key=alphabet.key)],
        years=sorted({year for years in grants.values() for year in years}),
    )
