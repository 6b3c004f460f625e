"""The ledger as it is read: each line with the balance after it, sums by department and by budget year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core import alphabet
from app.programmes.models import EntryKind, LedgerEntry, effect_on_frame

NOTHING = Decimal(0)
GRANTED = frozenset({EntryKind.GRANT, EntryKind.MOVE})
"""What changes how much is granted: a move takes of one account what it gives another."""


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger: what it changes, and what is left of the frame then."""

    booked_on: date
    kind: EntryKind
    reference: str
    department: str
    year: int | None
    amount: Decimal
    available: Decimal

    def of(self, *kinds: EntryKind) -> Decimal:
        """Its amount, if it is of one of these kinds; else nothing."""
        return self.amount if self.kind in kinds else NOTHING


@dataclass
class Sums:
    """What has become of the frame, or of a part of it."""

    granted: Decimal = NOTHING
    requisitioned: Decimal = NOTHING
    paid: Decimal = NOTHING
    repaid: Decimal = NOTHING
    returned: Decimal = NOTHING

    @property
    def committed(self) -> Decimal:
        """Granted, and neither used nor returned: what the frame is bound to pay."""
        return self.granted - self.paid + self.repaid - self.returned

    def add(self, line: LedgerLine) -> None:
        """Count a line in."""
        self.granted += line.of(*GRANTED)
        self.requisitioned += line.of(EntryKind.REQUISITION)
        self.paid += line.of(EntryKind.PAYMENT)
        self.repaid += line.of(EntryKind.REPAYMENT)
        self.returned += line.of(EntryKind.RETURN)


@dataclass
class DepartmentGrants:
    """What a department has been granted, for each budget year, and what has become of it."""

    department: str
    by_year: dict[int, Decimal] = field(default_factory=dict)
    sums: Sums = field(default_factory=Sums)

    @property
    def total(self) -> Decimal:
        """All years together."""
        return sum(self.by_year.values(), NOTHING)


@dataclass(frozen=True)
class LedgerDocument:
    """The whole ledger."""

    lines: list[LedgerLine]
    departments: list[DepartmentGrants]
    by_year: dict[int, Sums]
    sums: Sums

    @property
    def years(self) -> list[int]:
        """The budget years, in order."""
        return sorted(self.by_year)

    @property
    def frame(self) -> Decimal:
        """The frame after every change of it."""
        return sum((line.of(EntryKind.FRAME) for line in self.lines), NOTHING)

    @property
    def granted(self) -> Decimal:
        """Every grant."""
        return self.sums.granted

    @property
    def available(self) -> Decimal:
        """What is left."""
        return self.frame - self.sums.granted + self.sums.returned

    def granted_in(self, year: int) -> Decimal:
        """What all departments are granted for a budget year."""
        return sum((row.by_year.get(year, NOTHING) for row in self.departments), NOTHING)


def ledger_document(
    entries: Iterable[LedgerEntry], names: Mapping[int, str], until: date | None = None
) -> LedgerDocument:
    """The ledger of these entries, which come in the order of booking; `names` are the departments'.

    With `until`, as it stood at the end of that day: what is booked on a later day is left out.
    """
    document = LedgerDocument([], [], {}, Sums())
    departments: dict[str, DepartmentGrants] = {}
    available = NOTHING
    for entry in entries:
        if until is not None and entry.booked_on > until:
            continue
        available += effect_on_frame(EntryKind(entry.kind), entry.amount)
        department = names.get(entry.department_id or 0, "")
        line = LedgerLine(
            entry.booked_on,
            EntryKind(entry.kind),
            entry.reference,
            department,
            entry.year,
            entry.amount,
            available,
        )
        document.lines.append(line)
        document.sums.add(line)
        if entry.year is not None:
            row = departments.setdefault(department, DepartmentGrants(department))
            row.by_year[entry.year] = row.by_year.get(entry.year, NOTHING) + line.of(*GRANTED)
            row.sums.add(line)
            document.by_year.setdefault(entry.year, Sums()).add(line)
    document.departments.extend(departments[name] for name in sorted(departments, key=alphabet.key))
    return document
